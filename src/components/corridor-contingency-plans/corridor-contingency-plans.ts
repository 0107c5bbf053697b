import type { ContingencyPlanEntry } from '../../record/sections/contingency-plans.ts';
import { planLine } from '../plan-line.ts';
import { SectionElement } from '../section-element.ts';

/** @summary What to do if the person becomes worse, is in crisis, or is left without a carer. */
export class CorridorContingencyPlans extends SectionElement<ContingencyPlanEntry> {
  static override readonly lineOf = planLine;
  static override readonly limit = 4;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-contingency-plans': CorridorContingencyPlans;
  }
}
