import type { Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { newestFirst } from '../fhir/date.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import type { PlanParts } from './plan-parts.ts';

/** A plan that stands beside the care and support plan. */
export type PlanBeside = PlanParts & {
  /** Of a document: `Type/id` at the source, as under Documents. */
  readonly reference?: string;
};

/** How plans beside the care and support plan become facts, whichever heading they stand under. */
export const planMerging: Pick<Section<PlanBeside>, 'factKey' | 'conflicts' | 'compare'> = {
  // A plan is joined to another only by its own number, with the same standing, dates, title and every step of it: two
  // versions of "what to do" must both be read.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      // A document or none: which one is its source's own affair.
      typeof entry.reference,
      entry.state,
      entry.date,
      entry.period?.end,
      normaliseWords(entry.title),
      entry.activities.map((activity) => [activity.text, activity.status, activity.prohibited]),
      entry.notes,
    );
  },

  // Plans of different teams, for different needs and cases, stand beside each other.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<PlanBeside>): number {
  return ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}
