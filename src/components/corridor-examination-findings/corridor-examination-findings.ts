import { LitElement, type nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ExaminationEntry } from '../../record/sections/examination-findings.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { measuredSection } from '../measures/measured-section.ts';
import { sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** @summary Examination findings: vital signs and scores with their trend; assessments and social findings as lines. */
export class CorridorExaminationFindings extends LitElement {
  static override styles = [tokens, controls, sectionHost];

  @property({ attribute: false }) view: SectionView<ExaminationEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  @state() private older = false;

  override render(): TemplateResult | typeof nothing {
    return measuredSection({
      host: this,
      isMeasure: (entry) => entry.kind === 'vital-sign' || entry.kind === 'score',
      older: this.older,
      toggle: () => (this.older = !this.older),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-examination-findings': CorridorExaminationFindings;
  }
}
