import type { SupportReasonEntry } from '../../record/sections/support-reason.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Why the council supports this person, and since when. */
export class CorridorSupportReason extends SectionElement<SupportReasonEntry> {
  static override readonly lineOf = supportReasonLine;
}

/** The reason, whether it is the main one, since when. */
export function supportReasonLine(entry: SupportReasonEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    flags: [entry.primary ? { tone: 'quiet', word: words.services.primaryReason } : undefined],
    parts: [entry.provider],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-support-reason': CorridorSupportReason;
  }
}
