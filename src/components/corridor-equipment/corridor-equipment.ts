import type { EquipmentEntry } from '../../record/sections/equipment.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Equipment and adaptations in the home: what, since when, and what is noted of it. */
export class CorridorEquipment extends SectionElement<EquipmentEntry> {
  static override readonly lineOf = equipmentLine;
  static override readonly limit = 5;
}

/** What it is, who provided it and why; what is noted of it stands under it in full. */
export function equipmentLine(entry: EquipmentEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    flags: [
      entry.prohibited ? { tone: 'caution', word: words.care.mustNot } : undefined,
      entry.record === 'order' ? { tone: 'quiet', word: words.equipment.ordered } : undefined,
    ],
    parts: [entry.provider, entry.funding && words.services.funding(entry.funding), entry.reasons.join(', ')],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-equipment': CorridorEquipment;
  }
}
