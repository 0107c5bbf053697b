import type { Caution, Entry, EntryState, Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { newestFirst, readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readActivities, readGoalTexts, type PlannedActivity } from '../fhir/planned-activity.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, asString, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isInvestigationRequest, isSocialCare, isSupportReason } from './which-section.ts';

/**
 * Services and care, primary support reason, equipment and adaptations (PRSB Local Authority information), episodes of
 * care under any team, and referrals, which PRSB heads apart and this record does not yet. Must have: what the service,
 * equipment or reason is.
 */
export type ServiceEntry = Entry & {
  readonly section: 'services-and-care';
  readonly kind: 'service' | 'package' | 'referral' | 'equipment' | 'support-reason';
  /** By the rule of `which-section.ts`: the council's, as against a health team's. */
  readonly socialCare: boolean;
  readonly categories: readonly string[];
  readonly provider?: string;
  readonly worker?: string;
  readonly funding?: string;
  readonly reasons: readonly string[];
  /** Of a support reason: the source says it is the main one. */
  readonly primary?: boolean;
  readonly activities: readonly PlannedActivity[];
  readonly goals: readonly string[];
  readonly requested?: RecordedDate;
  readonly priority?: string;
  readonly businessId?: string;
};

/** EpisodeOfCare, CarePlan, Device, DeviceUseStatement and clinicalStatus: no word means two things among them. */
const STATES: { readonly [status: string]: EntryState } = {
  planned: 'planned',
  waitlist: 'planned',
  draft: 'planned',
  intended: 'planned',
  active: 'current',
  onhold: 'current',
  'on-hold': 'current',
  recurrence: 'current',
  relapse: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  preliminary: 'current',
  finished: 'past',
  completed: 'past',
  inactive: 'past',
  remission: 'past',
  resolved: 'past',
  stopped: 'past',
  revoked: 'past',
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};

/**
 * A request is only a request: a referral that is active is still to happen. That an order for equipment was completed
 * does not say whether the equipment is still there, so what it is now is not known.
 */
const REFERRAL_STATES = { ...STATES, active: 'planned', 'on-hold': 'planned', revoked: 'negated' } as const;
const ORDER_STATES = { ...STATES, completed: 'unknown', revoked: 'negated' } as const;
const PACKAGE_STATES = { ...STATES, revoked: 'negated' } as const;

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  cancelled: 'cancelled',
  revoked: 'cancelled',
  draft: 'preliminary',
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  waitlist: 'unconfirmed',
};

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
    return [
      entry.businessId,
      entry.kind,
      entry.state,
      entry.period?.start ?? entry.date ?? '',
      entry.period?.end ?? '',
      normaliseWords(entry.title),
    ].join('|');
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
  const types = conceptsIn(resource['type']);
  const categories = conceptsIn(
    extensionsNamed(resource, 'Extension-Interweave-SocialCareServiceCategory').map((e) => e['valueCodeableConcept']),
  );
  const title = types[0] ?? categories[0];
  if (!title) return unreadable(resource, context, 'type');
  const worker = readReferenceName(resource['careManager'], context, resource);
  const problems = asObjects(resource['diagnosis']).flatMap((d) => asObjects(d['condition']));
  const entry = common(resource, context, 'service', title, readPeriod(resource['period']), STATES);
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
  const categories = conceptsIn(resource['category']);
  const named = plainText(resource['title']) ?? plainText(resource['description']);
  const title = named === undefined ? categories[0] : { text: named, codings: categories[0]?.codings ?? [] };
  if (!title) return unreadable(resource, context, 'title');
  const description = plainText(resource['description']);
  const worker = readReferenceName(resource['author'], context, resource);
  const entry = common(resource, context, 'package', title, readPeriod(resource['period']), PACKAGE_STATES);
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
  const reasons = conceptsIn(resource['reasonCode']);
  const categories = conceptsIn(resource['category']);
  const title = readCoded(resource['code']) ?? reasons[0] ?? categories[0];
  if (!title) return unreadable(resource, context, 'code');
  const kind = isSocialCare(resource) ? 'package' : 'referral';
  const period = readPeriod(resource['occurrencePeriod']);
  const entry = common(resource, context, kind, title, period, kind === 'package' ? PACKAGE_STATES : REFERRAL_STATES);
  const instruction = plainText(resource['patientInstruction']);
  const priority = asString(resource['priority']);
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

