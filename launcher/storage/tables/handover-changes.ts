import type { Database, Queries } from '../database.ts';

// What happens to handovers by itself: they get late, come to the lead, get their letter, are taken back, and go.

/** Recipients whose time has gone by, of handovers that still stand. */
export async function loadLateRecipients(
  queries: Queries,
  now: string,
  most: number,
): Promise<readonly { readonly handoverId: string; readonly address: string }[]> {
  const rows = await queries
    .selectFrom('handover_recipients')
    .innerJoin('handovers', 'handovers.id', 'handover_recipients.handover_id')
    .select(['handover_recipients.handover_id', 'handover_recipients.address'])
    .where('handover_recipients.due_at', '<=', now)
    .where('handover_recipients.late_at', 'is', null)
    .where('handover_recipients.acknowledged_at', 'is', null)
    .where('handover_recipients.passed_to', 'is', null)
    .where('handovers.withdrawn_at', 'is', null)
    .orderBy('handover_recipients.due_at')
    .limit(most)
    .execute();
  return rows.map((row) => ({ handoverId: row.handover_id, address: row.address }));
}

/** True for the one call, of whichever launcher, that found it late before anybody acknowledged it. */
export async function markLate(
  { transaction }: Pick<Database, 'transaction'>,
  { handoverId, address }: { readonly handoverId: string; readonly address: string },
  escalation: { readonly rule: string; readonly address: string; readonly at: string },
): Promise<boolean> {
  return transaction(async (queries) => {
    await lock(queries, handoverId);
    const found = await queries
      .updateTable('handover_recipients')
      .set({ late_at: escalation.at })
      .where('handover_id', '=', handoverId)
      .where('address', '=', address)
      .where('late_at', 'is', null)
      .where('acknowledged_at', 'is', null)
      .where('passed_to', 'is', null)
      // Given on and back meanwhile, it has a time of its own again.
      .where('due_at', '<=', escalation.at)
      .executeTakeFirst();
    if (found.numUpdatedRows === 0n) return false;
    await escalate(queries, handoverId, address, escalation);
    return true;
  });
}

