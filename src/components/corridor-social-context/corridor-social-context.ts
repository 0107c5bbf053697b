import type { SocialContextEntry } from '../../record/sections/social-context.ts';
import { valueInWords } from '../measures/observed-line.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Social context: smoking, alcohol, home, work and caring; the latest of each. */
export class CorridorSocialContext extends SectionElement<SocialContextEntry> {
  static override readonly lineOf = socialLine;
  static override readonly limit = 5;
}

/** What was asked and what was answered, as recorded. */
export function socialLine(entry: SocialContextEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [valueInWords(entry, words)],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-social-context': CorridorSocialContext;
  }
}
