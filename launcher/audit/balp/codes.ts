/**
 * Keys stand in the order of RFC 8785 wherever an event is made, so that JSON.stringify writes the canonical text at once.
 * Displays are left out: they are of the code systems, and would be most of a million events.
 */

/** Codes of IHE BALP (ITI Basic Audit Log Patterns) and FHIR R4 AuditEvent, named as the profile names them. */
export type Coding = { readonly code: string; readonly system: string };

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const BALP = 'https://profiles.ihe.net/ITI/BALP';
const INTERACTION = 'http://hl7.org/fhir/restful-interaction';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';

export const EVENT = {
  rest: { code: 'rest', system: 'http://terminology.hl7.org/CodeSystem/audit-event-type' },
  application: { code: '110100', system: DCM },
  auditLogUsed: { code: '110101', system: DCM },
  exported: { code: '110106', system: DCM },
  imported: { code: '110107', system: DCM },
  securityAlert: { code: '110113', system: DCM },
  authentication: { code: '110114', system: DCM },
} as const satisfies { readonly [name: string]: Coding };

export const SUBTYPE = {
  search: { code: 'search', system: INTERACTION },
  read: { code: 'read', system: INTERACTION },
  create: { code: 'create', system: INTERACTION },
  disclose: { code: 'disclose', system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle' },
  login: { code: '110122', system: DCM },
  logout: { code: '110123', system: DCM },
  override: { code: '110127', system: DCM },
  objectSecurity: { code: '110132', system: DCM },
  authzConsent: { code: 'AuthZ-Consent', system: `${BALP}/CodeSystem/AuthZsubType` },
  authzRole: { code: 'AuthZ-Role', system: `${BALP}/CodeSystem/AuthZsubType` },
} as const satisfies { readonly [name: string]: Coding };

export const AGENT = {
  source: { code: '110153', system: DCM },
  destination: { code: '110152', system: DCM },
  application: { code: '110150', system: DCM },
  recipient: { code: 'IRCP', system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType' },
  author: { code: 'AUT', system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType' },
  provider: { code: 'PROV', system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass' },
  authoriser: { code: 'authserver', system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type' },
} as const satisfies { readonly [name: string]: Coding };

export const ENTITY = {
  person: { code: '1', system: ENTITY_TYPE },
  system: { code: '2', system: ENTITY_TYPE },
  consent: { code: 'Consent', system: 'http://hl7.org/fhir/resource-types' },
  outcome: { code: 'OperationOutcome', system: 'http://hl7.org/fhir/resource-types' },
  requestId: { code: 'XrequestId', system: `${BALP}/CodeSystem/BasicAuditEntityType` },
  token: { code: 'UserOauthAgent', system: `${BALP}/CodeSystem/UserAgentTypes` },
} as const satisfies { readonly [name: string]: Coding };

export const ROLE = {
  patient: { code: '1', system: OBJECT_ROLE },
  report: { code: '3', system: OBJECT_ROLE },
  domainResource: { code: '4', system: OBJECT_ROLE },
  query: { code: '24', system: OBJECT_ROLE },
} as const satisfies { readonly [name: string]: Coding };

/** HL7 v3 ActReason, by our word for the purpose. */
const PURPOSES: { readonly [purpose: string]: string } = {
  'direct-care': 'TREAT',
  emergency: 'ETREAT',
  'break-glass': 'BTG',
  'patient-request': 'PATRQT',
};

export function purposeCoding(purpose: string): Coding {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
  const known = PURPOSES[purpose];
  return known === undefined ? { code: purpose, system: 'urn:corridor:purpose' } : { code: known, system };
}

export type Profile =
  | 'PatientQuery'
  | 'PatientRead'
  | 'PatientCreate'
  | 'AuthZconsent'
  | 'PrivacyDisclosure.Source'
  | 'PrivacyDisclosure.Recipient';

export function profileAddress(profile: Profile): string {
  return `${BALP}/StructureDefinition/IHE.BasicAudit.${profile}`;
}

export const HTEST: Coding = { code: 'HTEST', system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason' };
