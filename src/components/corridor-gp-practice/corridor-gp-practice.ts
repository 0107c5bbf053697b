import type { GpPracticeEntry } from '../../record/sections/gp-practice.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary The practice each organisation names, with its code. */
export class CorridorGpPractice extends SectionElement<GpPracticeEntry> {
  static override readonly lineOf = gpPracticeLine;
}

/** The practice with its code, its doctors, how the person is registered and how to ring it. */
export function gpPracticeLine(entry: GpPracticeEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [
      entry.practiceCode && entry.practiceCode !== entry.title
        ? { label: words.organisations.code, value: entry.practiceCode }
        : undefined,
      entry.practitioners.join(', '),
      entry.registration,
      entry.telecom[0]?.value,
    ],
    when: entry.period ? spanInWords(entry, entry.period, words) : null,
    struck: entry.state === 'past' && entry.period?.end !== undefined,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-gp-practice': CorridorGpPractice;
  }
}
