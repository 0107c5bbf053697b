import type { Acting } from './acting-context.ts';

/** One request as the source saw it. */
export type AskedOfSource = {
  readonly at: string;
  readonly requestId: string;
  readonly action: 'search' | 'read';
  /** Path and query, or for a search by POST its path and form, as they came. */
  readonly query: string;
  /** The search without values, for people: `Condition?patient`. */
  readonly description?: string;
  /** What was read, as a reference. */
  readonly resource?: string;
  readonly status: number;
  /** The launcher's client_id here. */
  readonly clientId: string;
  readonly observer: { readonly ods: string; readonly name: string };
  /** Known here, when the context carried only a hash. */
  readonly nhsNumber?: string;
};

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const BALP = 'https://profiles.ihe.net/ITI/BALP';
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';

/**
 * The source's own AuditEvent, after IHE BALP PatientQuery and PatientRead (client and server swap their role codes
 * between the two). Joined to the launcher's by X-Request-ID: the same user, role, organisation, purpose and patient.
 */
export function buildAuditEvent(acting: Acting, asked: AskedOfSource): { readonly [element: string]: unknown } {
  const search = asked.action === 'search';
  const [client, server] = search ? [SOURCE, DESTINATION] : [DESTINATION, SOURCE];
  return {
    resourceType: 'AuditEvent',
    meta: {
      profile: [`${BALP}/StructureDefinition/IHE.BasicAudit.${search ? 'PatientQuery' : 'PatientRead'}`],
    },
    type: coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest', 'RESTful Operation'),
    subtype: [coding('http://hl7.org/fhir/restful-interaction', search ? 'search-type' : 'read')],
    action: search ? 'E' : 'R',
    recorded: asked.at,
    outcome: asked.status < 400 ? '0' : asked.status < 500 ? '4' : '8',
    purposeOfEvent: [reason(acting)],
    agent: [
      userAgent(acting),
      { type: concept(client), who: { identifier: { value: asked.clientId } }, requestor: false },
      { type: concept(server), who: organisation(asked.observer), requestor: false },
      {
        type: concept(coding('http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'PROV')),
        who: organisation(acting.organisation),
        requestor: false,
      },
    ],
    source: { site: asked.observer.name, observer: organisation(asked.observer) },
    entity: [
      {
        what: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: numberOf(acting, asked) } },
        type: entityType('1', 'Person'),
        role: role('1', 'Patient'),
      },
      search ? queryEntity(asked) : dataEntity(asked),
      {
        what: { identifier: { value: asked.requestId } },
        type: coding(`${BALP}/CodeSystem/BasicAuditEntityType`, 'XrequestId'),
      },
    ],
  };
}

function userAgent({ user, role: acts, ...acting }: Acting): object {
  const cut = user.key.indexOf('|');
  const identifier =
    user.sdsUserId === undefined
      ? { system: user.key.slice(0, Math.max(cut, 0)), value: user.key.slice(cut + 1) }
      : { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: user.sdsUserId };
  return {
    type: concept(coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP')),
    role: [{ coding: [{ code: acts.code, display: acts.name }], text: acts.name }],
    who: { identifier, display: user.name },
    altId: user.key,
    name: user.name,
    requestor: true,
    purposeOfUse: [reason({ user, role: acts, ...acting })],
  };
}

function queryEntity({ query, description }: AskedOfSource): object {
  return {
    type: entityType('2', 'System Object'),
    role: role('24', 'Query'),
    ...(description !== undefined && { description }),
    query: Buffer.from(query, 'utf8').toString('base64'),
  };
}

function dataEntity({ resource }: AskedOfSource): object {
  return {
    what: { reference: resource ?? 'Resource' },
    type: entityType('2', 'System Object'),
    role: role('4', 'Domain Resource'),
  };
}

/** A hash that nobody here could put a number to stays a hash. */
function numberOf({ patient }: Acting, { nhsNumber }: AskedOfSource): string {
  if ('nhsNumber' in patient) return patient.nhsNumber;
  return nhsNumber ?? patient.hash;
}

function reason({ purpose }: Acting): object {
  return concept(coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', purpose));
}

const SOURCE = coding(DCM, '110153', 'Source Role ID');
const DESTINATION = coding(DCM, '110152', 'Destination Role ID');

function coding(system: string, code: string, display?: string): object {
  return { system, code, ...(display !== undefined && { display }) };
}

function concept(one: object): object {
  return { coding: [one] };
}

function organisation({ ods, name }: { readonly ods: string; readonly name: string }): object {
  return { identifier: { system: ODS, value: ods }, display: name };
}

function entityType(code: string, display: string): object {
  return coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', code, display);
}

function role(code: string, display: string): object {
  return coding('http://terminology.hl7.org/CodeSystem/object-role', code, display);
}
