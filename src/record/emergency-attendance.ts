import { readCode, readCoded, readConcepts } from './fhir/coding.ts';
import { asObject, type Resource } from './resource.ts';

/**
 * Where an emergency attendance that has ended led to a bed, here or elsewhere (Emergency Care Data Set, discharge
 * destination). The person is still in hospital: what is told of is the stay, and its end.
 */
const TO_A_BED: ReadonlySet<string> = new Set([
  '306706006', // ward
  '1066331000000109', // emergency department short stay ward
  '1066361000000104', // high dependency unit
  '1066371000000106', // coronary care unit
  '1066381000000108', // special care baby unit
  '1066391000000105', // intensive care unit
  '1066401000000108', // neonatal intensive care unit
  '19712007', // another healthcare facility
]);
const TO_A_BED_IN_WORDS =
  /\b(admitted|admission|(to|short stay|medical|surgical|assessment) (the )?(ward|unit)|intensive care|transfer(red)?)\b/i;
const NOT_ADMITTED = /\b(not admitted|no admission|without admission|declined|refused)\b/i;

/**
 * Whether this is a visit to an emergency department that is over and sent the person on their way, seen or not: a
 * transition of care of which the practice is told by a letter (PRSB, emergency care discharge).
 */
export function isEndedAttendance(resource: Resource): boolean {
  if (readCode(resource['class']) !== 'emer' || readCode(resource['status']) !== 'finished') return false;
  const disposition = asObject(resource['hospitalization'])?.['dischargeDisposition'];
  const codes = readConcepts(disposition).flatMap(({ codings }) => codings.map(({ code }) => code ?? ''));
  const words = readCoded(disposition)?.text ?? '';
  if (codes.some((code) => TO_A_BED.has(code))) return false;
  return !TO_A_BED_IN_WORDS.test(words) || NOT_ADMITTED.test(words);
}
