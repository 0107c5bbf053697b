import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigValues } from '../launcher/config.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { openView } from '../test/support/plain-browser.ts';
import { pressSharedRecord, startChild, type Child } from './processes.ts';
import { HOME, REPLAYED_COMMUNITY, withReplayedSources } from './replayed-community.ts';

/** A launcher alone in its process, with a store on disk; the home EPR runs here, beside it. */
export type LauncherBeside = {
  readonly url: string;
  readonly process: Child;
  /** Opens a view as a browser would and returns its bearer. */
  openSession(user?: number): Promise<string>;
  close(): Promise<void>;
};

export async function openLauncherBeside(
  bases: readonly string[],
  settings: ConfigValues = {},
  flags: readonly string[] = [],
): Promise<LauncherBeside> {
  const folder = storeFolder();
  let child: Child | undefined;
  const sandbox = await openSandbox({
    port: 'free',
    community: REPLAYED_COMMUNITY,
    startLauncher: async ({ port, communityText }) => {
      child = await startChild(
        'launcher-alone.ts',
        {
          communityText: withReplayedSources(communityText, bases, 30_000),
          settings: { ...benchSettings(folder, port), ...settings },
        },
        flags,
      );
      const { url } = JSON.parse(child.said) as { url: string };
      const { stop } = child;
      return { url, close: () => stop() };
    },
  });
  if (!child) throw new Error('the launcher was not started');
  const press = (user: number): string => `${sandbox.epr(HOME).origin}/u/${user}/patients/p1/launch`;
  return {
    url: sandbox.launcherUrl,
    process: child,
    openSession: async (user = 0) =>
      (await openView(sandbox.launcherUrl, await pressSharedRecord(press(user)))).session,
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a store may be on disk: commits are then durable, as they are for a real launcher. */
export function storeFolder(): string {
  const cache = join(import.meta.dirname, '../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'bench-'));
}

/** As a launcher is run, but for limits that are there to stop one address from asking this often. */
export function benchSettings(folder: string, port: number): ConfigValues {
  return {
    'storage.url': `sqlite:${join(folder, 'corridor.sqlite')}`,
    'server.port': port,
    'server.requestsPerMinute': 1_000_000,
    'server.launchesPerMinute': 100_000,
    'server.shutdownMs': 500,
    'log.level': 'error',
  };
}
