import type { Database, Queries } from '../database.ts';
import { NOT_PASSED, type RecipientRow } from './handovers.ts';

// What people do with a handover. Each act names the version it saw; of two at once one finds it moved.

type Act = {
  readonly handoverId: string;
  /** Of the recipient on whose behalf. */
  readonly address: string;
  readonly version: number;
  readonly actId: string;
  readonly at: string;
};

export type Acknowledgement = Act & { readonly owner: NonNullable<RecipientRow['owner']> };

/** `done` for the one act that did it; `moved` when it is not as the reader saw it, whoever was quicker. */
export type Done = 'done' | 'moved';

/** Taken on by somebody, for a recipient that nobody has acknowledged for yet. */
export async function acknowledgeHandover(
  database: Pick<Database, 'transaction'>,
  act: Acknowledgement,
): Promise<Done> {
  return inTurn(database, act, async (queries) => {
    const taken = await queries
      .updateTable('handover_recipients')
      .set(ownedBy(act))
      .where('handover_id', '=', act.handoverId)
      .where('address', '=', act.address)
      .where('acknowledged_at', 'is', null)
      .where('passed_to', 'is', null)
      .executeTakeFirst();
    return taken.numUpdatedRows > 0n && settleOwned(queries, act);
  });
}

/** Taken over from a colleague, or back from the team it was passed to, as long as nobody there has acknowledged it. */
export async function takeHandover(
  database: Pick<Database, 'transaction'>,
  act: Acknowledgement & { readonly backFrom?: string },
): Promise<Done> {
  const { backFrom, owner } = act;
  return inTurn(database, act, async (queries) => {
    const taken = await queries
      .updateTable('handover_recipients')
      .set({ ...ownedBy(act), ...NOT_PASSED })
      .where('handover_id', '=', act.handoverId)
      .where('address', '=', act.address)
      .where('passed_to', backFrom === undefined ? 'is' : '=', backFrom ?? null)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) return false;
    if (backFrom !== undefined) {
      const handed = { ...act, address: backFrom, to: act.address, by: owner };
      if (!(await markPassed(queries, handed, { unacknowledged: true }))) return false;
    }
    return settleOwned(queries, act);
  });
}

export type Passing = Act & {
  readonly to: string;
  /** By name, when it is passed on to one person of a team. */
  readonly person?: string;
  readonly by: NonNullable<RecipientRow['owner']>;
  /** As the recipient's that passes it on, and until when the other is to acknowledge it. */
  readonly rule: string;
  readonly dueAt: string;
  /** When it is on the lead's list, should it be given back to who had acknowledged it. */
  readonly unownedAt: string;
};

/** Passed on to a team that has it from then on and must acknowledge it; given back, it waits there again. */
export async function passHandover(database: Pick<Database, 'transaction'>, act: Passing): Promise<Done> {
  return inTurn(database, act, async (queries) => {
    if (!(await markPassed(queries, act, {}))) return false;
    const waits = { rule: act.rule, due_at: act.dueAt };
    const back = await queries
      .updateTable('handover_recipients')
      .set({ due_at: act.dueAt, late_at: null, ...NOT_OWNED, ...NOT_PASSED })
      .where('handover_id', '=', act.handoverId)
      .where('address', '=', act.to)
      .where('passed_to', '=', act.address)
      .executeTakeFirst();
    if (back.numUpdatedRows === 0n) {
      const given = await queries
        .insertInto('handover_recipients')
        .values({
          handover_id: act.handoverId,
          address: act.to,
          person: act.person ?? null,
          ...waits,
          late_at: null,
          ...NOT_OWNED,
          ...NOT_PASSED,
        })
        // A team that has it on its own account has its own to acknowledge, and is given no other.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (given.numInsertedOrUpdatedRows ?? 0n) > 0n;
    }
    await queries
      .updateTable('handovers')
      .set({ owned_at: null, on_leads_list_at: null, unowned_at: act.unownedAt })
      .where('id', '=', act.handoverId)
      .where('owned_at', 'is not', null)
      .execute();
    return true;
  });
}

/** Of a handover that has moved on since: was this the very act that moved it? */
export function isActOf(row: RecipientRow | undefined, actId: string, user: string): boolean {
  return (
    (row?.actId === actId && row.owner?.key === user) || (row?.passed?.actId === actId && row.passed.by.key === user)
  );
}

async function inTurn(
  database: Pick<Database, 'transaction'>,
  { handoverId, version }: Act,
  change: (queries: Queries) => Promise<boolean>,
): Promise<Done> {
  try {
    return await database.transaction<Done>(async (queries) => {
      // The version first: it is the lock that two acts of one moment queue up at.
      const bumped = await queries
        .updateTable('handovers')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', handoverId)
        .where('version', '=', version)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      // Nothing is changed by half an act: the version is rolled back with the rest.
      if (bumped.numUpdatedRows === 0n || !(await change(queries))) throw new Moved();
      return 'done';
    });
  } catch (error) {
    if (error instanceof Moved) return 'moved';
    throw error;
  }
}

class Moved extends Error {}

async function markPassed(
  queries: Queries,
  { handoverId, address, to, at, by, actId }: Pick<Passing, 'handoverId' | 'address' | 'to' | 'at' | 'by' | 'actId'>,
  { unacknowledged = false }: { readonly unacknowledged?: boolean },
): Promise<boolean> {
  let query = queries
    .updateTable('handover_recipients')
    .set({
      passed_to: to,
      passed_at: at,
      passed_by_name: by.name,
      passed_by_team: by.team,
      passed_by_key: by.key,
      pass_act_id: actId,
    })
    .where('handover_id', '=', handoverId)
    .where('address', '=', address)
    .where('passed_to', 'is', null);
  if (unacknowledged) query = query.where('acknowledged_at', 'is', null);
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
}

const NOT_OWNED = { acknowledged_at: null, owner_name: null, owner_team: null, owner_key: null, act_id: null } as const;

function ownedBy({ at, owner, actId }: Acknowledgement) {
  return {
    acknowledged_at: at,
    owner_name: owner.name,
    owner_team: owner.team,
    owner_key: owner.key,
    act_id: actId,
  };
}

/** Owned once everybody who has it now has acknowledged it; what was passed on counts by whom it was passed to. */
async function settleOwned(queries: Queries, { handoverId, at }: Act): Promise<true> {
  await queries
    .updateTable('handovers')
    .set({ owned_at: at })
    .where('id', '=', handoverId)
    .where('owned_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('handover_recipients')
            .select('address')
            .where('handover_id', '=', handoverId)
            .where('acknowledged_at', 'is', null)
            .where('passed_to', 'is', null),
        ),
      ),
    )
    .execute();
  return true;
}
