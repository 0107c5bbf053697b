/**
 * IHE BALP, written down from the profiles' own text (ITI.BasicAudit, FSH of November 2025), field by field. It shares
 * nothing with what writes the events: a slip there must not be a slip here too.
 */
export type Presence = 'required' | 'forbidden' | 'allowed';

export type AgentRule = {
  readonly name: string;
  /** `system|code`; several where the profile binds a value set. */
  readonly types: readonly string[];
  readonly min: 0 | 1;
  readonly network: Presence;
  readonly requestor?: boolean;
  /** Elements the profile sets to 0..0. */
  readonly forbids?: readonly string[];
  /** val-audit-source: this agent is the observer too. */
  readonly isObserver?: boolean;
};

export type EntityRule = {
  readonly name: string;
  readonly type: string;
  readonly min: 0 | 1;
  readonly max: 1 | 'many';
  readonly roles?: readonly string[];
  readonly what: 'patient' | 'identifier' | Presence;
  readonly query: Presence;
  readonly forbids?: readonly string[];
};

export type ProfileRules = {
  readonly type: string;
  /** At least one of these. */
  readonly subtypes: readonly string[];
  /** No other subtype than those (a required binding of the whole element). */
  readonly closedSubtypes?: boolean;
  readonly action: string;
  /** Fixed to success: a failure follows the pattern without claiming the profile. */
  readonly successOnly: boolean;
  readonly noModifierExtension?: boolean;
  readonly agents: readonly AgentRule[];
  readonly entities: readonly EntityRule[];
  readonly closedEntities?: boolean;
  readonly minEntities: number;
};

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const REST = 'http://terminology.hl7.org/CodeSystem/audit-event-type|rest';
const INTERACTION = 'http://hl7.org/fhir/restful-interaction';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const BALP = 'https://profiles.ihe.net/ITI/BALP';
const SOURCE = [`${DCM}|110153`];
const DESTINATION = [`${DCM}|110152`];
const REST_ROLES = [`${OBJECT_ROLE}|4`, `${OBJECT_ROLE}|3`, `${OBJECT_ROLE}|20`];

const restEnd = (name: string, types: readonly string[]): AgentRule => ({
  name,
  types,
  min: 1,
  network: 'required',
  forbids: ['media'],
});

const user = (types: readonly string[]): AgentRule => ({
  name: 'user',
  types,
  min: 0,
  network: 'forbidden',
  requestor: true,
  forbids: ['media'],
});

const PATIENT: EntityRule = {
  name: 'patient',
  type: `${ENTITY_TYPE}|1`,
  min: 1,
  max: 1,
  roles: [`${OBJECT_ROLE}|1`],
  what: 'patient',
  query: 'allowed',
};

const TRANSACTION: EntityRule = {
  name: 'transaction',
  type: `${BALP}/CodeSystem/BasicAuditEntityType|XrequestId`,
  min: 0,
  max: 1,
  what: 'identifier',
  query: 'allowed',
};

const DATA: EntityRule = {
  name: 'data',
  type: `${ENTITY_TYPE}|2`,
  min: 1,
  max: 1,
  roles: REST_ROLES,
  what: 'required',
  query: 'allowed',
};

const QUERY: EntityRule = {
  name: 'query',
  type: `${ENTITY_TYPE}|2`,
  min: 1,
  max: 1,
  roles: [`${OBJECT_ROLE}|24`],
  what: 'forbidden',
  query: 'required',
  forbids: ['lifecycle', 'detail'],
};

const disclosure = (type: string, action: string, observer: 'source' | 'recipient'): ProfileRules => ({
  type,
  subtypes: ['http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle|disclose'],
  action,
  successOnly: false,
  noModifierExtension: true,
  agents: [
    { name: 'source', types: SOURCE, min: 1, network: 'required', isObserver: observer === 'source' },
    { name: 'recipient', types: DESTINATION, min: 1, network: 'required', isObserver: observer === 'recipient' },
  ],
  entities: [PATIENT],
  minEntities: 2,
});

const NOTHING_MORE = ['role', 'altId', 'name', 'location', 'media'];

export const PROFILES: { readonly [address: string]: ProfileRules } = {
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PatientQuery`]: {
    type: REST,
    subtypes: [`${INTERACTION}|search`, `${INTERACTION}|search-type`, `${INTERACTION}|search-system`],
    action: 'E',
    successOnly: true,
    agents: [restEnd('client', SOURCE), restEnd('server', DESTINATION), user([`${PARTICIPATION}|IRCP`])],
    entities: [PATIENT, QUERY, TRANSACTION],
    minEntities: 1,
  },
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PatientRead`]: {
    type: REST,
    subtypes: [`${INTERACTION}|read`, `${INTERACTION}|vread`],
    action: 'R',
    successOnly: true,
    // The other way about than in PatientQuery.
    agents: [restEnd('client', DESTINATION), restEnd('server', SOURCE), user([`${PARTICIPATION}|IRCP`])],
    entities: [PATIENT, DATA, TRANSACTION],
    minEntities: 2,
  },
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PatientCreate`]: {
    type: REST,
    subtypes: [`${INTERACTION}|create`],
    action: 'C',
    successOnly: true,
    agents: [
      restEnd('client', SOURCE),
      restEnd('server', DESTINATION),
      user(['AUT', 'INF', 'CST'].map((code) => `${PARTICIPATION}|${code}`)),
    ],
    entities: [PATIENT, DATA, TRANSACTION],
    minEntities: 2,
  },
  [`${BALP}/StructureDefinition/IHE.BasicAudit.AuthZconsent`]: {
    type: `${DCM}|110113`,
    subtypes: ['AuthZ-Consent', 'AuthZ-Role'].map((code) => `${BALP}/CodeSystem/AuthZsubType|${code}`),
    closedSubtypes: true,
    action: 'E',
    successOnly: false,
    noModifierExtension: true,
    agents: [
      {
        name: 'client',
        types: [`${DCM}|110150`],
        min: 1,
        network: 'required',
        forbids: [...NOTHING_MORE, 'purposeOfUse'],
      },
      {
        name: 'user',
        types: [`${PARTICIPATION}|IRCP`],
        min: 1,
        network: 'forbidden',
        requestor: true,
        forbids: ['altId', 'location', 'media'],
      },
      {
        name: 'userorg',
        types: ['http://terminology.hl7.org/CodeSystem/v3-RoleClass|PROV'],
        min: 1,
        network: 'forbidden',
        requestor: false,
        forbids: [...NOTHING_MORE, 'policy'],
      },
      {
        name: 'authorizer',
        types: ['http://terminology.hl7.org/CodeSystem/extra-security-role-type|authserver'],
        min: 1,
        network: 'forbidden',
        requestor: false,
        forbids: [...NOTHING_MORE, 'policy', 'purposeOfUse'],
        isObserver: true,
      },
    ],
    entities: [
      PATIENT,
      {
        name: 'consent',
        type: 'http://hl7.org/fhir/resource-types|Consent',
        min: 1,
        max: 'many',
        what: 'required',
        query: 'allowed',
      },
      {
        name: 'token',
        type: `${BALP}/CodeSystem/UserAgentTypes|UserOauthAgent`,
        min: 0,
        max: 1,
        what: 'identifier',
        query: 'allowed',
      },
    ],
    closedEntities: true,
    minEntities: 2,
  },
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source`]: disclosure(`${DCM}|110106`, 'R', 'source'),
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Recipient`]: disclosure(
    `${DCM}|110107`,
    'C',
    'recipient',
  ),
};
