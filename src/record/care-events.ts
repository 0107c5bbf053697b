import { readCode, readCoded, type Coding } from './fhir/coding.ts';
import { readDate, readPeriod, type RecordedDate } from './fhir/date.ts';
import { isDeathUnclear, readDeceased } from './fhir/death.ts';
import { asObject, asObjects, asString, type Json, type Resource } from './resource.ts';
import type { SectionId } from './section.ts';
import { isEndedAttendance } from './emergency-attendance.ts';
import { encounterKind } from './sections/encounter-parts.ts';
import { isInvestigation } from './sections/which-section.ts';
import { readTransitions } from './care-transitions.ts';

/**
 * What happened to a person that others who care for them want to be told of, recognised from single resources. Only what
 * the source itself says counts: nothing is worked out from values, and a status that is not known is no event.
 */
export type CareEvent = {
  readonly kind:
    | 'admission'
    | 'discharge'
    | 'transfer'
    | 'step-down'
    | 'conveyance'
    /** A visit to an emergency department that is over, without a stay that followed from it. */
    | 'attendance'
    | 'death'
    | 'result-of-concern'
    | 'package-started'
    | 'package-ended'
    | 'plan-changed';
  /** This event and no other at its source, however often and by whatever route it is read. Corrected times don't change it. */
  readonly identity: string;
  /** `Type/id` at the source. */
  readonly resource: string;
  /** As recorded; left out: the source gave none. */
  readonly happened?: RecordedDate;
  /** Where the resource would stand in the record: who may not see that is not told. */
  readonly sections: readonly SectionId[];
};

export type CareEvents = {
  readonly events: readonly CareEvent[];
  /** The source takes back whatever was said of this resource before: entered in error, cancelled. */
  readonly withdrawn: boolean;
};

const NOTHING: CareEvents = { events: [], withdrawn: false };
const WITHDRAWN: CareEvents = { events: [], withdrawn: true };

type Reader = (resource: Resource, reference: string) => CareEvents;

const READERS: { readonly [type: string]: Reader } = {
  Encounter: readEncounter,
  Patient: readPatient,
  Observation: readResult,
  EpisodeOfCare: readPackage,
  CarePlan: readPlan,
};

/** FHIR types that are looked through, and the headings under which they stand. */
export const EVENT_TYPES: { readonly [type: string]: readonly SectionId[] } = {
  Encounter: ['encounters', 'admissions', 'discharges'],
  Patient: ['demographics'],
  Observation: ['investigation-results'],
  EpisodeOfCare: ['services-and-care'],
  CarePlan: ['care-plans', 'services-and-care', 'contingency-plans', 'supporting-plans'],
  DocumentReference: ['documents', 'discharges'],
};

export function readCareEvents(resource: Resource): CareEvents {
  const id = asString(resource.id);
  const reader = Object.hasOwn(READERS, resource.resourceType) ? READERS[resource.resourceType] : undefined;
  return id === undefined || !reader ? NOTHING : reader(resource, `${resource.resourceType}/${id}`);
}

/** A stay under way is an admission; one that is over a discharge, and its beginning is no news any more. */
function readEncounter(resource: Resource, reference: string): CareEvents {
  const status = readCode(resource['status']);
  if (status === 'entered-in-error' || status === 'cancelled') return WITHDRAWN;
  const [underWay, over] = [UNDER_WAY.includes(status ?? ''), status === 'finished'];
  if (!underWay && !over) return NOTHING;
  const period = readPeriod(resource['period']);
  const stay = asObject(resource['hospitalization']);
  const title = asObjects(resource['type'])
    .flatMap((type) => readCoded(type)?.text ?? [])
    .join(' ');
  // HL7 v3 FLD: care in the field. With a destination the ambulance has taken the person there.
  if (readCode(resource['class']) === 'fld') {
    if (!stay || !isNamed(stay['destination'])) return NOTHING;
    return one('conveyance', reference, period?.end ?? period?.start, ['encounters']);
  }
  const died = over && endedInDeath(resource, stay);
  const ended = period?.end ?? period?.start;
  // Before where it led to: whoever died there was sent to no bed, be it called an admission to the mortuary.
  if (died && readCode(resource['class']) === 'emer')
    return deathOf(resource, one('death', reference, ended, ['encounters']));
  if (isEndedAttendance(resource)) return one('attendance', reference, ended, ['encounters']);
  if (encounterKind(resource, title) !== 'admission') return NOTHING;
  const moves = readTransitions(resource, reference);
  if (underWay)
    return { events: [...one('admission', reference, period?.start, STAY).events, ...moves], withdrawn: false };
  if (died) return deathOf(resource, one('death', reference, period?.end, STAY));
  return { events: [...moves, ...one('discharge', reference, period?.end, STAY).events], withdrawn: false };
}

const UNDER_WAY: readonly string[] = ['arrived', 'triaged', 'in-progress', 'onleave'];
const STAY: readonly SectionId[] = ['admissions', 'discharges', 'encounters'];

