import type { ResearchEntry } from '../../record/sections/participation-in-research.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Participation in research: the trial and whom to call. */
export class CorridorParticipationInResearch extends SectionElement<ResearchEntry> {
  static override readonly lineOf = researchLine;
  static override readonly limit = 3;
}

/** The trial, its public number, the arm where it is known, and the contact. */
export function researchLine(entry: ResearchEntry, { words }: Surroundings): Line {
  const contact = entry.contacts.map(({ name, telecom }) =>
    [name, ...telecom.map(({ value }) => value)].filter(Boolean).join(', '),
  );
  return {
    main: entry.title,
    parts: [
      entry.number !== entry.title ? entry.number : undefined,
      entry.arm && words.research.arm(entry.arm),
      ...contact.map((who) => words.research.contact(who)),
    ],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-participation-in-research': CorridorParticipationInResearch;
  }
}
