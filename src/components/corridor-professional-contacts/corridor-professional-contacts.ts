import type { ProfessionalContactEntry } from '../../record/sections/professional-contacts.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Professionals involved; the key worker is marked. */
export class CorridorProfessionalContacts extends SectionElement<ProfessionalContactEntry> {
  static override readonly lineOf = professionalLine;
  static override readonly limit = 5;
}

/** Who, in what role and team, and how to reach them; the key worker is marked. */
export function professionalLine(entry: ProfessionalContactEntry, { words }: Surroundings): Line {
  return {
    main: entry.name ?? entry.title,
    flags: [entry.keyWorker ? { tone: 'information', word: words.people.keyWorker } : undefined],
    parts: [
      // The mark says it already.
      entry.roles.filter((role) => !(entry.keyWorker && sameWords(role, words.people.keyWorker))).join(', '),
      entry.team === entry.title ? undefined : entry.team,
      entry.organisation,
      entry.telecom.map((item) => item.value).join(', '),
      entry.reasons.join(', '),
    ],
    when: entry.period ? spanInWords(entry, entry.period, words) : null,
  };
}

function sameWords(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-GB') === b.toLocaleLowerCase('en-GB');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-professional-contacts': CorridorProfessionalContacts;
  }
}
