import type { FamilyHistoryEntry } from '../../record/sections/family-history.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Family history: illnesses of relatives. Never the patient’s own. */
export class CorridorFamilyHistory extends SectionElement<FamilyHistoryEntry> {
  static override readonly lineOf = familyLine;
  static override readonly limit = 5;
}

/** The relative before the illness, so that no line reads as the patient’s own. */
export function familyLine(entry: FamilyHistoryEntry, { words }: Surroundings): Line {
  const { family } = words;
  const illness = entry.code !== undefined;
  return {
    main: entry.title,
    flags: [
      entry.statement === 'history'
        ? undefined
        : { tone: 'quiet', word: entry.statement === 'none-known' ? family.noneKnown : family.notKnown },
    ],
    parts: [
      entry.relative !== undefined && !illness && entry.statement === 'history' ? family.noIllness : undefined,
      entry.onset && family.onset(entry.onset),
      entry.outcome,
      entry.causedDeath ? family.causedDeath : undefined,
      entry.died && family.died(entry.died === 'yes' ? undefined : entry.died),
    ],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-family-history': CorridorFamilyHistory;
  }
}
