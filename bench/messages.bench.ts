import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { startPostgres } from '../test/support/postgres.ts';
import { checkStore, lookInto } from './message-check.ts';
import { figuresOf, progressOf, readState, slowest } from './message-figures.ts';
import { enter, keepArrivals, newLedger, startEpr } from './message-inbox.ts';
import { startLaunchers } from './message-launchers.ts';
import { messageIdOf, placeOfMessage } from './message-names.ts';

/**
 * messages: a million messages between the teams of eight hospitals and eight practices, in conversations of ten, while the launcher that takes them and hands
 * them over HTTP to the other side's EPR is killed with SIGKILL about every 50 ms of its work, every tenth time while it
 * is still taking up what the last one left. Work is the processor's time, so that a busy machine is no gentler. Each is one act with its row in the outbox, one delivery, one receipt. What
 * was acknowledged must be with the EPR and in the launcher's inbox, once and in order, with one receipt.
 *
 * `npm run bench -- messages 20000` sends as many; `… 20000 postgres` on PostgreSQL with two launchers at once.
 * `minutes=40` begins nothing new after that time and says how many were sent; with `keep=FOLDER` the same command goes
 * on from there, in the same store, until all are sent, also where it was killed itself.
 */
const COUNT = Number(process.argv[2] ?? 1_000_000);
const ENGINE = process.argv.includes('postgres') ? 'postgres' : 'sqlite';
const MINUTES = Number(given('minutes') ?? Infinity);
const KEEP = given('keep');
const WORKERS = ENGINE === 'postgres' ? 2 : 1;
const KILL_AFTER_MS = 50;
const PLACES = 10;
/** Conversations written to at once, of each worker. */
const AT_ONCE = Number(given('at') ?? 48);
/** Launchers that stand by, so that the time goes into messages. */
const SPARES = 2;
/** Every so many kills nobody stood by: the next launcher is begun only then. */
const NOBODY_STOOD_BY = 25;
/** Acknowledged, and not yet with the EPR. */
const MOST_ON_THE_WAY = Number(given('way') ?? 128);
/** Conversations of each launcher before it stands by. */
const PRACTICE = Number(given('practice') ?? 1);
const PRACTICE_PLACES = 4;
/** The first has more of them. */
const MOST_PRACTICE = 16;
const RECOVERS_WITHIN_MS = 5_000;
const WORKS_WITHIN_MS = 60_000;
const DRAINS_WITHIN_MS = 600_000;
const THREADS = Math.ceil(COUNT / PLACES);

if (KEEP !== undefined && ENGINE === 'postgres') throw new Error('keep= is for the embedded store');
const folder = KEEP === undefined ? mkdtempSync(join(tmpdir(), 'corridor-messages-')) : resolve(KEEP);
mkdirSync(folder, { recursive: true, mode: 0o700 });
const postgres = ENGINE === 'postgres' ? await startPostgres() : undefined;
const storageUrl = postgres ? await postgres.newDatabase() : `sqlite:${join(folder, 'messages.sqlite')}`;

type Thread = { readonly thread: number; place: number; id: string };

const stateFile = join(folder, 'state.json');
const arrivals = keepArrivals(join(folder, 'arrivals.bin'));
const state = readState(stateFile);
const ledger = newLedger(THREADS);
for (const { thread, place } of arrivals.before) enter(ledger, thread, place);
// Of a run that was ended in the middle: whatever is not whole is asked for once more, under its old names.
state.nextThread = Math.max(state.nextThread, ledger.bits.findLastIndex((bits) => bits !== 0) + 1);
const again = Array.from({ length: state.nextThread }, (_, thread) => thread).filter(
  (thread) => ledger.bits[thread] !== (1 << PLACES) - 1,
);
state.acknowledged = (state.nextThread - again.length) * PLACES;

