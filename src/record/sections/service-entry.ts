import type { Caution, Entry, EntryState } from '../entry.ts';
import { readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { readDate, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, readStatement, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, asString, type Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';
import { isSocialCare } from './which-section.ts';

/** What services, packages, equipment and support reasons have in common (PRSB Local Authority information). */
export type CareParts = Entry & {
  /** By the rule of `which-section.ts`: the council's, as against a health team's. */
  readonly socialCare: boolean;
  readonly categories: readonly string[];
  readonly provider?: string;
  readonly worker?: string;
  readonly funding?: string;
  readonly reasons: readonly string[];
  readonly requested?: RecordedDate;
  readonly priority?: string;
  readonly businessId?: string;
};

/** EpisodeOfCare, CarePlan, Device, DeviceUseStatement and clinicalStatus: no word means two things among them. */
export const SERVICE_STATES: { readonly [status: string]: EntryState } = {
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
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};

/** That an order was completed does not say whether what was ordered is still there: what it is now is not known. */
export const ORDER_STATES = { ...SERVICE_STATES, completed: 'unknown', revoked: 'negated' } as const;
export const PACKAGE_STATES = { ...SERVICE_STATES, revoked: 'negated' } as const;

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  cancelled: 'cancelled',
  revoked: 'cancelled',
  draft: 'preliminary',
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  waitlist: 'unconfirmed',
};

/** What every kind of these entries has. */
export function readCareParts<S extends SectionId>(
  resource: Resource,
  context: ReadContext,
  section: S,
  title: Coded,
  period: Period | undefined,
  states: { readonly [status: string]: EntryState },
): CareParts & { readonly section: S } {
  const status = readCode(resource['clinicalStatus']) ?? readCode(resource['status']);
  const requested = readDate(resource['authoredOn']) ?? readDate(resource['recordedOn']);
  // Of what has only an end, the day on which it was asked for is nearer to when it began.
  const happened = period ? period.start : (readTiming(resource, 'occurrence') ?? readTiming(resource, 'timing'));
  const date = happened ?? requested ?? period?.end;
  const provider = readProvider(resource, context);
  const funding = readFunding(resource, context);
  const businessId = readBusinessId(resource);
  return {
    ...readStatement(resource, context, section, [...codedCautions(title), ...cautionsBy(status, STATUS_CAUTIONS)]),
    section,
    title: title.text,
    code: title,
    state: standing(stateBy(status, states), period, resource),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    ...(requested && !happened && { dateIs: 'recorded' as const }),
    ...(period && { period }),
    socialCare: isSocialCare(resource),
    categories: [],
    ...(provider && { provider }),
    ...(funding && { funding }),
    reasons: [],
    ...(requested && { requested }),
    ...(businessId && { businessId }),
  };
}

/** Who gives it: the organisation that runs the episode, the performer asked, or the device's owner. */
function readProvider(resource: Resource, context: ReadContext): string {
  const references = [resource['managingOrganization'], resource['performer'], resource['owner']];
  const names = references.flatMap((reference) => readReferenceNames(reference, context, resource));
  return [...new Set(names)].join(', ');
}

/** Who pays: a funding extension, the episode's account, or the insurance an order names. */
function readFunding(resource: Resource, context: ReadContext): string {
  const extended = asObjects(resource['extension'])
    .filter((extension) => /fund/i.test(asString(extension['url']) ?? ''))
    .flatMap(
      (extension) => readCoded(extension['valueCodeableConcept'])?.text ?? plainText(extension['valueString']) ?? [],
    );
  const named = [resource['account'], resource['insurance']].flatMap((reference) =>
    readReferenceNames(reference, context, resource),
  );
  return [...new Set([...extended, ...named])].join(', ');
}