/** Handovers that nobody owns after the agreed hours, and that are not on the lead's list yet. */
export async function loadUnowned(queries: Queries, now: string, most: number): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('handovers')
    .select('id')
    .where('unowned_at', '<=', now)
    .where('on_leads_list_at', 'is', null)
    .where('owned_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('unowned_at')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

/** True for the one call that put it there. */
export async function putOnLeadsList(
  { transaction }: Pick<Database, 'transaction'>,
  handoverId: string,
  escalation: { readonly rule: string; readonly address: string; readonly at: string },
): Promise<boolean> {
  return transaction(async (queries) => {
    const found = await queries
      .updateTable('handovers')
      .set({ on_leads_list_at: escalation.at })
      .where('id', '=', handoverId)
      .where('on_leads_list_at', 'is', null)
      .where('owned_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('unowned_at', '<=', escalation.at)
      .executeTakeFirst();
    if (found.numUpdatedRows === 0n) return false;
    await escalate(queries, handoverId, '', escalation);
    return true;
  });
}

async function escalate(
  queries: Queries,
  handoverId: string,
  about: string,
  { rule, address, at }: { readonly rule: string; readonly address: string; readonly at: string },
): Promise<void> {
  await queries
    .insertInto('handover_escalations')
    .values({ handover_id: handoverId, about, rule, address, at, audited_at: null })
    // Late a second time, after it was given back: it goes to them again, and the audit says so again.
    .onConflict((conflict) =>
      conflict.columns(['handover_id', 'about', 'rule']).doUpdateSet({ at, address, audited_at: null }),
    )
    .execute();
  await moved(queries, handoverId);
}

export type UnauditedEscalation = {
  readonly handoverId: string;
  readonly about: string;
  readonly rule: string;
  readonly address: string;
  readonly at: string;
};

/** Escalations the audit does not tell of yet: a launcher killed in between leaves its word to the next. */
export async function loadUnaudited(queries: Queries, most: number): Promise<readonly UnauditedEscalation[]> {
  const rows = await queries
    .selectFrom('handover_escalations')
    .selectAll()
    .where('audited_at', 'is', null)
    .orderBy('at')
    .limit(most)
    .execute();
  return rows.map(({ handover_id, about, rule, address, at }) => ({
    handoverId: handover_id,
    about,
    rule,
    address,
    at,
  }));
}

export async function markHandoverAudited(queries: Queries, handoverId: string, at: string): Promise<void> {
  await queries.updateTable('handovers').set({ audited_at: at }).where('id', '=', handoverId).execute();
}

export async function markAudited(queries: Queries, escalation: UnauditedEscalation, at: string): Promise<void> {
  await queries
    .updateTable('handover_escalations')
    .set({ audited_at: at })
    .where('handover_id', '=', escalation.handoverId)
    .where('about', '=', escalation.about)
    .where('rule', '=', escalation.rule)
    .execute();
}

/** The discharge summary takes the place of any other letter, and no other letter that of a summary. */
export async function giveLetter(
  queries: Queries,
  stay: { readonly source: string; readonly resource: string },
  { letter, summary }: { readonly letter: string; readonly summary: boolean },
): Promise<boolean> {
  const result = await queries
    .updateTable('handovers')
    .set((eb) => ({ letter, letter_is_summary: summary ? 1 : 0, version: eb('version', '+', 1) }))
    .where('notice_id', 'in', (eb) =>
      eb.selectFrom('notices').select('id').where('source', '=', stay.source).where('resource', '=', stay.resource),
    )
    .where((eb) => eb.or([eb('letter', 'is', null), eb('letter_is_summary', '<', summary ? 1 : 0)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Taken back by its source, with the handover that hangs on it; `null`: it is said again, and waits again. True for one call. */
export async function withdrawNotice(
  { transaction }: Pick<Database, 'transaction'>,
  noticeId: string,
  at: string | null,
): Promise<boolean> {
  const stood = at === null ? 'is not' : 'is';
  return transaction(async (queries) => {
    const result = await queries
      .updateTable('notices')
      .set({ withdrawn_at: at })
      .where('id', '=', noticeId)
      .where('withdrawn_at', stood, null)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await queries
      .updateTable('handovers')
      .set((eb) => ({ withdrawn_at: at, version: eb('version', '+', 1) }))
      .where('notice_id', '=', noticeId)
      .execute();
    return true;
  });
}

/** First, as every act does (`handover-acts.ts`): who takes two rows in another order waits for the other for ever. */
async function lock(queries: Queries, handoverId: string): Promise<void> {
  await queries
    .updateTable('handovers')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', handoverId)
    .execute();
}

async function moved(queries: Queries, handoverId: string): Promise<void> {
  await queries
    .updateTable('handovers')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', handoverId)
    .execute();
}

/**
 * Notices that were over before then, with all that hangs on them, and subscriptions that ended before then. A transition
 * is over when it was taken back or everybody has taken it on, and no time given to anybody lies ahead; one that nobody
 * owns is kept, however old it is (docs/decisions/0049-what-still-waits-is-kept.md).
 */
export async function sweepNotices(queries: Queries, before: string, most: number): Promise<number> {
  const old = await queries
    .selectFrom('notices')
    .select('id')
    .where('heard_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('handovers')
            .select('handovers.id')
            .whereRef('handovers.notice_id', '=', 'notices.id')
            .where((stands) =>
              stands.or([
                stands.and([stands('owned_at', 'is', null), stands('withdrawn_at', 'is', null)]),
                stands('owned_at', '>=', before),
                stands('withdrawn_at', '>=', before),
                stands.exists(
                  stands
                    .selectFrom('handover_recipients')
                    .select('address')
                    .whereRef('handover_recipients.handover_id', '=', 'handovers.id')
                    .where('due_at', '>=', before),
                ),
              ]),
            ),
        ),
      ),
    )
    .limit(most)
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) {
    const handovers = await queries.selectFrom('handovers').select('id').where('notice_id', 'in', ids).execute();
    const handoverIds = handovers.map(({ id }) => id);
    if (handoverIds.length > 0) {
      await queries.deleteFrom('handover_escalations').where('handover_id', 'in', handoverIds).execute();
      await queries.deleteFrom('handover_recipients').where('handover_id', 'in', handoverIds).execute();
      await queries.deleteFrom('handovers').where('id', 'in', handoverIds).execute();
    }
    await queries.deleteFrom('notice_teams').where('notice_id', 'in', ids).execute();
    await queries.deleteFrom('notices').where('id', 'in', ids).execute();
  }
  return ids.length + (await sweepSubscriptions(queries, before, most));
}

/** Who was told of whom is of no use once it is over for so long, and it has their name. */
async function sweepSubscriptions(queries: Queries, before: string, most: number): Promise<number> {
  const over = await queries
    .selectFrom('notice_subscriptions')
    .select('id')
    .where((eb) => eb.or([eb('until', '<', before), eb('ended_at', '<', before)]))
    .limit(most)
    .execute();
  const ids = over.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await queries.deleteFrom('notice_watches').where('subscription_id', 'in', ids).execute();
  await queries.deleteFrom('notice_subscriptions').where('id', 'in', ids).execute();
  return ids.length;
}
