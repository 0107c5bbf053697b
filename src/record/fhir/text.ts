import { asObjects } from '../resource.ts';

const MAX_TEXT = 20_000;

/** Bidirectional overrides and isolates, marks, zero-width characters, soft hyphens: invisible, and able to reorder or hide. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;
/** Printable ASCII with no space at either end: nothing in it could be cleaned. Most texts and all codes are such. */
const CLEAN = /^[!-~](?:[ -~]*[!-~])?$/;
/** Control characters but tab and line ends, and halves of characters. */
const BROKEN = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}]/gu;

/**
 * Free text that is safe to put in a text node. Bidirectional overrides and invisible characters are removed (they can
 * make "10 mg" read as "mg 01"). A control character inside the text becomes `\ufffd`, the sign for "something unreadable
 * was here": a lost dash in "5–10 mg" must not leave "510 mg". Markup is left as the characters it is, never
 * interpreted as HTML.
 */
export function plainText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.length <= MAX_TEXT && CLEAN.test(value)) return value;
  const clean = value
    .replace(INVISIBLE, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]|[\v\f]/g, '\n')
    .replace(/^[\p{Cc}\s]+|[\p{Cc}\s]+$/gu, '')
    .replace(BROKEN, '\ufffd');
  if (clean === '') return undefined;
  return clean.length > MAX_TEXT ? `${cut(clean)} … (shortened; the whole text is at the source)` : clean;
}

/** Longer than any real one; a longer one would push the NHS number and the birth date off the banner. */
const MAX_NAME = 200;

/** One part of a person's name (or several of a kind) on one line. A part that is cut ends in `…`. */
export function nameText(value: unknown): string | undefined {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const name = parts.flatMap((part) => plainText(part)?.replace(/\s+/gu, ' ') ?? []).join(' ');
  if (name === '') return undefined;
  return name.length > MAX_NAME ? `${cut(name, MAX_NAME - 1)}…` : name;
}

/** Cut at a whole character: half of one at the end would be unreadable. */
function cut(text: string, length = MAX_TEXT): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** FHIR Annotation texts (`note`), each in full. */
export function readNotes(value: unknown): readonly string[] {
  return asObjects(value).flatMap((note) => plainText(note['text']) ?? []);
}
