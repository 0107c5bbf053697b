import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { EquipmentEntry } from '../../record/sections/equipment.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Equipment and adaptations in the home: what, since when, and what is noted of it. */
export class CorridorEquipment extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<EquipmentEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, equipmentLine, 5);
  }
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
    ...(entry.period && { when: periodInWords(entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-equipment': CorridorEquipment;
  }
}
