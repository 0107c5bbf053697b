import type { PatientRecord } from '../../record/patient-record.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

/** Of a medicine these answers leave open what was taken before. */
const SILENT: ReadonlySet<string> = new Set(['waiting', 'late', 'unavailable', 'failed', 'truncated', 'withheld']);

/** Whose silence leaves it open whether something was taken before. */
export function silentAbout(record: PatientRecord, around: Surroundings): string {
  const view = record.sections.find(({ id }) => id === 'medications');
  const names = (view?.answers ?? [])
    .filter(({ answer }) => SILENT.has(answer.state))
    .map(({ source }) => sourceName(source, around));
  return [...new Set(names)].join(', ');
}
