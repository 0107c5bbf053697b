import { sql } from 'kysely';
import type { Database, Queries } from '../database.ts';

/** `waiting`: never heard yet. `failing`: it does not answer. `refused`: it may not be asked for this team any more. */
export type NoticeWatchState = 'waiting' | 'heard' | 'failing' | 'refused' | 'ended';

/** How one source is heard for one subscription. */
export type NoticeWatchRow = {
  readonly id: string;
  readonly subscriptionId: string;
  readonly source: string;
  readonly state: NoticeWatchState;
  /** The source's own ids for what it tells by itself. */
  readonly remoteIds: readonly string[];
  readonly secretHash?: string;
  readonly changedSince: string;
  readonly heardAt?: string;
  readonly toldAt?: string;
  readonly failures: number;
};

/** One watch for each source of a subscription; those that are there are left as they are, save that an ended one begins anew. */
export async function saveNoticeWatches(
  queries: Queries,
  rows: readonly Pick<NoticeWatchRow, 'id' | 'subscriptionId' | 'source' | 'changedSince'>[],
  dueAt: string,
): Promise<void> {
  if (rows.length === 0) return;
  await queries
    .insertInto('notice_watches')
    .values(
      rows.map(({ id, subscriptionId, source, changedSince }) => ({
        id,
        subscription_id: subscriptionId,
        source,
        state: 'waiting',
        remote_ids: null,
        secret_hash: null,
        last_events: '{}',
        changed_since: changedSince,
        heard_at: null,
        told_at: null,
        due_at: dueAt,
        lease: null,
        lease_until: null,
        failures: 0,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['subscription_id', 'source'])
        .doUpdateSet({ state: 'waiting', due_at: dueAt, changed_since: (eb) => eb.ref('excluded.changed_since') })
        .where('notice_watches.state', 'in', ['ended', 'refused']),
    )
    .execute();
}

/**
 * Takes up to `most` watches that are due and that nobody has: of several launchers exactly one gets each, and one that is
 * killed while it has some loses them when the lease runs out.
 */
export async function leaseNoticeWatches(
  { queries, dialect }: Pick<Database, 'queries' | 'dialect'>,
  { lease, now, until, most }: { readonly lease: string; readonly now: string; readonly until: string; most: number },
): Promise<readonly NoticeWatchRow[]> {
  const due = queries
    .selectFrom('notice_watches')
    .select('id')
    .where('due_at', '<=', now)
    .where('state', '!=', 'ended')
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('due_at')
    .limit(most);
  const rows = await queries
    .updateTable('notice_watches')
    .set({ lease, lease_until: until })
    .where('id', 'in', dialect === 'postgres' ? due.forUpdate().skipLocked() : due)
    .returningAll()
    .execute();
  return rows.map(rowOf);
}

/** What is known after asking; written only by who still has the lease. False: it was taken away, and is asked again. */
export async function settleNoticeWatch(
  queries: Queries,
  { id, lease }: { readonly id: string; readonly lease: string },
  settled: {
    readonly state: NoticeWatchState;
    readonly failures: number;
    readonly dueAt: string;
    readonly changedSince?: string;
    readonly heardAt?: string;
  },
): Promise<boolean> {
  const result = await queries
    .updateTable('notice_watches')
    .set({
      state: settled.state,
      failures: settled.failures,
      due_at: settled.dueAt,
      lease: null,
      lease_until: null,
      ...(settled.changedSince !== undefined && { changed_since: settled.changedSince }),
      ...(settled.heardAt !== undefined && { heard_at: settled.heardAt }),
    })
    .where('id', '=', id)
    .where('lease', '=', lease)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * What the source is known by once it tells by itself: the secret before it is asked to (it may speak before it has
 * answered), its own id for it afterwards. Whoever has the lease.
 */
export async function saveNoticeRemote(
  queries: Queries,
  id: string,
  remote: { readonly secretHash: string } | { readonly remoteIds: readonly string[]; readonly at: string },
): Promise<void> {
  const set =
    'secretHash' in remote
      ? { secret_hash: remote.secretHash, remote_ids: null, last_events: '{}', told_at: null }
      : { remote_ids: JSON.stringify(remote.remoteIds), told_at: remote.at };
  await queries.updateTable('notice_watches').set(set).where('id', '=', id).execute();
}

/**
 * The source has told something. `asks`: it is due at once, and whoever is asking just now does not settle it, for what
 * was told may be newer than what is being read. Gives the number of the last event before this; `undefined`: no such watch.
 */
export async function tellNoticeWatch(
  database: Pick<Database, 'transaction' | 'dialect'>,
  id: string,
  told: {
    readonly at: string;
    /** The source's own id of what tells. */
    readonly remoteId: string;
    readonly lastEvent: number;
    readonly asks: (before: number) => boolean;
    /** It need not be asked before then, as long as it goes on telling. */
    readonly quietUntil: string;
  },
): Promise<{ readonly before: number; readonly asks: boolean } | undefined> {
  return database.transaction(async (queries) => {
    const query = queries.selectFrom('notice_watches').select('last_events').where('id', '=', id);
    const row = await (database.dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
    if (!row) return undefined;
    const last = new Map(Object.entries(JSON.parse(row.last_events) as { [id: string]: number }));
    const before = last.get(told.remoteId) ?? 0;
    const asks = told.asks(before);
    if (last.has(told.remoteId) || last.size < MOST_REMOTES) last.set(told.remoteId, Math.max(before, told.lastEvent));
    await queries
      .updateTable('notice_watches')
      .set((eb) => ({
        told_at: told.at,
        last_events: JSON.stringify(Object.fromEntries(last)),
        ...(asks
          ? { due_at: told.at, lease: null, lease_until: null }
          : // What is due already stays due: it may be so by an event.
            { due_at: eb.case().when('due_at', '>', told.at).then(told.quietUntil).else(eb.ref('due_at')).end() }),
      }))
      .where('id', '=', id)
      .execute();
    return { before, asks };
  });
}

const MOST_REMOTES = 100;

/** Watches of subscriptions that no longer last, which are to be ended at their sources too. */
export async function loadNoticeWatchesToEnd(
  queries: Queries,
  now: string,
  most: number,
): Promise<readonly NoticeWatchRow[]> {
  const rows = await queries
    .selectFrom('notice_watches')
    .innerJoin('notice_subscriptions', 'notice_subscriptions.id', 'notice_watches.subscription_id')
    .selectAll('notice_watches')
    .where('notice_watches.state', '!=', 'ended')
    .where((eb) =>
      eb.or([eb('notice_subscriptions.until', '<=', now), eb('notice_subscriptions.ended_at', 'is not', null)]),
    )
    .limit(most)
    .execute();
  return rows.map(rowOf);
}

/** True for the one call that ended it. */
export async function endNoticeWatch(queries: Queries, id: string): Promise<boolean> {
  const result = await queries
    .updateTable('notice_watches')
    .set({ state: 'ended', secret_hash: null, lease: null, lease_until: null })
    .where('id', '=', id)
    .where('state', '!=', 'ended')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findNoticeWatch(queries: Queries, id: string): Promise<NoticeWatchRow | undefined> {
  const row = await queries.selectFrom('notice_watches').selectAll().where('id', '=', id).executeTakeFirst();
  return row && rowOf(row);
}

export async function loadNoticeWatches(
  queries: Queries,
  subscriptionIds: readonly string[],
): Promise<readonly NoticeWatchRow[]> {
  if (subscriptionIds.length === 0) return [];
  const query = queries
    .selectFrom('notice_watches')
    .selectAll()
    .where('subscription_id', 'in', [...subscriptionIds]);
  return (await query.where('state', '!=', 'ended').execute()).map(rowOf);
}

/** Whose silence counts: of these people, of everybody these teams are told of, or of everybody. */
export type SilentBy =
  | { readonly patientHandles: readonly string[] }
  | { readonly addresses: readonly string[] }
  | { readonly everybody: true };

/** Sources that do not answer for somebody, and when they were last heard of the one they have been silent about longest. */
export async function loadSilent(
  queries: Queries,
  by: SilentBy,
  now: string,
): Promise<readonly { readonly source: string; readonly heardAt?: string }[]> {
  if (('addresses' in by && by.addresses.length === 0) || ('patientHandles' in by && by.patientHandles.length === 0))
    return [];
  let query = queries
    .selectFrom('notice_watches as w')
    .innerJoin('notice_subscriptions as s', 's.id', 'w.subscription_id')
    // Never heard at all sorts before every instant.
    .select(({ fn }) => ['w.source', fn.min<string>(fn.coalesce('w.heard_at', sql<string>`''`)).as('heard_at')])
    .where('w.state', '=', 'failing')
    .where('s.ended_at', 'is', null)
    .where('s.until', '>', now);
  if ('patientHandles' in by) query = query.where('s.patient_handle', 'in', [...by.patientHandles]);
  else if ('addresses' in by) query = query.where('s.address', 'in', [...by.addresses]);
  const rows = await query.groupBy('w.source').orderBy('w.source').execute();
  return rows.map(({ source, heard_at }) => ({ source, ...(heard_at && { heardAt: heard_at }) }));
}

type Row = {
  readonly id: string;
  readonly subscription_id: string;
  readonly source: string;
  readonly state: string;
  readonly remote_ids: string | null;
  readonly secret_hash: string | null;
  readonly changed_since: string;
  readonly heard_at: string | null;
  readonly told_at: string | null;
  readonly failures: number;
};

function rowOf(row: Row): NoticeWatchRow {
  return {
    id: row.id,
    subscriptionId: row.subscription_id,
    source: row.source,
    state: row.state as NoticeWatchState,
    remoteIds: row.remote_ids === null ? [] : (JSON.parse(row.remote_ids) as readonly string[]),
    ...(row.secret_hash !== null && { secretHash: row.secret_hash }),
    changedSince: row.changed_since,
    ...(row.heard_at !== null && { heardAt: row.heard_at }),
    ...(row.told_at !== null && { toldAt: row.told_at }),
    failures: row.failures,
  };
}
