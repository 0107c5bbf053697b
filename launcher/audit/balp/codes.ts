/** Codes of IHE BALP (ITI Basic Audit Log Patterns) and FHIR R4 AuditEvent, named as the profile names them. */
export type Coding = { readonly system: string; readonly code: string; readonly display?: string };

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const BALP = 'https://profiles.ihe.net/ITI/BALP';
const INTERACTION = 'http://hl7.org/fhir/restful-interaction';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';

export const EVENT = {
  rest: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
  application: { system: DCM, code: '110100', display: 'Application Activity' },
  auditLogUsed: { system: DCM, code: '110101', display: 'Audit Log Used' },
  exported: { system: DCM, code: '110106', display: 'Export' },
  imported: { system: DCM, code: '110107', display: 'Import' },
  securityAlert: { system: DCM, code: '110113', display: 'Security Alert' },
  authentication: { system: DCM, code: '110114', display: 'User Authentication' },
} as const satisfies { readonly [name: string]: Coding };

export const SUBTYPE = {
  search: { system: INTERACTION, code: 'search' },
  read: { system: INTERACTION, code: 'read' },
  create: { system: INTERACTION, code: 'create' },
  disclose: { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose' },
  login: { system: DCM, code: '110122', display: 'Login' },
  logout: { system: DCM, code: '110123', display: 'Logout' },
  override: { system: DCM, code: '110127', display: 'Emergency Override Started' },
  objectSecurity: { system: DCM, code: '110132', display: 'Use of a restricted function' },
  authzConsent: { system: `${BALP}/CodeSystem/AuthZsubType`, code: 'AuthZ-Consent' },
  authzRole: { system: `${BALP}/CodeSystem/AuthZsubType`, code: 'AuthZ-Role' },
} as const satisfies { readonly [name: string]: Coding };

export const AGENT = {
  source: { system: DCM, code: '110153', display: 'Source Role ID' },
  destination: { system: DCM, code: '110152', display: 'Destination Role ID' },
  application: { system: DCM, code: '110150', display: 'Application' },
  recipient: { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' },
  author: { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'AUT' },
  provider: { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'PROV' },
  authoriser: { system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'authserver' },
} as const satisfies { readonly [name: string]: Coding };

export const ENTITY = {
  person: { system: ENTITY_TYPE, code: '1', display: 'Person' },
  system: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
  consent: { system: 'http://hl7.org/fhir/resource-types', code: 'Consent' },
  outcome: { system: 'http://hl7.org/fhir/resource-types', code: 'OperationOutcome' },
  requestId: { system: `${BALP}/CodeSystem/BasicAuditEntityType`, code: 'XrequestId' },
  token: { system: `${BALP}/CodeSystem/UserAgentTypes`, code: 'UserOauthAgent' },
} as const satisfies { readonly [name: string]: Coding };

export const ROLE = {
  patient: { system: OBJECT_ROLE, code: '1', display: 'Patient' },
  report: { system: OBJECT_ROLE, code: '3', display: 'Report' },
  domainResource: { system: OBJECT_ROLE, code: '4', display: 'Domain Resource' },
  query: { system: OBJECT_ROLE, code: '24', display: 'Query' },
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
  return known === undefined ? { system: 'urn:corridor:purpose', code: purpose } : { system, code: known };
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

export const HTEST: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' };
