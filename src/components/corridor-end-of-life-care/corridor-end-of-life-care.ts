import type { EndOfLifeEntry } from '../../record/sections/end-of-life-care.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Resuscitation and advance decisions: nothing is shortened. */
export class CorridorEndOfLifeCare extends SectionElement<EndOfLifeEntry> {
  static override readonly lineOf = endOfLifeLine;
}

/** The decision in full words, when to review it and where the signed form is. */
export function endOfLifeLine(entry: EndOfLifeEntry, { words }: Surroundings): Line {
  const { care, banner } = words;
  return {
    main: entry.title,
    flags: [
      (entry.state === 'current' || entry.state === 'unknown') && entry.decision === 'do-not-attempt-resuscitation'
        ? { tone: 'caution', word: banner.doNotAttempt }
        : undefined,
    ],
    parts: [
      entry.reviewDate && care.review(dateInWords(entry.reviewDate, words)),
      entry.documentLocation && care.form(entry.documentLocation),
    ],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-end-of-life-care': CorridorEndOfLifeCare;
  }
}
