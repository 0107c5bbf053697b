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
    const at = label.lastIndexOf('|');
    return { ...part('system', label.slice(0, at)), code: label.slice(at + 1) };
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

export function concept({ codings, text }: Coded): Json {
  return { ...part('coding', codings), ...(text !== wordsOfBareCode(codings) && { text }) };
}

/** Words that the reader made of a code alone are not put into the source's mouth: the code reads as the same words. */
function wordsOfBareCode(codings: Coded['codings']): string | undefined {
  const bare = codings.find(({ code }) => code);
  if (!bare || codings.some(({ display }) => display)) return undefined;
  const { system = 'code system not given', code } = bare;
  return system.endsWith('/data-absent-reason') ? code : `${code} (${system})`;
}

/** What the statement is of. Every section that is written names it by a code or by words alone. */
export function subjectMatter({ code, title }: { readonly code?: Coded | undefined; readonly title: string }): Json {
  return concept(code ?? { text: title, codings: [] });
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

/** What the profile demands: as recorded, else there as an element and said to be unknown, never made up. */
export function stated(name: string, value: string | undefined): Json {
  return value === undefined ? { [`_${name}`]: UNKNOWN } : { [name]: value };
}

/** `system|value` as the readers join them: no address of a system has a stroke in it, a value may. */
export function identifiers(businessId: string | undefined): readonly Json[] {
  if (businessId === undefined) return [];
  const at = businessId.indexOf('|');
  return [{ system: businessId.slice(0, at), value: businessId.slice(at + 1) }];
}

/** Who the source names as having said it; nobody where it names nobody: its organisation stands in the Provenance. */
export function person({ origin }: Entry): Json | undefined {
  return origin.by === undefined ? undefined : { display: origin.by };
}

/** Decimals stay text where a number would lose digits (`writeFhirJson` puts them down as they are). */
export function quantity(value: Quantity): Json {
  const number = Number(value.value);
  return {
    value: String(number) === value.value ? number : value.value,
    ...(value.comparator && { comparator: value.comparator }),
    ...(value.unit && { unit: value.unit }),
    ...(value.unitCode && { code: value.unitCode, ...unitSystem(value.unitCode) }),
  };
}

/** SNOMED CT's numbers, and TAB or CAP of HL7's forms: an entry keeps the code of its unit and not whose code it is. */
const NOT_UCUM = /^(?:\d{6,}|[A-Z]{3,})$/;

function unitSystem(code: string): Json {
  return NOT_UCUM.test(code) ? { _system: UNKNOWN } : { system: 'http://unitsofmeasure.org' };
}

const WORDS = /^(<=|>=|<|>|ad)?(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?: (.+))?$/;

/** The quantity that reads as these words; undefined where they are no single amount. */
export function quantityOfWords(words: string | undefined): Json | undefined {
  const [, comparator, value, unit] = WORDS.exec(words ?? '') ?? [];
  if (value === undefined) return undefined;
  return { ...quantity({ value }), ...(comparator && { comparator }), ...(unit && { unit }) };
}

/** The source's own status words as they were joined for the screen: "active, confirmed"; one alone may be either. */
export function statuses(
  { statusAsRecorded }: Entry,
  verification: readonly string[],
): { readonly clinical?: string; readonly verified?: string } {
  const [first, second] = statusAsRecorded?.split(', ') ?? [];
  if (first === undefined) return {};
  if (second !== undefined) return { clinical: first, verified: second };
  return verification.includes(first) ? { verified: first } : { clinical: first };
}
