import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import type { AuditEvent } from '../audit.ts';
import { AGENT, type Coding, ENTITY, purposeCoding, ROLE } from './codes.ts';
import { keepLast, keptFor } from './event-text.ts';

/** Where things are: who we are, and the addresses of those we deal with. Made by `build-services.ts`. */
export type AuditPlaces = {
  readonly launcher: { readonly url: string };
  /** FHIR base of a source, and the organisation whose it is. */
  source(id: SourceId): { readonly address: string; readonly ods: OdsCode } | undefined;
  /** Address of the EPR a launch of this organisation comes from. */
  home(ods: OdsCode): string | undefined;
  /** Marks every event as test data (HTEST): events of a sandbox must never be taken for real ones (safety H38). */
  readonly test: boolean;
};

export type FhirReference = {
  readonly type?: string;
  readonly reference?: string;
  readonly identifier?: { readonly system: string; readonly value: string };
  readonly display?: string;
};

export type FhirAgent = {
  readonly type: { readonly coding: readonly Coding[] };
  readonly role?: readonly { readonly coding: readonly Coding[] }[];
  readonly who: FhirReference;
  readonly name?: string;
  readonly requestor: boolean;
  readonly network?: { readonly address: string; readonly type: '1' | '2' | '5' };
  readonly policy?: readonly string[];
  readonly purposeOfUse?: readonly { readonly coding: readonly Coding[] }[];
};

export type FhirEntity = {
  readonly what?: FhirReference;
  readonly type: Coding;
  readonly role?: Coding;
  readonly description?: string;
  readonly query?: string;
};

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const ENCODED_SYSTEM = encodeURIComponent(`${NHS_NUMBER}|`);
const URI = 'urn:ietf:rfc:3986';

/** The launcher as a device, the same wherever it stands: BALP asks that agent and observer be equal where both are it. */
function launcherDevice({ launcher }: AuditPlaces): FhirReference {
  return { identifier: { system: URI, value: launcher.url }, type: 'Device' };
}

export function launcherObserver(places: AuditPlaces): { readonly observer: FhirReference } {
  return keptFor(places, 'observer', () => ({ observer: launcherDevice(places) }));
}

export function launcherAgent(places: AuditPlaces, type: Coding): FhirAgent {
  return keptFor(places, `launcher ${type.code}`, () => networked(type, launcherDevice(places), places.launcher.url));
}

export function sourceAgent(event: AuditEvent, places: AuditPlaces, type: Coding): FhirAgent {
  const id = event.source ?? ('unknown' as SourceId);
  return keptFor(places, `source ${type.code} ${id}`, () => {
    const address = places.source(id)?.address ?? `urn:corridor:source:${id}`;
    return networked(type, { display: id, identifier: { system: URI, value: address }, type: 'Device' }, address);
  });
}

/** The EPR the reader works in, which launched us. */
export function homeAgent(event: AuditEvent, places: AuditPlaces, type: Coding): FhirAgent {
  const ods = event.organisation;
  return keptFor(places, `home ${type.code} ${ods ?? '?'}`, () => {
    const address = (ods && places.home(ods)) ?? `urn:corridor:organisation:${ods ?? 'unknown'}`;
    return networked(type, { identifier: { system: URI, value: address }, type: 'Device' }, address);
  });
}

function networked(type: Coding, who: FhirReference, address: string): FhirAgent {
  return { network: { address, type: '5' }, requestor: false, type: { coding: [type] }, who };
}

/** The person: never a network device, always the requestor (BALP, `agent[user]`). */
export function userAgents(event: AuditEvent, type: Coding = AGENT.recipient): readonly FhirAgent[] {
  if (event.user === undefined) return [];
  const { user, userName, role, purpose } = event;
  return lastUser([user, userName, role, purpose, type.code], () => makeUserAgents(event, user, type));
}

const lastUser = keepLast<readonly FhirAgent[]>();

function makeUserAgents(event: AuditEvent, user: string, type: Coding): readonly FhirAgent[] {
  const identifier = userIdentifier(user);
  const role = event.role === undefined ? undefined : { code: event.role, system: 'urn:corridor:role' };
  return [
    {
      ...(event.userName !== undefined && { name: event.userName }),
      ...(event.purpose !== undefined && { purposeOfUse: [{ coding: [purposeCoding(event.purpose)] }] }),
      requestor: true,
      ...(role && { role: [{ coding: [role] }] }),
      type: { coding: [type] },
      who: { identifier, type: 'Practitioner' },
    },
  ];
}

/** A user's key is `system|value`: an identifier of the profession, or who says so and the name there. */
function userIdentifier(key: string): { readonly system: string; readonly value: string } {
  const bar = key.indexOf('|');
  return bar > 0
    ? { system: key.slice(0, bar), value: key.slice(bar + 1) }
    : { system: 'urn:corridor:user', value: key };
}

export function organisationAgents(event: AuditEvent): readonly FhirAgent[] {
  if (event.organisation === undefined) return [];
  const value = event.organisation;
  return lastOrganisation([value], () => {
    const who = { identifier: { system: ODS, value }, type: 'Organization' };
    return [{ requestor: false, type: { coding: [AGENT.provider] }, who }];
  });
}

const lastOrganisation = keepLast<readonly FhirAgent[]>();

/** `what` is a Reference(Patient), logical: the number both logs know, and no address of a record. */
export function patientEntities({ nhsNumber }: AuditEvent): readonly FhirEntity[] {
  if (nhsNumber === undefined) return [];
  return lastPatient([nhsNumber], () => {
    const what = { identifier: { system: NHS_NUMBER, value: nhsNumber }, type: 'Patient' };
    return [{ role: ROLE.patient, type: ENTITY.person, what }];
  });
}

const lastPatient = keepLast<readonly FhirEntity[]>();

export function requestEntities({ requestId }: AuditEvent): readonly FhirEntity[] {
  if (requestId === undefined || requestId === '') return [];
  const identifier = { system: 'urn:ietf:rfc:4122', value: requestId };
  return [{ type: ENTITY.requestId, what: { identifier } }];
}

/** The request as it begins at the source: whom we ask about. Kept raw in base64, so that nothing in it is ever cleaned away. */
export function queryEntity(event: AuditEvent, places: AuditPlaces): FhirEntity {
  const base = (event.source && places.source(event.source)?.address) ?? '';
  const raw = `GET ${base}/Patient?identifier=${ENCODED_SYSTEM}${encodeURIComponent(event.nhsNumber ?? '')}`;
  return { query: Buffer.from(raw, 'utf8').toString('base64'), role: ROLE.query, type: ENTITY.system };
}
