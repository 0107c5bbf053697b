import { asObject, asObjects, type Json } from '../resource.ts';
import { remember, rememberAlike } from '../remember.ts';
import { contradict } from './contradicting-words.ts';
import { plainText } from './text.ts';

export type Coding = { readonly system?: string; readonly code?: string; readonly display?: string };

/** A CodeableConcept as read. `text` is what to show: the source's text, else its display, else the code with its system. */
export type Coded = {
  readonly text: string;
  readonly codings: readonly Coding[];
  /** The source's own text and its display say different things, or two of its displays do (safety H21). Both are shown. */
  readonly disagrees?: true;
  /** Its words add a side, a doubt or a number that no display of its code says: the code alone is not what it is (safety H12). */
  readonly narrower?: true;
};

export const SNOMED = 'http://snomed.info/sct';
export const DMD = 'https://dmd.nhs.uk';
export const LOINC = 'http://loinc.org';
/** Codes that stand where a value or a concept would and say why there is none. */
export const DATA_ABSENT: readonly string[] = [
  'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  'http://hl7.org/fhir/data-absent-reason',
];

/** Reads a CodeableConcept, a Coding or a bare string. Nothing readable in it: undefined. */
export const readCoded: (value: unknown) => Coded | undefined = rememberAlike(readAnew, nameOfConcept);

function readAnew(value: unknown): Coded | undefined {
  if (typeof value === 'string') {
    const text = plainText(value);
    return text === undefined ? undefined : { text, codings: [] };
  }
  const concept = asObject(value);
  if (!concept) return undefined;
  const given = asObjects(concept['coding'] === undefined ? concept : concept['coding']);
  const codings = (given.length > 1 ? [...given].sort(chosenFirst) : given).flatMap(readCoding);
  const stated = plainText(concept['text']);
  const named = codings.find((coding) => coding.display);
  const display = named?.display;
  const bare = codings.find((coding) => coding.code);
  const text = stated ?? (named && displayInWords(named)) ?? (bare && bareWords(bare));
  if (text === undefined) return undefined;
  const differs = stated !== undefined && display !== undefined && !codings.some((c) => sameWords(c.display, stated));
  // "Type 1 diabetes" in Read beside type 2 in SNOMED CT: the one that is shown and the one that is compared are two.
  const disagrees = differs || codings.some((c) => c.display !== undefined && contradict(c.display, text));
  // A summary writes a code without words as it is shown: nothing was added to it.
  const added = bare !== undefined && stated !== undefined && stated !== bareWords(bare);
  const narrower = !disagrees && added && isNarrower(stated, codings);
  return { text, codings, ...(disagrees && { disagrees }), ...(narrower && { narrower }) };
}

/** Its first code, else its text: a record names the same few hundred concepts thousands of times. */
function nameOfConcept(value: unknown): string | undefined {
  const concept = asObject(value);
  const { coding } = concept ?? {};
  const first: unknown = Array.isArray(coding) ? coding[0] : concept;
  const name = asObject(first)?.['code'] ?? concept?.['text'];
  return typeof name === 'string' ? name : undefined;
}

/** A code alone means nothing without its system; a reason for absence is a word in itself. */
function bareWords({ system, code }: Coding): string | undefined {
  return DATA_ABSENT.includes(system ?? '') ? code : `${code} (${system ?? 'code system not given'})`;
}

/** The coding a person chose stands before those a system added. */
function chosenFirst(a: Json, b: Json): number {
  return Number(b['userSelected'] === true) - Number(a['userSelected'] === true);
}

/** Every readable concept of what should be a list. */
export function readConcepts(values: unknown): readonly Coded[] {
  return asObjects(values).flatMap((value) => readCoded(value) ?? []);
}

/** A fully specified name without its tag: "(disorder)" sorts concepts and tells a reader nothing. The coding keeps it. */
function displayInWords({ system, display }: Coding): string | undefined {
  return system === SNOMED ? display?.replace(SEMANTIC_TAG, '') || display : display;
}

