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
 * Contingency plans (PRSB CIS; IPS 18776-5): what to do if the person becomes worse, is in crisis, or is left without
 * her carer. From CarePlan, and from documents of the National Record Locator's types. Must have: what it is for.
 * Resuscitation and escalation decisions stand under End of life care.
 */
export type ContingencyPlanEntry = PlanParts & {
  readonly section: 'contingency-plans';
  /** Of a document: `Type/id` at the source, as under Documents. */
  readonly reference?: string;
};

export const contingencyPlans: Section<ContingencyPlanEntry> = {
  id: 'contingency-plans',
  heading: 'Contingency plans',
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

  // A plan is joined to another only by its own number, with the same standing, dates, title and every step of it: two
  // versions of "what to do" must both be read.
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

  // Plans of different teams for different cases stand beside each other.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<ContingencyPlanEntry>): number {
  return ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}
