import type { Caution, Entry, EntryState, Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { newestFirst, readDate, readPeriod, type RecordedDate } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { formatQuantity, readQuantity } from '../fhir/quantity.ts';
import { readActivities, readGoalTexts, type PlannedActivity } from '../fhir/planned-activity.ts';
import { localReference, readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { shortNames } from '../fhir/short-name.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { isSocialCare } from './which-section.ts';

export type { PlannedActivity } from '../fhir/planned-activity.ts';

/**
 * Care and support plans, contingency plans, and the person's goals (PRSB CIS, PCSP standard; IPS 18776-5;
 * UKCore-CarePlan, base Goal). Must have: what the plan is for. A goal inside a plan is its own entry too, joined by a
 * `goal` link, so that one without a plan is not lost.
 */
export type CarePlanEntry = Entry & {
  readonly section: 'care-plans';
  readonly kind: 'plan' | 'goal';
  readonly description?: string;
  /** proposal, plan, order: a proposal is not yet agreed. */
  readonly intent?: string;
  readonly categories: readonly string[];
  readonly authors: readonly string[];
  readonly addresses: readonly string[];
  readonly goals: readonly string[];
  readonly activities: readonly PlannedActivity[];
  /** Members of a care team that came inside the plan and has no address of its own. */
  readonly people: readonly string[];
  /** Of a goal: how far it has been reached, what is aimed at and by when. */
  readonly achievement?: string;
  readonly targets: readonly string[];
  readonly due?: RecordedDate;
  readonly businessId?: string;
};

/** CarePlan.status and Goal.lifecycleStatus. */
const STATES: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  active: 'current',
  'on-hold': 'current',
  revoked: 'past',
  completed: 'past',
  proposed: 'planned',
  planned: 'planned',
  accepted: 'current',
  cancelled: 'past',
  rejected: 'negated',
  'entered-in-error': 'in-error',
};
const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  draft: 'preliminary',
  proposed: 'unconfirmed',
  cancelled: 'cancelled',
  revoked: 'cancelled',
};

export const carePlans: Section<CarePlanEntry> = {
  id: 'care-plans',
  heading: 'Care and support plan',
  reads: ['CarePlan', 'Goal'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'Goal') return readGoal(resource, context);
    return isSocialCare(resource) ? null : readPlan(resource, context);
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

function readPlan(resource: Resource, context: ReadContext): Reading<CarePlanEntry> {
  const categories = asObjects(resource['category']).flatMap((category) => readCoded(category) ?? []);
  const description = plainText(resource['description']);
  const addresses = readReferenceNames(resource['addresses'], context, resource);
  const goals = readGoalTexts(resource, context);
  const activities = readActivities(resource, context);
  const title =
    plainText(resource['title']) ??
    categories[0]?.text ??
    description ??
    addresses[0] ??
    goals[0] ??
    activities[0]?.text;
  if (title === undefined) return unreadable(resource, context, 'title');
  const status = readCode(resource['status']);
  const intent = readCode(resource['intent']);
  const period = readPeriod(resource['period']);
  const created = readDate(resource['created']);
  const date = period?.start ?? created;
  const businessId = readBusinessId(resource);
  const statement = readStatement(resource, context, 'care-plans', [
    ...codedCautions(categories[0]),
    ...cautionsBy(status, STATUS_CAUTIONS),
    ...(intent === 'proposal' ? (['unconfirmed'] as const) : []),
  ]);
  return read({
    ...statement,
    section: 'care-plans',
    links: [
      ...statement.links,
      ...linksTo('problem', resource['addresses'], context, resource),
      ...linksTo('goal', resource['goal'], context, resource),
    ],
    kind: 'plan',
    title,
    ...(categories[0] && { code: categories[0] }),
    state: standing(stateBy(status, STATES), period, resource),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    ...(created && !period?.start && { dateIs: 'recorded' as const }),
    ...(period && { period }),
    ...(description && description !== title && { description }),
    ...(intent && { intent }),
    categories: categories.map((category) => category.text),
    authors: readReferenceNames(
      [...asObjects(resource['author']), ...asObjects(resource['contributor'])],
      context,
      resource,
    ),
    addresses,
    goals,
    activities,
    people: readPeople(resource, context),
    targets: [],
    ...(businessId && { businessId }),
  });
}

function readPeople(plan: Resource, context: ReadContext): readonly string[] {
  const teams = asObjects(plan['careTeam']).filter((team) => localReference(team) === undefined);
  return teams
    .map((team) => context.resolve(team, plan))
    .flatMap((team) => asObjects(team?.['participant']))
    .flatMap((participant) => {
      const name = readReferenceName(participant['member'], context, plan);
      const role = shortNames(readConcepts(participant['role'])).join(', ');
      return name ? [role ? `${name} (${role})` : name] : [];
    });
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
    ...codedCautions(description),
    ...cautionsBy(status, STATUS_CAUTIONS),
  ]);
  return read({
    ...statement,
    section: 'care-plans',
    links: [...statement.links, ...linksTo('problem', resource['addresses'], context, resource)],
    kind: 'goal',
    title: description.text,
    code: description,
    state: stateBy(status, STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    categories: asObjects(resource['category']).flatMap((category) => readCoded(category)?.text ?? []),
    authors: readReferenceNames(resource['expressedBy'], context, resource),
    addresses: readReferenceNames(resource['addresses'], context, resource),
    goals: [],
    activities: [],
    people: [],
    ...(achievement && {
      achievement:
        achievement.codings.find((coding) => coding.display)?.display ??
        readCode(resource['achievementStatus']) ??
        achievement.text,
    }),
    targets: targets.flatMap(targetText),
    ...(due && { due }),
  });
}

function targetText(target: Json): readonly string[] {
  const measure = readCoded(target['measure'])?.text;
  const quantity = readQuantity(target['detailQuantity']);
  const aim = quantity
    ? formatQuantity(quantity)
    : (plainText(target['detailString']) ?? readCoded(target['detailCodeableConcept'])?.text);
  const text = [measure, aim].filter((part) => part !== undefined).join(': ');
  return text === '' ? [] : [text];
}
