import SqliteDriver from 'better-sqlite3';
import pg from 'pg';
import type { Ask } from './reconcile.ts';
import type { LogImage, Outside, StoredLeaf } from './verify-log.ts';

const COLUMNS =
  'leaf, leaf_hash, body, type, at, outcome, launch_id, view_id, request_id, user_key, role, organisation, purpose, nhs_number, source, code, detail';
/** Rows in no tree: those from before the first leaf was written (migration 0003), and all others. */
const OUTSIDE = `select count(case when leaf is null and sequence < first then 1 end) as before,
    count(case when leaf < 0 or sequence > first then 1 end) as added
  from audit_events, (select coalesce(min(sequence), 0) as first from audit_events where leaf >= 0) as tree
  where leaf is null or leaf < 0`;
const PAGE = 2_000;

/** `ask`: of the tables beside the events, in the same snapshot. */
export type OpenImage = LogImage & { readonly ask: Ask; close(): Promise<void> };

type Checkpoint = { readonly size: number; readonly at: string; readonly note: string };
type Tile = { readonly level: number; readonly place: number; readonly hash: string };
type Cosignature = { readonly size: number; readonly line: string };

/** The log as it lies in a store, read with statements of our own. `url` is what `storage.url` is. */
export async function openLog(url: string, witnessed: readonly string[]): Promise<OpenImage> {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  return file === undefined ? openPostgres(url, witnessed) : openSqlite(file, witnessed);
}

function openSqlite(file: string, witnessed: readonly string[]): OpenImage {
  const driver = new SqliteDriver(file, { readonly: true, fileMustExist: true });
  // One snapshot: a launcher goes on writing beside us.
  driver.exec('BEGIN');
  const all = <T>(text: string): readonly T[] => driver.prepare<[], T>(text).all();
  const page = driver.prepare<[number, number], StoredLeaf>(
    `select ${COLUMNS} from audit_events where leaf >= ? order by leaf limit ?`,
  );
  return {
    ...around(all, witnessed),
    ask: all,
    leaves: (function* () {
      let from = 0;
      for (let rows = page.all(from, PAGE); rows.length > 0; rows = page.all(from, PAGE)) {
        yield rows;
        from = (rows.at(-1)?.leaf ?? from) + 1;
      }
    })(),
    close: () => {
      driver.close();
      return Promise.resolve();
    },
  };
}

function around(all: <T>(text: string) => readonly T[], witnessed: readonly string[]): Omit<LogImage, 'leaves'> {
  return imageOf(
    all<{ size: number }>('select size from audit_tree where id = 1'),
    all<Outside>(OUTSIDE),
    all<Tile>('select level, place, hash from audit_tiles'),
    all<Checkpoint>('select size, at, note from audit_checkpoints order by size'),
    all<Cosignature>('select size, line from audit_cosignatures'),
    witnessed,
  );
}

async function openPostgres(url: string, witnessed: readonly string[]): Promise<OpenImage> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'corridor-verify',
    types: { getTypeParser },
  });
  await client.connect();
  await client.query('begin isolation level repeatable read read only');
  const all = async <T>(text: string): Promise<readonly T[]> => (await client.query(text)).rows as T[];
  return {
    ...imageOf(
      await all('select size from audit_tree where id = 1'),
      await all(OUTSIDE),
      await all('select level, place, hash from audit_tiles'),
      await all('select size, at, note from audit_checkpoints order by size'),
      await all('select size, line from audit_cosignatures'),
      witnessed,
    ),
    ask: all,
    leaves: (async function* () {
      let from = 0;
      for (;;) {
        const text = `select ${COLUMNS} from audit_events where leaf >= $1 order by leaf limit ${String(PAGE)}`;
        const rows = (await client.query(text, [from])).rows as StoredLeaf[];
        if (rows.length === 0) return;
        yield rows;
        from = (rows.at(-1)?.leaf ?? from) + 1;
      }
    })(),
    close: () => client.end(),
  };
}

function imageOf(
  sizes: readonly { readonly size: number }[],
  outside: readonly Outside[],
  tiles: readonly Tile[],
  checkpoints: readonly Checkpoint[],
  cosignatures: readonly Cosignature[],
  witnessed: readonly string[],
): Omit<LogImage, 'leaves'> {
  const lines = new Map<number, string>();
  for (const { size, line } of cosignatures) lines.set(size, (lines.get(size) ?? '') + line);
  return {
    size: sizes[0]?.size ?? 0,
    ...(outside[0] && { outside: outside[0] }),
    tiles: new Map(tiles.map(({ level, place, hash }) => [`${String(level)}/${String(place)}`, hash])),
    checkpoints: checkpoints.map(({ size, at, note }) => ({ size, at, note: note + (lines.get(size) ?? '') })),
    witnessed,
  };
}

/** `pg` gives 64-bit integers as text. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === 20 && format !== 'binary') return Number;
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}
