import { LitElement, type nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { InvestigationEntry } from '../../record/sections/investigation-results.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { measuredSection } from '../measures/measured-section.ts';
import { sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** @summary Investigation results: each test's latest value with unit, range, flag and trend; reports and imaging under them. */
export class CorridorResults extends LitElement {
  static override styles = [tokens, controls, sectionHost];

  @property({ attribute: false }) view: SectionView<InvestigationEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  @state() private older = false;

  override render(): TemplateResult | typeof nothing {
    return measuredSection({
      host: this,
      isMeasure: (entry) => entry.kind === 'result',
      older: this.older,
      toggle: () => (this.older = !this.older),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-results': CorridorResults;
  }
}
