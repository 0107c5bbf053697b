import type { SafeguardingEntry } from '../../record/sections/safeguarding.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Safeguarding: the indicator with its start and end. Ended ones are shown too. */
export class CorridorSafeguarding extends SectionElement<SafeguardingEntry> {
  static override readonly lineOf = safeguardingLine;
  static override readonly limit = 8;
}

/** The indicator, since when and until when. What has ended says so and is never in the colour of a risk. */
export function safeguardingLine(entry: SafeguardingEntry, { words }: Surroundings): Line {
  const stands = entry.state === 'current' || entry.state === 'unknown';
  return {
    main: entry.title,
    flags: [
      {
        tone: stands ? 'risk' : 'quiet',
        word: entry.state === 'past' ? words.safeguarding.ended : words.safeguarding.inForce,
      },
    ],
    parts: [entry.severity, entry.basis.join(', ')],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-safeguarding': CorridorSafeguarding;
  }
}
