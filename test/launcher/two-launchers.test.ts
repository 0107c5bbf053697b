import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentName } from '../../launcher/config.ts';
import { type Launcher, startLauncher } from '../../launcher/main.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { MIGRATIONS } from '../../launcher/storage/migrations/index.ts';
import { openPostgres } from '../../launcher/storage/postgres.ts';
import { openLog } from '../../launcher/verifier/read-store.ts';
import { verifyLog } from '../../launcher/verifier/verify-log.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { openApi } from '../../src/stream/api.ts';
import { RecordStore } from '../../src/stream/record-store.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import {
  askRecord,
  completeLaunch,
  followLaunch,
  openView,
  type OpenedView,
  readRecord,
} from '../support/plain-browser.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const GP = 'XB001';
const HOSPITAL = 'XB101';
const CLI = fileURLToPath(new URL('../../launcher/cli.ts', import.meta.url));
const SEAL_KEYS = `k:${Buffer.alloc(32, 3).toString('base64')}`;

/** A busy machine is not what is tested here: who is asked is waited for. */
const PATIENCE = {
  'source.deadlineMs': 30_000,
  'source.headerMs': 30_000,
  'source.idleMs': 30_000,
  'source.totalMs': 60_000,
};
const patient = (community: string): string => community.replace(/deadlineMs: \d+/g, 'deadlineMs: 30000');

let folder: string;
let postgres: TestPostgres | undefined;
let sandbox: RunningSandbox;
let second: Launcher;
let storageUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-two-'));
  postgres = await startPostgres();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'shared', alg: 'ES384' };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  storageUrl = await postgres.newDatabase();
  const shared = {
    'storage.url': storageUrl,
    'keys.file': join(folder, 'keys.json'),
    'seal.keys': SEAL_KEYS,
    'log.level': 'silent',
  };
  sandbox = await startSandbox({ port: 'free', launcher: { settings: shared } });
  second = await startLauncher({
    environment: {},
    communityText: patient(sandbox.communityText),
    settings: { ...shared, ...PATIENCE, 'server.port': 0, 'server.publicUrl': sandbox.launcherUrl },
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

type Process = { readonly url: string; readonly kill: () => Promise<void> };

/** A third launcher, in a process of its own, so that it can be killed as a machine that fails kills it. */
async function startProcess(): Promise<Process> {
  writeFileSync(join(folder, 'community.yaml'), patient(sandbox.communityText));
  const args = ['serve', '--community', join(folder, 'community.yaml'), '--port', '0', '--storage', storageUrl];
  const child = spawn(process.execPath, [CLI, ...args, '--public-url', sandbox.launcherUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...bareEnvironment(),
      CORRIDOR_KEYS_FILE: join(folder, 'keys.json'),
      CORRIDOR_SEAL_KEYS: SEAL_KEYS,
      ...Object.fromEntries(Object.entries(PATIENCE).map(([name, ms]) => [environmentName(name), String(ms)])),
    },
  });
  const gone = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    let out = '';
    child.once('exit', () => reject(new Error(`the launcher ended: ${out}`)));
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString();
      const line = out.split('\n').find((text) => text.includes('"launcher.listening"') && text.endsWith('}'));
      const [, found] = /"port":(\d+)/.exec(line ?? '') ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Lets everything through, and says when these characters have gone by. */
function watching(words: string, then: () => Promise<void>): TransformStream<Uint8Array, Uint8Array> {
  let seen = '';
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      seen += Buffer.from(chunk).toString('latin1');
      if (seen.includes(words)) void then();
    },
  });
}

/** What the page would hold: its store, fed by whichever launcher the address leads to at the time. */
async function recordOf(session: string, launchers: readonly string[], whenFirstSettles?: () => Promise<void>) {
  const store = new RecordStore((task) => {
    setImmediate(task);
    return () => undefined;
  });
  const asked: string[] = [];
  const api = openApi(store, {
    bearer: session,
    signal: new AbortController().signal,
    base: '/api',
    fetch: (async (address: string, init: RequestInit) => {
      asked.push(address);
      const answer = await fetch(`${launchers[Math.min(asked.length, launchers.length) - 1] ?? ''}${address}`, init);
      if (asked.length > 1 || !whenFirstSettles || !answer.body) return answer;
      return new Response(answer.body.pipeThrough(watching('"type":"settled"', () => whenFirstSettles())));
    }) as typeof fetch,
  });
  const end = await api.open();
  // A long record is merged between other tasks, and stands a moment later.
  await vi.waitFor(() => expect(store.record?.completeness.settled).toBe(true), { timeout: 30_000, interval: 50 });
  const entries = (store.record?.sections ?? []).flatMap(({ facts }) => facts.flatMap((fact) => fact.entries));
  const countOf = (id: string): number => entries.filter(({ origin }) => origin.source === id).length;
  const sources = store.record?.sources ?? [];
  return {
    end,
    asked,
    entries: entries.map(({ id }) => id),
    states: new Map(sources.map(({ source, status }) => [source.id as string, status.state])),
    counts: new Map(
      sources
        .filter(({ status }) => status.state === 'answered')
        .map(({ source }) => [source.id as string, countOf(source.id)]),
    ),
  };
}

