import { read, unreadable } from '../fhir/statement.ts';
import type { Section } from '../section.ts';
import { readPlanDocument } from './plan-document.ts';
import { planMerging, type PlanBeside } from './plan-merging.ts';
import { readPlan } from './plan-parts.ts';
import { kindOfPlan, kindOfPlanDocument } from './which-plan.ts';

/**
 * Contingency plans (PRSB CIS; IPS 18776-5): what to do if the person becomes worse, is in crisis, or is left without
 * her carer. From CarePlan, and from documents of the National Record Locator's types. Must have: what it is for.
 * Resuscitation and escalation decisions stand under End of life care.
 */
export type ContingencyPlanEntry = PlanBeside & { readonly section: 'contingency-plans' };

export const contingencyPlans: Section<ContingencyPlanEntry> = {
  id: 'contingency-plans',
  heading: 'Contingency plans',
  groupedBy: 'identifier',
  reads: ['CarePlan', 'DocumentReference'],
  window: null,

  read(resource, context) {
    if (resource.resourceType !== 'CarePlan' || kindOfPlan(resource) !== 'contingency') return null;
    const plan = readPlan(resource, context, 'contingency-plans');
    return plan ? read(plan) : unreadable(resource, context, 'title');
  },

  // Documents own the DocumentReference.
  takes: ['DocumentReference'],

  take(document, context) {
    if (kindOfPlanDocument(document) !== 'contingency') return [];
    const plan = readPlanDocument(document, context, 'contingency-plans');
    return plan ? [plan] : [];
  },

  ...planMerging,
};
