import type { Entry } from '../entry.ts';
import { codeIn, LOINC, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import { sortMoment, type RecordedDate } from '../fhir/date.ts';
import type { Observed, ObservedPart } from '../fhir/observed.ts';

type Observation = Entry & Observed & { readonly parts: readonly ObservedPart[] };

/**
 * Observations that surely are one: same test, same clinical time, same value, unit and comparator (each part too), same
 * standing. A second decimal, another spelling of the unit, an amended copy or a spoilt sample stays apart. What has no
 * value, or no date, belongs to nobody else and stands alone.
 */
export function observationKey(entry: Observation): string {
  const value = valueKey(entry);
  if (value === '' || entry.date === undefined) return entry.id;
  // Another wording of the test's name is no doubt about its value; every other caution is, and keeps the copies apart.
  const doubts = entry.cautions
    .filter((caution) => caution !== 'text-differs')
    .sort()
    .join(',');
  return [
    testKey(entry.code, entry.title),
    momentKey(entry.date),
    value,
    entry.state,
    entry.statusAsRecorded ?? '',
    doubts,
  ].join('|');
}

function testKey(code: Coded | undefined, title: string): string {
  const snomed = codeIn(code, SNOMED);
  const loinc = codeIn(code, LOINC);
  return snomed ? `sct:${snomed}` : loinc ? `loinc:${loinc}` : `words:${normaliseWords(title)}`;
}

/** The same instant written in two zones is one moment; a date without a time equals only itself. */
export function momentKey(date: RecordedDate): string {
  return /T.*(Z|[+-]\d{2}:\d{2})$/.test(date) ? `@${sortMoment(date)}` : date;
}

function valueKey(entry: Observation): string {
  const parts = entry.parts.map((part) => `${normaliseWords(part.label)}=${ownValue(part)}`);
  const valued = entry.value !== undefined || entry.parts.some((part) => part.value !== undefined);
  return valued ? [ownValue(entry), ...parts.sort()].join(';') : '';
}

function ownValue({ quantity, value, absent }: Observed): string {
  if (quantity) return `${quantity.comparator ?? ''}${quantity.value} ${quantity.unit ?? quantity.unitCode ?? ''}`;
  return value ?? (absent === undefined ? '' : `absent:${absent}`);
}
