import { stands } from '../build-conflict.ts';
import type { Caution, Entry, Reading } from '../entry.ts';
import { readAttachments, type Attachment } from '../fhir/attachment.ts';
import { normaliseWords, readCode, readCoded } from '../fhir/coding.ts';
import { readConditionStanding } from '../fhir/condition-standing.ts';
import { dayOf, readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, linksTo, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { DECISION_STATES } from './decision-states.ts';
import { keyOfParts } from './key-of-parts.ts';
import { legalConflicts, plainName } from './legal-conflicts.ts';
import { attorney, legalStatuses } from './legal-takes.ts';
import { isSupportReason } from './which-section.ts';
import {
  isAttorney,
  legalConcepts,
  legalKind,
  legalKindOf,
  powersIn,
  standingInWords,
  type LegalKind,
  type Power,
} from './legal-kinds.ts';

/**
 * Legal information (PRSB CIS: Mental Capacity Act, lasting power of attorney with its holder and where the document is,
 * deprivation of liberty, Mental Health Act section, advance decision to refuse treatment; IPS 42348-3). Must have: what it
 * is, by code or words. All of it is shown, over or not: who decides for somebody is asked of every one of them.
 * A decision about resuscitation stays with end of life care, where the decisions of all sources are compared.
 */
export type LegalEntry = Entry & {
  readonly section: 'legal-information';
  readonly kind: LegalKind;
  /** What an attorney or deputy may decide, where the source says. */
  readonly powers: readonly Power[];
  /** Attorneys, deputies: whom to ask. */
  readonly holders: readonly string[];
  /** What was found or decided, where it has a value of its own: "Lacks capacity for this decision". */
  readonly value?: string;
  readonly reviewDate?: RecordedDate;
  /** Where the signed paper is kept, in the source's words. */
  readonly documentLocation?: string;
  /** `Type/id` of the signed paper at that source, opened through the launcher like any document. */
  readonly reference?: string;
  readonly attachments: readonly Attachment[];
  readonly businessId?: string;
};

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  cancelled: 'cancelled',
};

