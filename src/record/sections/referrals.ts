import type { Caution, Entry, EntryState, Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { newestFirst, readDate, readTiming, type RecordedDate } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { REQUEST_STATES } from '../fhir/request-status.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { isInvestigationRequest, isPackageRequest, isReferralTask, isSocialCare, requestOf } from './which-section.ts';

/**
 * Referral details (PRSB CIS: date, referrer, type, reason, to), from ServiceRequest, and from the Task that says what
 * became of one. Must have: what was asked for, or why. Any request that is neither a test nor a package of care is
 * here, so that none falls between two headings. The PRSB gives no window; 24 months is ours.
 */
export type ReferralEntry = Entry & {
  readonly section: 'referrals';
  /** `progress`: a Task, which tells how far a referral has come and is no second referral. */
  readonly kind: 'referral' | 'progress';
  readonly types: readonly string[];
  readonly reasons: readonly string[];
  readonly referrer?: string;
  /** Persons, teams, organisations and specialties asked, as the source names them. */
  readonly referredTo: readonly string[];
  readonly priority?: string;
  /** The source says that this must not be done. */
  readonly prohibited?: true;
  /** When it is wanted by, or for. */
  readonly wanted?: RecordedDate;
  /** Why it stands as it does, or how far it has come, in the source's words. */
  readonly progress: readonly string[];
  /** By the rule of `which-section.ts`: to or from the council, as against a health service. */
  readonly socialCare: boolean;
  readonly businessId?: string;
  /** Of a Task: the referral whose progress it tells, where the source sent it too (join-progress.ts). */
  readonly about?: ReferralEntry;
};

/** FHIR R4 task-status. Refused, called off or failed: what was asked for did not happen. */
const TASK_STATES: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  requested: 'planned',
  received: 'planned',
  accepted: 'planned',
  ready: 'planned',
  'in-progress': 'current',
  'on-hold': 'current',
  rejected: 'negated',
  cancelled: 'negated',
  failed: 'negated',
  completed: 'past',
  'entered-in-error': 'in-error',
};
const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  draft: 'preliminary',
  revoked: 'cancelled',
  rejected: 'cancelled',
  cancelled: 'cancelled',
  failed: 'cancelled',
};

export const referrals: Section<ReferralEntry> = {
  id: 'referrals',
  heading: 'Referral details',
  groupedBy: 'identifier',
  reads: ['ServiceRequest', 'Task'],
  window: { months: 24 },

  read(resource, context) {
    if (resource.resourceType === 'Task') return isReferralTask(resource, context) ? readTask(resource, context) : null;
    return isInvestigationRequest(resource) || isPackageRequest(resource) ? null : readRequest(resource, context);
  },

  // One referral held by who sent it and by who received it carries one number (UBRN and the like). What was asked, of
  // whom, when, how urgently and how it stands must agree too: one that was accepted here and is still open there is two
  // lines. Without a number two referrals to one clinic may be two. A Task is of its referral's line.
  factKey(entry) {
    if (entry.about !== undefined) return referrals.factKey(entry.about);
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.kind,
      entry.state,
      entry.prohibited,
      entry.date,
      normaliseWords(entry.title),
      entry.referredTo.map(normaliseWords).sort(),
      entry.priority,
      entry.progress,
    );
  },

  // Accepted here and still open there is how referrals travel, and no disagreement about the person.
  conflicts() {
    return [];
  },

  // What is still to happen first, then what is not known, then what is over or called off.
  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<ReferralEntry>): number {
  return ['planned', 'current', 'unknown', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}

function readRequest(resource: Resource, context: ReadContext): Reading<ReferralEntry> {
  const what = whatIsAsked(resource);
  if (!what) return unreadable(resource, context, 'code');
  const prohibited = resource['doNotPerform'] === true;
  const state = stateBy(readCode(resource['status']), REQUEST_STATES);
  const instruction = plainText(resource['patientInstruction']);
  const common = readCommon(resource, context, what);
  return read({
    ...common,
    notes: [...(instruction ? [instruction] : []), ...common.notes],
    kind: 'referral',
    state: prohibited && state !== 'in-error' ? 'negated' : state,
    types: readConcepts(resource['category']).map(({ text }) => text),
    reasons: unique([
      ...readConcepts(resource['reasonCode']).map(({ text }) => text),
      ...readReferenceNames(resource['reasonReference'], context, resource),
    ]),
    referredTo: unique([
      ...readReferenceNames(resource['performer'], context, resource),
      ...readConcepts(resource['performerType']).map(({ text }) => text),
      ...readReferenceNames(resource['locationReference'], context, resource),
    ]),
    ...(prohibited && { prohibited: true as const }),
    ...optional('wanted', readTiming(resource, 'occurrence')),
    progress: [],
  });
}

/** What is asked for; where only the reason or the kind is given, that is all there is to say. */
function whatIsAsked(request: Resource): Coded | undefined {
  const concepts = [
    readCoded(request['code']),
    readConcepts(request['reasonCode'])[0],
    readConcepts(request['performerType'])[0],
    readConcepts(request['category'])[0],
  ];
  return concepts.find((concept) => concept !== undefined);
}

function readTask(resource: Resource, context: ReadContext): Reading<ReferralEntry> {
  const request = requestOf(resource);
  const asked = asObjects(request).map((one) => context.resolve(one, resource))[0];
  const description = plainText(resource['description']);
  const named = readReferenceName(request, context, resource);
  const words = named ?? description;
  const what = (asked && whatIsAsked(asked)) ?? (words ? { text: words, codings: [] } : readCoded(resource['code']));
  if (!what) return unreadable(resource, context, 'focus');
  const common = readCommon(resource, context, what);
  return read({
    ...common,
    ...optional('date', readDate(resource['lastModified']) ?? common.date),
    links: [...common.links, ...linksTo('request', resource['focus'], context, resource)],
    notes: [...(description && description !== what.text ? [description] : []), ...common.notes],
    kind: 'progress',
    state: stateBy(readCode(resource['status']), TASK_STATES),
    types: [],
    reasons: [readCoded(resource['reasonCode'])?.text ?? []].flat(),
    referredTo: unique([
      ...readReferenceNames(resource['owner'], context, resource),
      ...readConcepts(resource['performerType']).map(({ text }) => text),
    ]),
    progress: unique(
      [resource['businessStatus'], resource['statusReason']].flatMap((concept) => readCoded(concept)?.text ?? []),
    ),
  });
}

/** What both have. Whom it is for is not who said it: the referrer is, and never the one referred to. */
function readCommon(resource: Resource, context: ReadContext, what: Coded) {
  const status = readCode(resource['status']);
  const statement = readStatement(resource, context, 'referrals', [
    ...codedCautions(what),
    ...cautionsBy(status, STATUS_CAUTIONS),
  ]);
  const { by: _maybeWhoIsAsked, ...origin } = statement.origin;
  const referrer = readReferenceName(resource['requester'], context, resource);
  return {
    ...statement,
    section: 'referrals' as const,
    origin: { ...origin, ...optional('by', referrer) },
    title: what.text,
    code: what,
    ...optional('statusAsRecorded', status),
    ...optional('date', readDate(resource['authoredOn']) ?? readTiming(resource, 'occurrence')),
    ...optional('referrer', referrer),
    ...optional('priority', plainText(resource['priority'])),
    socialCare: isSocialCare(resource),
    ...optional('businessId', readBusinessId(resource)),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
