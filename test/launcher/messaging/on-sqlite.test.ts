import { describe } from 'vitest';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { leftAnswersContract } from '../../contracts/left-answers.contract.ts';
import { messageNumbersContract } from '../../contracts/message-numbers.contract.ts';
import { oneIdContract } from '../../contracts/one-id.contract.ts';

describe('conversations on SQLite', () => {
  const open = (): ReturnType<typeof openSqlite> => openSqlite({ file: ':memory:', busyMs: 1_000 });
  messageNumbersContract(() => Promise.resolve(open()));
  oneIdContract(() => Promise.resolve(open()));
  leftAnswersContract(() => Promise.resolve(open()));
});
