import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { Entry } from '../../record/entry.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { plainLine } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Services and care: packages, funding, primary support reason, equipment. */
export class CorridorServicesAndCare extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<Entry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, plainLine);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-services-and-care': CorridorServicesAndCare;
  }
}
