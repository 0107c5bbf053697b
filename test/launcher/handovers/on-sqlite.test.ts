import { describe } from 'vitest';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { handoversContract } from '../../contracts/handovers.contract.ts';

describe('notices and handovers on SQLite', () => {
  handoversContract(() => Promise.resolve(openSqlite({ file: ':memory:', busyMs: 1_000 })));
});
