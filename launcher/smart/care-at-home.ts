import type { LaunchFace } from '../../plugins/plugin.ts';
import { isInvestigationRequest, isPackageRequest } from '../../src/record/sections/which-section.ts';
import { unitNames } from '../../src/record/fhir/unit-names.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { FhirRead, FhirSearch } from './fhir-read.ts';
import type { LaunchContext } from './launch-context.ts';

/** What the home EPR itself says of the care the reader gives, besides the Patient. */
export type CareAtHome = Pick<LaunchContext, 'encounterId' | 'units' | 'careEvidence'>;

export type CareAsk = {
  /** As the launch named it; nobody has looked at it yet. */
  readonly encounterId: string | undefined;
  /** Every id under which the home EPR holds this person. */
  readonly patientIds: readonly string[];
  readonly careEvidence: LaunchContext['careEvidence'];
  readonly ods: string;
  /** What the user's token lets be read; the rest is not asked for. */
  readonly granted: readonly string[];
  readonly read: FhirRead;
  readonly search: FhirSearch;
};

/** Under way now. What is planned, over, called off or unknown shows no care today. */
const OPEN_ENCOUNTERS = ['arrived', 'triaged', 'in-progress', 'onleave'];
const OPEN_REQUESTS = ['active', 'on-hold'];
const OPEN_TASKS = ['requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold'];
/** FHIR request-intent: somebody asked. A plan or a proposal is nobody's referral yet. */
const ASKED = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', 'directive'];
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const MOST_UNITS = 10;

/**
 * The open encounter, with the units it is in, and where neither it nor a registration shows that the reader's
 * organisation cares for this person, an open referral from or to that organisation. An EPR that does not answer shows
 * nothing; one that answers with an encounter that is over, or is somebody else's, is believed.
 */
export async function readCareAtHome(ask: CareAsk): Promise<CareAtHome> {
  const encounter = await readEncounter(ask);
  if ('encounterId' in encounter || ask.careEvidence) return { ...encounter, ...optionalEvidence(ask.careEvidence) };
  return optionalEvidence((await hasReferral(ask)) ? 'referral' : undefined);
}

function optionalEvidence(careEvidence: CareAtHome['careEvidence']): CareAtHome {
  return careEvidence ? { careEvidence } : {};
}

async function readEncounter({ encounterId, granted, read, patientIds }: CareAsk): Promise<CareAtHome> {
  if (encounterId === undefined) return {};
  const encounter = lets(granted, 'Encounter', 'r') ? await read(`Encounter/${encounterId}`, 'Encounter') : undefined;
  // The EPR named it in the launch itself: that stands while it does not say more.
  if (encounter?.id !== encounterId) return { encounterId };
  if (!isAbout(encounter, patientIds)) throw new CorridorError('launch.patient_mismatch', 'encounter');
  if (!OPEN_ENCOUNTERS.includes(asString(encounter['status']) ?? '')) return {};
  const units = unitNames(encounter).slice(0, MOST_UNITS);
  return { encounterId, ...(units.length > 0 && { units }) };
}

async function hasReferral({ granted, search, patientIds, ods }: CareAsk): Promise<boolean> {
  const searches: readonly { readonly type: string; readonly status: readonly string[]; readonly parties: string[] }[] =
    [
      { type: 'ServiceRequest', status: OPEN_REQUESTS, parties: ['requester', 'performer'] },
      { type: 'Task', status: OPEN_TASKS, parties: ['requester', 'owner'] },
    ];
  for (const { type, status, parties } of searches) {
    const patient = patientIds.at(-1);
    if (patient === undefined || !lets(granted, type, 's')) continue;
    const found = await search(type, {
      patient,
      status: status.join(','),
      _include: parties.map((one) => `${type}:${one}`),
    });
    const open = found.filter(
      (one) => one.resourceType === type && isOpenReferral(one, status) && isAbout(one, patientIds),
    );
    if (open.some((one) => parties.some((party) => each(one[party]).some((named) => isOurs(named, found, ods)))))
      return true;
  }
  return false;
}

/** Judged again here: a server may ignore what it was asked for. */
function isOpenReferral(resource: Resource, statuses: readonly string[]): boolean {
  const open =
    statuses.includes(asString(resource['status']) ?? '') && ASKED.includes(asString(resource['intent']) ?? '');
  if (!open || resource['doNotPerform'] === true) return false;
  if (resource.resourceType === 'ServiceRequest')
    return !isInvestigationRequest(resource) && !isPackageRequest(resource);
  const focus = asString(asObject(resource['focus'])?.['reference']);
  return focus?.startsWith('ServiceRequest/') === true;
}

/** `for` is what Task calls its subject. */
function isAbout(resource: Resource, patientIds: readonly string[]): boolean {
  const reference = asString(asObject(resource['subject'] ?? resource['for'])?.['reference']);
  return patientIds.some((id) => reference === `Patient/${id}`);
}

/** By the code of the organisation alone: names are no evidence. A person stands for the organisation of their role. */
function isOurs(named: Json, found: readonly Resource[], ods: string): boolean {
  if (hasCode(asObject(named['identifier']), ods)) return true;
  const reference = asString(named['reference']);
  const target = found.find(({ resourceType, id }) => reference === `${resourceType}/${asString(id) ?? ''}`);
  if (target?.resourceType === 'Organization') return asObjects(target['identifier']).some((one) => hasCode(one, ods));
  const organisation = target?.resourceType === 'PractitionerRole' ? asObject(target['organization']) : undefined;
  return organisation ? isOurs(organisation, found, ods) : false;
}

function hasCode(identifier: Json | undefined, ods: string): boolean {
  return identifier?.['system'] === ODS && identifier['value'] === ods;
}

function each(value: unknown): readonly Json[] {
  return Array.isArray(value) ? asObjects(value) : [asObject(value)].filter((item) => item !== undefined);
}

const TYPES = ['Encounter', 'ServiceRequest', 'Task'] as const;

/** A launch face that asks the EPR's sign-in for these too, where the community says so and the server offers them. */
export function withCareScopes(face: LaunchFace | undefined, wanted: boolean | undefined): LaunchFace | undefined {
  if (!face || wanted !== true) return face;
  return { ...face, scopes: (...said) => [...face.scopes(...said), ...careScopes(said[0])] };
}

function careScopes(supported: readonly string[] | undefined): readonly string[] {
  return TYPES.flatMap((type) => {
    const spellings = type === 'Encounter' ? ['r', 'rs', 'read'] : ['s', 'rs', 'read'];
    const offered = spellings.map((may) => `patient/${type}.${may}`).find((scope) => supported?.includes(scope));
    return offered === undefined ? [] : [offered];
  });
}

/** SMART 2.2 scopes v2 and v1. */
function lets(granted: readonly string[], type: string, may: 'r' | 's'): boolean {
  return granted.some((scope) => {
    const [, of, letters = ''] = /^(?:patient|user)\/(\*|[A-Za-z]+)\.(.+)$/.exec(scope) ?? [];
    if (of !== '*' && of !== type) return false;
    return letters === '*' || letters === 'read' || (/^c?r?u?d?s?$/.test(letters) && letters.includes(may));
  });
}
