import type { VaccinationEntry } from '../../record/sections/vaccinations.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Vaccinations, newest first. */
export class CorridorVaccinations extends SectionElement<VaccinationEntry> {
  static override readonly lineOf = vaccinationLine;
}

/** The vaccine, which dose, against what, where given. One not given says so and why. */
export function vaccinationLine(
  entry: VaccinationEntry,
  { words }: Surroundings,
  entries: readonly VaccinationEntry[] = [entry],
): Line {
  // Of two records of one injection either may tell how it was borne.
  const reactions = [...new Set(entries.flatMap((one) => one.reactions))].join(', ');
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
      entry.state === 'negated' ? entry.reasons.join(', ') : undefined,
      reactions && words.vaccinations.reaction(reactions),
    ],
    ...(entry.date === undefined && entry.occurrenceText !== undefined && { when: entry.occurrenceText }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-vaccinations': CorridorVaccinations;
  }
}
