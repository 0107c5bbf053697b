import type { Caution, Entry, EntryState } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { dayOf, isBefore, newestFirst, readDate, readPeriod, type Period } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName, refersTo } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { ownNumber, sameMoment } from './one-event.ts';

/**
 * Future appointments (PRSB CIS: date, location, specialty; UKCore-Appointment). Must have: when, or what for.
 * An appointment whose end is surely over is past even if nobody closed it.
 */
export type AppointmentEntry = Entry & {
  readonly section: 'appointments';
  readonly specialty?: string;
  readonly service?: string;
  readonly type?: string;
  readonly reasons: readonly string[];
  readonly with: readonly string[];
  readonly location?: string;
  /** The time asked for, where none is given yet: whoever waits past it waits still. */
  readonly wanted?: Period;
  readonly cancelledBecause?: string;
  readonly instructions?: string;
  readonly businessId?: string;
};

/** Appointment.status. A cancelled appointment and one the person did not attend did not happen. */
const STATES: { readonly [status: string]: EntryState } = {
  proposed: 'planned',
  pending: 'planned',
  booked: 'planned',
  waitlist: 'planned',
  arrived: 'current',
  'checked-in': 'current',
  fulfilled: 'past',
  cancelled: 'negated',
  noshow: 'negated',
  'entered-in-error': 'in-error',
};
const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  cancelled: 'cancelled',
  proposed: 'unconfirmed',
  pending: 'unconfirmed',
  waitlist: 'unconfirmed',
};

export const appointments: Section<AppointmentEntry> = {
  id: 'appointments',
  heading: 'Future appointments',
  groupedBy: 'identifier',
  reads: ['Appointment'],
  window: null,

  read(resource, context) {
    const start = readDate(resource['start']);
    const details = readDetails(resource, context);
    const title =
      details.service ?? details.specialty ?? details.type ?? plainText(resource['description']) ?? details.reasons[0];
    // Knowing that there is an appointment, and when, is worth a line even if the source says nothing else about it.
    // Place and people never become the title: they are left out where whereabouts are restricted (safety H24).
    if (title === undefined && start === undefined) return unreadable(resource, context, 'start');
    const status = readCode(resource['status']);
    const period = readSlot(resource);
    const wanted = readPeriod(asObjects(resource['requestedPeriod'])[0]);
    const cautions = [
      ...codedCautions(
        ...['serviceType', 'specialty', 'appointmentType'].flatMap((name) => readConcepts(resource[name])),
      ),
      ...cautionsBy(status, STATUS_CAUTIONS),
      ...(unagreed(resource) ? (['unconfirmed'] as const) : []),
    ];
    const statement = readStatement(resource, context, 'appointments', cautions);
    const { by: _notWhoSaidIt, ...origin } = statement.origin;
    const comment = plainText(resource['comment']);
    const businessId = readBusinessId(resource);
    return read({
      ...statement,
      section: 'appointments',
      origin,
      notes: [...(comment ? [comment] : []), ...statement.notes],
      title: title ?? resource.resourceType,
      state: standing(stateBy(status, STATES), start && { end: period?.end ?? start }, resource),
      ...(status && { statusAsRecorded: status }),
      ...(start && { date: start }),
      ...(period && { period }),
      ...(wanted && !period && { wanted }),
      ...details,
      ...(businessId && { businessId }),
    });
  },

  // The clinic and the hub that booked it. As for contacts: two sources that tell of the same kind of appointment at the
  // same minute tell of one, unless they name another place, type or end; where one source has two such bookings, or the
  // time is not known, only the booking's own number joins them.
  identity(entry) {
    if (entry.date === undefined) return undefined;
    const end = entry.period?.end;
    return {
      base: keyOfParts(entry.state, entry.statusAsRecorded, normaliseWords(entry.title), momentKey(entry.date)),
      names: () => [...sameMoment(entry.date), ...ownNumber(entry.businessId)],
      details: () => [
        entry.location && normaliseWords(entry.location),
        entry.type && normaliseWords(entry.type),
        end && momentKey(end),
      ],
    };
  },

  // One with a day and no end is over when that day is: nobody closes what has simply passed (safety H17).
  stateAt(entry, nowMs) {
    const open = entry.state === 'planned' || entry.state === 'current' || entry.state === 'unknown';
    const day = entry.period?.end === undefined && entry.date ? readDate(dayOf(entry.date)) : undefined;
    return open && day && isBefore(day, nowMs) ? 'past' : entry.state;
  },

  factKey(entry) {
    return keyAlone(entry, appointments.identity?.(entry));
  },

  conflicts() {
    return [];
  },

  // What comes next comes first; then what is undated or unsure; then what is over, newest first.
  compare(a, b) {
    const rank = rankOf(a) - rankOf(b);
    if (rank !== 0) return rank;
    const [left, right] = [a.entries[0].date, b.entries[0].date];
    return rankOf(a) === 0 && left && right ? newestFirst(right, left) : newestFirst(left, right);
  },
};

function rankOf(fact: Fact<AppointmentEntry>): number {
  const { state } = fact.entries[0];
  if (state === 'planned' || state === 'current') return 0;
  return state === 'unknown' ? 1 : 2;
}

function readDetails(resource: Resource, context: ReadContext) {
  const specialty = textsOf(resource['specialty']);
  const service = textsOf(resource['serviceType']) ?? textsOf(resource['serviceCategory']);
  const type = readCoded(resource['appointmentType'])?.text;
  const reasons = [
    ...asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []),
    ...namesOf(asObjects(resource['reasonReference']), context, resource),
  ];
  // Who declined will not be there, and a room that is not to be had is not where it is.
  const actors = asObjects(resource['participant'])
    .filter(({ status }) => status !== 'declined')
    .flatMap((participant) => asObjects(participant['actor']));
  const places = namesOf(actors.filter(isPlace), context, resource);
  const cancelledBecause = readCoded(resource['cancelationReason'])?.text;
  const instructions = plainText(resource['patientInstruction']);
  return {
    ...(specialty && { specialty }),
    ...(service && { service }),
    ...(type && { type }),
    reasons,
    with: namesOf(
      actors.filter((actor) => !isPlace(actor) && !isPatient(actor)),
      context,
      resource,
    ),
    ...(places.length > 0 && { location: places.join(', ') }),
    ...(cancelledBecause && { cancelledBecause }),
    ...(instructions && { instructions }),
  };
}

function isPlace(actor: Json): boolean {
  return refersTo(actor, 'Location');
}

function isPatient(actor: Json): boolean {
  return refersTo(actor, 'Patient');
}

/** The person has not said yes to it, or has said no. */
function unagreed(resource: Resource): boolean {
  const own = asObjects(resource['participant']).filter((participant) =>
    asObjects(participant['actor']).some(isPatient),
  );
  return own.some(({ status }) => status === 'declined' || status === 'tentative' || status === 'needs-action');
}

function readSlot(resource: Resource): Period | undefined {
  return readPeriod({ start: resource['start'], end: resource['end'] });
}

function namesOf(references: readonly Json[], context: ReadContext, within: Resource): readonly string[] {
  return references.flatMap((reference) => readReferenceName(reference, context, within) ?? []);
}

function textsOf(concepts: unknown): string | undefined {
  const texts = asObjects(concepts).flatMap((concept) => readCoded(concept)?.text ?? []);
  return texts.length > 0 ? [...new Set(texts)].join(', ') : undefined;
}
