import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { SupportReasonEntry } from '../../record/sections/support-reason.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Why the council supports this person, and since when. */
export class CorridorSupportReason extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<SupportReasonEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, supportReasonLine);
  }
}

/** The reason, whether it is the main one, since when. */
export function supportReasonLine(entry: SupportReasonEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    flags: [entry.primary ? { tone: 'quiet', word: words.services.primaryReason } : undefined],
    parts: [entry.provider],
    ...(entry.period && { when: periodInWords(entry.period, words) }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-support-reason': CorridorSupportReason;
  }
}
