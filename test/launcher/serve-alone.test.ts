import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../../sandbox/open-sandbox.ts';
import { buildPeople } from '../../sandbox/people/index.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import { openView, readRecord } from '../support/plain-browser.ts';
import { until } from '../support/until.ts';

/** The launcher on its own, as an operator starts it: EPRs that run elsewhere, one community file, one command. */
const CLI = fileURLToPath(new URL('../../launcher/cli.ts', import.meta.url));

let folder: string;
let eprs: Sandbox;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-alone-'));
  eprs = await openSandbox({ port: 'free', community: buildPeople() });
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
afterAll(async () => {
  await eprs.close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

type Started = { readonly out: () => string; readonly err: () => string; readonly ended: Promise<number | null> };

function corridor(...args: readonly string[]): Started {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(),
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { out: () => said.out, err: () => said.err, ended };
}

function serve(file: string): Started {
  const { port } = new URL(eprs.launcherUrl);
  return corridor('serve', '--community', file, '--port', port, '--storage', `sqlite:${join(folder, 'alone.sqlite')}`);
}

async function listening({ err, out, ended }: Started): Promise<void> {
  const gone = ended.then((code) => {
    throw new Error(`ended with ${String(code)}: ${err()}${out()}`);
  });
  const heard = (async () => {
    await until(() => err().includes('listens at'), 'it does not listen');
  })();
  await Promise.race([heard, gone]);
}

describe('the launcher alone, against EPRs on this machine', () => {
  it('refuses them in a live community, by field', async () => {
    const live = eprs.communityText.replace('environment: test', 'environment: live');
    const run = serve(fileOf('live.yaml', live));
    expect(await run.ended).toBe(1);
    expect(run.err()).toMatch(/allowLoopbackHttp/);
    expect(run.err()).not.toContain('listens at');
  });

  it('refuses plain http that the file does not allow in so many words', async () => {
    const quiet = eprs.communityText.replace(/^\s*allowLoopbackHttp: true\n/gm, '');
    const run = serve(fileOf('quiet.yaml', quiet));
    expect(await run.ended).toBe(1);
    expect(run.err()).toMatch(/https/);
  });

  it('finds them in order', async () => {
    const run = corridor('check', fileOf('community.yaml', eprs.communityText));
    expect([await run.ended, run.err()]).toEqual([0, '']);
    expect(run.out()).toMatch(/ok: ready for launches/);
  });

  it('completes a launch and the whole record, and says at the start what is unsafe about it', async () => {
    const run = serve(fileOf('community.yaml', eprs.communityText));
    await listening(run);
    const view = await openView(eprs.launcherUrl, eprs.mintLaunch('XB001', 'hero'));
    const events = await readRecord(eprs.launcherUrl, view.session);
    expect(events.at(-1)?.type).toBe('closed');
    const settled = events.filter((event) => event.type === 'settled');
    expect(settled.filter(({ status }) => status.state === 'answered').length).toBeGreaterThan(3);
    expect(events.some((event) => event.type === 'entries' && event.entries.length > 0)).toBe(true);
    expect(eprs.audit('XB001').length).toBeGreaterThan(0);
    expect(run.out()).toContain('launches.loopback_http_allowed');
    expect(run.out()).toContain('sources.loopback_http_allowed');
    expect(run.out() + run.err()).not.toContain(eprs.resident('hero').nhsNumber ?? 'no number');
  });
});
