import type { DeliveryReceipt } from '../../src/messages/delivery.ts';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import { markOpened } from '../storage/tables/message-inbox.ts';
import { settleAccepted } from '../storage/tables/message-outbox.ts';
import { saveReceipts } from '../storage/tables/messages.ts';
import { findHanded, ownIdOf } from './handed.ts';
import { lookAgain } from './settle-delivery.ts';
import type { LogDeps } from './thread-log.ts';

/**
 * Takes what the other side's system says later of a message it was handed. False: nothing of that name was ever handed to
 * that inbox. The same said twice is once.
 */
export function createReceipts(
  deps: LogDeps & { readonly database: Database; readonly audit: Audit },
): (receipt: DeliveryReceipt) => Promise<boolean> {
  return async (receipt) => {
    const inbox = { id: receipt.inbox, ods: receipt.by };
    const sent = await findHanded(deps.database.queries, receipt.messageId, inbox, deps.teams);
    const [first] = sent;
    if (!first) return false;
    const refused = receipt.kind === 'refused';
    await deps.audit.record({
      type: 'message.delivered',
      at: new Date(deps.now()).toISOString(),
      outcome: refused ? 'failed' : 'success',
      organisation: receipt.by,
      source: receipt.inbox,
      ...(receipt.code !== undefined && { code: receipt.code }),
      detail: { reference: `Communication/${await ownIdOf(deps.database.queries, first)}`, state: receipt.kind },
    });
    await deps.database.transaction(async (queries) => {
      for (const row of sent) {
        await settleAccepted(queries, row, refused ? 'undeliverable' : 'delivered');
        await saveReceipts(queries, [
          {
            thread_id: row.thread_id,
            version: row.version,
            address: row.to_address,
            kind: refused ? 'undeliverable' : receipt.kind,
            at: receipt.at,
            person: receipt.person ?? null,
            code: receipt.code ?? null,
          },
        ]);
        if (receipt.kind === 'opened')
          await markOpened(queries, row.thread_id, [row.version], [deps.teams.teamAddress(row.to_address)], receipt.at);
        await lookAgain(queries, row.thread_id, deps);
      }
    });
    return true;
  };
}
