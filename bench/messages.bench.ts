import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { readConfig } from '../launcher/config.ts';
import { openDatabase } from '../launcher/storage/open-database.ts';
import { SURGERY, WARD } from '../test/support/messaging.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { placeOfMessage } from './message-names.ts';
import { median } from './statistics.ts';

/**
 * messages: a million messages between two teams, in conversations of ten, while whoever takes and delivers them is
 * killed with SIGKILL about every 50 ms of work, every tenth time while it is still taking up what the last one left. What was acknowledged must be in the right inbox, once and in order.
 * `npm run bench -- messages 20000` sends as many; `… 20000 postgres` on PostgreSQL with two workers at once.
 */
const COUNT = Number(process.argv[2] ?? 1_000_000);
const ENGINE = process.argv.includes('postgres') ? 'postgres' : 'sqlite';
const WORKERS = ENGINE === 'postgres' ? 2 : 1;
const KILL_AFTER_MS = 50;
const PLACES = 10;
/** Conversations written to at once, of each worker. */
const AT_ONCE = 32;
/** Processes kept warm, so that the time goes into messages. */
const SPARES = 2;
const RECOVERS_WITHIN_MS = 5_000;
const WORKS_WITHIN_MS = 60_000;
const THREADS = Math.ceil(COUNT / PLACES);

const folder = mkdtempSync(join(tmpdir(), 'corridor-messages-'));
const postgres = ENGINE === 'postgres' ? await startPostgres() : undefined;
const storageUrl = postgres ? await postgres.newDatabase() : `sqlite:${join(folder, 'messages.sqlite')}`;
const options = { storageUrl, keysFile: writeKeys(), sealKey: randomBytes(32).toString('base64') };

type Worker = { readonly child: ChildProcess; readonly startMs: number; heard: (line: string) => void };
type Thread = { readonly thread: number; place: number; id: string };

const spares: Promise<Worker>[] = [];
const starts: number[] = [];
const recoveries: number[] = [];
let nextThread = 0;
let acknowledged = 0;
let kills = 0;
let workMs = 0;
let failed = 0;

