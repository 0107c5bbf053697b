import type { AdmissionEntry } from '../../record/sections/admissions.ts';
import { stayInWords } from '../dates-in-words.ts';
import { elsewhere } from '../elsewhere.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Stays in hospital: now, waiting, and those of the last months. */
export class CorridorAdmissions extends SectionElement<AdmissionEntry> {
  static override readonly lineOf = admissionLine;
}

/** When, where, under which specialty, why, from where, and the legal status. */
export function admissionLine(entry: AdmissionEntry, around: Surroundings): Line {
  const { words } = around;
  const { admissions, encounters } = words;
  return {
    main: entry.title,
    flags: [
      entry.state === 'current' ? { tone: 'information', word: encounters.inHospital } : undefined,
      entry.state === 'planned' ? { tone: 'quiet', word: admissions.waiting } : undefined,
    ],
    parts: [
      elsewhere(entry.provider, entry, around),
      entry.specialty,
      entry.reasons.filter((reason) => reason !== entry.title).join(', '),
      entry.from && admissions.from(entry.from),
      entry.method,
      entry.legalStatus.join(', '),
    ],
    ...(entry.period && { when: stayInWords(entry, entry.period, words) }),
    detail: [
      ...entry.locations,
      ...entry.people.map(({ name, role }) => (role ? `${name} (${role})` : name)),
      ...(entry.providerCode ? [`${words.organisations.code} ${entry.providerCode}`] : []),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-admissions': CorridorAdmissions;
  }
}
