import type { Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { newestFirst } from '../fhir/date.ts';
import { read, unreadable } from '../fhir/statement.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readPlanDocument } from './plan-document.ts';
import { readPlan, type PlanParts } from './plan-parts.ts';
import { kindOfPlan, kindOfPlanDocument } from './which-plan.ts';

/**
 * Additional supporting plans (PRSB CIS; IPS 18776-5): plans for one need or of another agency beside the care and
 * support plan – education, behaviour, communication, eating and drinking, one illness. From CarePlan and from
 * documents of such a kind. Must have: what it is for.
 */
export type SupportingPlanEntry = PlanParts & {
  readonly section: 'supporting-plans';
  /** Of a document: `Type/id` at the source, as under Documents. */
  readonly reference?: string;
};

export const supportingPlans: Section<SupportingPlanEntry> = {
  id: 'supporting-plans',
  heading: 'Additional supporting plans',
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

  // A plan is joined to another only by its own number, with the same standing, dates, title and every step of it.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.reference !== undefined,
      entry.state,
      entry.date,
      entry.period?.end,
      normaliseWords(entry.title),
      entry.activities.map((activity) => [activity.text, activity.status, activity.prohibited]),
      entry.notes,
    );
  },

  // Plans for different needs stand beside each other.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<SupportingPlanEntry>): number {
  return ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}
