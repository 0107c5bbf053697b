import type { DemographicsEntry } from '../../record/sections/demographics.ts';
import { formatNhsNumber } from '../../record/nhs-number.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Person demographics as each organisation holds them. */
export class CorridorDemographics extends SectionElement<DemographicsEntry> {
  static override readonly lineOf = demographicsLine;
}

/** What each organisation holds about who this is: a wrong address or number shows here. */
export function demographicsLine(entry: DemographicsEntry, { words }: Surroundings): Line {
  const { demographics } = words;
  const address = entry.addresses[0];
  return {
    main: entry.title,
    flags: [
      entry.deceased !== undefined && entry.deceased !== false
        ? {
            tone: 'caution',
            word: words.banner.deceased(
              typeof entry.deceased === 'string' ? dateInWords(entry.deceased, words) : undefined,
            ),
          }
        : undefined,
    ],
    parts: [
      entry.birthDate && `${words.banner.born} ${dateInWords(entry.birthDate, words)}`,
      entry.nhsNumber && `${words.banner.nhsNumber} ${formatNhsNumber(entry.nhsNumber)}`,
      address && [...address.lines, address.postcode].filter(Boolean).join(', '),
      entry.telecom[0]?.value,
      entry.practice.join(', '),
      entry.languages.join(', '),
      entry.interpreterNeeded === true ? demographics.interpreter : undefined,
    ],
    when: null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-demographics': CorridorDemographics;
  }
}
