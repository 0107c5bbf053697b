import type { Database } from '../../storage/database.ts';
import {
  findLocatorRow,
  loadChangedLocatorRows,
  loadExpiredLocatorRows,
  loadLocatorOrganisations,
  lockLocatorRows,
  pageLocatorRows,
  readLocatorClock,
  saveLocatorRows,
  type ChangedRow,
} from '../../storage/tables/locator.ts';
import { firstExpiry, readPointers, withPointer, writePointers, type Pointer } from './pointers.ts';

/** One organisation's word about one resident. */
export type PointerChange = {
  readonly handle: string;
  readonly change: Pointer | { readonly organisation: number; readonly gone: true };
};

export type LocatorStore = {
  numbers(organisations: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The pointers of one resident as text; `undefined` when nothing was ever said of them. */
  find(handle: string): Promise<string | undefined>;
  page(after: string, limit: number): Promise<{ readonly text: string; readonly last: string; readonly rows: number }>;
  /** All of one call or nothing of it; gives back the rows as they now are. */
  change(changes: readonly PointerChange[]): Promise<readonly { readonly handle: string; readonly pointers: string }[]>;
  changedSince(
    since: { readonly changedMs: number; readonly handle: string },
    limit: number,
  ): Promise<readonly ChangedRow[]>;
  /** The store's own clock, by which changes are dated. */
  clock(): Promise<number>;
  /** Drops pointers that have run out, a page at a time; gives how many residents had one. */
  expire(today: number, limit: number): Promise<number>;
};

export function createLocatorStore(database: Database): LocatorStore {
  const { queries, dialect } = database;
  return {
    numbers: (organisations) => loadLocatorOrganisations(queries, organisations),
    find: (handle) => findLocatorRow(database, handle),
    page: (after, limit) => pageLocatorRows(database, after, limit),
    changedSince: (since, limit) => loadChangedLocatorRows(queries, since, limit),
    clock: () => readLocatorClock(database),
    change: (changes) =>
      database.transaction(async (inside) => {
        const handles = [...new Set(changes.map(({ handle }) => handle))].sort();
        const held = await lockLocatorRows(inside, dialect, handles);
        const pointers = new Map(held.map((row) => [row.handle, readPointers(row.pointers)]));
        for (const { handle, change } of changes) pointers.set(handle, withPointer(pointers.get(handle) ?? [], change));
        const rows = [...pointers].map(([handle, all]) => toRow(handle, all));
        await saveLocatorRows(inside, dialect, rows);
        return rows;
      }),
    expire: (today, limit) =>
      database.transaction(async (inside) => {
        const rows = await loadExpiredLocatorRows(inside, today, limit);
        const kept = rows.map(({ handle, pointers }) =>
          toRow(
            handle,
            readPointers(pointers).filter(({ untilDay }) => untilDay >= today),
          ),
        );
        await saveLocatorRows(inside, dialect, kept);
        return rows.length;
      }),
  };
}

function toRow(handle: string, pointers: readonly Pointer[]) {
  return { handle, pointers: writePointers(pointers), expiresDay: firstExpiry(pointers) };
}
