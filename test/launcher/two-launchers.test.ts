import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Launcher, startLauncher } from '../../launcher/main.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { askRecord, completeLaunch, followLaunch, type OpenedView, readRecord } from '../support/plain-browser.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const GP = 'XB001';
const HOSPITAL = 'XB101';

let folder: string;
let postgres: TestPostgres | undefined;
let sandbox: RunningSandbox;
let second: Launcher;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-two-'));
  postgres = await startPostgres();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'shared', alg: 'ES384' };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  const shared = {
    'storage.url': await postgres.newDatabase(),
    'keys.file': join(folder, 'keys.json'),
    'seal.keys': `k:${Buffer.alloc(32, 3).toString('base64')}`,
    'log.level': 'silent',
  };
  sandbox = await startSandbox({ port: 'free', launcher: { settings: shared } });
  second = await startLauncher({
    environment: {},
    communityText: sandbox.communityText,
    settings: { ...shared, 'server.port': 0, 'server.publicUrl': sandbox.launcherUrl },
  });
}, 120_000);

afterAll(async () => {
  await second.close();
  await sandbox.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the second launcher really listens; it calls itself by the public address, as behind a load balancer. */
const secondUrl = (): string => `http://127.0.0.1:${String(second.port)}`;

async function complete(at: string, callback: object): Promise<Response> {
  return fetch(`${at}/callback/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: sandbox.launcherUrl },
    body: JSON.stringify(callback),
  });
}

describe('two launchers on one PostgreSQL', () => {
  it('let one launch be finished once, by whichever of them is asked first', async () => {
    const callback = await followLaunch(sandbox.mintLaunch(GP, 'hero'));
    const answers = await Promise.all([complete(secondUrl(), callback), completeLaunch(sandbox.launcherUrl, callback)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  });

  it('serve one view between them: begun at one, finished at the other, read at both, ended for both', async () => {
    const callback = await followLaunch(sandbox.mintLaunch(HOSPITAL, 'hero'));
    const { session } = (await (await complete(secondUrl(), callback)).json()) as OpenedView;
    const [here, there] = [await readRecord(sandbox.launcherUrl, session), await readRecord(secondUrl(), session)];
    expect(here.at(-1)?.type).toBe('closed');
    expect(there.at(-1)?.type).toBe('closed');
    await fetch(`${secondUrl()}/api/session/end`, { method: 'POST', headers: { authorization: `Bearer ${session}` } });
    expect((await askRecord(sandbox.launcherUrl, session)).status).toBe(401);
  });

  it('end a stream at one within seconds of its session’s end at the other', async () => {
    sandbox.setMode(GP, 'slow', 6_000);
    try {
      const callback = await followLaunch(sandbox.mintLaunch(HOSPITAL, 'hero'));
      const { session } = (await (await complete(secondUrl(), callback)).json()) as OpenedView;
      const answer = await askRecord(sandbox.launcherUrl, session);
      const text = answer.text().catch(() => 'cut');
      const began = performance.now();
      await fetch(`${secondUrl()}/api/session/end`, {
        method: 'POST',
        headers: { authorization: `Bearer ${session}` },
      });
      expect(await text).not.toContain('"type":"closed"');
      expect(performance.now() - began).toBeLessThan(3_000);
    } finally {
      sandbox.setMode(GP, 'normal');
    }
  });

  it('write one audit, in one order', async () => {
    const events = await second.audit.read({ limit: 10_000 });
    expect(await sandbox.launcher.audit.read({ limit: 10_000 })).toEqual(events);
    expect(new Set(events.map((event) => event.sequence)).size).toBe(events.length);
    expect(events.filter((event) => event.type === 'launch.finished')).toHaveLength(3);
  });
});
