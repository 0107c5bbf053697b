import type { Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCoded, readConcepts } from '../fhir/coding.ts';
import { newestFirst, readPeriod } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readActivities, readGoalTexts } from '../fhir/planned-activity.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { linksTo, read, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readEquipment } from './equipment.ts';
import { PACKAGE_STATES, readService, REFERRAL_STATES, SERVICE_STATES, type ServiceEntry } from './service-entry.ts';
import { readSupportReason } from './support-reason.ts';
import { isInvestigationRequest, isSocialCare, isSupportReason } from './which-section.ts';

export type { ServiceEntry } from './service-entry.ts';

/**
 * Services and care, primary support reason, equipment and adaptations (PRSB Local Authority information), episodes of
 * care under any team, and referrals, which PRSB heads apart and this record does not yet. Must have: what the service,
 * equipment or reason is.
 */
export const servicesAndCare: Section<ServiceEntry> = {
  id: 'services-and-care',
  heading: 'Services and care',
  reads: [
    'EpisodeOfCare',
    'CarePlan',
    'ServiceRequest',
    'DeviceRequest',
    'Device',
    'DeviceUseStatement',
    'Condition',
    'Observation',
  ],
  window: { months: 12 },

  read(resource, context) {
    switch (resource.resourceType) {
      case 'EpisodeOfCare':
        return readEpisode(resource, context);
      case 'CarePlan':
        return isSocialCare(resource) ? readPackage(resource, context) : null;
      case 'ServiceRequest':
        return isInvestigationRequest(resource) ? null : readRequest(resource, context);
      case 'Condition':
      case 'Observation':
        return isSupportReason(resource) ? readSupportReason(resource, context) : null;
      default:
        return readEquipment(resource, context);
    }
  },

  // Two councils may give like services at one time, and two raised toilet seats are two. Only the same business
  // identifier with the same standing, period and name makes two copies one.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.kind,
      entry.state,
      entry.period?.start ?? entry.date ?? '',
      entry.period?.end ?? '',
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
  const entry = readService(resource, context, 'service', title, readPeriod(resource['period']), SERVICE_STATES);
  return read({
    ...entry,
    links: [
      ...entry.links,
      ...linksTo('problem', problems, context, resource),
      ...linksTo('request', resource['referralRequest'], context, resource),
    ],
    categories: [...types.slice(1), ...categories].map((category) => category.text),
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
  const entry = readService(resource, context, 'package', title, readPeriod(resource['period']), PACKAGE_STATES);
  return read({
    ...entry,
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

function readRequest(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const reasons = readConcepts(resource['reasonCode']);
  const categories = readConcepts(resource['category']);
  const title = readCoded(resource['code']) ?? reasons[0] ?? categories[0];
  if (!title) return unreadable(resource, context, 'code');
  const period = readPeriod(resource['occurrencePeriod']);
  // Care that runs over a time is a package; whatever else is asked of the council is a referral like any other.
  const kind = isSocialCare(resource) && period ? 'package' : 'referral';
  const entry = readService(
    resource,
    context,
    kind,
    title,
    period,
    kind === 'package' ? PACKAGE_STATES : REFERRAL_STATES,
  );
  const instruction = plainText(resource['patientInstruction']);
  const priority = plainText(resource['priority']);
  return read({
    ...entry,
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
