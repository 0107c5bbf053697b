import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { build } from 'esbuild';

/** One launcher's messaging in a process of its own: it has loaded everything, and opens the store when it is told to. */
type Launcher = {
  readonly child: ChildProcess;
  readonly name: string;
  /** From its being asked for to its standing by. */
  readonly startMs: number;
  heard: (line: string) => void;
  tell(line: string): void;
  /** Processor time it has had. */
  cpuMs(): number;
  /** When it has had so much more. */
  worked(ms: number): Promise<void>;
};

type Launchers = {
  /** The next of those that stand by; another is begun in its place. */
  next(): Promise<Launcher>;
  /** One that is begun only now and has done nothing yet: a launcher that is started again where none stands by. */
  cold(): Promise<Launcher>;
  close(): Promise<void>;
};

type LaunchersDeps = {
  readonly options: object;
  /** What each does before it stands by. */
  readonly practice: { readonly threads: number; readonly places: number; readonly epr: string };
  readonly spare: number;
};

/**
 * In one script, as `npm run build` makes the launcher that is installed. The first only practises, longer than the
 * others, and is stopped as an operator does: Node writes what it compiled where the next ones find it, as it does for a
 * launcher that has run before. One that is killed writes nothing.
 */
export async function startLaunchers({ options, practice, spare }: LaunchersDeps): Promise<Launchers> {
  const cache = join(import.meta.dirname, '..', 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'message-worker-'));
  const script = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'message-worker.ts')],
    outfile: script,
    bundle: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['better-sqlite3', 'pg-native'],
    banner: {
      js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);",
    },
    logLevel: 'error',
  });
  let named = 0;

  async function start(given: object = practice): Promise<Launcher> {
    const begun = performance.now();
    const name = String((named += 1));
    const child = spawn(process.execPath, [script, JSON.stringify({ ...options, practice: given, name })], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    // Written to as it dies: what it did not get is asked of the next.
    child.stdin.on('error', () => undefined);
    const cpuMs = (): number => cpuMsOf(child.pid ?? 0);
    const launcher: Launcher = {
      child,
      name,
      startMs: 0,
      heard: () => undefined,
      tell: (line) => void child.stdin.write(`${line}\n`),
      cpuMs,
      worked: async (ms) => {
        const until = cpuMs() + ms;
        while (child.exitCode === null && child.signalCode === null && cpuMs() < until) await after(2);
      },
    };
    createInterface({ input: child.stdout }).on('line', (line) => launcher.heard(line));
    await new Promise<void>((resolve) => (launcher.heard = () => resolve()));
    const startMs = performance.now() - begun;
    return Object.assign(launcher, { startMs });
  }

  const spares: Promise<Launcher>[] = [];
  const first = await start({ ...practice, threads: PRACTICE });
  const gone = once(first.child, 'exit');
  await new Promise<void>((stopped) => {
    first.heard = () => stopped();
    first.tell('stop');
  });
  first.child.stdin?.end();
  await gone;
  while (spares.length < spare) spares.push(start());
  return {
    next: async () => {
      spares.push(start());
      return (await spares.shift()) ?? start();
    },
    cold: () => start({ ...practice, threads: 0 }),
    close: async () => {
      for (const one of spares) (await one).child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Conversations of the first: all that is done often is compiled by then. */
const PRACTICE = 16;

/** Of all its threads, in the scheduler's own nanoseconds (proc(5), schedstat); elsewhere than on Linux the clock. */
function cpuMsOf(pid: number): number {
  const tasks = `/proc/${String(pid)}/task`;
  if (!existsSync('/proc/self/schedstat')) return performance.now();
  try {
    const own = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return own.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  } catch {
    // It is gone, or one of its threads went while it was read.
    return 0;
  }
}
