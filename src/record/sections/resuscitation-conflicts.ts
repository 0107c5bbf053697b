import { buildConflict, stands } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { sortMoment } from '../fhir/date.ts';
import type { EndOfLifeEntry } from './end-of-life-care.ts';
import type { Decision } from './resuscitation.ts';

type Decided = Fact<EndOfLifeEntry>;

/**
 * Two decisions that stand at the same time and say opposite things; or one that stands here and that there is none, or
 * that it was taken back or refused, there (safety H37). One disagreement with every side: there is one person to ask about.
 */
export function decisionsDiffer(facts: readonly Decided[]): readonly Conflict[] {
  const inForce = facts.filter((fact) => stands(fact.entries[0]));
  const attempt = inForce.filter(decides('attempt-resuscitation'));
  const doNot = inForce.filter(decides('do-not-attempt-resuscitation'));
  const opposed = attempt.length > 0 && doNot.length > 0;
  const denied = [
    ...facts.filter((fact) => denies(fact, 'do-not-attempt-resuscitation') && disagrees(fact, doNot)),
    ...facts.filter((fact) => denies(fact, 'attempt-resuscitation') && disagrees(fact, attempt)),
  ];
  if (!opposed && denied.length === 0) return [];
  const sides = [...new Set([...attempt, ...doNot, ...denied])];
  return [buildConflict('resuscitation-decisions-differ', 'end-of-life-care', sides)];
}

function decides(decision: Decision): (fact: Decided) => boolean {
  return (fact) => fact.entries[0].decision === decision;
}

/** Says that there is none, and stands; or is such a decision that the source itself says was not made. */
function denies({ entries: [entry] }: Decided, decision: Decision): boolean {
  return (stands(entry) && entry.denies === decision) || (entry.state === 'negated' && entry.decision === decision);
}

/** What the same source said before it decided is its history, and no disagreement. */
function disagrees(denial: Decided, decided: readonly Decided[]): boolean {
  return decided.some((fact) =>
    fact.entries.some((entry) =>
      denial.entries.some((no) => no.origin.source !== entry.origin.source || !isOlder(no, entry)),
    ),
  );
}

function isOlder(one: EndOfLifeEntry, other: EndOfLifeEntry): boolean {
  return one.date !== undefined && other.date !== undefined && sortMoment(one.date) < sortMoment(other.date);
}
