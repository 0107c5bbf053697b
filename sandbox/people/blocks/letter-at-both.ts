import type { Chart } from '../chart.ts';
import type { Reference } from './codes.ts';
import { letter, type LetterSpec } from './letter.ts';

export type SharedLetter = LetterSpec & { readonly number: string; readonly signed: string };

/** The same letter, to the byte and under the same number, at the place that wrote it and in the practice's post. */
export function letterAtBoth(
  author: Chart,
  practice: Chart,
  spec: SharedLetter,
): { readonly written: Reference; readonly filed: Reference } {
  const { by: _by, encounter: _encounter, ...shared } = spec;
  return { written: letter(author, spec), filed: letter(practice, { ...shared, from: author.ods }) };
}
