import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import type { Queries } from '../database.ts';
import type { MessageNumberTable, Schema } from '../schema.ts';
import type { ThreadRow } from './messages.ts';

export type NumberRow = Selectable<MessageNumberTable>;

/** About a resident known under any of these, be it that a conversation began under another number of theirs. */
export function isAboutAny(
  where: ExpressionBuilder<Schema, 'message_threads'>,
  patientHandles: readonly string[],
): Expression<SqlBool> {
  const learnt = where.selectFrom('message_numbers').select('thread_id').where('patient_handle', 'in', patientHandles);
  return where.or([where('patient_handle', 'in', patientHandles), where('id', 'in', learnt)]);
}

/** What is known already stays as it is. */
export async function saveNumbers(queries: Queries, rows: readonly NumberRow[]): Promise<void> {
  if (rows.length === 0) return;
  await queries
    .insertInto('message_numbers')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function loadNumbers(queries: Queries, threadIds: readonly string[]): Promise<readonly NumberRow[]> {
  if (threadIds.length === 0) return [];
  return queries.selectFrom('message_numbers').selectAll().where('thread_id', 'in', threadIds).execute();
}

/** Conversations about a resident known under one of these that are not found under each of them. */
export async function findThreadsLacking(
  queries: Queries,
  patientHandles: readonly string[],
  limit: number,
): Promise<readonly ThreadRow[]> {
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) => isAboutAny(where, patientHandles))
    .where('sealed_key', 'is not', null)
    .where((where) =>
      where.or(
        patientHandles.map((handle) =>
          where.and([
            where('patient_handle', '!=', handle),
            where.not(
              where.exists(
                where
                  .selectFrom('message_numbers')
                  .select('thread_id')
                  .whereRef('thread_id', '=', 'message_threads.id')
                  .where('message_numbers.patient_handle', '=', handle),
              ),
            ),
          ]),
        ),
      ),
    )
    .limit(limit)
    .execute();
}
