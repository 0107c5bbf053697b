import type { Act, Standing } from './thread-state.ts';

const DAY_MS = 86_400_000;

/**
 * Whether a message that a rule held back may still go of itself once the rule no longer holds: where it was written to,
 * while it is what is asked or answered there, until it was to be answered, and never a day after it was written. What
 * comes later than that finds a reader who takes it for news, and a writer who has found another way meanwhile.
 */
export function stillGoes(
  { version, address }: { readonly version: number; readonly address: string },
  acts: readonly Act[],
  standing: Standing,
  nowMs: number,
): boolean {
  const act = acts.find((one) => one.version === version);
  if (!act || Date.parse(act.at) + DAY_MS <= nowMs) return false;
  if (act.kind === 'answer')
    return standing.answers.some((answer) => answer.version === version && answer.holder === address);
  const { waits, closed, holder, holderDueAt } = standing;
  return (
    waits &&
    !closed &&
    holder === address &&
    (holderDueAt === undefined || Date.parse(holderDueAt) > nowMs) &&
    !acts.some((later) => later.kind === 'answer' && later.version > version)
  );
}
