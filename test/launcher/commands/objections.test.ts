import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { TEST_NUMBER } from '../../support/audit-events.ts';

const CLI = fileURLToPath(new URL('../../../launcher/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'corridor-objections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

function corridor(...args: readonly string[]): Promise<Run> {
  const env = { PATH: process.env['PATH'], CORRIDOR_STORAGE_URL: `sqlite:${join(folder, 'store.sqlite')}` };
  const child = spawn(process.execPath, [CLI, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const add = (...more: readonly string[]): Promise<Run> =>
  corridor('objections', 'add', '--patient', TEST_NUMBER, '--by', 'Ada L', ...more);

describe('an objection recorded by the community team', () => {
  it.each([
    ['days the calendar has not', ['--from', '2026-02-31']],
    ['no day', ['--to', 'tomorrow']],
    ['an end before its beginning', ['--from', '2026-05-02', '--to', '2026-05-01']],
    ['nobody who recorded it', ['--by', ' ']],
  ])(
    'is refused with %s, for it would hold nowhere or be nobody’s',
    async (_what, more) => {
      expect((await add(...more)).code).not.toBe(0);
      expect((await corridor('objections', 'list', '--patient', TEST_NUMBER)).out).toBe('');
    },
    30_000,
  );

  it('stands in the audit with who recorded and who ended it', async () => {
    const id = (await add()).out.trim();
    expect((await corridor('objections', 'end', id, '--by', 'Bea M')).code).toBe(0);
    const { out } = await corridor('audit', 'list');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({
        type: 'objection.recorded',
        user: 'urn:corridor:community-team|Ada L',
        detail: { objection: id },
      }),
      expect.objectContaining({ type: 'objection.ended', user: 'urn:corridor:community-team|Bea M' }),
    ]);
    expect((await corridor('audit', 'verify')).code).toBe(0);
  }, 60_000);
});
