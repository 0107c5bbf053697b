import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import * as table from '../storage/tables/messages.ts';
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

function isSame(thread: LoadedThread, act: LoadedAct, { draft, from, patient, answers }: ReadMessage, deps: LogDeps) {
  const { head, content } = act;
  const { row, details } = thread;
  const shared =
    details?.patient.nhsNumber === patient.nhsNumber &&
    content?.body === draft.body &&
    content.person === from.person &&
    head.from_address === deps.teams.teamAddress(from.address) &&
    head.to_address !== null &&
    isFor(draft.to, head.to_address, deps);
  if (answers !== undefined)
    return shared && head.version > 1 && thread.acts.some((one) => one.head.id === answers && one !== act);
  const due = draft.dueAt === undefined || draft.dueAt === head.due_at;
  return (
    shared && due && head.version === 1 && details.subject === draft.subject && String(row.urgency) === draft.urgency
  );
}

/** Whether who was named is who gets it: the very address, or the team of the person whose it is. */
export function isFor(named: string, address: string, { teams }: LogDeps): boolean {
  return named === address || named === teams.teamAddress(address);
}
