import type { Caution, EntryState, Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded } from '../fhir/coding.ts';
import { newestFirst, readDate, type RecordedDate } from '../fhir/date.ts';
import { formatLimits, formatQuantity, readDecimal, readQuantity, readRange } from '../fhir/quantity.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { shortName } from '../fhir/short-name.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readPlan, type PlanParts } from './plan-parts.ts';
import { kindOfPlan } from './which-plan.ts';

/**
 * Care and support plans and the person's goals (PRSB CIS, PCSP standard; IPS 18776-5; UKCore-CarePlan, base Goal). Must
 * have: what the plan is for. Contingency plans and additional supporting plans have headings of their own. A goal inside
 * a plan is its own entry too, joined by a `goal` link, so that one without a plan is not lost.
 */
export type CarePlanEntry = PlanParts & {
  readonly section: 'care-plans';
  readonly kind: 'plan' | 'goal';
  /** Of a goal: how far it has been reached, what is aimed at and by when. */
  readonly achievement?: string;
  readonly targets: readonly string[];
  readonly due?: RecordedDate;
};

/** Goal.lifecycleStatus. */
export const GOAL_STATES: { readonly [status: string]: EntryState } = {
  proposed: 'planned',
  planned: 'planned',
  accepted: 'current',
  active: 'current',
  'on-hold': 'current',
  completed: 'past',
  cancelled: 'past',
  rejected: 'negated',
  'entered-in-error': 'in-error',
};
const GOAL_CAUTIONS: { readonly [status: string]: Caution } = { proposed: 'unconfirmed', cancelled: 'cancelled' };

export const carePlans: Section<CarePlanEntry> = {
  id: 'care-plans',
  heading: 'Care and support plan',
  groupedBy: 'identifier',
  reads: ['CarePlan', 'Goal'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'Goal') return readGoal(resource, context);
    return kindOfPlan(resource) === 'care' ? readCarePlan(resource, context) : null;
  },

  // Plans are long texts and differ in what they do not say. Only the same business identifier, with the same standing,
  // dates and title, makes two copies one.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.kind,
      entry.state,
      entry.period?.start ?? '',
      entry.period?.end ?? '',
      normaliseWords(entry.title),
      entry.activities.map((activity) => [activity.text, activity.status, activity.prohibited]),
      entry.goals,
    );
  },

  conflicts() {
    return [];
  },

  // Plans before their goals, and what holds now before what is over.
  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<CarePlanEntry>): number {
  const { state, kind } = fact.entries[0];
  const order = state === 'current' ? 0 : state === 'planned' ? 1 : state === 'unknown' ? 2 : 3;
  return order * 2 + (kind === 'goal' ? 1 : 0);
}

function readCarePlan(resource: Resource, context: ReadContext): Reading<CarePlanEntry> {
  const plan = readPlan(resource, context, 'care-plans');
  return plan ? read({ ...plan, kind: 'plan' as const, targets: [] }) : unreadable(resource, context, 'title');
}

function readGoal(resource: Resource, context: ReadContext): Reading<CarePlanEntry> {
  const description = readCoded(resource['description']);
  if (!description) return unreadable(resource, context, 'description');
  const status = readCode(resource['lifecycleStatus']);
  const date = readDate(resource['startDate']);
  const targets = asObjects(resource['target']);
  const due = targets.map((target) => readDate(target['dueDate'])).find((one) => one !== undefined);
  const achievement = readCoded(resource['achievementStatus']);
  const statement = readStatement(resource, context, 'care-plans', [
    ...codedCautions(description, achievement),
    ...cautionsBy(status, GOAL_CAUTIONS),
  ]);
  return read({
    ...statement,
    section: 'care-plans',
    links: [...statement.links, ...linksTo('problem', resource['addresses'], context, resource)],
    kind: 'goal',
    title: description.text,
    code: description,
    state: stateBy(status, GOAL_STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    categories: asObjects(resource['category']).flatMap((category) => readCoded(category)?.text ?? []),
    authors: readReferenceNames(resource['expressedBy'], context, resource),
    addresses: readReferenceNames(resource['addresses'], context, resource),
    goals: [],
    activities: [],
    people: [],
    ...(achievement && { achievement: shortName(achievement) }),
    targets: targets.flatMap(targetText),
    ...(due && { due }),
  });
}

/** An aim between two values, as a ratio or as a bare number: left out, the line would name what is measured and no aim. */
function otherAim(target: Json): string | undefined {
  const { low, high } = readRange(asObject(target['detailRange'])) ?? {};
  const ratio = asObject(target['detailRatio']);
  const [top, bottom] = [readQuantity(ratio?.['numerator']), readQuantity(ratio?.['denominator'])];
  if (low || high) return formatLimits(low, high);
  return top && bottom ? `${formatQuantity(top)} : ${formatQuantity(bottom)}` : readDecimal(target['detailInteger']);
}

function targetText(target: Json): readonly string[] {
  const measure = readCoded(target['measure'])?.text;
  const quantity = readQuantity(target['detailQuantity']);
  const aim = quantity
    ? formatQuantity(quantity)
    : (plainText(target['detailString']) ?? readCoded(target['detailCodeableConcept'])?.text ?? otherAim(target));
  const text = [measure, aim].filter((part) => part !== undefined).join(': ');
  return text === '' ? [] : [text];
}
