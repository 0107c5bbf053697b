import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What a table's functions take: the database, or a transaction of it. */
export type Queries = Kysely<Schema>;

/**
 * The store behind the launcher: embedded SQLite or PostgreSQL, with one schema and one query layer. Only `main.ts`
 * chooses which. What differs between the two stays behind this port.
 */
export type Database = {
  readonly dialect: 'sqlite' | 'postgres';
  readonly queries: Queries;
  /** All of `work` or nothing of it; durable once this resolves. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** As `transaction`, in one commit with what else is asked for at this moment. `work` may run twice: nothing but queries. */
  together<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** One statement, seen by everybody at once, and durable no later than whatever is committed after it. */
  before<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** The store can't be opened; the message says what to do and holds no secret. */
export class StorageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
  }
}

export function databaseOver(
  dialect: Database['dialect'],
  queries: Queries,
  release: () => void | Promise<void>,
  commits?: Pick<Database, 'together' | 'before'>,
): Database {
  let closing: Promise<void> | undefined;
  const transaction: Database['transaction'] = (work) => queries.transaction().execute(work);
  return {
    dialect,
    queries,
    transaction,
    ...(commits ?? { together: transaction, before: (work) => work(queries) }),
    close: () => (closing ??= queries.destroy().then(release)),
  };
}
