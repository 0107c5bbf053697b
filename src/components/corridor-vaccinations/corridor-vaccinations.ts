import type { VaccinationEntry } from '../../record/sections/vaccinations.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Vaccinations, newest first. */
export class CorridorVaccinations extends SectionElement<VaccinationEntry> {
  static override readonly lineOf = vaccinationLine;
}

/** The vaccine, which dose, against what, where given. One not given says why not, and what it was for. */
export function vaccinationLine(
  entry: VaccinationEntry,
  { words }: Surroundings,
  entries: readonly VaccinationEntry[] = [entry],
): Line {
  // Of two records of one injection either may tell how it was borne, what it was for and why it was not given.
  const reactions = together(entries.flatMap((one) => one.reactions));
  const reasons = together(entries.flatMap((one) => one.reasons));
  const whyNot = together(entries.flatMap((one) => one.whyNotGiven ?? []));
  const purpose = reasons && words.vaccinations.for(reasons);
  return {
    main: entry.title,
    flags: [
      entry.statement === 'none-known' ? { tone: 'quiet', word: words.devices.noneKnown } : undefined,
      entry.statement === 'not-asked' ? { tone: 'quiet', word: words.devices.notAsked } : undefined,
    ],
    parts: [
      entry.doseNumber && words.vaccinations.dose(entry.doseNumber),
      entry.diseases.join(', '),
      [entry.site, entry.route].filter(Boolean).join(', '),
      entry.batch && words.vaccinations.batch(entry.batch),
      whyNot && words.vaccinations.whyNotGiven(whyNot),
      entry.state === 'negated' ? purpose : undefined,
      reactions && words.vaccinations.reaction(reactions),
    ],
    detail: entry.state === 'negated' || purpose === '' ? [] : [purpose],
    ...(entry.date === undefined && entry.occurrenceText !== undefined && { when: entry.occurrenceText }),
  };
}

/** Each once, however it is written. */
function together(texts: readonly string[]): string {
  return [...new Map(texts.map((text) => [text.toLocaleLowerCase('en-GB'), text])).values()].join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-vaccinations': CorridorVaccinations;
  }
}
