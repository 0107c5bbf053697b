import { read, unreadable } from '../fhir/statement.ts';
import type { Section } from '../section.ts';
import { readPlanDocument } from './plan-document.ts';
import { planMerging, type PlanBeside } from './plan-merging.ts';
import { readPlan } from './plan-parts.ts';
import { kindOfPlan, kindOfPlanDocument } from './which-plan.ts';

/**
 * Additional supporting plans (PRSB CIS; IPS 18776-5): plans for one need or of another agency beside the care and
 * support plan – education, behaviour, communication, eating and drinking, one illness. From CarePlan and from
 * documents of such a kind. Must have: what it is for.
 */
export type SupportingPlanEntry = PlanBeside & { readonly section: 'supporting-plans' };

export const supportingPlans: Section<SupportingPlanEntry> = {
  id: 'supporting-plans',
  heading: 'Additional supporting plans',
  groupedBy: 'identifier',
  reads: ['CarePlan', 'DocumentReference'],
  window: null,

  read(resource, context) {
    if (resource.resourceType !== 'CarePlan' || kindOfPlan(resource) !== 'supporting') return null;
    const plan = readPlan(resource, context, 'supporting-plans');
    return plan ? read(plan) : unreadable(resource, context, 'title');
  },

  // Documents own the DocumentReference.
  takes: ['DocumentReference'],

  take(document, context) {
    if (kindOfPlanDocument(document) !== 'supporting') return [];
    const plan = readPlanDocument(document, context, 'supporting-plans');
    return plan ? [plan] : [];
  },

  ...planMerging,
};
