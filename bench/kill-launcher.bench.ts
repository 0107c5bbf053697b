import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { createStoreAudit } from '../launcher/audit/store-audit.ts';
import { createCheckpointSigner } from '../launcher/audit/tree/checkpoint.ts';
import { readConfig } from '../launcher/config.ts';
import { openDatabase } from '../launcher/storage/open-database.ts';
import { readTrustedKey } from '../launcher/verifier/notes.ts';
import { openLog } from '../launcher/verifier/read-store.ts';
import { verifyLog } from '../launcher/verifier/verify-log.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { SMALL_SURGERY, smallRecords } from '../test/support/sandbox/small-epr.ts';
import { openView } from '../test/support/plain-browser.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { parseEvent } from '../src/record/wire.ts';
import type { Point } from './kill-failpoint.ts';
import { median } from './statistics.ts';

/**
 * kill: the launcher, as an operator runs it, is killed with SIGKILL at a point around a durable write or an answer;
 * whatever a client had been told by then must be there when it runs again. `npm run bench -- kill 200` runs two hundred,
 * `npm run bench -- kill 200 postgres` as many on PostgreSQL.
 */
const RUNS = Number(process.argv[2] ?? 40);
const ENGINE = process.argv.includes('postgres') ? 'postgres' : 'sqlite';
const POINTS: readonly Point[] = ['write-before', 'write-after', 'answer-before', 'byte-before', 'byte-after'];
const HOME = SMALL_SURGERY.ods;
const LAUNCHES_A_RUN = 6;
const READY_WITHIN_MS = 60_000;
const AUDIT_NAME = 'bench.example/audit';

/** What a client was told, and so must never be lost. */
type Told = {
  readonly sessions: string[];
  readonly ended: string[];
  readonly audit: { readonly viewId: string; readonly type: string; readonly source?: string }[];
};

const folder = mkdtempSync(join(tmpdir(), 'corridor-kill-'));
const postgres = ENGINE === 'postgres' ? await startPostgres() : undefined;
const storageUrl = postgres ? await postgres.newDatabase() : `sqlite:${join(folder, 'kill.sqlite')}`;
const seed = randomBytes(32);
const sandbox = await openSandbox({
  port: 'free',
  community: {
    name: 'Kill',
    organisations: [SMALL_SURGERY],
    residents: [
      { story: 'kill', shows: 'kill', name: 'TESTER, Ann', nhsNumber: '9990000018', patientIds: { [HOME]: 'p1' } },
    ],
    resources: new Map([[HOME, smallRecords()]]),
  },
});
const environment = writeEnvironment();
const told: Told = { sessions: [], ended: [], audit: [] };
const lost: string[] = [];
const recoveries: number[] = [];
let killed = 0;

try {
  for (let run = 0; run < RUNS; run += 1) {
    const point = POINTS[run % POINTS.length] ?? 'write-after';
    const launcher = await start(`${point}:${String(3 + ((run * 7) % 23))}`);
    if (run > 0) await check();
    const driving = drive();
    const gone = once(launcher, 'exit');
    // The client may notice a moment before we are told.
    await Promise.race([driving.then(() => after(500)), gone]);
    if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGKILL');
    else killed += 1;
    await gone;
    // A client still on its way must not be the first to speak to the next launcher.
    await driving;
  }
  const last = await start('');
  await check();
  last.kill('SIGTERM');
  await once(last, 'exit');
  const verified = await verify();
  const ok = lost.length === 0 && verified.ok;
  console.log(
    JSON.stringify({
      bench: 'kill',
      engine: ENGINE,
      ratio: lost.length,
      target: 0,
      ok,
      runs: RUNS,
      killedAtPoint: killed,
      acknowledged: told.sessions.length + told.ended.length + told.audit.length,
      lost: lost.length,
      verified: verified.ok,
      events: verified.size,
      recoveryMs: Math.round(median(recoveries)),
      recoveryMaxMs: Math.round(Math.max(...recoveries)),
    }),
  );
  process.exitCode = ok ? 0 : 1;
  for (const one of lost.slice(0, 20)) console.error(one);
} finally {
  await sandbox.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function writeEnvironment(): NodeJS.ProcessEnv {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES384' };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  writeFileSync(join(folder, 'community.yaml'), sandbox.communityText);
  return {
    PATH: process.env['PATH'],
    CORRIDOR_KEYS_FILE: join(folder, 'keys.json'),
    CORRIDOR_SEAL_KEYS: `k:${randomBytes(32).toString('base64')}`,
    CORRIDOR_AUDIT_NAME: AUDIT_NAME,
    CORRIDOR_AUDIT_KEYS: `a:${seed.toString('base64')}`,
    CORRIDOR_LOG_LEVEL: 'error',
    CORRIDOR_STORAGE_URL: storageUrl,
    CORRIDOR_COMMUNITY_FILE: join(folder, 'community.yaml'),
    CORRIDOR_SERVER_PORT: new URL(sandbox.launcherUrl).port,
  };
}

/** Resolves when the launcher is ready for launches; how long that took is what recovery takes. */
async function start(failpoint: string): Promise<ChildProcess> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, 'kill-failpoint.ts'),
      join(import.meta.dirname, '../launcher/cli.ts'),
      'serve',
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...environment, CORRIDOR_BENCH_FAILPOINT: failpoint },
    },
  );
  while (!(await isReady())) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the launcher ended with ${String(child.exitCode)} before it was ready`);
    if (performance.now() - begun > READY_WITHIN_MS) throw new Error('the launcher did not become ready');
    await after(20);
  }
  recoveries.push(performance.now() - begun);
  return child;
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`${sandbox.launcherUrl}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

