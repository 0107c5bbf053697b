import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { SupportingPlanEntry } from '../../record/sections/supporting-plans.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { planLine } from '../plan-line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Plans for one need or of another agency, beside the care and support plan. */
export class CorridorSupportingPlans extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<SupportingPlanEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, planLine, 4);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-supporting-plans': CorridorSupportingPlans;
  }
}
