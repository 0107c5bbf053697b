import type { Entry } from '../entry.ts';
import { codeIn, LOINC, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import { hasTime, sortMoment, type RecordedDate } from '../fhir/date.ts';
import type { Observed, ObservedPart } from '../fhir/observed.ts';
import { ukDay } from '../fhir/uk-day.ts';
import { keyAlone, type Identity, type IdentityName } from '../group-entries.ts';
import { keyOfParts, type KeyPart } from './key-of-parts.ts';
import { sameTest } from './same-test.ts';
import { unitKey } from './unit-key.ts';

type Observation = Entry &
  Observed & { readonly parts: readonly ObservedPart[]; readonly specimen?: string; readonly bodySite?: string };

/**
 * Observations that surely are one: same test, same clinical time, same value, unit and comparator (each part too), same
 * standing. An amended copy or a spoilt sample stays apart; 4.90 is the 4.9 that somebody typed, and each keeps its digits. What has no value, or no date but that of its issue, belongs to
 * nobody else and stands alone. A practice that files only the day has the measurement of that day, while there is one
 * time of day with that value; and words ("no growth", "normal") need the very specimen to be the same, a number only its kind.
 */
export function observationIdentity(entry: Observation): Identity | undefined {
  const { date } = entry;
  const value = valueKey(entry);
  if (value === undefined || date === undefined || entry.dateIs === 'recorded') return undefined;
  // Another wording of the test's name is no doubt about its value; every other caution is, and keeps the copies apart.
  const doubts = entry.cautions.filter((caution) => caution !== 'text-differs').sort();
  return {
    base: keyOfParts(ukDay(date), value, entry.state, entry.statusAsRecorded, doubts),
    names: () => testNames(entry),
    details: () => [
      hasTime(date) ? momentKey(date) : undefined,
      entry.bodySite && normaliseWords(entry.bodySite),
      entry.specimen && (entry.quantity ? specimenKind : normaliseWords)(entry.specimen),
      entry.quantity?.unitCode && unitKey(entry.quantity.unitCode),
      flagsKey(entry),
    ],
  };
}

/** A number in urine is never that in blood; by what names its blood is called tells no two apart. */
function specimenKind(specimen: string): string | undefined {
  const words = normaliseWords(specimen);
  return OTHER_THAN_BLOOD.exec(words)?.[0] ?? (/\b(?:serum|plasma|blood|venous)\b/.test(words) ? 'blood' : undefined);
}

const OTHER_THAN_BLOOD = /\b(?:urin|csf|cerebrospinal|stool|faec|saliva|sputum|swab|sweat|fluid|capillary|arterial)/;

/** One laboratory calls it high and another normal: whoever sees one line would see one of the two (safety H18). */
function flagsKey({ flags }: Observed): string | undefined {
  const said = flags.map(({ code, text }) =>
    (code ?? FLAG_WORDS[normaliseWords(text)] ?? normaliseWords(text)).toUpperCase(),
  );
  return said.length === 0 ? undefined : [...new Set(said)].sort().join();
}

const FLAG_WORDS: { readonly [words: string]: string } = { high: 'H', low: 'L', normal: 'N', abnormal: 'A' };

/** What the observation says by itself, with nothing beside it. */
export function observationKey(entry: Observation): string {
  return keyAlone(entry, observationIdentity(entry));
}

function testNames(entry: Observation): readonly IdentityName[] {
  const { code, title } = entry;
  // Under a code that its own text contradicts ("laboratory test": "ESR") the text is what tells two tests apart.
  if (code?.disagrees) return [{ reason: 'test', name: testKey(code, title) }];
  const words = normaliseWords(title);
  const same = entry.quantity && sameTest(code, entry.specimen, title);
  const snomed = codeIn(code, SNOMED);
  const loinc = codeIn(code, LOINC);
  const names: IdentityName[] = [];
  if (same) names.push({ reason: 'test', name: `test:${same}` });
  if (snomed) names.push({ reason: 'test', name: `sct:${snomed}` });
  if (loinc) names.push({ reason: 'test', name: `loinc:${loinc}` });
  names.push({ reason: 'test', name: `words:${words}` });
  return names;
}

function testKey(code: Coded | undefined, title: string): string {
  const snomed = codeIn(code, SNOMED);
  const loinc = codeIn(code, LOINC);
  const words = `words:${normaliseWords(title)}`;
  const named = snomed ? `sct:${snomed}` : loinc && `loinc:${loinc}`;
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
  if (quantity)
    return [quantity.comparator, plainDecimal(quantity.value), unitKey(quantity.unit ?? quantity.unitCode ?? '')];
  return [value, absent];
}

/** Without zeros behind the last decimal: text to text, for no number may pass through a binary one (safety H14). */
function plainDecimal(value: string): string {
  return /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value;
}
