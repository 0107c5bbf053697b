import { Kysely, type PostgresCursor, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { type Database, databaseOver, StorageError } from './database.ts';
import type { Schema } from './schema.ts';

export type PostgresOptions = {
  readonly url: string;
  readonly poolSize: number;
  readonly connectMs: number;
  readonly statementMs: number;
  /** An idle connection failed; the pool has already dropped it. Only the engine's error code is handed over. */
  readonly onIdleError: (code: string) => void;
};

/** PostgreSQL, for several launchers. Every wait has a limit: for a connection, a lock, a statement, an open transaction. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: 'corridor',
    max: options.poolSize,
    connectionTimeoutMillis: options.connectMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementMs,
    lock_timeout: options.statementMs,
    query_timeout: options.statementMs + 1_000,
    idle_in_transaction_session_timeout: options.statementMs,
    types: { getTypeParser },
  });
  pool.on('error', (error: Error & { code?: string }) => options.onIdleError(error.code ?? error.name));
  const queries = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  try {
    await refuseUnsafeCommits(queries);
  } catch (cause) {
    await queries.destroy();
    if (cause instanceof StorageError) throw cause;
    throw new StorageError('PostgreSQL can’t be reached: check CORRIDOR_STORAGE_URL, the network and the password.', {
      cause,
    });
  }
  return databaseOver('postgres', queries, () => undefined);
}

/**
 * Each statement is prepared once a connection, under a name of its text: planning a long insert takes longer than doing
 * it. Texts are of our own code and few; beyond the limit they are sent as they are. One that asks for all columns is
 * never prepared: it would fail on every open connection once a newer launcher adds a column ("cached plan must not
 * change result type").
 */
function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST_PREPARED) return known;
    const name = `corridor_${String(names.size)}`;
    names.set(text, name);
    return name;
  };
  return {
    connect: async () => {
      const client = await pool.connect();
      return {
        query: <R>(query: string | PostgresCursor<R>, parameters: readonly unknown[] = []) => {
          if (typeof query !== 'string') return client.query(query as never) as never;
          const name = parameters.length > 0 && !query.includes('*') ? nameOf(query) : undefined;
          return client.query({ text: query, values: [...parameters], ...(name !== undefined && { name }) }) as never;
        },
        release: () => client.release(),
      };
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

const MOST_PREPARED = 200;

/** An audit event counts as written only when it survives a crash of the server. */
async function refuseUnsafeCommits(queries: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(queries);
  if (rows[0]?.synchronous_commit !== 'off') return;
  throw new StorageError(
    'PostgreSQL has synchronous_commit off for this user, so the audit could be lost: turn it on.',
  );
}

const INT8 = 20;

/**
 * `pg` gives 64-bit integers as text; SQLite gives numbers. Ours are counters far below 2^53, so they become numbers
 * in both, and one that isn't fails loudly. All other types we store are text.
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 && format !== 'binary') return readInteger;
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

function readInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('an integer of the store is beyond 2^53');
  return number;
}
