import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { leftAnswersContract } from '../../contracts/left-answers.contract.ts';
import { messageNumbersContract } from '../../contracts/message-numbers.contract.ts';
import { oneIdContract } from '../../contracts/one-id.contract.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';

let server: TestPostgres | undefined;

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

async function open(): Promise<Database> {
  if (!server) throw new Error('PostgreSQL is not running');
  const url = await server.newStore();
  return openPostgres({ url, poolSize: 6, connectMs: 5_000, statementMs: 10_000, onIdleError: () => undefined });
}

describe('conversations on PostgreSQL', () => {
  messageNumbersContract(open);
  oneIdContract(open);
  leftAnswersContract(open);
});
