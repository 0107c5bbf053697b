import type { Queries } from '../database.ts';

/**
 * Has answers looked at that nobody has written down to be: those of conversations changed since, that were asked urgently
 * and lie unopened somewhere, or that a system has refused. Gives how many conversations.
 */
export async function watchAnswersSince(queries: Queries, sinceIso: string, nowIso: string): Promise<number> {
  const unopened = queries.selectFrom('message_inbox').select('thread_id').where('opened_at', 'is', null);
  const refused = queries.selectFrom('message_receipts').select('thread_id').where('kind', '=', 'undeliverable');
  const found = await queries
    .updateTable('message_threads')
    .set({ answer_check_at: nowIso })
    .where('answer_check_at', 'is', null)
    .where('waits', '=', 0)
    .where('sealed_key', 'is not', null)
    .where('changed_at', '>=', sinceIso)
    .where((where) =>
      where.or([where.and([where('urgency', '=', 'urgent'), where('id', 'in', unopened)]), where('id', 'in', refused)]),
    )
    .executeTakeFirst();
  return Number(found.numUpdatedRows);
}