try {
  for (let spare = 0; spare < SPARES; spare += 1) spares.push(warm());
  await Promise.all(Array.from({ length: WORKERS }, () => write()));
  const drained = await drain();
  const found = await check();
  for (const spare of spares) (await spare).child.kill('SIGKILL');
  const recovered = Math.max(...recoveries);
  const bad = found.lost + found.doubled + found.reordered + failed;
  const ok = bad === 0 && recovered <= RECOVERS_WITHIN_MS;
  console.log(
    JSON.stringify({
      bench: 'messages',
      engine: ENGINE,
      workers: WORKERS,
      ratio: bad,
      target: 0,
      ok,
      sent: acknowledged,
      kills,
      ...found,
      failed,
      perSecondOfWork: Math.round(acknowledged / (workMs / WORKERS / 1_000)),
      workSeconds: Math.round(workMs / 1_000),
      recoveryMs: Math.round(median(recoveries)),
      recoveryMaxMs: Math.round(recovered),
      processStartMs: Math.round(median(starts)),
      drainMs: Math.round(drained),
    }),
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function writeKeys(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = join(folder, 'keys.json');
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256' };
  writeFileSync(file, JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  return file;
}

/** A process that has loaded everything and opened nothing. */
async function warm(): Promise<Worker> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'message-worker.ts'), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Compiled once for all of them: half of the time of a start is reading the same files again.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  // Written to as it dies: what it did not get is asked of the next.
  child.stdin.on('error', () => undefined);
  const worker: Worker = { child, startMs: 0, heard: () => undefined };
  createInterface({ input: child.stdout }).on('line', (line) => worker.heard(line));
  await new Promise<void>((resolve) => (worker.heard = () => resolve()));
  const startMs = performance.now() - begun;
  starts.push(startMs);
  return Object.assign(worker, { startMs });
}

async function next(): Promise<Worker> {
  spares.push(warm());
  return (await spares.shift()) ?? warm();
}

/** One worker after another, until all is acknowledged: what one did not acknowledge is asked of the next under the same id. */
async function write(): Promise<void> {
  let open: Thread[] = [];
  const fill = (): void => {
    while (open.length < AT_ONCE && nextThread < THREADS) open.push({ thread: nextThread++, place: 0, id: '-' });
  };
  fill();
  let lastKill: number | undefined;
  while (open.length > 0) {
    const worker = await next();
    const opening = performance.now();
    const opened = new Promise<void>((resolve) => (worker.heard = () => resolve()));
    worker.child.stdin?.write('go\n');
    await opened;
    const begun = performance.now();
    let first: number | undefined;
    let working: () => void = () => undefined;
    const works = new Promise<void>((resolve) => (working = resolve));
    const ask = ({ thread, place, id }: Thread): void => void worker.child.stdin?.write(`${thread} ${place} ${id}\n`);
    const done = new Promise<void>((resolve) => {
      worker.heard = (line) => {
        const [said, thread, place, id = '-'] = line.split(' ');
        const one = open.find((candidate) => candidate.thread === Number(thread) && candidate.place === Number(place));
        if (!one) return;
        if (said !== 'ok') {
          if (said === 'failed') failed += 1;
          setTimeout(() => ask(one), 20);
          return;
        }
        if (first === undefined) {
          first = performance.now();
          working();
          if (lastKill !== undefined) recoveries.push(worker.startMs + first - opening);
        }
        acknowledged += 1;
        one.id = id;
        one.place += 1;
        if (one.place === PLACES) {
          open = open.filter((candidate) => candidate !== one);
          const before = open.length;
          fill();
          for (const added of open.slice(before)) ask(added);
        } else ask(one);
        if (open.length === 0) resolve();
      };
    });
    for (const one of open) ask(one);
    const spell = KILL_AFTER_MS * (0.5 + (kills % 5) * 0.25);
    // Work begins with the first that is acknowledged.
    const early = kills % 10 === 9;
    await Promise.race([done, early ? after(spell) : works.then(() => after(spell)), after(WORKS_WITHIN_MS)]);
    worker.child.kill('SIGKILL');
    await once(worker.child, 'exit');
    lastKill = performance.now();
    workMs += lastKill - (first ?? begun);
    kills += 1;
    if (kills % 500 === 0) console.log(`${acknowledged} of ${COUNT} acknowledged, ${kills} killed`);
  }
}

/** The last one delivers what is left, and is stopped as an operator stops it. Gives how long that took. */
async function drain(): Promise<number> {
  const worker = await next();
  const begun = performance.now();
  const opened = new Promise<void>((resolve) => (worker.heard = () => resolve()));
  worker.child.stdin?.write('go\n');
  await opened;
  const { storage } = readConfig({ CORRIDOR_STORAGE_URL: storageUrl });
  const database = await openDatabase(storage, () => undefined, true);
  try {
    for (;;) {
      const waiting = await database.queries
        .selectFrom('message_outbox')
        .select('version')
        .where('state', '=', 'waiting')
        .limit(1)
        .executeTakeFirst();
      if (!waiting || performance.now() - begun > 600_000) break;
      await after(50);
    }
  } finally {
    await database.close();
  }
  const drained = performance.now() - begun;
  const stopped = new Promise<void>((resolve) => (worker.heard = () => resolve()));
  worker.child.stdin?.write('stop\n');
  await stopped;
  worker.child.kill('SIGTERM');
  return drained;
}

/** Every inbox row in the order of its arrival, against what was acknowledged. */
async function check(): Promise<{ readonly lost: number; readonly doubled: number; readonly reordered: number }> {
  const { storage } = readConfig({ CORRIDOR_STORAGE_URL: storageUrl });
  const database = await openDatabase(storage, () => undefined, true);
  const last = new Map<string, number>();
  const seen = new Map<string, Set<number>>();
  let [doubled, reordered, arrived] = [0, 0, 0];
  try {
    for (let from = 0; ;) {
      const rows = await database.queries
        .selectFrom('message_inbox')
        .select(['arrival', 'address', 'message_id'])
        .where('arrival', '>', from)
        .orderBy('arrival')
        .limit(20_000)
        .execute();
      if (rows.length === 0) break;
      for (const row of rows) {
        from = row.arrival;
        const { thread, place } = placeOfMessage(row.message_id);
        const key = `${String(thread)} ${row.address}`;
        const known = seen.get(key) ?? new Set<number>();
        if (known.has(place)) doubled += 1;
        if (place < (last.get(key) ?? -1)) reordered += 1;
        if (row.address !== (place % 2 === 0 ? SURGERY : WARD)) doubled += 1;
        last.set(key, place);
        seen.set(key, known.add(place));
        arrived += 1;
      }
    }
  } finally {
    await database.close();
  }
  return { lost: THREADS * PLACES - (arrived - doubled), doubled, reordered };
}