function readCoding(value: Json): readonly Coding[] {
  // A code is shown where nothing better is sent: it is cleaned as words are.
  const system = plainText(value['system']);
  const code = plainText(value['code']);
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

/**
 * The bare code of a `code` element or of a concept, in lower case: statuses and categories. Beside a source's own coding
 * the one of HL7 counts, for only its codes have a meaning here.
 */
export function readCode(value: unknown): string | undefined {
  if (typeof value === 'string') return plainText(value)?.toLowerCase();
  const concept = asObject(value);
  if (!concept) return undefined;
  const codings = concept['coding'] === undefined ? [concept] : asObjects(concept['coding']);
  const coding = codings.length > 1 ? (codings.find(isHl7) ?? codings[0]) : codings[0];
  return plainText(coding?.['code'])?.toLowerCase();
}

function isHl7({ system }: Json): boolean {
  return typeof system === 'string' && /^https?:\/\/(terminology\.)?hl7\.org\/(fhir|CodeSystem)\//i.test(system);
}

/** The semantic tags SNOMED CT puts at the end of a fully specified name. */
const SEMANTIC_TAG =
  /\s*\((?:disorder|finding|procedure|situation|substance|product|medicinal product|clinical drug|observable entity|event|regime\/therapy|morphologic abnormality|organism|person|qualifier value|record artifact|physical object|body structure|specimen|assessment scale|staging scale|tumor staging|cell structure|ethnic group|racial group|occupation|environment|social concept)\)$/u;

/**
 * A word or phrase in the one form used for comparing: lower case, single spaces, no punctuation at the edges.
 * Only for equality of words, never for showing.
 */
export const normaliseWords: (text: string) => string = remember((text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(SEMANTIC_TAG, '')
    .replace(/^(?:[\s,;:'"]|[-.](?!\d))+|[\s.,;:'"]+$/gu, ''),
);

/**
 * Text and display that merely differ in fullness or order of words agree. They do not where one has a word more that
 * turns, doubts or moves the statement: "asthma" under "family history of asthma" is a disagreement (safety H08, H21).
 */
function sameWords(display: string | undefined, text: string): boolean {
  if (display === undefined) return false;
  if (display === text) return true;
  const [a, b] = [wordsIn(display), wordsIn(text)];
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return normaliseWords(display) === normaliseWords(text);
  if ([...few].some((word) => !many.has(word))) return false;
  return ![...many].some((word) => !few.has(word) && TURNING.test(word));
}

const TURNING =
  /^(no|not|non|nil|never|without|absent|absence|denies|denied|negative|excluded|ruled|unlikely|suspected|possible|probable|query|\?|family|fh|mother|father|history|h\/o|past|previous|resolved|risk|screening|carrier|contact|exposure|vaccination|declined|refused|left|right|bilateral)$/;

/** "Left cataract" under a code that is sent without its words, or as "Cataract": two such are one only where all words are. */
function isNarrower(text: string, codings: readonly Coding[]): boolean {
  const said = codings.map(({ display }) => wordsIn(display ?? ''));
  const added = (words: ReadonlySet<string>): boolean =>
    [...wordsIn(text)].some((word) => !words.has(word) && (TURNING.test(word) || NARROWING.test(word)));
  return said.every(added);
}

const NARROWING = /\d|^(acute|chronic|upper|lower|major|minor|total|partial|i{1,3}|iv|v)$/;

const SHORT_FORMS: { readonly [word: string]: string } = {
  tab: 'tablet',
  tabs: 'tablet',
  cap: 'capsule',
  caps: 'capsule',
};

/** Words without their plural, and numbers with their decimals in one piece: 2.5 is not 5.2. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = normaliseWords(text).match(/\d+(?:[.,]\d+)*|h\/o|[\p{L}\p{M}]+|\?/gu) ?? [];
  // "denies" and "previous" end in no plural.
  return new Set(
    words.map((word) => SHORT_FORMS[word] ?? (TURNING.test(word) ? word : word.replace(/(?<=...)s$/, ''))),
  );
}