export const legalInformation: Section<LegalEntry> = {
  id: 'legal-information',
  heading: 'Legal information',
  groupedBy: 'everything',
  reads: ['Consent', 'DocumentReference', 'Flag', 'Condition', 'Observation'],
  window: null,
  showsEnded: true,

  read(resource, context) {
    const kind = legalKindOf(resource);
    return kind && !isSupportReason(resource) ? readLegal(resource, context, kind) : null;
  },

  // An attorney is often written down only as a relative, and a section of the Mental Health Act only on the admission.
  takes: ['RelatedPerson', 'Encounter'],
  take(resource, context) {
    return resource.resourceType === 'Encounter' ? legalStatuses(resource, context) : attorney(resource, context);
  },

  // The same instrument in the same words, made the same day, held by the same people, in the same standing. One without
  // a date, or dated only by its filing, joins none but the copies of one numbered paper.
  factKey(entry) {
    const written = entry.date && dayOf(entry.date);
    const copy = entry.businessId && written && `${entry.businessId} ${written}`;
    const when = entry.dateIs === undefined ? (written ?? entry.id) : (copy ?? entry.id);
    const holders = entry.holders.map(plainName).sort();
    const ends = [entry.period?.end, entry.reviewDate];
    const doubts = [...entry.cautions].sort();
    return keyOfParts(entry.kind, entry.state, normaliseWords(entry.title), entry.value, when, holders, ends, doubts);
  },

  conflicts(facts) {
    return legalConflicts(facts);
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

function readLegal(resource: Resource, context: ReadContext, kind: LegalKind): Reading<LegalEntry> {
  const concepts = legalConcepts(resource);
  const stated = concepts.find((concept) => legalKind([concept]) === kind) ?? concepts[0];
  const value = readValue(resource);
  const description = resource.resourceType === 'DocumentReference' ? plainText(resource['description']) : undefined;
  const title = description ?? stated?.text;
  if (title === undefined) return unreadable(resource, context, 'code');
  const { cautions, ...standingOf } = readStanding(resource, kind);
  const statement = readStatement(resource, context, 'legal-information', [...codedCautions(stated), ...cautions]);
  const source = linksTo('document', resource['sourceReference'], context, resource);
  const own = resource.resourceType === 'DocumentReference' ? statement.origin.resource : undefined;
  const said = standingInWords([title, ...(value === undefined ? [] : [value])], kind);
  const denied = kind !== 'capacity' && value !== undefined && /^(no|false|none)$/i.test(value) ? 'negated' : undefined;
  const open = standingOf.state === 'current' || standingOf.state === 'unknown' || standingOf.state === 'planned';
  return read({
    ...statement,
    ...standingOf,
    state: open ? (denied ?? said ?? standingOf.state) : standingOf.state,
    section: 'legal-information',
    links: [...statement.links, ...source],
    title,
    ...optional('code', stated),
    kind,
    // "Mental Health Act" speaks of health, and gives nobody a say.
    powers: kind === 'lpa' || kind === 'deputy' ? powersIn(concepts) : [],
    holders: readHolders(resource, context),
    ...optional('value', value),
    ...optional('reviewDate', readReview(resource, kind)),
    ...optional('documentLocation', readLocation(resource, context)),
    ...optional('reference', own ?? source[0]?.to),
    attachments: readAttachments(asObjects(resource['content']).map((content) => content['attachment'])),
    ...optional('businessId', readBusinessId(resource)),
  });
}

function readValue(resource: Resource): string | undefined {
  if (resource.resourceType !== 'Observation') return undefined;
  const yes = resource['valueBoolean'];
  if (typeof yes === 'boolean') return yes ? 'Yes' : 'No';
  return readCoded(resource['valueCodeableConcept'])?.text ?? plainText(resource['valueString']);
}

type Standing = Pick<Entry, 'state' | 'statusAsRecorded' | 'date' | 'dateIs' | 'period' | 'cautions'>;

function readStanding(resource: Resource, kind: LegalKind): Standing {
  if (resource.resourceType === 'Condition') return readConditionStanding(resource);
  const status = readCode(resource['status']);
  const docStatus = readCode(resource['docStatus']);
  const period = readSpan(resource, kind);
  const state = docStatus === 'entered-in-error' ? 'in-error' : stateBy(status, DECISION_STATES);
  const signed = readTiming(resource, 'effective') ?? readDate(resource['dateTime']) ?? period?.start;
  const filed = readDate(resource['date']) ?? readDate(resource['issued']);
  return {
    cautions: [...cautionsBy(status, STATUS_CAUTIONS), ...cautionsBy(docStatus, STATUS_CAUTIONS)],
    state: standing(state, period, resource),
    ...optional('statusAsRecorded', [status, docStatus].filter(Boolean).join(', ') || undefined),
    ...(signed ? { date: signed } : filed ? { date: filed, dateIs: 'recorded' as const } : {}),
    ...optional('period', period),
  };
}

/**
 * An authorisation to deprive of liberty and a section end by law on their day. An advance decision does not: the end of a
 * Consent's provision is when to look at it again.
 */
const ENDS_BY_LAW: readonly LegalKind[] = ['dols', 'mha', 'deputy'];

function readSpan(resource: Resource, kind: LegalKind): Period | undefined {
  const own = readPeriod(resource['period']) ?? readPeriod(resource['effectivePeriod']);
  const provision = readPeriod(asObject(resource['provision'])?.['period']);
  if (own || !provision) return own;
  if (ENDS_BY_LAW.includes(kind)) return provision;
  return provision.start ? { start: provision.start } : undefined;
}

function readReview(resource: Resource, kind: LegalKind): RecordedDate | undefined {
  const [extension] = extensionsNamed(resource, 'reviewDate', 'ReviewDate', 'UKCore-ReviewDate', 'flag-reviewDate');
  const until = ENDS_BY_LAW.includes(kind) ? undefined : readPeriod(asObject(resource['provision'])?.['period'])?.end;
  return readDate(extension?.['valueDate']) ?? readDate(extension?.['valueDateTime']) ?? until;
}

/** Actors of the provision who are attorneys; where none has a role that says so, all of them that have a name. */
function readHolders(resource: Resource, context: ReadContext): readonly string[] {
  const actors = asObjects(asObject(resource['provision'])?.['actor']).map((actor) => ({
    role: readCoded(actor['role']),
    name: readReferenceName(actor['reference'], context, resource),
  }));
  const attorneys = actors.filter(({ role }) => role !== undefined && isAttorney(role));
  return [...new Set((attorneys.length > 0 ? attorneys : actors).flatMap(({ name }) => name ?? []))];
}

function readLocation(resource: Resource, context: ReadContext): string | undefined {
  const [extension] = extensionsNamed(resource, 'documentLocation', 'DocumentLocation');
  const source = asObject(resource['sourceReference']);
  const target = source && context.resolve(source, resource);
  return (
    plainText(extension?.['valueString']) ??
    plainText(asObject(resource['custodian'])?.['display']) ??
    plainText(source?.['display']) ??
    plainText(target?.['description']) ??
    plainText(asObject(resource['sourceAttachment'])?.['title'])
  );
}

const ORDER: readonly LegalKind[] = ['mha', 'dols', 'adrt', 'lpa', 'deputy', 'capacity', 'other'];

/** What stands, the most restrictive first; then what is over or denied. */
function rank(entry: LegalEntry): number {
  return (stands(entry) ? 0 : 10) + ORDER.indexOf(entry.kind);
}
