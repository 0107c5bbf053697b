import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { askRecord, openView, readRecord } from '../support/plain-browser.ts';

const HOSPITAL = 'XB101';
const TOKEN = 'the-admin-secret-that-only-this-test-knows';
const SEAL = `k:${Buffer.alloc(32, 9).toString('base64')}`;

let folder: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-emergency-'));
  sandbox = await startSandbox({
    port: 'free',
    launcher: {
      logTo: { write: () => undefined },
      settings: {
        'storage.url': `sqlite:${join(folder, 'store.sqlite')}`,
        'storage.statementMs': 50,
        'seal.keys': SEAL,
        'audit.spool': join(folder, 'spool'),
        'admin.token': TOKEN,
      },
    },
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

it('while the audit can’t be written nothing is shown but under a broken glass, which is spooled, said, and handed in afterwards', async () => {
  const doctor = sandbox.epr(HOSPITAL).organisation.users.findIndex((user) => user.roleCode === 'R8000');
  const nurse = sandbox.epr(HOSPITAL).organisation.users.findIndex((user) => user.roleCode === 'R8001');
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'objection', doctor));
  const other = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'objection', nurse));
  // Somebody holds the store's one write lock: it can be read, and not written.
  const blocker = new SqliteDriver(join(folder, 'store.sqlite'));
  blocker.exec('begin immediate');
  try {
    expect((await askRecord(sandbox.launcherUrl, session)).status).toBe(503);
    expect((await breakGlass(other.session)).status).toBeGreaterThanOrEqual(403);
    expect((await askRecord(sandbox.launcherUrl, other.session)).status).toBe(503);
    expect(statSync(join(folder, 'spool')).size).toBe(0);

    expect((await breakGlass(session)).status).toBe(200);
    const events = await readRecord(sandbox.launcherUrl, session);
    expect(events[0]).toMatchObject({ type: 'opened', emergency: { spooled: true } });
    expect(events.some(({ type }) => type === 'entries')).toBe(true);
    expect(statSync(join(folder, 'spool')).size).toBeGreaterThan(0);
    expect((await askRecord(sandbox.launcherUrl, other.session)).status).toBe(503);
  } finally {
    blocker.exec('rollback');
    blocker.close();
  }
  await expect.poll(() => statSync(join(folder, 'spool')).size, { timeout: 30_000, interval: 200 }).toBe(0);
  const written = await sandbox.launcher.audit.read({ limit: 10_000 });
  const spooled = written.filter(({ detail }) => detail?.['spool'] !== undefined);
  const places = spooled.map(({ detail }) => Number(String(detail?.['spool']).split('|')[1]));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(places.length);
  expect(spooled.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['access.break_glass', 'record.viewed', 'source.asked']),
  );
  expect(spooled.every(({ purpose }) => purpose === 'break-glass')).toBe(true);
  const queue = await fetch(`${sandbox.launcherUrl}/admin/alerts`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await queue.text()).toContain('Broke the glass');
});

function breakGlass(session: string): Promise<Response> {
  return fetch(`${sandbox.launcherUrl}/api/break-glass`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json', origin: sandbox.launcherUrl },
    body: JSON.stringify({ reason: 'Unconscious in resus, medicines unknown', confirmed: true }),
  });
}
