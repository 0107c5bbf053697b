import type { Caution, Entry, EntryState } from '../entry.ts';
import { readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readDate, readPeriod } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readActivities, readGoalTexts, type PlannedActivity } from '../fhir/planned-activity.ts';
import { localReference, readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { shortNames } from '../fhir/short-name.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, linksTo, readStatement, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';

/** What a plan says under any of its headings: care and support, contingency, additional supporting. */
export type PlanParts = Entry & {
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
  readonly businessId?: string;
};

/** CarePlan.status. */
export const PLAN_STATES: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  active: 'current',
  'on-hold': 'current',
  revoked: 'past',
  completed: 'past',
  'entered-in-error': 'in-error',
};
const STATUS_CAUTIONS: { readonly [status: string]: Caution } = { draft: 'preliminary', revoked: 'cancelled' };

/** A CarePlan as every heading of plans reads it; nothing readable in it: undefined. */
export function readPlan<S extends SectionId>(
  resource: Resource,
  context: ReadContext,
  section: S,
): (PlanParts & { readonly section: S }) | undefined {
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
  if (title === undefined) return undefined;
  const status = readCode(resource['status']);
  const intent = readCode(resource['intent']);
  const period = readPeriod(resource['period']);
  const created = readDate(resource['created']);
  const date = period?.start ?? created;
  const businessId = readBusinessId(resource);
  const statement = readStatement(resource, context, section, [
    ...codedCautions(categories[0]),
    ...cautionsBy(status, STATUS_CAUTIONS),
    ...(intent === 'proposal' ? (['unconfirmed'] as const) : []),
  ]);
  return {
    ...statement,
    section,
    links: [
      ...statement.links,
      ...linksTo('problem', resource['addresses'], context, resource),
      ...linksTo('goal', resource['goal'], context, resource),
    ],
    title,
    ...(categories[0] && { code: categories[0] }),
    state: standing(stateBy(status, PLAN_STATES), period, resource),
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
    ...(businessId && { businessId }),
  };
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
