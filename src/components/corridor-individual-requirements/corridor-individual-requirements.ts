import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { RequirementEntry } from '../../record/sections/individual-requirements.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Individual requirements: the adjustments this person needs, and why. */
export class CorridorIndividualRequirements extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<RequirementEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, requirementLine);
  }
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
