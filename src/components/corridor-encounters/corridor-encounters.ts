import type { EncounterEntry } from '../../record/sections/encounters.ts';
import { stayInWords } from '../dates-in-words.ts';
import { elsewhere } from '../elsewhere.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Contacts with professionals, admissions and discharges, newest first. */
export class CorridorEncounters extends SectionElement<EncounterEntry> {
  static override readonly lineOf = encounterLine;
}

/** What kind of contact, why, where and with whom; an admission says when it began and ended, and where to afterwards. */
export function encounterLine(entry: EncounterEntry, around: Surroundings): Line {
  const { words } = around;
  const { encounters } = words;
  const kind = encounters.kinds[entry.kind];
  const stay = entry.kind === 'admission' && entry.period ? stayInWords(entry, entry.period, words) : undefined;
  return {
    main: entry.title,
    flags: [
      entry.state === 'current' && entry.kind === 'admission'
        ? { tone: 'information', word: encounters.inHospital }
        : undefined,
    ],
    parts: [
      // That it was a contact, and no more, is what the heading says.
      entry.kind === 'contact' || entry.title.toLowerCase().includes(kind.toLowerCase()) ? undefined : kind,
      entry.reasons.filter((reason) => reason !== entry.title).join(', '),
      entry.service === entry.title ? undefined : elsewhere(entry.service, entry, around),
      elsewhere(entry.locations[0], entry, around),
      entry.people[0]?.name,
      entry.discharge?.to && encounters.dischargedTo(entry.discharge.to),
      entry.legalStatus.join(', '),
    ],
    ...(stay !== undefined && { when: stay }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-encounters': CorridorEncounters;
  }
}
