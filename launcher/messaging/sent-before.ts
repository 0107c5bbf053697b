import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import * as table from '../storage/tables/messages.ts';
import type { Draft, RequestedAct } from './drafts.ts';
import type { ReadMessage } from './read-fhir-parts.ts';
import { type LoadedAct, type LoadedThread, loadThreads, type LogDeps } from './thread-log.ts';

/**
 * Whether this organisation has sent this message before. One that says something else under the same id is refused: to
 * answer with the old one would let its sender believe that the new one went.
 */
export async function sentBefore(
  ods: string,
  read: ReadMessage,
  deps: LogDeps & { readonly database: Database },
): Promise<boolean> {
  const { queries } = deps.database;
  const row = await table.findActOf(queries, ods, read.draft.id);
  if (!row) return false;
  const [thread] = await loadThreads(queries, await table.findThreads(queries, [row.thread_id]), deps);
  const act = thread?.acts.find(({ head }) => head.version === row.version);
  if (!thread || !act || !isSame(thread, act, read, deps)) throw new CorridorError('message.other_content');
  return true;
}

function isSame(thread: LoadedThread, act: LoadedAct, read: ReadMessage, deps: LogDeps): boolean {
  const { draft, from, patient, answers } = read;
  const { head } = act;
  const shared =
    thread.details?.patient.nhsNumber === patient.nhsNumber &&
    head.from_address === deps.teams.teamAddress(from.address) &&
    head.to_address !== null &&
    isFor(draft.to, head.to_address, deps);
  if (answers === undefined) return shared && isBegunBy(thread, draft, from.person, deps);
  const says = act.content?.body === draft.body && act.content.person === from.person;
  return shared && says && head.version > 1 && thread.acts.some((one) => one.head.id === answers && one !== act);
}

/** Whether a conversation began with this very message: the same words of the same person, to whom and of what they are. */
export function isBegunBy({ row, details, acts }: LoadedThread, draft: Draft, person: string, deps: LogDeps): boolean {
  const [first] = acts;
  if (!first || !details || first.head.id !== draft.id || first.head.to_address === null) return false;
  const { head, content } = first;
  return (
    content?.body === draft.body &&
    content.person === person &&
    isFor(draft.to, first.head.to_address, deps) &&
    (draft.dueAt === undefined || draft.dueAt === head.due_at) &&
    details.subject === draft.subject &&
    String(row.urgency) === draft.urgency &&
    details.about?.source === draft.about?.source &&
    details.about?.resource === draft.about?.resource
  );
}

/** Whether what was done under this act's id is this act. */
export function isThisAct({ acts }: LoadedThread, ods: string, act: RequestedAct, person: string): boolean {
  const done = acts.find(({ head }) => head.sender === ods && head.id === act.id);
  if (!done || done.content?.person !== person) return false;
  const { kind } = done.head;
  if (act.kind === 'reply') return (kind === 'ask' || kind === 'answer') && done.content.body === act.body;
  return kind === act.kind && (act.kind !== 'reassign' || done.head.to_address === act.to);
}

/** Whether who was named is who gets it: the very address, or the team of the person whose it is. */
export function isFor(named: string, address: string, { teams }: LogDeps): boolean {
  return named === address || named === teams.teamAddress(address);
}
