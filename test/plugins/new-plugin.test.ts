import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'corridor-new-'));
  for (const folder of ['plugins', 'test/plugins'])
    await cp(join(ROOT, folder, '_template'), join(place, folder, '_template'), { recursive: true });
});
afterAll(() => rm(place, { recursive: true, force: true }));

function run(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const ended = spawnSync(process.execPath, [join(ROOT, 'test/support/new-plugin.ts'), ...args], {
    env: { ...process.env, CORRIDOR_NEW_ROOT: place },
    encoding: 'utf8',
  });
  return { status: ended.status, said: ended.stdout + ended.stderr };
}

describe('npm run new -- plugin NAME', () => {
  it.each([[[]], [['plugin']], [['plugin', '../evil']], [['plugin', 'My EPR']], [['epr', 'x']]])(
    'refuses %j and writes nothing',
    async (args) => {
      expect(run(...args).status).toBe(1);
      expect(await readdir(join(place, 'plugins'))).toEqual(['_template']);
    },
  );

  it('copies the template and its tests under the new name, once', async () => {
    const { status, said } = run('plugin', 'my-epr');
    expect([status, said]).toEqual([0, expect.stringContaining('plugins/index.ts')]);
    const plugin = await readFile(join(place, 'plugins/my-epr/plugin.ts'), 'utf8');
    expect(plugin).toContain('export const myEprPlugin: EprPlugin');
    expect(await readFile(join(place, 'plugins/my-epr/manifest.ts'), 'utf8')).toContain("id: 'my-epr'");
    expect(await readFile(join(place, 'test/plugins/my-epr/routes.test.ts'), 'utf8')).toContain(
      "plugins/my-epr/plugin.ts'",
    );
    for (const file of await readdir(join(place, 'plugins/my-epr')))
      expect(await readFile(join(place, 'plugins/my-epr', file), 'utf8')).not.toMatch(
        /template|npm run new|to copy|copies|in no list|<!--/i,
      );
    const readme = await readFile(join(place, 'plugins/my-epr/README.md'), 'utf8');
    expect(readme).toMatch(/^# my-epr\n\nA signed link opens[^\n]*\n\n1\. Read/);
    expect(run('plugin', 'my-epr').status).toBe(1);
  });
});
