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
  const resuscitation = standing.filter((entry) => entry.kind === 'resuscitation');
  const decisions = new Set(resuscitation.flatMap((entry) => entry.decision ?? []));
  const [decision] = decisions;
  if (decision !== undefined && decisions.size === 1) {
    const clear = decision === 'attempt-resuscitation' ? words.banner.attempt : words.banner.doNotAttempt;
    const doubt = resuscitation.some((entry) => entry.decision === undefined);
    return doubt ? words.banner.resuscitationUnclear(clear) : clear;
  }
  if (resuscitation.length > 0) return words.banner.resuscitation;
  return standing.length > 0 ? words.sections['end-of-life-care'].heading : undefined;
}
