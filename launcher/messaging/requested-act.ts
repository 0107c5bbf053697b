import type { Urgency } from '../../src/messages/thread.ts';
import { CorridorError } from '../errors.ts';
import { authorOf, isBy } from './acting.ts';
import type { NewAct } from './append-act.ts';
import type { RequestedAct } from './drafts.ts';
import { type PatientReader, teamsOf } from './reader.ts';
import type { SendingDeps, SendingRules } from './sending-rules.ts';
import type { LoadedThread, LogDeps } from './thread-log.ts';
import { type ActKind, dueAfterHandover, dueFrom } from './thread-state.ts';

type ActDeps = LogDeps & Pick<SendingDeps, 'limits'>;

/** What a reader wants done with a conversation, as an act of its log: by whom, to whom and until when. */
export async function actFor(
  reader: PatientReader,
  thread: LoadedThread,
  act: RequestedAct,
  deps: ActDeps,
  rules: SendingRules,
): Promise<NewAct> {
  const at = new Date(deps.now()).toISOString();
  const urgency = thread.row.urgency as Urgency;
  const { standing, details } = thread;
  if (act.kind === 'reply') {
    if (thread.acts.length >= deps.limits.threadMessages) throw new CorridorError('message.too_long', 'thread');
    await rules.mayWrite(reader, act.body);
    await rules.hasRoom(reader);
    const { kind, to } = sideOf(reader, thread, deps);
    await rules.maySee(reader, to, details?.about, thread);
    const team = deps.teams.find(standing.holder);
    const dueAt = kind === 'ask' && !standing.waits && team ? dueFrom(at, urgency, team) : undefined;
    const author = authorOf(reader, deps, thread, kind === 'ask');
    return { id: act.id, kind, author, to, body: act.body, ...(dueAt !== undefined && { dueAt }) };
  }
  const author = authorOf(reader, deps, thread);
  if (act.kind !== 'reassign') return { id: act.id, kind: act.kind as ActKind, author };
  const team = deps.teams.find(act.to);
  if (!team?.listed) throw new CorridorError('message.recipient_unknown');
  await rules.maySee(reader, act.to, details?.about, thread);
  await rules.mayBeGiven(reader, act.to, thread);
  const dueAt = dueAfterHandover(standing, at, urgency, team);
  const to = team.correspondent.address;
  return { id: act.id, kind: 'reassign', author, to, ...(dueAt !== undefined && { dueAt }) };
}

/**
 * Whose turn a reply is, and whom it goes to. Of somebody on both sides: whoever has what waits answers it, but nobody
 * their own question: a word more from who asked leaves it waiting for somebody else.
 */
export function sideOf(
  reader: PatientReader,
  { standing, acts }: Pick<LoadedThread, 'standing' | 'acts'>,
  { teams }: LogDeps,
): { readonly kind: 'ask' | 'answer'; readonly to: string } {
  const own = teamsOf(reader, teams);
  const began = standing.asking.some((address) => own.includes(teams.teamAddress(address)));
  const had = standing.passed.some((address) => own.includes(teams.teamAddress(address)));
  const asked = acts.find(({ head }) => head.version === standing.lastAsk);
  const asks = began && !(had && standing.waits && !(asked && isBy(reader, asked)));
  return asks ? { kind: 'ask', to: standing.holder } : { kind: 'answer', to: standing.asker };
}
