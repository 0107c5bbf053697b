import { afterEach, beforeEach, expect } from 'vitest';
import type { LaunchSettings } from '../../launcher/trust/community.ts';
import { communityOf, launchAt, openLaunchWorld, type LaunchWorld } from './launch-world.ts';
import { openPretendEpr, type PretendEpr } from './pretend-epr.ts';

/** Two members whose EPRs a test may turn hostile, and the launcher's side of a launch; opened anew for each test. */
export type HostileLaunch = {
  epr: PretendEpr;
  other: PretendEpr;
  world: LaunchWorld;
  /** The same world under other launch settings of the first member. */
  reopen(changes: Partial<LaunchSettings>): Promise<void>;
  /** Expects a whole launch to end in this code, and the audit to say so. */
  refused(code: string): Promise<void>;
};

export function useHostileLaunch(changes: Partial<LaunchSettings> = {}): HostileLaunch {
  const place = (ods: string, at: PretendEpr) => ({ ods, iss: at.iss, issuer: at.issuer, origin: at.origin });
  const open = (more: Partial<LaunchSettings> = {}): Promise<LaunchWorld> =>
    openLaunchWorld(communityOf([place('XB001', bench.epr), place('XB002', bench.other)], { ...changes, ...more }));
  const bench = {
    reopen: async (more) => {
      await bench.world.close();
      bench.world = await open(more);
    },
    refused: async (code) => {
      const answer = await launchAt(bench.world, bench.epr);
      await expect(bench.world.finish(answer)).rejects.toMatchObject({ code });
      expect(bench.world.audit.events.at(-1)).toMatchObject({ type: 'launch.refused', code });
    },
  } as HostileLaunch;
  beforeEach(async () => {
    [bench.epr, bench.other] = await Promise.all([openPretendEpr(), openPretendEpr()]);
    bench.world = await open();
  });
  afterEach(async () => {
    await Promise.all([bench.world.close(), bench.epr.close(), bench.other.close()]);
  });
  return bench;
}

export function tokenCalls(at: PretendEpr): PretendEpr['requests'] {
  return at.requests.filter((request) => request.path === '/auth/token');
}
