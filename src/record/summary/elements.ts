import type { Entry } from '../entry.ts';
import type { Coded } from '../fhir/coding.ts';
import type { Quantity } from '../fhir/quantity.ts';
import type { Json } from '../resource.ts';

/** FHIR elements made of what was read: nothing is added, and what was not recorded is absent or said to be so. */
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
/** What we could not interpret stays so for whoever reads the document: they must not take it for plain fact either. */
const NOT_INTERPRETABLE = 'https://corridor.invalid/StructureDefinition/not-interpretable';

export const UNKNOWN: Json = { extension: [{ url: ABSENT, valueCode: 'unknown' }] };

/** What every resource of the document has. */
export function base(entry: Entry, resourceType: string, id: string): Json {
  const security = entry.labels.map((label) => {
    const [system = '', code = ''] = label.split('|');
    return { ...(system !== '' && { system }), code };
  });
  return {
    resourceType,
    id,
    ...(security.length > 0 && { meta: { security } }),
    ...(entry.cautions.includes('not-interpretable') && {
      modifierExtension: [{ url: NOT_INTERPRETABLE, valueBoolean: true }],
    }),
    ...(entry.notes.length > 0 && { note: entry.notes.map((text) => ({ text })) }),
  };
}

export function concept(coded: Coded | undefined, title?: string): Json {
  if (!coded) return { text: title ?? '' };
  return { ...(coded.codings.length > 0 && { coding: coded.codings }), text: coded.text };
}

export function texts(words: readonly string[]): readonly Json[] {
  return words.map((text) => ({ text }));
}

/** A code of one of HL7's own systems, by its short name. */
export function coded(system: string, code: string): Json {
  return { coding: [{ system: `${TERMINOLOGY}/${system}`, code }] };
}

/** The element, if there is anything to say. */
export function part(name: string, value: unknown): Json {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return empty ? {} : { [name]: value };
}

export function phrase(name: string, words: string | undefined): Json {
  return words === undefined ? {} : { [name]: { text: words } };
}

/** A date that the profile demands and the source does not give: present as an element, absent as a value. */
export function dateOrAbsent(name: string, date: string | undefined): Json {
  return date === undefined ? { [`_${name}`]: UNKNOWN } : { [name]: date };
}

/** Decimals stay text where a number would lose digits (`writeFhirJson` puts them down as they are). */
export function quantity(value: Quantity): Json {
  const number = Number(value.value);
  return {
    value: String(number) === value.value ? number : value.value,
    ...(value.comparator && { comparator: value.comparator }),
    ...(value.unit && { unit: value.unit }),
    ...(value.unitCode && { code: value.unitCode, system: 'http://unitsofmeasure.org' }),
  };
}

const WORDS = /^(<=|>=|<|>)?(-?\d+(?:\.\d+)?)(?: (.+))?$/;

/** The quantity that reads as these words; undefined where they are no single amount. */
export function quantityOfWords(words: string | undefined): Json | undefined {
  const [, comparator, value, unit] = WORDS.exec(words ?? '') ?? [];
  if (value === undefined) return undefined;
  return { ...quantity({ value }), ...(comparator && { comparator }), ...(unit && { unit }) };
}

/** The source's own status words as they were joined for the screen: "active, confirmed". */
export function statuses(entry: Entry, verification: readonly string[]): { clinical?: string; verified?: string } {
  const words = (entry.statusAsRecorded ?? '').split(', ').filter((word) => word !== '');
  const verified = words.find((word) => verification.includes(word));
  const clinical = words.find((word) => word !== verified);
  return { ...(clinical && { clinical }), ...(verified && { verified }) };
}
