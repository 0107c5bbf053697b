import { describe } from 'vitest';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { messageNumbersContract } from '../../contracts/message-numbers.contract.ts';

describe('conversations on SQLite', () => {
  messageNumbersContract(() => Promise.resolve(openSqlite({ file: ':memory:', busyMs: 1_000 })));
});
