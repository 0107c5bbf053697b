import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { FamilyHistoryEntry } from '../../record/sections/family-history.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Family history: illnesses of relatives. Never the patient’s own. */
export class CorridorFamilyHistory extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<FamilyHistoryEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, familyLine, 5);
  }
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
