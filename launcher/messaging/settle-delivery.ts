import type { Urgency } from '../../src/messages/thread.ts';
import type { Database, Queries } from '../storage/database.ts';
import { putInInbox } from '../storage/tables/message-inbox.ts';
import { settleMessage } from '../storage/tables/message-outbox.ts';
import * as table from '../storage/tables/messages.ts';
import { HELD_LOOK_MS } from './held-back.ts';
import { nextPassing, watchAt } from './next-step.ts';
import type { Prepared } from './prepare-delivery.ts';
import { foldOf, type LogDeps, proofOf } from './thread-log.ts';

/** What became of one attempt. */
export type Settled = {
  readonly prepared: Prepared;
  readonly state: 'waiting' | 'accepted' | 'delivered' | 'undeliverable';
  readonly code?: string;
  /** When the other side says that it got it. */
  readonly at?: string;
  readonly nextMs?: number;
  readonly reference?: string;
  /** It was not tried at all, which is no attempt. */
  readonly crowded?: boolean;
  /** The launcher was stopped before the other side had answered: no attempt that failed, though it may have come there. */
  readonly stopped?: boolean;
};

/** One commit for all of a round; where one of them can't be written, each by itself, so that it holds up no other. */
export async function settleDeliveries(
  settled: readonly Settled[],
  deps: LogDeps & { readonly database: Database; readonly onFailure: (error: unknown) => void },
): Promise<void> {
  if (settled.length === 0) return;
  const all = (some: readonly Settled[]): Promise<void> =>
    deps.database.together(async (queries) => {
      for (const one of some) await settle(queries, one, deps);
    });
  try {
    await all(settled);
  } catch (error) {
    if (settled.length === 1) throw error;
    for (const one of settled) await all([one]).catch(deps.onFailure);
  }
}

async function settle(queries: Queries, settled: Settled, deps: LogDeps): Promise<void> {
  const { prepared, state, nextMs, reference } = settled;
  const { row, message, messageId } = prepared;
  // The inbox says for itself that a message is there: the same one, handed over again, is there once.
  if (message && settled.crowded !== true)
    await putInInbox(queries, {
      address: deps.teams.teamAddress(row.to_address),
      sender: row.sender,
      message_id: messageId,
      thread_id: row.thread_id,
      version: row.version,
      at: new Date(deps.now()).toISOString(),
      opened_at: null,
    });
  const held = prepared.stillGoes === true && state === 'undeliverable';
  const ours = await settleMessage(queries, row, {
    state: held ? 'withheld' : state,
    ...(held && { next_ms: deps.now() + HELD_LOOK_MS }),
    ...(nextMs !== undefined && { next_ms: Math.round(nextMs) }),
    ...(reference !== undefined && { reference }),
    // What died with a launcher that had it may have been handed over: that much of it stays.
    ...(settled.crowded === true && { attempts: Math.max(row.attempts - 1, row.deaths === null ? 0 : 1) }),
    ...(settled.stopped === true && { attempts: Math.max(row.attempts - 1, 0) }),
    // It was handed over and whoever did it is still there.
    ...(message && settled.crowded !== true && { deaths: null }),
  });
  if (!ours || state === 'waiting' || state === 'accepted') return;
  await table.saveReceipts(queries, [receiptOf(settled, deps)]);
  if (state === 'undeliverable') await lookAgain(queries, row.thread_id, deps);
}

function receiptOf({ prepared, state, code, at }: Settled, deps: LogDeps): table.ReceiptRow {
  const { row, message } = prepared;
  const now = new Date(deps.now()).toISOString();
  // A clock of theirs that is wrong puts it neither into the future nor before it was sent.
  const said = at !== undefined && at < now && at >= (message?.sentAt ?? '') ? at : now;
  return {
    thread_id: row.thread_id,
    version: row.version,
    address: row.to_address,
    kind: state,
    at: said,
    person: null,
    code: code ?? null,
  };
}

/** What has become known may bring a rule forward, or put it off: when it is looked at next is worked out anew. */
export async function lookAgain(queries: Queries, threadId: string, deps: LogDeps): Promise<void> {
  const row = await table.lockThread(queries, deps.dialect, threadId);
  if (!row || row.sealed_key === null) return;
  const standing = foldOf(await table.loadActs(queries, [threadId]));
  const proofs = (await table.loadReceipts(queries, [threadId])).map(proofOf);
  const next = standing && nextPassing(standing, proofs, row.urgency as Urgency, deps.teams);
  await table.changeThread(queries, threadId, row.version, watchAt(standing, next?.at));
}
