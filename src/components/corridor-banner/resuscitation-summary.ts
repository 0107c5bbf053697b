import type { PatientRecord } from '../../record/patient-record.ts';
import type { EndOfLifeEntry } from '../../record/sections/end-of-life-care.ts';
import type { Words } from '../../words/words.ts';

/** The decision that stands, in full words; that they differ, when they do; undefined when none is recorded. */
export function resuscitationSummary(record: PatientRecord, words: Words): string | undefined {
  const view = record.sections.find(({ id }) => id === 'end-of-life-care');
  const standing = (view?.facts ?? [])
    .map((fact) => fact.entries[0] as EndOfLifeEntry)
    .filter((entry) => entry.state === 'current');
  if (view?.conflicts.some((conflict) => conflict.kind === 'resuscitation-decisions-differ')) {
    return words.conflicts.kinds['resuscitation-decisions-differ'];
  }
  const decisions = new Set(standing.filter((entry) => entry.kind === 'resuscitation').map((entry) => entry.decision));
  if (decisions.size === 1 && decisions.has('do-not-attempt-resuscitation')) return words.care.doNotAttempt;
  if (decisions.size === 1 && decisions.has('attempt-resuscitation')) return words.care.attempt;
  return decisions.size > 0
    ? words.banner.resuscitation
    : standing.length > 0
      ? words.sections['end-of-life-care'].heading
      : undefined;
}
