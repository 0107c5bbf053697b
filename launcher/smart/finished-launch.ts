import type { Patient } from '../../src/record/patient.ts';
import type { LaunchContext, LaunchDraft, TeamContext } from './launch-context.ts';

/** A launch that is proven, and for how long the EPR let its user in. */
export type FinishedLaunch = {
  readonly context: LaunchContext;
  readonly tokenLifeMs: number;
  /** The EPR can be asked whether it still vouches for the user (`kept-launch.ts`). */
  readonly kept?: true;
};

/** Only the two ends of a launch make one: the callback, and the confirming of a traced person. */
export function contextOf(draft: LaunchDraft, patient: Patient): LaunchContext {
  return Object.freeze({ ...draft, patient }) as unknown as LaunchContext;
}

/** A launch from an EPR's home page: proven as any other, and about nobody. */
export type FinishedTeamLaunch = {
  readonly team: TeamContext;
  readonly tokenLifeMs: number;
  readonly kept?: true;
};

/** Made of what is proven and of no field more: a patient, an encounter, a unit can't stand in it. */
export function teamContextOf(draft: Omit<TeamContext, symbol>): TeamContext {
  const { launchId, home, user, role, assurance, evidence, host, look } = draft;
  return Object.freeze({
    launchId,
    home,
    user,
    role,
    ...(assurance && { assurance }),
    ...(evidence && { evidence }),
    ...(host && { host }),
    ...(look && { look }),
  }) as unknown as TeamContext;
}
