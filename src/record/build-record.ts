import type { BuildMemory } from './build-memory.ts';
import { findConflicts } from './conflicts.ts';
import { doubtByReport } from './doubted-reports.ts';
import type { Entry } from './entry.ts';
import { joinProgress } from './join-progress.ts';
import { mergeAtOnce, mergeInSteps, type Merging, type RecordParts } from './merge.ts';
import type { PatientRecord } from './patient-record.ts';
import { SECTIONS } from './sections/index.ts';

export type { RecordParts } from './merge.ts';

const join = (entries: readonly Entry[]): readonly Entry[] => doubtByReport(joinProgress(entries));

/** Everything that this build knows of sections and of what disagrees. */
export const WHOLE: Merging = { sections: SECTIONS, join, findConflicts };

/** The merged record of what has arrived, with all that this build knows (`merge.ts`). */
export function buildRecord(parts: RecordParts): PatientRecord {
  return mergeAtOnce(parts, WHOLE);
}

/** The same in steps, between which others may run. */
export function buildInSteps(parts: RecordParts, memory: BuildMemory): Generator<undefined, PatientRecord> {
  return mergeInSteps(parts, WHOLE, memory);
}