/** From acknowledged to kept by the EPR, in milliseconds. */
const waits: number[] = [];
const acknowledgedAt = new Map<string, number>();
const arrivedEarly = new Set<string>();
const firstArrival = new Map<string, number>();
/** Who waits to write until less is on its way: what is handed over takes longer than what is taken in. */
const held: { readonly launcher: string; readonly tell: () => void }[] = [];
const firstHeard = new Map<string, () => void>();
const epr = await startEpr(ledger, (id, launcher) => {
  arrivals.note(placeOfMessage(id));
  const now = performance.now();
  const name = launcher.split('/').at(-1) ?? '';
  if (!firstArrival.has(name)) firstArrival.set(name, now);
  firstHeard.get(name)?.();
  const at = acknowledgedAt.get(id);
  if (at === undefined) arrivedEarly.add(id);
  else {
    waits.push(now - at);
    acknowledgedAt.delete(id);
  }
  for (const { tell } of held.splice(0, Math.max(0, MOST_ON_THE_WAY - acknowledgedAt.size))) tell();
});
const practised = await startEpr(newLedger(MOST_PRACTICE), () => undefined);
const begunAt = performance.now();
keepState();
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => (stopping = true));
const launchers = await startLaunchers({
  options: { storageUrl, keysFile: writeKeys(), sealKey: state.sealKey, epr: epr.base },
  practice: { threads: PRACTICE, places: PRACTICE_PLACES, epr: practised.base },
  spare: SPARES * WORKERS,
});

try {
  await Promise.all(Array.from({ length: WORKERS }, () => write()));
  const drainMs = await drain();
  keepState();
  state.wallMs = wallMs();
  const found = await checkStore(storageUrl, ledger, state.nextThread, PLACES);
  const bad = found.lost + found.doubled + found.reordered + state.failed;
  const ok = bad === 0 && slowest(state) <= RECOVERS_WITHIN_MS;
  waits.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? 0);
  console.log(
    JSON.stringify({
      bench: 'messages',
      engine: ENGINE,
      workers: WORKERS,
      ratio: bad,
      target: 0,
      ok,
      asked: COUNT,
      sent: state.acknowledged,
      kills: state.kills,
      ...found,
      failed: state.failed,
      handedOver: state.handed + epr.handed(),
      ...figuresOf(state),
      toEprMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
      drainMs: Math.round(drainMs),
    }),
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  await launchers.close();
  await epr.close();
  await practised.close();
  await postgres?.stop();
  if (KEEP === undefined) rmSync(folder, { recursive: true, force: true });
}

