import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { verifyCommand } from '../../../launcher/commands/audit-verify.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'corridor-verify-'));
const file = join(folder, 'store.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (store = `sqlite:${file}`) => runCommand(verifyCommand(), ['--storage', store]);

it.each([
  ['sqlite:/nowhere/store.sqlite', /can’t be opened \(\w+\): give --storage/],
  ['postgres://auditor:secret@127.0.0.1:1/corridor', /can’t be opened \(ECONNREFUSED\): give --storage/],
])('refuses in words a store that cannot be opened, and tells nothing of its address: %s', async (store, words) => {
  const { code, err } = await verify(store);
  expect(code).toBe(1);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/secret|nowhere/);
});

it('says of an audit to which nothing was written that it is so, and claims no signed tree', async () => {
  const database = openSqlite({ file, busyMs: 1_000 });
  await migrate(database);
  const { code, out } = await verify();
  expect({ code, first: out.split('\n')[0] }).toEqual({
    code: 0,
    first: 'Nothing has been written yet: there is nothing to check.',
  });
  expect(out).not.toMatch(/signed|0 events/);
  await createStoreAudit(database).recordAll([
    { type: 'session.ended', at: '2026-11-22T09:00:00.000Z', outcome: 'success' },
  ]);
  await database.close();
  expect((await verify()).out).toMatch(/^1 event, 1 not yet under a signed head\.$/m);
});
