import { asObject, asObjects, asString, type Json } from '../resource.ts';
import { plainText } from './text.ts';

export type Coding = { readonly system?: string; readonly code?: string; readonly display?: string };

/** A CodeableConcept as read. `text` is what to show: the source's text, else its display, else the code with its system. */
export type Coded = {
  readonly text: string;
  readonly codings: readonly Coding[];
  /** The source's own text and its display say different things (safety H21). Both are shown. */
  readonly disagrees?: true;
};

export const SNOMED = 'http://snomed.info/sct';
export const DMD = 'https://dmd.nhs.uk';
export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';
export const READ_V2 = 'http://read.info/readv2';

/** Reads a CodeableConcept, a Coding or a bare string. Nothing readable in it: undefined. */
export function readCoded(value: unknown): Coded | undefined {
  if (typeof value === 'string') {
    const text = plainText(value);
    return text === undefined ? undefined : { text, codings: [] };
  }
  const concept = asObject(value);
  if (!concept) return undefined;
  const codings = [...asObjects(concept['coding'] === undefined ? concept : concept['coding'])]
    .sort((a, b) => Number(b['userSelected'] === true) - Number(a['userSelected'] === true))
    .flatMap(readCoding);
  const stated = plainText(concept['text']);
  const display = codings.find((coding) => coding.display)?.display;
  const bare = codings.find((coding) => coding.code);
  const text = stated ?? display ?? (bare ? `${bare.code} (${bare.system ?? 'code system not given'})` : undefined);
  if (text === undefined) return undefined;
  const disagrees = stated !== undefined && display !== undefined && !codings.some((c) => sameWords(c.display, stated));
  return { text, codings, ...(disagrees && { disagrees: true as const }) };
}

/** Every readable concept of what should be a list. */
export function readConcepts(values: unknown): readonly Coded[] {
  return asObjects(values).flatMap((value) => readCoded(value) ?? []);
}

function readCoding(value: Json): readonly Coding[] {
  const system = asString(value['system']);
  const code = asString(value['code']);
  const display = plainText(value['display']);
  if (code === undefined && display === undefined) return [];
  return [{ ...(system && { system }), ...(code && { code }), ...(display && { display }) }];
}

export function codeIn(coded: Coded | undefined, system: string): string | undefined {
  return coded?.codings.find((coding) => coding.system === system)?.code;
}

export function hasCode(coded: Coded | undefined, system: string, codes: readonly string[]): boolean {
  return coded?.codings.some((c) => c.system === system && c.code !== undefined && codes.includes(c.code)) ?? false;
}

/** The bare code of a `code` element or of the first coding of a concept, in lower case: statuses and categories. */
export function readCode(value: unknown): string | undefined {
  if (typeof value === 'string') return asString(value)?.toLowerCase();
  const concept = asObject(value);
  if (!concept) return undefined;
  const coding = concept['coding'] === undefined ? concept : asObjects(concept['coding'])[0];
  return asString(coding?.['code'])?.toLowerCase();
}

/**
 * A word or phrase in the one form used for comparing: lower case, single spaces, no punctuation at the edges.
 * Only for equality of words, never for showing.
 */
export function normaliseWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*\((?:disorder|finding|procedure|situation|substance|product|observable entity|event)\)$/u, '')
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/^[\s.,;:'"-]+|[\s.,;:'"-]+$/gu, '');
}

/** Same words in any order and either spelling of the phrase inside the other: text and display that merely differ in fullness agree. */
function sameWords(display: string | undefined, text: string): boolean {
  if (display === undefined) return false;
  const a = normaliseWords(display);
  const b = normaliseWords(text);
  return a === b || a.includes(b) || b.includes(a) || wordSet(a) === wordSet(b);
}

function wordSet(text: string): string {
  return [...new Set(text.split(/[^\p{L}\p{N}]+/u))].sort().join(' ');
}
