import { letter, type LetterSpec } from '../../blocks/letter.ts';
import type { Chart } from '../../chart.ts';

/** The same letter under the same number at the place that wrote it and in the practice's post. */
export function letterAtBoth(
  author: Chart,
  practice: Chart,
  spec: LetterSpec & { readonly number: string; readonly signed: string },
): void {
  const { by, encounter, ...shared } = spec;
  letter(author, { ...shared, ...(by && { by }), ...(encounter && { encounter }) });
  letter(practice, shared);
}
