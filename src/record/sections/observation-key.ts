import type { Entry } from '../entry.ts';
import { codeIn, LOINC, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import { sortMoment, type RecordedDate } from '../fhir/date.ts';
import type { Observed, ObservedPart } from '../fhir/observed.ts';
import { keyOfParts, type KeyPart } from './key-of-parts.ts';
import { sameTest } from './same-test.ts';

type Observation = Entry &
  Observed & { readonly parts: readonly ObservedPart[]; readonly specimen?: string; readonly bodySite?: string };

/**
 * Observations that surely are one: same test, same clinical time, same value, unit and comparator (each part too), same
 * standing. A second decimal, another spelling of the unit, an amended copy or a spoilt sample stays apart. What has no
 * value, or no date, belongs to nobody else and stands alone. For a number the code says what was measured; for words
 * ("no growth", "normal") the specimen and the site are part of what is said.
 */
export function observationKey(entry: Observation): string {
  const value = valueKey(entry);
  if (value === undefined || entry.date === undefined) return entry.id;
  // Another wording of the test's name is no doubt about its value; every other caution is, and keeps the copies apart.
  const doubts = entry.cautions.filter((caution) => caution !== 'text-differs').sort();
  return keyOfParts(
    testKey(entry.code, entry.title, entry),
    momentKey(entry.date),
    value,
    entry.state,
    entry.statusAsRecorded,
    doubts,
    entry.bodySite && normaliseWords(entry.bodySite),
    entry.quantity ? undefined : entry.specimen && normaliseWords(entry.specimen),
  );
}

function testKey(code: Coded | undefined, title: string, entry?: Observation): string {
  const same = entry?.quantity && !code?.disagrees ? sameTest(code, entry.specimen) : undefined;
  if (same !== undefined) return `test:${same}`;
  const snomed = codeIn(code, SNOMED);
  const loinc = codeIn(code, LOINC);
  const words = `words:${normaliseWords(title)}`;
  const named = snomed ? `sct:${snomed}` : loinc && `loinc:${loinc}`;
  // Under a code that its own text contradicts ("laboratory test": "ESR") the text is what tells two tests apart.
  return named === undefined || code?.disagrees ? `${named ?? ''} ${words}` : named;
}

/** The same instant written in two zones is one moment; a date without a time equals only itself. */
export function momentKey(date: RecordedDate): string {
  return /T.*(Z|[+-]\d{2}:\d{2})$/.test(date) ? `@${sortMoment(date)}` : date;
}

function valueKey(entry: Observation): readonly KeyPart[] | undefined {
  const valued = entry.value !== undefined || entry.parts.some((part) => part.value !== undefined);
  const parts = entry.parts.map((part) => keyOfParts(testKey(part.code, part.label), ownValue(part)));
  return valued ? [ownValue(entry), parts.sort()] : undefined;
}

/** A value that is missing for one reason is not one that is missing for another. */
function ownValue({ quantity, value, absent }: Observed): readonly KeyPart[] {
  if (quantity) return [quantity.comparator, quantity.value, quantity.unit ?? quantity.unitCode];
  return [value, absent];
}