/**
 * HL7 `exp` and, of version 2, table 0112; NHS Data Dictionary discharge method 4 and destination 79, which come without
 * their words too; and what the Emergency Care Data Set says of whoever died on the way, in the department or was taken
 * to the mortuary.
 */
const DEATHS: readonly (readonly [system: RegExp, codes: readonly string[]])[] = [
  [/discharge-?method/i, ['4']],
  [/discharge-?destination/i, ['79']],
  [/v2-0112$/, ['20', '40', '41', '42']],
  [/^http:\/\/snomed\.info\/sct$/, ['305398007', '75004002', '63238001']],
];
const DIED_IN_WORDS =
  /^((discharged?|outcome)[\s:,–-]+)?(died|dead|death|expired|passed away)\b|\b((patient|pt) (has )?(died|expired|passed away)|deceased|died or stillbirth|(in|to)( the)? mortuary)\b|^mortuary$/i;

function endedInDeath(resource: Resource, stay: Json | undefined): boolean {
  const disposition = readCoded(stay?.['dischargeDisposition']);
  const extensions = [...asObjects(stay?.['extension']), ...asObjects(resource['extension'])];
  const method = extensions.map((extension) => readCoded(extension['valueCodeableConcept']));
  return [disposition, ...method].some(
    (coded) => coded?.codings.some(isDeath) === true || DIED_IN_WORDS.test(coded?.text ?? ''),
  );
}

function isDeath({ system = '', code = '' }: Coding): boolean {
  return code === 'exp' || DEATHS.some(([of, codes]) => of.test(system) && codes.includes(code));
}

/** One death, whether the stay tells of it or the person's own entry. */
function deathOf({ subject }: Resource, told: CareEvents): CareEvents {
  const person = /(?:^|\/)(Patient\/[A-Za-z0-9\-.]{1,64})$/.exec(asString(asObject(subject)?.['reference']) ?? '')?.[1];
  if (person === undefined) return told;
  return { ...told, events: told.events.map((event) => ({ ...event, identity: `${person}|death` })) };
}

/** Never said is not said to be alive: only a plain no takes a death back. */
function readPatient(resource: Resource, reference: string): CareEvents {
  const deceased = isDeathUnclear(resource) ? undefined : readDeceased(resource);
  if (deceased === undefined) return NOTHING;
  if (deceased === false) return WITHDRAWN;
  return one('death', reference, deceased === true ? undefined : deceased, ['demographics']);
}

/** HL7 v3 ObservationInterpretation: critically high, low or abnormal, as the laboratory says it (safety H18). */
const CRITICAL: readonly string[] = ['HH', 'LL', 'AA'];
const REPORTED: readonly string[] = ['preliminary', 'final', 'amended', 'corrected'];

function readResult(resource: Resource, reference: string): CareEvents {
  const status = readCode(resource['status']);
  if (status === 'entered-in-error' || status === 'cancelled') return WITHDRAWN;
  if (!REPORTED.includes(status ?? '') || !isInvestigation(resource)) return NOTHING;
  const said = [resource, ...asObjects(resource['component'])].flatMap((part) => asObjects(part['interpretation']));
  const codes = said.flatMap((value) => readCoded(value)?.codings ?? []).map(({ code }) => code?.toUpperCase() ?? '');
  if (!codes.some((code) => CRITICAL.includes(code))) return NOTHING;
  const when = readDate(resource['issued']) ?? readDate(resource['effectiveDateTime']);
  return one('result-of-concern', reference, when, ['investigation-results']);
}

function readPackage(resource: Resource, reference: string): CareEvents {
  const status = readCode(resource['status']);
  const period = readPeriod(resource['period']);
  if (status === 'entered-in-error' || status === 'cancelled') return WITHDRAWN;
  if (status === 'active') return one('package-started', reference, period?.start, ['services-and-care']);
  return status === 'finished' ? one('package-ended', reference, period?.end, ['services-and-care']) : NOTHING;
}

/** Each version that the source keeps apart is a change; a draft is nobody's plan yet. */
function readPlan(resource: Resource, reference: string): CareEvents {
  const status = readCode(resource['status']);
  if (status === 'entered-in-error') return WITHDRAWN;
  if (!['active', 'on-hold', 'revoked', 'completed'].includes(status ?? '')) return NOTHING;
  const meta = asObject(resource['meta']);
  const changed = readDate(meta?.['lastUpdated']);
  const version = asString(meta?.['versionId']) ?? changed ?? '';
  const plan = one('plan-changed', reference, changed, EVENT_TYPES['CarePlan'] ?? []);
  return { ...plan, events: plan.events.map((event) => ({ ...event, identity: `${event.identity}|${version}` })) };
}

function one(
  kind: CareEvent['kind'],
  resource: string,
  happened: RecordedDate | undefined,
  sections: readonly SectionId[],
): CareEvents {
  const event = { kind, identity: `${resource}|${kind}`, resource, sections, ...(happened && { happened }) };
  return { events: [event], withdrawn: false };
}

function isNamed(reference: unknown): boolean {
  const named = asObject(reference);
  return ['reference', 'display', 'identifier'].some((element) => named?.[element] !== undefined);
}
