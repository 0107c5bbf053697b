import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { SocialContextEntry } from '../../record/sections/social-context.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { valueInWords } from '../measures/observed-line.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Social context: smoking, alcohol, home, work and caring; the latest of each. */
export class CorridorSocialContext extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<SocialContextEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, socialLine, 5);
  }
}

/** What was asked and what was answered, as recorded. */
export function socialLine(entry: SocialContextEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [valueInWords(entry, words)],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-social-context': CorridorSocialContext;
  }
}
