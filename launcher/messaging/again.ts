import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import { type OutboxRow, settleAccepted, waitAgain } from '../storage/tables/message-outbox.ts';
import { saveReceipts } from '../storage/tables/messages.ts';
import { spreadPauseMs } from './delivery-pause.ts';
import { findHanded, type InboxOf, ownIdOf } from './handed.ts';
import { lookAgain } from './settle-delivery.ts';
import type { LogDeps } from './thread-log.ts';

type AgainDeps = LogDeps & {
  readonly database: Database;
  readonly audit: Audit;
  readonly limits: { readonly attempts: number };
  readonly random: () => number;
};

/** Of the EPR that took a message and says later that it could not keep it, for now. */
export type TryAgain = (messageId: string, by: InboxOf) => Promise<boolean>;

/**
 * A message that was taken and could not be kept is handed over once more after a pause, as often as any other that fails,
 * and is given up like it. What is delivered already, and what waits for its turn, stays as it is: the same said twice is
 * once. False: nothing of that name was handed to this inbox.
 */
export function createAgain(deps: AgainDeps): TryAgain {
  const { database, teams, now, limits } = deps;

  async function giveUp(queries: Parameters<typeof saveReceipts>[0], row: OutboxRow): Promise<void> {
    await settleAccepted(queries, row, 'undeliverable');
    await saveReceipts(queries, [
      {
        thread_id: row.thread_id,
        version: row.version,
        address: row.to_address,
        kind: 'undeliverable',
        at: new Date(now()).toISOString(),
        person: null,
        code: 'message.gave_up',
      },
    ]);
    await lookAgain(queries, row.thread_id, deps);
  }

  return async (messageId, by) => {
    const theirs = await findHanded(database.queries, messageId, by, teams);
    const [first] = theirs;
    if (!first) return false;
    const open = theirs.filter(({ state, lease }) => state === 'accepted' || (state === 'waiting' && lease !== null));
    if (open.length === 0) return true;
    await deps.audit.record({
      type: 'message.delivered',
      at: new Date(now()).toISOString(),
      outcome: 'failed',
      organisation: by.ods,
      source: by.id,
      detail: { reference: `Communication/${await ownIdOf(database.queries, first)}`, state: 'retry' },
    });
    await database.transaction(async (queries) => {
      for (const row of open) {
        if (row.attempts >= limits.attempts) await giveUp(queries, row);
        else await waitAgain(queries, row, now() + spreadPauseMs(row.attempts, deps.random));
      }
    });
    return true;
  };
}
