import { expressionBuilder, type SqlBool, type Expression } from 'kysely';
import type { Queries } from '../database.ts';
import type { Schema } from '../schema.ts';
import { type HandoverRow, readHandovers } from './handovers.ts';
import { isUnder } from './messages.ts';

// Which handovers are listed, in which order, and how many wait.

/** Which handovers are wanted: of a resident, of teams (theirs or come to them), by id, or not in the audit yet. */
export type HandoversBy =
  | { readonly id: string }
  | { readonly audited: false }
  | { readonly patientHandles: readonly string[] }
  | { readonly addresses: readonly string[] };

/**
 * Of teams first what waits for them, by when it is due; then what nobody owns yet, then the newest. Of a long list nothing
 * that waits is left out for what is done, nor for what waits for others.
 */
export async function loadHandovers(queries: Queries, by: HandoversBy, limit: number): Promise<readonly HandoverRow[]> {
  return readHandovers(queries, await findHandoverIds(queries, by, limit));
}

/** Their ids, in the order in which they are listed. */
export async function findHandoverIds(queries: Queries, by: HandoversBy, limit: number): Promise<readonly string[]> {
  if ('addresses' in by && by.addresses.length === 0) return [];
  let query = queries.selectFrom('handovers').select(['handovers.id', 'handovers.notice_id']);
  if ('id' in by) query = query.where('handovers.id', '=', by.id);
  else if ('audited' in by) query = query.where('handovers.audited_at', 'is', null);
  else if ('patientHandles' in by)
    query = query.where('handovers.notice_id', 'in', (eb) =>
      eb
        .selectFrom('notices')
        .select('notices.id')
        .where('notices.patient_handle', 'in', [...by.patientHandles]),
    );
  else
    query = query.where((eb) =>
      eb.or([
        eb('handovers.id', 'in', (sub) =>
          sub
            .selectFrom('handover_recipients')
            .select('handover_id')
            .where('address', 'in', [...by.addresses]),
        ),
        eb('handovers.id', 'in', (sub) =>
          sub
            .selectFrom('handover_recipients')
            .select('handover_id')
            .where('person', 'is not', null)
            .where(isUnder('address', by.addresses)),
        ),
        eb('handovers.id', 'in', (sub) =>
          sub
            .selectFrom('handover_escalations')
            .select('handover_id')
            .where('address', 'in', [...by.addresses]),
        ),
      ]),
    );
  if ('addresses' in by) {
    const { addresses } = by;
    query = query
      .orderBy((eb) => eb.case().when(dueFor(addresses), 'is', null).then(1).else(0).end())
      .orderBy(dueFor(addresses));
  }
  const found = await query
    .orderBy((eb) =>
      eb
        .case()
        .when(eb.and([eb('owned_at', 'is', null), eb('withdrawn_at', 'is', null)]))
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('handovers.id')
    .limit(limit)
    .execute();
  return found.map(({ id }) => id);
}

/** When one of these teams has to acknowledge it next; nothing: it waits for none of them. As `countWaiting` counts. */
function dueFor(addresses: readonly string[]) {
  return expressionBuilder<Schema, 'handovers'>()
    .selectFrom('handover_recipients as r')
    .select(({ fn }) => fn.min('r.due_at').as('due'))
    .whereRef('r.handover_id', '=', 'handovers.id')
    .where('handovers.withdrawn_at', 'is', null)
    .where('r.acknowledged_at', 'is', null)
    .where('r.passed_to', 'is', null)
    .where(isTheirs(addresses));
}

/** Theirs, or come to them because nobody took it in time. */
function isTheirs(addresses: readonly string[]): Expression<SqlBool> {
  const eb = expressionBuilder<Schema & { readonly r: Schema['handover_recipients'] }, 'r'>();
  return eb.or([
    eb('r.address', 'in', [...addresses]),
    eb.and([eb('r.person', 'is not', null), isUnder('r.address', addresses)]),
    eb.exists(
      eb
        .selectFrom('handover_escalations as e')
        .select('e.at')
        .whereRef('e.handover_id', '=', 'r.handover_id')
        .where('e.address', 'in', [...addresses])
        .where((or) => or.or([or('e.about', '=', ''), or('e.about', '=', or.ref('r.address'))])),
    ),
  ]);
}

/** Handovers that wait for one of these teams: theirs, or come to them because nobody took them in time. */
export async function countWaiting(queries: Queries, addresses: readonly string[]): Promise<number> {
  if (addresses.length === 0) return 0;
  const { count } = await queries
    .selectFrom('handover_recipients as r')
    .innerJoin('handovers', 'handovers.id', 'r.handover_id')
    .select(({ fn }) => fn.count<number | string>('r.handover_id').distinct().as('count'))
    .where('r.acknowledged_at', 'is', null)
    .where('r.passed_to', 'is', null)
    .where('handovers.withdrawn_at', 'is', null)
    .where(isTheirs(addresses))
    .executeTakeFirstOrThrow();
  return Number(count);
}
