import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { SafeguardingEntry } from '../../record/sections/safeguarding.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Safeguarding: the indicator with its start and end. Ended ones are shown too. */
export class CorridorSafeguarding extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<SafeguardingEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, safeguardingLine, 8);
  }
}

/** The indicator, since when and until when. What has ended says so and is never in the colour of a risk. */
export function safeguardingLine(entry: SafeguardingEntry, { words }: Surroundings): Line {
  const stands = entry.state === 'current' || entry.state === 'unknown';
  return {
    main: entry.title,
    flags: [
      {
        tone: stands ? 'risk' : 'quiet',
        word: entry.state === 'past' ? words.safeguarding.ended : words.safeguarding.inForce,
      },
    ],
    parts: [entry.severity, entry.basis.join(', ')],
    ...(entry.period && { when: periodInWords(entry.period, words) }),
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-safeguarding': CorridorSafeguarding;
  }
}
