import type { Patient } from '../../src/record/patient.ts';
import type { LaunchContext, LaunchDraft } from './launch-context.ts';

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
