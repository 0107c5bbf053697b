import type { DischargeEntry } from '../../record/sections/discharges.ts';
import { elsewhere } from '../elsewhere.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Discharges from hospital: when, whither, and the summary. */
export class CorridorDischarges extends SectionElement<DischargeEntry> {
  static override readonly lineOf = dischargeLine;
}

/** Whither, from what stay, under which specialty. A date that is only foreseen says so. */
export function dischargeLine(entry: DischargeEntry, around: Surroundings): Line {
  const { words } = around;
  const { discharges, encounters } = words;
  return {
    main: entry.title,
    flags: [
      entry.kind === 'summary' ? { tone: 'quiet', word: discharges.summary } : undefined,
      entry.state === 'planned' ? { tone: 'information', word: discharges.expected } : undefined,
    ],
    parts: [
      entry.to && encounters.dischargedTo(entry.to),
      elsewhere(entry.place, entry, around),
      elsewhere(entry.provider, entry, around),
      entry.specialty,
      entry.method,
      entry.legalStatus.join(', '),
    ],
    detail: entry.providerCode ? [`${words.organisations.code} ${entry.providerCode}`] : [],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-discharges': CorridorDischarges;
  }
}