async function complete(at: string, callback: object): Promise<Response> {
  return fetch(`${at}/callback/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: sandbox.launcherUrl },
    body: JSON.stringify(callback),
  });
}

describe('two launchers on one PostgreSQL', { timeout: 120_000 }, () => {
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

  it('end a stream at one within a second of its session’s end at the other', async () => {
    sandbox.setMode(GP, 'slow', 20_000);
    try {
      const callback = await followLaunch(sandbox.mintLaunch(HOSPITAL, 'hero'));
      const { session } = (await (await complete(secondUrl(), callback)).json()) as OpenedView;
      const answer = await askRecord(sandbox.launcherUrl, session);
      const text = answer.text().catch(() => 'cut');
      await fetch(`${secondUrl()}/api/session/end`, {
        method: 'POST',
        headers: { authorization: `Bearer ${session}` },
      });
      const began = performance.now();
      expect(await text).not.toContain('"type":"closed"');
      // It would be closed only when the slow one is given up.
      expect(performance.now() - began).toBeLessThan(7_500);
    } finally {
      sandbox.setMode(GP, 'normal');
    }
  });

  it('let the second finish a record that the first was killed (-9) in the middle of: no gap, nothing twice', async () => {
    const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'hero'));
    const whole = await recordOf(session, [secondUrl()]);
    sandbox.setMode(GP, 'slow', 6_000);
    const doomed = await startProcess();
    try {
      const resumed = await recordOf(session, [doomed.url, secondUrl()], doomed.kill);
      expect(resumed.asked).toHaveLength(2);
      expect(resumed.asked[1]).toMatch(/\?only=/);
      expect(resumed.end).toEqual({ end: 'closed' });
      expect([...resumed.states.keys()].sort()).toEqual([...whole.states.keys()].sort());
      expect([...resumed.states.values()]).not.toContain('waiting');
      // A busy machine may be late with some; whoever answered both times said the same, no less and no more.
      const both = [...whole.counts].filter(([id]) => resumed.counts.has(id));
      expect(both.length).toBeGreaterThan(0);
      expect(both.map(([id]) => [id, resumed.counts.get(id)])).toEqual(both);
      expect(new Set(resumed.entries).size).toBe(resumed.entries.length);
    } finally {
      await doomed.kill();
      sandbox.setMode(GP, 'normal');
    }
  });

  it('go on serving while a newer version widens the store, and the version before may start on it', async () => {
    const database = await openPostgres({
      url: storageUrl,
      poolSize: 2,
      connectMs: 5_000,
      statementMs: 10_000,
      onIdleError: () => undefined,
    });
    await migrate(database, {
      ...MIGRATIONS,
      '9999-next': () => ({
        up: (db: typeof database.queries) =>
          db.schema.alterTable('sessions').addColumn('of_the_next', 'text').execute(),
      }),
    });
    await database.close();
    const before = await startProcess();
    try {
      const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(GP, 'hero'));
      for (const at of [sandbox.launcherUrl, secondUrl(), before.url])
        expect((await readRecord(at, session)).at(-1)?.type).toBe('closed');
    } finally {
      await before.kill();
    }
  });

  it('write one audit, in one order, that verifies whoever was killed', async () => {
    const events = await second.audit.read({ limit: 10_000 });
    expect(await sandbox.launcher.audit.read({ limit: 10_000 })).toEqual(events);
    expect(new Set(events.map((event) => event.sequence)).size).toBe(events.length);
    expect(events.filter((event) => event.type === 'launch.finished')).toHaveLength(5);
    const image = await openLog(storageUrl, []);
    try {
      expect(await verifyLog(image, { keys: [] })).toMatchObject({ ok: true });
    } finally {
      await image.close();
    }
  });
});
