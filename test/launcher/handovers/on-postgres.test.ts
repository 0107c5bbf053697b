import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import { handoversContract } from '../../contracts/handovers.contract.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';

let server: TestPostgres | undefined;

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

describe('notices and handovers on PostgreSQL', () => {
  handoversContract(async () => {
    if (!server) throw new Error('PostgreSQL is not running');
    const url = await server.newStore();
    return openPostgres({ url, poolSize: 6, connectMs: 5_000, statementMs: 10_000, onIdleError: () => undefined });
  });
});
