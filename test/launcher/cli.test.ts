import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadKeys } from '../../launcher/trust/keys.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import { openView } from '../support/plain-browser.ts';

const CLI = fileURLToPath(new URL('../../launcher/cli.ts', import.meta.url));

// Each test runs programs, up to four one after the other.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let sandbox: RunningSandbox;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-cli-'));
  const settings = { 'storage.url': `sqlite:${at('sandbox.sqlite')}`, 'log.level': 'silent' };
  sandbox = await startSandbox({ port: 'free', launcher: { settings } });
  writeFileSync(at('community.yaml'), sandbox.communityText);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

function corridor(
  args: readonly string[],
  during?: (err: string, stop: (signal: NodeJS.Signals) => void) => void,
): Promise<Run> {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(),
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => {
    err += bytes.toString();
    during?.(err, (signal) => child.kill(signal));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

describe('corridor', () => {
  it('refuses what it doesn’t know, with exit 1 and no stack', async () => {
    const run = await corridor(['dance']);
    expect(run.code).toBe(1);
    expect(run.err).toContain("unknown command 'dance'");
    expect(run.err).not.toContain('    at ');
  });
});

describe('corridor check', () => {
  it('refuses a file that is wrong, by line, field and what to do', async () => {
    writeFileSync(at('wrong.yaml'), sandbox.communityText.replace(/kind: gp/, 'kind: practice'));
    const run = await corridor(['check', at('wrong.yaml')]);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/wrong\.yaml:\d+: organisations.*kind/);
    expect(run.err).not.toContain('    at ');
  });

  it('names each endpoint that doesn’t answer as it should, and exits 1', async () => {
    sandbox.setMode('XB101', 'down');
    sandbox.setMode('XB103', 'normal');
    try {
      const run = await corridor(['check', at('community.yaml')]);
      const problems = run.out.split('\n').filter((line) => line.includes('PROBLEM'));
      expect(run.code).toBe(1);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.every((line) => line.startsWith('XB101'))).toBe(true);
    } finally {
      sandbox.setMode('XB101', 'normal');
    }
  });

  it('prints a table and exits 0 when all is well', async () => {
    sandbox.setMode('XB103', 'normal');
    const run = await corridor(['check', at('community.yaml')]);
    expect(run.out).toMatch(/XB001 +Northcliffe Surgery +launch smart-configuration +ok: ready for launches/);
    expect(run.out).toMatch(/metadata +ok: FHIR 4\.0\.1/);
    expect(run.out).toMatch(/token +ok: asks for proof/);
    expect([run.code, run.err]).toEqual([0, '']);
  });
});

describe('corridor audit list', () => {
  it('refuses an instant it can’t read', async () => {
    const run = await corridor(['audit', 'list', '--since', 'yesterday']);
    expect(run.code).toBe(1);
    expect(run.err).toContain('write a day');
  });

  it('reads beside the running launcher, and keeps NHS numbers back until asked for them', async () => {
    await openView(sandbox.launcherUrl, sandbox.mintLaunch('XB001', 'hero'));
    const list = ['audit', 'list', '--storage', `sqlite:${at('sandbox.sqlite')}`, '--since', '2020-01-01'];
    const { nhsNumber = 'none' } = sandbox.resident('hero');
    const run = await corridor(list);
    expect(run.code).toBe(0);
    const types = run.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    // The sandbox's EPRs say at its start whom they hold.
    expect(types.filter((type) => type !== 'locator.updated')).toEqual(['launch.started', 'launch.finished']);
    expect(run.out).not.toContain(nhsNumber);
    expect((await corridor([...list, '--show-patient', '--type', 'launch.finished'])).out).toContain(nhsNumber);
    expect((await corridor([...list.slice(0, -1), '2099-01-01'])).out).toBe('');
  });
});

describe('corridor keys make', () => {
  it('writes keys the launcher takes, for their owner alone, and never over others', async () => {
    const first = await corridor(['keys', 'make', at('keys.json')]);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(statSync(at('keys.json')).mode & 0o777).toBe(0o600);
    const keys = await loadKeys(at('keys.json'));
    expect(keys.jwks.keys.map((key) => key['alg'])).toEqual(['ES384', 'RS384', 'ES256', 'RS512']);
    expect(first.out).not.toContain(JSON.stringify(keys.jwks).slice(20, 60));
    const second = await corridor(['keys', 'make', at('keys.json')]);
    expect([second.code, second.err]).toEqual([1, expect.stringContaining('it is there already')]);
    expect((await loadKeys(at('keys.json'))).jwks).toEqual(keys.jwks);
  });
});

describe('corridor serve', () => {
  it('refuses to start on a wrong setting, in words', async () => {
    const run = await corridor(['serve', '--community', at('community.yaml'), '--port', 'http']);
    expect(run.code).toBe(1);
    expect(run.err).toContain('server.port (CORRIDOR_SERVER_PORT): must be a whole number');
    expect(run.err).not.toContain('    at ');
  });

  it('refuses a port that is taken, in words', async () => {
    const { port } = new URL(sandbox.launcherUrl);
    const run = await corridor([
      'serve',
      '--community',
      at('community.yaml'),
      '--port',
      port,
      '--storage',
      'sqlite::memory:',
    ]);
    expect([run.code, run.err]).toEqual([1, expect.stringMatching(/^The port is taken/)]);
  });

  it('serves until it is told to stop, then ends with 0', async () => {
    const args = [
      'serve',
      '--community',
      at('community.yaml'),
      '--port',
      '0',
      '--storage',
      `sqlite:${at('serve.sqlite')}`,
    ];
    let ready: Promise<number> | undefined;
    const run = await corridor(args, (err, stop) => {
      const [, url] = /Corridor listens at (\S+)/.exec(err) ?? [];
      if (url === undefined || ready) return;
      ready = fetch(`${url}/health/ready`).then((answer) => answer.status);
      void ready.finally(() => stop('SIGTERM'));
    });
    expect(await ready).toBe(200);
    expect(run.code).toBe(0);
    expect(run.out).toContain('"event":"launcher.stopped"');
  });
});
