import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { MIGRATIONS } from '../../launcher/storage/migrations/index.ts';
import * as launches from '../../launcher/storage/tables/launch-transactions.ts';
import * as sessions from '../../launcher/storage/tables/sessions.ts';

const NOW = '2026-11-22T09:00:00.000Z';
const LATER = '2026-11-22T09:05:00.000Z';
const names = Object.keys(MIGRATIONS);

type Steps = typeof MIGRATIONS;
const upTo = (count: number): Steps => Object.fromEntries(Object.entries(MIGRATIONS).slice(0, count));

/** What the next release might add, done to a store that this one still serves. */
const next = (name: string): Steps => ({
  ...MIGRATIONS,
  [name]: () => ({
    async up(db: Database['queries']) {
      await db.schema.createTable('of_the_next').addColumn('id', 'integer').execute();
      for (const table of ['audit_events', 'sessions', 'launch_transactions'] as const)
        await db.schema.alterTable(table).addColumn('of_the_next', 'text').execute();
    },
  }),
});

type Columns = ReadonlyMap<string, { readonly type: string; readonly optional: boolean }>;

async function columnsOf(database: Database): Promise<Columns> {
  const tables = await database.queries.introspection.getTables();
  return new Map(
    tables.flatMap((table) =>
      table.columns.map((column) => [
        `${table.name}.${column.name}`,
        { type: column.dataType, optional: column.isNullable || column.hasDefaultValue || column.isAutoIncrementing },
      ]),
    ),
  );
}

/** Two versions on one store: what a rolling upgrade relies on, whichever engine it is. `open` gives a new and empty one. */
export function migrationsContract(open: () => Promise<Database>): void {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.close());

  describe('a rolling upgrade', () => {
    it('refuses a store that a newer version has taken something away from', async () => {
      await migrate(database, next('9999-no-column-contract'));
      await expect(migrate(database)).rejects.toThrow(/run the newer version/);
    });

    it('refuses a store with a step in the middle that it does not know', async () => {
      await migrate(database, { '0000-of-somebody-else': MIGRATIONS[names[0] ?? ''] as never });
      await expect(migrate(database)).rejects.toThrow();
    });

    it('asks a store that has all steps for their names, and neither locks it nor changes anything', async () => {
      await migrate(database);
      const asked: string[] = [];
      const queries = database.queries.withPlugin({
        transformQuery: ({ node, queryId }) => {
          asked.push(database.queries.getExecutor().compileQuery(node, queryId).sql);
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      });
      expect(await migrate({ ...database, queries })).toEqual([]);
      expect(asked.map((text) => text.split(' ')[0])).toEqual(['select', 'select']);
    });

    it('only widens: each step leaves every column as it was, and asks the version before for nothing new', async () => {
      let before: Columns = new Map();
      for (let count = 1; count <= names.length; count += 1) {
        await migrate(database, upTo(count));
        const after = await columnsOf(database);
        const tables = new Set([...before.keys()].map((column) => column.split('.')[0]));
        for (const [column, was] of before) expect(after.get(column), column).toEqual(was);
        for (const [column, { optional }] of after)
          if (!before.has(column) && tables.has(column.split('.')[0]))
            expect([column, optional]).toEqual([column, true]);
        before = after;
      }
    });

    it('lets the version before start, and write and read, on a store the next has widened', async () => {
      await migrate(database, next('9999-next'));
      expect(await migrate(database)).toEqual([]);
      expect(await migrate(database, upTo(names.length - 1))).toEqual([]);
      const event = { type: 'session.ended', at: NOW, outcome: 'success' } as const;
      await createStoreAudit(database).recordAll([event, event]);
      expect(await createStoreAudit(database).read({ limit: 10 })).toMatchObject([event, event]);
      const launch = { stateHash: 'a', organisation: 'XB001', sealed: 's', createdAt: NOW, expiresAt: LATER };
      expect(await launches.saveLaunchTransaction(database.queries, launch, 10)).toBe(true);
      expect(await launches.burnLaunchTransaction(database.queries, 'a', NOW)).toMatchObject({ sealed: 's' });
      const session = { bearerHash: 'h', sessionId: 's', sealed: 'x', openedAt: NOW };
      await sessions.saveSession(database.queries, { ...session, idleExpiresAt: LATER, expiresAt: LATER });
      expect(await sessions.findSession(database.queries, 'h')).toMatchObject(session);
      expect(await sessions.endSession(database.queries, 's', NOW)).toBe(true);
    });

    it('takes the steps that are missing when it is the newer one', async () => {
      await migrate(database, upTo(names.length - 1));
      expect(await migrate(database)).toEqual(names.slice(-1));
    });
  });
}