/** Launches, reads, ends, one view after another until nobody answers any more. */
async function drive(): Promise<void> {
  try {
    for (let launch = 0; launch < LAUNCHES_A_RUN; launch += 1) {
      const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOME, 'kill'));
      told.sessions.push(session);
      await readAlong(session);
      if (launch % 2 === 0) continue;
      // Asked for and not answered, the end may have been written or not.
      told.sessions.pop();
      const end = await fetch(`${sandbox.launcherUrl}/api/session/end`, {
        method: 'POST',
        headers: { authorization: `Bearer ${session}` },
      });
      if (end.status === 204) told.ended.push(session);
    }
  } catch {
    // Killed in the middle of an answer: what was told before it stands, this answer was never given.
  }
}

async function readAlong(session: string): Promise<void> {
  const answer = await fetch(`${sandbox.launcherUrl}/api/record`, { headers: { authorization: `Bearer ${session}` } });
  let rest = '';
  let viewId = '';
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    const lines = (rest + Buffer.from(chunk).toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = parseEvent(line);
      if ('error' in event) continue;
      if (event.type === 'opened') {
        viewId = event.viewId;
        told.audit.push(
          { viewId, type: 'record.viewed' },
          ...event.sources.map(({ id }) => ({ viewId, type: 'source.asked', source: id })),
        );
      }
      if (event.type === 'settled') told.audit.push({ viewId, type: 'source.settled', source: event.source });
    }
  }
}

async function check(): Promise<void> {
  const { storage } = readConfig({ CORRIDOR_STORAGE_URL: storageUrl });
  const database = await openDatabase(storage, () => undefined, true);
  try {
    const written = await createStoreAudit(database).read({ limit: 1_000_000 });
    const kept = new Set(written.map(({ viewId, type, source }) => `${String(viewId)} ${type} ${source ?? ''}`));
    for (const { viewId, type, source = '' } of told.audit)
      if (!kept.has(`${viewId} ${type} ${source}`)) lost.push(`${type} of view ${viewId}`);
  } finally {
    await database.close();
  }
  const ended = new Set(told.ended);
  for (const session of [...told.sessions.slice(-4), ...told.ended.slice(-4)]) {
    const answer = await fetch(`${sandbox.launcherUrl}/api/record?only=none`, {
      headers: { authorization: `Bearer ${session}` },
    });
    await answer.body?.cancel();
    if (ended.has(session) !== (answer.status === 401)) lost.push(`session, answered ${String(answer.status)}`);
  }
}

async function verify(): Promise<{ readonly ok: boolean; readonly size: number }> {
  const key = readTrustedKey(createCheckpointSigner(AUDIT_NAME, seed).verifierKey);
  const image = await openLog(storageUrl, []);
  try {
    const verdict = await verifyLog(image, { keys: key ? [key] : [] });
    if (!verdict.ok) console.error(JSON.stringify(verdict.problems.slice(0, 3)));
    return { ok: verdict.ok, size: verdict.size };
  } finally {
    await image.close();
  }
}
