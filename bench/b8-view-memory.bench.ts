import { Agent, request } from 'undici';
import { openLauncherBeside, type LauncherBeside } from './launcher-beside.ts';
import { startChild } from './processes.ts';
import { mulberry32, round } from './statistics.ts';

/**
 * B8: memory of the launcher for each view that is open at once. A fresh launcher for each number of views; every reader
 * takes a part of a record of 31 MB and then rests, so that all are under way together while the garbage is collected
 * and the resident memory read. The slope over the number of views is what one more of them costs. A slow reader takes
 * hardly anything. One view more than allowed must be refused with 503 and its reason.
 */
type Cell = { readonly views: number; readonly rssMb: number; readonly heapMb: number; readonly refused: boolean };

const VIEWS = (process.env['CORRIDOR_BENCH_RUNS'] ?? '1,8,32,64').split(',').map(Number);
const RESOURCES = 43_000;
const SOURCES = 18;
const TARGET_MB = 8;
const MEGABYTE = 1_048_576;
/** Read of each view before its reader rests; beyond it the kernel's buffers take some more. */
const TAKEN = { steady: 2 * MEGABYTE, slow: 65_536 } as const;

const replay = await startChild('replay-source.ts', { sources: SOURCES, resources: RESOURCES, delaysMs: [0] });
try {
  const bases = JSON.parse(replay.said) as readonly string[];
  const steady = await slopeOf(bases, TAKEN.steady, VIEWS);
  const slow = await slopeOf(bases, TAKEN.slow, VIEWS.slice(0, 3));
  const refused = [...steady.cells, ...slow.cells].every((cell) => cell.refused);
  const ok = steady.mbAView <= TARGET_MB && slow.mbAView <= TARGET_MB && refused;
  console.log(
    JSON.stringify({
      bench: 'B8',
      ratio: round(steady.mbAView / TARGET_MB),
      ci: steady.ci.map((mb) => round(mb / TARGET_MB)),
      target: 1,
      ok,
      mbAView: steady.mbAView,
      mbAViewCi: steady.ci,
      mbASlowView: slow.mbAView,
      mbASlowViewCi: slow.ci,
      targetMb: TARGET_MB,
      refusedBeyondCap: refused,
      steady: steady.cells,
      slow: slow.cells,
    }),
  );
} finally {
  await replay.stop();
}

async function slopeOf(bases: readonly string[], take: number, counts: readonly number[]) {
  const cells: Cell[] = [];
  for (const views of counts) {
    const cell = await measure(bases, views, take);
    console.log(take === TAKEN.slow ? 'slow' : 'steady', cell);
    cells.push(cell);
  }
  return { mbAView: round(slope(cells), 2), ci: slopeConfidence(cells).map((mb) => round(mb, 2)), cells };
}

async function measure(bases: readonly string[], views: number, take: number): Promise<Cell> {
  const patience = { 'source.headerMs': 60_000, 'source.idleMs': 60_000, 'source.totalMs': 60_000 };
  const settings = { ...patience, 'stream.perLauncher': views, 'stream.perUser': views };
  const launcher = await openLauncherBeside(bases, settings, ['--expose-gc', '--max-old-space-size=8192']);
  // A connection for each view: none may wait for another's end.
  const agent = new Agent({ connections: views + 1, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  const leave = new AbortController();
  try {
    const [session, another] = [await launcher.openSession(), await launcher.openSession(1)];
    const ask = (bearer: string) =>
      request(`${launcher.url}/api/record`, {
        dispatcher: agent,
        headers: { authorization: `Bearer ${bearer}` },
        signal: leave.signal,
      });
    await warm(launcher, session);
    // One after the other, so that none waits out its sources' deadlines while the others are read; all stay open.
    for (let view = 0; view < views; view++) await takeSome(await ask(session), take);
    // Somebody else's, so that it is the launcher's limit that speaks and not the user's.
    const beyond = await ask(another);
    const reason = await beyond.body.text();
    const { rss, heapUsed } = await settled(launcher);
    return {
      views,
      rssMb: round(rss / MEGABYTE, 1),
      heapMb: round(heapUsed / MEGABYTE, 1),
      refused: beyond.statusCode === 503 && reason.includes('server.busy'),
    };
  } finally {
    leave.abort();
    await agent.destroy();
    await launcher.close();
  }
}

/** The record of one source, so that code is not counted with the first view; a whole one would leave free memory behind. */
async function warm(launcher: LauncherBeside, session: string): Promise<void> {
  for (let time = 0; time < 2; time++) {
    const answer = await fetch(`${launcher.url}/api/record?only=replayed-0`, {
      headers: { authorization: `Bearer ${session}` },
    });
    if (answer.status !== 200) throw new Error(`the answer was ${answer.status}`);
    await answer.arrayBuffer();
    // A place among the open streams is given back a moment after the last byte.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Reads so many bytes and then no more; the answer stays open. */
async function takeSome({ statusCode, body }: Awaited<ReturnType<typeof request>>, bytes: number): Promise<void> {
  if (statusCode !== 200) throw new Error(`the answer was ${statusCode}: ${await body.text()}`);
  // Ended by our own leaving.
  body.on('error', () => undefined);
  let taken = 0;
  await new Promise<void>((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      if (taken < bytes) return;
      body.pause();
      resolve();
    });
    body.once('end', () => reject(new Error('the view ended before its reader rested')));
  });
}

type Memory = { readonly rss: number; readonly heapUsed: number };

/** Asked until three answers in a row differ by less than a hundredth: the views have then come to rest. */
async function settled(launcher: LauncherBeside): Promise<Memory> {
  const seen: Memory[] = [];
  for (let tries = 0; tries < 30; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    seen.push(JSON.parse(await launcher.process.ask('collect')) as Memory);
    const last = seen.slice(-3).map(({ rss }) => rss);
    if (last.length === 3 && Math.max(...last) / Math.min(...last) < 1.01) break;
  }
  return seen.at(-1) as Memory;
}

function slope(cells: readonly Cell[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(cells.map(({ views }) => views)), mean(cells.map(({ rssMb }) => rssMb))];
  const over = cells.reduce((sum, { views, rssMb }) => sum + (views - x) * (rssMb - y), 0);
  return over / cells.reduce((sum, { views }) => sum + (views - x) ** 2, 0);
}

/** Bootstrap over the cells, with a fixed seed; a draw of one cell only has no slope and is left out. */
function slopeConfidence(cells: readonly Cell[], rounds = 2_000): readonly number[] {
  const random = mulberry32(20_261_122);
  const slopes = Array.from({ length: rounds }, () =>
    slope(cells.map(() => cells[Math.floor(random() * cells.length)] as Cell)),
  )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return [slopes[Math.floor(slopes.length * 0.025)] ?? NaN, slopes[Math.floor(slopes.length * 0.975)] ?? NaN];
}
