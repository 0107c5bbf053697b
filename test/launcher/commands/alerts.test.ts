import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { saveAlert } from '../../../launcher/storage/tables/alerts.ts';
import { bareEnvironment } from '../../support/bare-environment.ts';

const CLI = fileURLToPath(new URL('../../../launcher/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'corridor-alerts-'));
const file = join(folder, 'store.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function corridor(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  const env = { ...bareEnvironment(), CORRIDOR_STORAGE_URL: `sqlite:${file}` };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}

it('an alert is closed at a terminal by nobody without a name, and the audit says by whom and explains its state', async () => {
  const database = openSqlite({ file, busyMs: 1_000 });
  await migrate(database);
  const about = { at: '2026-11-22T10:00:00Z', kind: 'self-claimed', user: 'u', organisation: 'XT001' } as const;
  await saveAlert(database.queries, { id: 'a-1', state: 'open', ...about });
  await database.close();
  expect((await corridor('alerts', 'close', 'a-1')).code).toBe(1);
  expect((await corridor('alerts', 'close', 'a-2', '--by', 'Ada L')).code).toBe(1);
  expect((await corridor('alerts', 'close', 'a-1', '--by', 'Ada L')).code).toBe(0);
  const [moved, ...others] = (await corridor('audit', 'list')).out.trim().split('\n');
  expect(others).toEqual([]);
  expect(JSON.parse(moved ?? '')).toMatchObject({
    type: 'alert.moved',
    user: 'urn:corridor:operator|Ada L',
    detail: { alert: 'a-1', to: 'closed' },
  });
  expect((await corridor('audit', 'verify')).code).toBe(0);
}, 120_000);