function given(name: string): string | undefined {
  return process.argv.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

function writeKeys(): string {
  const file = join(folder, 'keys.json');
  if (existsSync(file)) return file;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256' };
  writeFileSync(file, JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  return file;
}

function keepState(): void {
  if (KEEP === undefined) return;
  const kept = { ...state, wallMs: wallMs(), handed: state.handed + epr.handed() };
  writeFileSync(`${stateFile}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${stateFile}.new`, stateFile);
}

function wallMs(): number {
  return state.wallMs + performance.now() - begunAt;
}

/** One launcher after another, until all is acknowledged: what one did not acknowledge is asked of the next under the same id. */
async function write(): Promise<void> {
  let open: Thread[] = [];
  const byThread = new Map<number, Thread>();
  const fill = (): readonly Thread[] => {
    const before = open.length;
    const late = stopping || performance.now() - begunAt > MINUTES * 60_000;
    while (open.length < AT_ONCE && (again.length > 0 || (!late && state.nextThread < THREADS)))
      open.push({ thread: again.shift() ?? state.nextThread++, place: 0, id: '-' });
    for (const one of open.slice(before)) byThread.set(one.thread, one);
    return open.slice(before);
  };
  fill();
  let killedAt: number | undefined;
  while (open.length > 0) {
    const stoodBy = killedAt === undefined || state.kills % NOBODY_STOOD_BY !== 0;
    const launcher = await (stoodBy ? launchers.next() : launchers.cold());
    const before = stoodBy ? launcher.cpuMs() : 0;
    const opened = new Promise<void>((done) => (launcher.heard = () => done()));
    launcher.tell('go');
    await opened;
    const openedCpu = launcher.cpuMs();
    let first: number | undefined;
    let working: () => void = () => undefined;
    const works = new Promise<void>((done) => (working = done));
    const tell = ({ thread, place, id }: Thread): void => launcher.tell(`${String(thread)} ${String(place)} ${id}`);
    const ask = (one: Thread): void => {
      if (acknowledgedAt.size < MOST_ON_THE_WAY) tell(one);
      else held.push({ launcher: launcher.name, tell: () => tell(one) });
    };
    const done = new Promise<void>((finished) => {
      launcher.heard = (line) => {
        const [said, thread, place, id = '-'] = line.split(' ');
        const one = byThread.get(Number(thread));
        if (one?.place !== Number(place)) return;
        if (said !== 'ok') {
          if (said === 'failed') state.failed += 1;
          setTimeout(() => ask(one), 20);
          return;
        }
        if (first === undefined) {
          first = performance.now();
          working();
          if (killedAt !== undefined) {
            (stoodBy ? state.recoveries : state.restarts).push(first - killedAt);
            (stoodBy ? state.recoveryCpu : state.restartCpu).push(launcher.cpuMs() - before);
          }
        }
        state.acknowledged += 1;
        one.id = id;
        noteAcknowledged(one);
        one.place += 1;
        if (one.place === PLACES) {
          byThread.delete(one.thread);
          open = open.filter((candidate) => candidate !== one);
          for (const added of fill()) ask(added);
        } else ask(one);
        if (open.length === 0) finished();
      };
    });
    for (const one of open) ask(one);
    const spell = KILL_AFTER_MS * (0.5 + (state.kills % 5) * 0.25);
    const early = state.kills % 10 === 9;
    // Work begins with the first that is acknowledged, or is with the EPR.
    firstHeard.set(launcher.name, working);
    await Promise.race([
      done,
      (early ? Promise.resolve() : works).then(() => launcher.worked(spell)),
      after(WORKS_WITHIN_MS),
    ]);
    state.workMs += launcher.cpuMs() - openedCpu;
    launcher.child.kill('SIGKILL');
    const diedAt = performance.now();
    await once(launcher.child, 'exit');
    firstHeard.delete(launcher.name);
    for (let one = held.length - 1; one >= 0; one -= 1) if (held[one]?.launcher === launcher.name) held.splice(one, 1);
    const arrived = firstArrival.get(launcher.name);
    firstArrival.delete(launcher.name);
    if (killedAt !== undefined && arrived !== undefined)
      (stoodBy ? state.delivers : state.restarts).push(arrived - killedAt);
    killedAt = diedAt;
    state.kills += 1;
    if (state.kills % 100 === 0) {
      keepState();
      console.log(progressOf(state, ledger, COUNT, wallMs() / 1_000));
    }
  }
}

function noteAcknowledged({ thread, place }: Thread): void {
  const id = messageIdOf(thread, place);
  const arrived = ((ledger.bits[thread] ?? 0) & (1 << place)) !== 0;
  if (arrivedEarly.delete(id)) waits.push(0);
  // One of a run before this one is with the EPR already.
  else if (!arrived) acknowledgedAt.set(id, performance.now());
}

/** The last one delivers what is left, and is stopped as an operator stops it. Gives how long that took. */
async function drain(): Promise<number> {
  const launcher = await launchers.next();
  const begun = performance.now();
  const opened = new Promise<void>((done) => (launcher.heard = () => done()));
  launcher.tell('go');
  await opened;
  await lookInto(storageUrl, async ({ queries }) => {
    for (;;) {
      const waiting = queries.selectFrom('message_outbox').select('version').where('state', '=', 'waiting').limit(1);
      const one = await waiting.executeTakeFirst();
      if (!one || performance.now() - begun > DRAINS_WITHIN_MS) break;
      await after(50);
    }
  });
  const drained = performance.now() - begun;
  const stopped = new Promise<void>((done) => (launcher.heard = () => done()));
  launcher.tell('stop');
  await stopped;
  launcher.child.kill('SIGTERM');
  return drained;
}
