import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../launcher/storage/database.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import { startSweeper } from '../../../launcher/storage/sweep.ts';
import { saveLaunchTransaction } from '../../../launcher/storage/tables/launch-transactions.ts';
import { SWEEP_LOCK } from '../../../launcher/storage/tables/sweep-turn.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { quiet } from '../../support/quiet.ts';

let server: TestPostgres | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

function open(url: string): Promise<Database> {
  return openPostgres({ url, poolSize: 4, connectMs: 5_000, statementMs: 10_000, onIdleError: () => undefined });
}

const PAST = '2020-01-01T00:00:00.000Z';
const launch = { stateHash: 'a', organisation: 'XT001', sealed: '', createdAt: PAST, expiresAt: PAST };

describe('sweepers of several launchers', () => {
  it('leave it to the one that is at it, and take over when it is gone without a word', async () => {
    const url = (await server?.newDatabase()) ?? '';
    const [mine, other] = await Promise.all([open(url), open(url)]);
    await migrate(mine);
    await saveLaunchTransaction(mine.queries, launch, 10);
    const left = async (): Promise<number> =>
      (await sql`select 1 from launch_transactions`.execute(mine.queries)).rows.length;
    let held: () => void = () => undefined;
    const letGo = new Promise<void>((resolve) => (held = resolve));
    const dying = other.transaction(async (queries) => {
      await sql`select pg_advisory_xact_lock(${SWEEP_LOCK})`.execute(queries);
      await letGo;
      throw new Error('killed in the middle');
    });
    const locks = async (): Promise<number> =>
      (await sql`select 1 from pg_locks where locktype = 'advisory'`.execute(mine.queries)).rows.length;
    await expect.poll(locks).toBe(1);
    const failures: unknown[] = [];
    const sweeper = startSweeper(mine, 5, (reason) => failures.push(reason));
    try {
      await quiet(200);
      expect(await left()).toBe(1);
      held();
      await expect(dying).rejects.toThrow('killed');
      await expect.poll(left).toBe(0);
      expect(failures).toEqual([]);
    } finally {
      await sweeper.stop();
      await Promise.all([mine.close(), other.close()]);
    }
  });
});
