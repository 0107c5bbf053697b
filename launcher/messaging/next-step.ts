import type { Urgency } from '../../src/messages/thread.ts';
import type { ThreadRow } from '../storage/tables/messages.ts';
import { type AnswerStep, nextStepOfAnswers } from './answer-state.ts';
import type { Teams } from './teams.ts';
import { nextStep, type Proof, type Standing } from './thread-state.ts';

/** When a conversation is looked at next by a rule, which message moves on then, from whom and to whom. */
export type Passing = AnswerStep;

/** Of a question that waits, and otherwise of the answers that nobody has opened. */
export function nextPassing(
  standing: Standing,
  proofs: readonly Proof[],
  urgency: Urgency,
  teams: Pick<Teams, 'find'>,
): Passing | undefined {
  if (!standing.waits) return nextStepOfAnswers(standing, proofs, urgency, (address) => teams.find(address));
  const step = nextStep(standing, proofs, urgency, teams.find(standing.holder));
  return step && { ...step, from: standing.holder, version: standing.lastAsk };
}

/**
 * Where that is written down. Answers have a column of their own: a launcher of the version before, beside this one in a
 * rolling upgrade, knows of questions alone and empties what it finds of anything else.
 */
export function watchAt(
  standing: Pick<Standing, 'waits'> | undefined,
  at: string | undefined,
): Pick<ThreadRow, 'check_at' | 'answer_check_at'> {
  const [ask, answer] = standing?.waits === true ? [at, undefined] : [undefined, at];
  return { check_at: ask ?? null, answer_check_at: answer ?? null };
}
