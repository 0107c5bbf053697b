import type { RequirementEntry } from '../../record/sections/individual-requirements.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Individual requirements: the adjustments this person needs, and why. */
export class CorridorIndividualRequirements extends SectionElement<RequirementEntry> {
  static override readonly lineOf = requirementLine;
}

/** What is needed, in the source’s words. A consent says what the person agreed to. */
export function requirementLine(entry: RequirementEntry, { words }: Surroundings): Line {
  const { requirements } = words;
  return {
    main: entry.title,
    flags: [{ tone: entry.state === 'current' ? 'information' : 'quiet', word: requirements.kinds[entry.kind] }],
    parts: [
      entry.agreed === undefined ? undefined : entry.agreed ? requirements.agreed : requirements.notAgreed,
      entry.severity,
    ],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-individual-requirements': CorridorIndividualRequirements;
  }
}