/** A Device without a patient is the instrument of some measurement: a part of other statements, and no statement itself. */
function readEquipment(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  if (resource.resourceType === 'Device' && resource['patient'] === undefined) return { entries: [], unread: [] };
  const used = resource['codeReference'] ?? resource['device'];
  const referred = readReferenceName(used, context, resource);
  const names = asObjects(resource['deviceName']).flatMap((name) => plainText(name['name']) ?? []);
  const title =
    readCoded(resource['codeCodeableConcept']) ??
    readCoded(resource['type']) ??
    (referred ? { text: referred, codings: [] } : undefined) ??
    (names[0] ? { text: names[0], codings: [] } : undefined);
  if (!title) return unreadable(resource, context, resource.resourceType === 'DeviceRequest' ? 'code' : 'type');
  const period = readPeriod(resource['occurrencePeriod']) ?? readPeriod(resource['timingPeriod']);
  return read({
    ...common(
      resource,
      context,
      'equipment',
      title,
      period,
      resource.resourceType === 'DeviceRequest' ? ORDER_STATES : STATES,
    ),
    reasons: [
      ...conceptsIn(resource['reasonCode']).map((reason) => reason.text),
      ...readReferenceNames(resource['reasonReference'], context, resource),
    ],
  });
}

function readSupportReason(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const code = readCoded(resource['code']);
  const reason = readCoded(resource['valueCodeableConcept']) ?? readCoded(resource['valueString']) ?? code;
  if (!reason) return unreadable(resource, context, 'code');
  const extended = readPeriod(
    extensionsNamed(resource, 'Extension-Interweave-SocialCareSupportReasonPeriod')[0]?.['valuePeriod'],
  );
  const start = readTiming(resource, 'onset') ?? readTiming(resource, 'effective');
  const end = readTiming(resource, 'abatement');
  const period =
    extended ?? ((start ?? end) === undefined ? undefined : { ...(start && { start }), ...(end && { end }) });
  const stated = extensionsNamed(resource, 'Extension-Interweave-SocialCarePrimarySupportReason')[0]?.['valueBoolean'];
  const primary =
    typeof stated === 'boolean'
      ? stated
      : /\bprimary support reason\b/.test(normaliseWords(code?.text ?? '')) || undefined;
  const entry = common(resource, context, 'support-reason', reason, period, STATES);
  const verification = readCode(resource['verificationStatus']);
  const overruled =
    verification === 'entered-in-error' ? 'in-error' : verification === 'refuted' ? 'negated' : undefined;
  return read({
    ...entry,
    state: overruled ?? entry.state,
    categories: conceptsIn(resource['category']).map((category) => category.text),
    ...(primary !== undefined && { primary }),
  });
}

/** What every kind of entry here has. */
function common(
  resource: Resource,
  context: ReadContext,
  kind: ServiceEntry['kind'],
  title: Coded,
  period: Period | undefined,
  states: { readonly [status: string]: EntryState },
): ServiceEntry {
  const status = readCode(resource['clinicalStatus']) ?? readCode(resource['status']);
  const requested = readDate(resource['authoredOn']) ?? readDate(resource['recordedOn']);
  const happened = period?.start ?? readTiming(resource, 'occurrence') ?? readTiming(resource, 'timing');
  const date = happened ?? requested ?? period?.end;
  const provider = readProvider(resource, context);
  const funding = readFunding(resource, context);
  const businessId = readBusinessId(resource);
  return {
    ...readStatement(resource, context, 'services-and-care', [
      ...codedCautions(title),
      ...cautionsBy(status, STATUS_CAUTIONS),
    ]),
    section: 'services-and-care',
    title: title.text,
    code: title,
    state: standing(stateBy(status, states), period, resource),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    ...(date && date === requested && happened === undefined && { dateIs: 'recorded' as const }),
    ...(period && { period }),
    kind,
    socialCare: isSocialCare(resource) || kind === 'support-reason',
    categories: [],
    ...(provider && { provider }),
    ...(funding && { funding }),
    reasons: [],
    activities: [],
    goals: [],
    ...(requested && { requested }),
    ...(businessId && { businessId }),
  };
}

/** Who gives it: the organisation that runs the episode, the performer asked, or the device's owner. */
function readProvider(resource: Resource, context: ReadContext): string | undefined {
  const references = [resource['managingOrganization'], resource['performer'], resource['owner']];
  const names = references.flatMap((reference) => readReferenceNames(reference, context, resource));
  return names.length > 0 ? [...new Set(names)].join(', ') : undefined;
}

/** Who pays: a funding extension, the episode's account, or the insurance an order names. */
function readFunding(resource: Resource, context: ReadContext): string | undefined {
  const extended = asObjects(resource['extension'])
    .filter((extension) => /fund/i.test(asString(extension['url']) ?? ''))
    .flatMap(
      (extension) => readCoded(extension['valueCodeableConcept'])?.text ?? plainText(extension['valueString']) ?? [],
    );
  const named = [resource['account'], resource['insurance']].flatMap((reference) =>
    readReferenceNames(reference, context, resource),
  );
  const texts = [...extended, ...named];
  return texts.length > 0 ? [...new Set(texts)].join(', ') : undefined;
}

function conceptsIn(value: unknown): readonly Coded[] {
  return asObjects(value).flatMap((concept) => readCoded(concept) ?? []);
}
