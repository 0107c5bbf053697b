import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { GpPracticeEntry } from '../../record/sections/gp-practice.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary The practice each organisation names, with its code. */
export class CorridorGpPractice extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<GpPracticeEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, gpPracticeLine);
  }
}

/** The practice with its code, its doctors, how the person is registered and how to ring it. */
export function gpPracticeLine(entry: GpPracticeEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [
      entry.practiceCode && entry.practiceCode !== entry.title
        ? { label: words.organisations.code, value: entry.practiceCode }
        : undefined,
      entry.practitioners.join(', '),
      entry.registration,
      entry.telecom[0]?.value,
    ],
    when: entry.period ? periodInWords(entry.period, words) : null,
    struck: entry.state === 'past' && entry.period?.end !== undefined,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-gp-practice': CorridorGpPractice;
  }
}
