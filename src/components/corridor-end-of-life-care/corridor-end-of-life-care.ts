import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { EndOfLifeEntry } from '../../record/sections/end-of-life-care.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Resuscitation and advance decisions: nothing is shortened. */
export class CorridorEndOfLifeCare extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<EndOfLifeEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, endOfLifeLine);
  }
}

/** The decision in full words, when to review it and where the signed form is. */
export function endOfLifeLine(entry: EndOfLifeEntry, { words }: Surroundings): Line {
  const { care } = words;
  return {
    main: entry.title,
    flags: [
      entry.state === 'current' && entry.decision === 'do-not-attempt-resuscitation'
        ? { tone: 'caution', word: care.doNotAttempt }
        : undefined,
    ],
    parts: [
      entry.reviewDate && care.review(dateInWords(entry.reviewDate, words)),
      entry.documentLocation && care.form(entry.documentLocation),
    ],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-end-of-life-care': CorridorEndOfLifeCare;
  }
}
