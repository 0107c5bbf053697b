import type { Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCoded, readConcepts } from '../fhir/coding.ts';
import { newestFirst, readPeriod } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readActivities, readGoalTexts, type PlannedActivity } from '../fhir/planned-activity.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { linksTo, read, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { PACKAGE_STATES, readCareParts, SERVICE_STATES, type CareParts } from './service-entry.ts';
import { kindOfPlan } from './which-plan.ts';
import { isPackageRequest } from './which-section.ts';

/**
 * Services and care (PRSB Local Authority information: package name and type, start and end, funding source), and
 * episodes of care under any team. Must have: what the service is.
 */
export type ServiceEntry = CareParts & {
  readonly section: 'services-and-care';
  readonly kind: 'service' | 'package';
  readonly activities: readonly PlannedActivity[];
  readonly goals: readonly string[];
};

export const servicesAndCare: Section<ServiceEntry> = {
  id: 'services-and-care',
  heading: 'Services and care',
  groupedBy: 'identifier',
  reads: ['EpisodeOfCare', 'CarePlan', 'ServiceRequest'],
  window: { months: 12 },

  read(resource, context) {
    if (resource.resourceType === 'EpisodeOfCare') return readEpisode(resource, context);
    if (resource.resourceType === 'CarePlan')
      return kindOfPlan(resource) === 'social' ? readPackage(resource, context) : null;
    return isPackageRequest(resource) ? readRequest(resource, context) : null;
  },

  // Two councils may give like services at one time. Only the same business
  // identifier with the same standing, period and name makes two copies one.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.kind,
      entry.state,
      entry.period?.start ?? entry.date,
      entry.period?.end,
      normaliseWords(entry.title),
      entry.provider,
      entry.funding,
      entry.activities.map((activity) => [activity.text, activity.status, activity.prohibited]),
    );
  },

  conflicts() {
    return [];
  },

  // What is in place first, then what is to come, then what is not known or over.
  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<ServiceEntry>): number {
  return ['current', 'planned', 'unknown', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}

function readEpisode(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const types = readConcepts(resource['type']);
  const categories = readConcepts(
    extensionsNamed(resource, 'Extension-Interweave-SocialCareServiceCategory').map((e) => e['valueCodeableConcept']),
  );
  const title = types[0] ?? categories[0];
  if (!title) return unreadable(resource, context, 'type');
  const worker = readReferenceName(resource['careManager'], context, resource);
  const problems = asObjects(resource['diagnosis']).flatMap((d) => asObjects(d['condition']));
  const entry = readCareParts(
    resource,
    context,
    'services-and-care',
    title,
    readPeriod(resource['period']),
    SERVICE_STATES,
  );
  return read({
    ...entry,
    links: [
      ...entry.links,
      ...linksTo('problem', problems, context, resource),
      ...linksTo('request', resource['referralRequest'], context, resource),
    ],
    categories: [...types.slice(1), ...categories].map((category) => category.text),
    kind: 'service',
    activities: [],
    goals: [],
    ...(worker && { worker }),
    reasons: readReferenceNames(problems, context, resource),
  });
}

function readPackage(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const categories = readConcepts(resource['category']);
  const named = plainText(resource['title']) ?? plainText(resource['description']);
  const title = named === undefined ? categories[0] : { text: named, codings: categories[0]?.codings ?? [] };
  if (!title) return unreadable(resource, context, 'title');
  const description = plainText(resource['description']);
  const worker = readReferenceName(resource['author'], context, resource);
  const entry = readCareParts(
    resource,
    context,
    'services-and-care',
    title,
    readPeriod(resource['period']),
    PACKAGE_STATES,
  );
  return read({
    ...entry,
    kind: 'package',
    notes: [...(description && description !== title.text ? [description] : []), ...entry.notes],
    links: [
      ...entry.links,
      ...linksTo('problem', resource['addresses'], context, resource),
      ...linksTo('goal', resource['goal'], context, resource),
    ],
    categories: categories.map((category) => category.text),
    ...(worker && { worker }),
    reasons: readReferenceNames(resource['addresses'], context, resource),
    activities: readActivities(resource, context),
    goals: readGoalTexts(resource, context),
  });
}

/** Care that runs over a time is a package; what else is asked of anybody is a referral. */
function readRequest(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const reasons = readConcepts(resource['reasonCode']);
  const categories = readConcepts(resource['category']);
  const title = readCoded(resource['code']) ?? reasons[0] ?? categories[0];
  if (!title) return unreadable(resource, context, 'code');
  const period = readPeriod(resource['occurrencePeriod']);
  const entry = readCareParts(resource, context, 'services-and-care', title, period, PACKAGE_STATES);
  const instruction = plainText(resource['patientInstruction']);
  const priority = plainText(resource['priority']);
  return read({
    ...entry,
    kind: 'package',
    activities: [],
    goals: [],
    notes: [...(instruction ? [instruction] : []), ...entry.notes],
    state: resource['doNotPerform'] === true && entry.state !== 'in-error' ? 'negated' : entry.state,
    categories: categories.map((category) => category.text),
    reasons: [
      ...new Set([
        ...reasons.map((reason) => reason.text),
        ...readReferenceNames(resource['reasonReference'], context, resource),
      ]),
    ],
    ...(priority && { priority }),
  });
}
