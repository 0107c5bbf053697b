import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { startSweeper } from '../../../launcher/storage/sweep.ts';
import { saveLaunchTransaction } from '../../../launcher/storage/tables/launch-transactions.ts';

describe('the sweeper', () => {
  it('tells of a failure and tries again', async () => {
    const database = openSqlite({ file: ':memory:', busyMs: 100 });
    const told: unknown[] = [];
    const sweeper = startSweeper(database, 2, (reason) => told.push(reason));
    await expect.poll(() => told.length).toBeGreaterThan(1);
    await sweeper.stop();
    await database.close();
  });

  it('removes what has run out, and is at rest once stopped', async () => {
    const database = openSqlite({ file: ':memory:', busyMs: 100 });
    await migrate(database);
    const past = '2020-01-01T00:00:00.000Z';
    const launch = { stateHash: 'a', organisation: 'XT001', sealed: '', createdAt: past, expiresAt: past };
    await saveLaunchTransaction(database.queries, launch, 10);
    const sweeper = startSweeper(database, 2, (reason) => expect.unreachable(String(reason)));
    const left = async (): Promise<unknown> =>
      (await sql`select * from launch_transactions`.execute(database.queries)).rows;
    await expect.poll(left).toEqual([]);
    await sweeper.stop();
    await database.close();
  });
});
