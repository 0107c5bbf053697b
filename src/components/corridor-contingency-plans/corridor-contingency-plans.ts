import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ContingencyPlanEntry } from '../../record/sections/contingency-plans.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { planLine } from '../plan-line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary What to do if the person becomes worse, is in crisis, or is left without a carer. */
export class CorridorContingencyPlans extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ContingencyPlanEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, planLine, 4);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-contingency-plans': CorridorContingencyPlans;
  }
}
