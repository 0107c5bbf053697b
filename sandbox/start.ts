import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startLauncher } from '../launcher/main.ts';
import type { Launcher, LauncherOptions } from '../launcher/main.ts';
import { sourceIdOf } from './community-file.ts';
import type { Mode, SandboxCommunity } from './community.ts';
import { importFolder } from './data/import-folder.ts';
import { MODES, parseModes } from './eprs/modes.ts';
import { Mistake } from './mistake.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Sandbox, SandboxOptions } from './open-sandbox.ts';
import { buildPeople, initialModes } from './people/index.ts';
import { printTable, readyLine } from './printed.ts';
import { openWitness, startWitnesses, type Witness } from './witness.ts';

export type StartOptions = Omit<SandboxOptions, 'community' | 'startLauncher'> & {
  /** Left out: the pretend people, or what `data` names. */
  readonly community?: SandboxCommunity;
  /** A folder of FHIR records that someone else wrote. */
  readonly data?: string;
  /** Divide whole-patient bundles by their encounters' service providers. */
  readonly split?: boolean;
  readonly launcher?: Pick<LauncherOptions, 'settings' | 'plugins' | 'logTo'>;
  /** The community file as it is to be read, for a story that can't wait for the hours in it. */
  readonly reword?: (communityText: string) => string;
  /** Where what was left out of a data folder is said. */
  readonly say?: (line: string) => void;
};

export type RunningSandbox = Sandbox & { readonly launcher: Launcher; readonly witnesses: readonly Witness[] };

/** Everything in one process: the EPRs, the control page, and the launcher between them. */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const { data, split = false, launcher: launcherOptions, reword, say = () => undefined, ...rest } = options;
  const imported = data === undefined ? undefined : await importFolder(data, { split });
  for (const note of imported?.notes ?? []) say(note);
  const community = options.community ?? imported?.community ?? buildPeople(today());
  const modes = options.modes ?? (imported || options.community ? undefined : new Map(Object.entries(initialModes)));
  const started: { launcher?: Launcher } = {};
  const witnesses = community.organisations
    .slice(0, WITNESSES)
    .map(({ ods }) => openWitness(`${ods.toLowerCase()}.sandbox/witness`));
  const sandbox = await openSandbox({
    ...rest,
    community,
    ...(modes ? { modes } : {}),
    startLauncher: async ({ port, communityText }) => {
      started.launcher = await startLauncher({
        ...launcherOptions,
        communityText: reword ? reword(communityText) : communityText,
        logTo: launcherOptions?.logTo ?? { write: (line) => void process.stderr.write(line) },
        settings: {
          ...SANDBOX_SETTINGS,
          'audit.witnesses': witnesses.map(({ key }) => key),
          ...launcherOptions?.settings,
          'server.port': port,
        },
      });
      return started.launcher;
    },
  });
  if (!started.launcher) throw new Error('the launcher did not start');
  const pushing = await startPushing(sandbox);
  const watching = startWitnesses(witnesses, sandbox.launcherUrl, WITNESS_EVERY_MS);
  return {
    ...sandbox,
    launcher: started.launcher,
    witnesses,
    close: async () => {
      pushing.stop();
      await watching.close();
      await sandbox.close();
    },
  };
}

/** So many members hold heads of the audit: none alone has to be believed. */
const WITNESSES = 3;
const WITNESS_EVERY_MS = 2_000;

/**
 * Whoever can says whom it knows: a hospital that does not answer today has said so before. One that can't be heard now
 * says it again in a moment; until then it is asked about everybody.
 */
async function startPushing({ eprs }: Sandbox): Promise<{ stop(): void }> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const push = async (): Promise<void> => {
    const all = await Promise.allSettled(eprs.map((epr) => epr.pushPointers(sourceIdOf(epr.organisation))));
    const nextMs = all.some(({ status }) => status === 'rejected') ? PUSH_AGAIN_MS : PUSH_EVERY_MS;
    if (!stopped) timer = setTimeout(() => void push(), nextMs).unref();
  };
  await push();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** What is not said again runs out: a launcher that was away is told the next day. */
const PUSH_EVERY_MS = 86_400_000;
const PUSH_AGAIN_MS = 2_000;

/** The demo never ages: yesterday's appointments are in the past and tomorrow's are still to come. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A pretend community keeps nothing and is stopped often. */
const SANDBOX_SETTINGS = {
  'storage.url': 'sqlite::memory:',
  'server.shutdownMs': 1_000,
  // Stories are played while somebody watches.
  'handover.tickMs': 1_000,
  'handover.pollMs': 30_000,
  'handover.heartbeatMs': 30_000,
  // Two dozen warnings of http on loopback would bury the links; the environment can have them back.
  ...(process.env['CORRIDOR_LOG_LEVEL'] === undefined ? { 'log.level': 'error' } : {}),
} as const;

const USAGE = `npm start -- [--port N] [--data DIR] [--split]
  --port N    first port; everything else follows (default 8400)
  --data DIR  serve the FHIR records in DIR: each file or sub-folder is one organisation
  --split     with --data: divide whole-patient bundles by their encounters' service providers
CORRIDOR_SANDBOX_MODES="XB001=down,XB002=slow" makes EPRs misbehave (${MODES.join(', ')}); CORRIDOR_SANDBOX_SLOW_MS says how slow.`;

async function main(): Promise<void> {
  const options = readCommandLine();
  const stopped = new AbortController();
  // From the first moment, so that a stop while starting is honoured too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  const sandbox = await startSandbox({ ...options, say: (line) => console.log(line) });
  const stop = async (): Promise<void> => {
    // A browser's open stream must not hold the terminal.
    setTimeout(() => process.exit(0), 1_900).unref();
    await sandbox.close();
    process.exit(0);
  };
  stopped.signal.addEventListener('abort', () => void stop());
  if (stopped.signal.aborted) return stop();
  console.log(printTable(sandbox));
  console.log(readyLine(sandbox));
}

function readCommandLine(): StartOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      split: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) throw new Mistake(USAGE);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1_024 && port <= 65_000))
    throw new Mistake('--port is a number from 1024 to 65000');
  if (values.split && values.data === undefined) throw new Mistake('--split needs --data DIR');
  const slowMs = Number(process.env['CORRIDOR_SANDBOX_SLOW_MS']);
  return {
    ...(port === undefined ? {} : { port }),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.split === undefined ? {} : { split: values.split }),
    ...(Number.isInteger(slowMs) && slowMs > 0 ? { slowMs } : {}),
    ...modesFromEnvironment(),
  };
}

function modesFromEnvironment(): { readonly modes?: ReadonlyMap<string, Mode> } {
  const text = process.env['CORRIDOR_SANDBOX_MODES'];
  if (text === undefined) return {};
  return { modes: new Map([...Object.entries(initialModes), ...parseModes(text)]) };
}

function explain(error: unknown): string {
  if (error instanceof Mistake) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${'port' in error ? String(error.port) : ''} is taken. Stop what uses it, or choose others: npm start -- --port 18400`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Through realpath: a checkout may be reached by a symbolic link.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  main().catch((error: unknown) => {
    console.error(explain(error));
    process.exit(error instanceof Mistake && error.message === USAGE ? 0 : 1);
  });
}
