import { createHash } from 'node:crypto';
import type { DeliveryAddress, DeliveryOutcome, OutgoingMessage } from '../../src/messages/delivery.ts';
import { signedContent } from '../../src/messages/signed-content.ts';
import type { Urgency } from '../../src/messages/thread.ts';
import type { Queries } from '../storage/database.ts';
import type { OutboxRow } from '../storage/tables/message-outbox.ts';
import { findThreads } from '../storage/tables/messages.ts';
import { type GoingDeps, judgeGoing } from './judge-going.ts';
import { stillGoes } from './still-goes.ts';
import { actOf, contentToSend, correspondentOf, loadThreads, type LoadedThread, type LogDeps } from './thread-log.ts';
import { withheldBy } from './withheld-code.ts';

/** One row that waits, and what is to be handed over. Without a message it can't be, or not now, for the reason `refused`. */
export type Prepared = {
  readonly row: OutboxRow;
  /** The message's own id, whatever it is called on the wire. */
  readonly messageId: string;
  readonly to: DeliveryAddress;
  readonly message?: OutgoingMessage;
  readonly nhsNumber?: string;
  readonly refused?: DeliveryOutcome;
  /** The rule of the community that holds it back. */
  readonly withheld?: string;
  /** It may still go of itself when that no longer holds. */
  readonly stillGoes?: boolean;
};

type PrepareDeps = LogDeps & GoingDeps;

/**
 * What was under way when a launcher was killed died with all that was under way beside it, and is seldom the reason. So
 * it is handed over with fewer and fewer others, from the eighth time on alone (`delivery-rounds.ts`): whoever has died
 * this often in a row, thirteen times with nothing else in hand, has died of it.
 */
const MOST_DEATHS = 20;

export async function prepareDeliveries(
  queries: Queries,
  rows: readonly OutboxRow[],
  deps: PrepareDeps,
): Promise<readonly Prepared[]> {
  // Not even opened any more: whatever it does to a worker, it does it no longer.
  const [deadly, others] = [rows.filter(isDeadly), rows.filter((row) => !isDeadly(row))];
  const found = await findThreads(queries, [...new Set(others.map(({ thread_id }) => thread_id))]);
  const threads = new Map((await loadThreads(queries, found, deps)).map((thread) => [thread.row.id, thread]));
  const prepared = others.map((row) =>
    prepare(row, threads.get(row.thread_id), deps).catch((error: unknown): Prepared => {
      deps.onFailure(error);
      return { ...bare(row, deps), refused: { outcome: 'retry', code: 'server.fault' } };
    }),
  );
  const refused = { outcome: 'refused', code: 'message.gave_up' } as const;
  return [...(await Promise.all(prepared)), ...deadly.map((row) => ({ ...bare(row, deps), refused }))];
}

function isDeadly({ deaths }: OutboxRow): boolean {
  return (deaths ?? 0) >= MOST_DEATHS;
}

function bare(row: OutboxRow, { teams }: PrepareDeps): Pick<Prepared, 'row' | 'messageId' | 'to'> {
  return { row, messageId: row.message_id, to: addressOf(row, teams) };
}

async function prepare(row: OutboxRow, thread: LoadedThread | undefined, deps: PrepareDeps): Promise<Prepared> {
  const team = deps.teams.find(row.to_address);
  const to = addressOf(row, deps.teams);
  const act = thread?.acts.find(({ head }) => head.version === row.version);
  const details = thread?.details;
  const messageId = act?.head.id ?? row.message_id;
  const known = { row, messageId, to, ...(details && { nhsNumber: details.patient.nhsNumber }) };
  const refuse = (code: string): Prepared => ({ ...known, refused: { outcome: 'refused', code } });
  // What was changed in the store is nobody's message any more, and is handed to nobody.
  if (!thread || !details || !act?.content || act.signature === undefined)
    return refuse(`message.${act?.unreadable ?? thread?.unreadable ?? 'tampered'}`);
  if (!team) return refuse('message.recipient_unknown');
  const verdict = await judgeGoing(thread, act.head.sender, team, deps);
  if (!verdict) return { ...known, refused: { outcome: 'retry', code: 'server.fault' } };
  if (!verdict.allowed) {
    const what = { version: row.version, address: row.to_address };
    const acts = thread.acts.map(({ head }) => actOf(head));
    return {
      ...refuse(withheldBy(verdict.rule)),
      withheld: verdict.rule,
      stillGoes: stillGoes(what, acts, thread.standing, deps.now()),
    };
  }
  const content = contentToSend(act.head, act.content, details, thread.row.urgency as Urgency, deps.teams);
  const message = asCalled({ ...content, signature: act.signature }, row.message_id, deps);
  return { ...known, message };
}

/** Under the name it has on the wire there, which its signature bears too. */
function asCalled(message: OutgoingMessage, wireId: string, { signing }: LogDeps): OutgoingMessage {
  if (message.id === wireId) return message;
  const claims = signing.verify(message.signature);
  if (!claims) throw new Error('a message is opened only with a signature that holds');
  const { signature: _own, ...content } = { ...message, id: wireId };
  const { thr, n, prev, act } = claims;
  const sha256 = createHash('sha256').update(signedContent(content)).digest('base64url');
  return { ...content, signature: signing.sign({ jti: wireId, thr, n, prev, act, sha256 }) };
}

export function addressOf({ to_address }: Pick<OutboxRow, 'to_address'>, teams: LogDeps['teams']): DeliveryAddress {
  const inbox = teams.find(to_address)?.inbox;
  return { ...correspondentOf(to_address, teams), ...(inbox !== undefined && { inbox }) };
}
