import type { SupportingPlanEntry } from '../../record/sections/supporting-plans.ts';
import { planLine } from '../plan-line.ts';
import { SectionElement } from '../section-element.ts';

/** @summary Plans for one need or of another agency, beside the care and support plan. */
export class CorridorSupportingPlans extends SectionElement<SupportingPlanEntry> {
  static override readonly lineOf = planLine;
  static override readonly limit = 4;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-supporting-plans': CorridorSupportingPlans;
  }
}
