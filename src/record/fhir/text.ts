import { asObjects, asString } from '../resource.ts';

const MAX_TEXT = 20_000;

/**
 * Free text that is safe to put in a text node: control characters and bidirectional overrides are removed
 * (they can make "10 mg" read as "mg 01"), markup is left as the characters it is. Never interpreted as HTML.
 */
export function plainText(value: unknown): string | undefined {
  const text = asString(value);
  if (text === undefined) return undefined;
  // eslint-disable-next-line no-control-regex -- removing exactly these is the point
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim();
  if (clean === '') return undefined;
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)} … (shortened; the whole text is at the source)` : clean;
}

/** FHIR Annotation texts (`note`), each in full. */
export function readNotes(value: unknown): readonly string[] {
  return asObjects(value).flatMap((note) => plainText(note['text']) ?? []);
}
