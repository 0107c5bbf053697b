import type { ThreadState, Urgency } from '../../src/messages/thread.ts';
import type { NextStep, Proof, TeamPromise } from './thread-state.ts';
import { ruleOfWithheld } from './withheld-code.ts';

/** An answer and who of the side that asked has it now. */
export type GivenAnswer = {
  readonly version: number;
  /** Since when they have it. */
  readonly at: string;
  readonly holder: string;
  /** Version of the act by which a rule passed it on to them. */
  readonly passedBy?: number;
};

/**
 * An answer is one until its reader's system has refused it, or a rule has passed it on; from then on nothing but that
 * somebody of the side that asked has had it on the screen makes it one again (safety H31).
 */
export function stateOfAnswers(answers: readonly GivenAnswer[], proofs: readonly Proof[]): ThreadState {
  const unopened = unopenedOf(answers, proofs);
  const last = answers.at(-1);
  if (last && unopened.includes(last) && isLost(last, proofs)) return 'undeliverable';
  return unopened.some(({ passedBy }) => passedBy !== undefined) ? 'escalated' : 'answered';
}

/** Of these, what nobody has had on the screen, whoever of those who had it. */
export function unopenedOf(answers: readonly GivenAnswer[], proofs: readonly Proof[]): readonly GivenAnswer[] {
  const opened = new Set(proofs.filter(({ kind }) => kind === 'opened').map(({ version }) => version));
  return answers.filter(({ version }) => !opened.has(version));
}

function isLost({ version, holder }: GivenAnswer, proofs: readonly Proof[]): boolean {
  const own = proofs.filter((proof) => proof.version === version);
  return (
    own.some(({ kind, address }) => kind === 'undeliverable' && address === holder) &&
    !own.some(({ kind }) => kind === 'delivered')
  );
}

export type AnswerStep = NextStep & { readonly from: string; readonly version: number };

/**
 * When the first of the answers that nobody has opened moves on to whom the team that has it names, and why: at once
 * where it was not taken in there, and what was asked urgently when the time for reading it has gone by. Nothing: all
 * were opened, or there is nowhere for them to go.
 */
export function nextStepOfAnswers(
  { answers, withinMs }: { readonly answers: readonly GivenAnswer[]; readonly withinMs?: number },
  proofs: readonly Proof[],
  urgency: Urgency,
  find: (address: string) => TeamPromise | undefined,
): AnswerStep | undefined {
  const steps = unopenedOf(answers, proofs).flatMap((answer): AnswerStep[] => {
    const { version, holder } = answer;
    const team = find(holder);
    if (team?.escalatesTo === undefined) return [];
    const shared = { from: holder, to: team.escalatesTo, version };
    const here = new Map(
      proofs.filter((one) => one.version === version && one.address === holder).map((one) => [one.kind, one]),
    );
    const refused = here.get('undeliverable');
    if (refused && !here.has('delivered')) {
      const rule = ruleOfWithheld(refused.code) === undefined ? 'message.undeliverable' : 'message.withheld';
      return [{ ...shared, at: refused.at, rule }];
    }
    if (urgency !== 'urgent') return [];
    return [{ ...shared, at: openBy(answer, team, withinMs), rule: 'message.answer-unopened' }];
  });
  return steps.reduce<AnswerStep | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}

/** Who asks for an answer within half an hour has no longer to read it; nor has anybody longer than their team promises. */
function openBy({ at }: GivenAnswer, { deadlineHours }: TeamPromise, withinMs = Infinity): string {
  return new Date(Date.parse(at) + Math.min(deadlineHours.urgent * 3_600_000, withinMs)).toISOString();
}
