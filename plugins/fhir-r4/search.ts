/**
 * What is asked of a FHIR R4 server for one type (FHIR R4 §3.1.1). Every parameter travels in the form body of a
 * POST _search, so that no patient's number or id is ever part of an address.
 */

/** Alerts and allergies first: a reader must not prescribe while they are still under way (safety H07, H37). */
const FIRST: readonly string[] = [
  'Patient',
  'Flag',
  'AllergyIntolerance',
  'Consent',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'MedicationDispense',
];

/** References whose targets give a statement its product, person or place; asked along so that a page explains itself. */
const INCLUDES: { readonly [type: string]: readonly string[] } = {
  Patient: ['general-practitioner'],
  Flag: ['author'],
  AllergyIntolerance: ['recorder', 'asserter'],
  Condition: ['asserter'],
  MedicationRequest: ['medication', 'requester'],
  MedicationStatement: ['medication', 'source'],
  MedicationDispense: ['medication', 'performer'],
  ClinicalImpression: ['assessor'],
  ResearchSubject: ['study'],
  Encounter: ['participant', 'location', 'service-provider'],
  DiagnosticReport: ['performer'],
  Observation: ['performer'],
  Immunization: ['performer'],
  Procedure: ['performer'],
  DocumentReference: ['author', 'custodian'],
  CareTeam: ['participant'],
  Appointment: ['practitioner', 'location'],
  ServiceRequest: ['requester', 'performer'],
  Task: ['focus', 'owner', 'requester'],
  DeviceRequest: ['requester', 'performer'],
  DeviceUseStatement: ['device'],
  RiskAssessment: ['performer'],
};

export function orderTypes(types: readonly string[]): readonly string[] {
  const asked = [...new Set(types)];
  return [...FIRST.filter((type) => asked.includes(type)), ...asked.filter((type) => !FIRST.includes(type))];
}

export type TypeAsk = {
  readonly type: string;
  readonly patientId: string;
  readonly pageSize: number;
  /** Only these resources of the type. */
  readonly ids?: readonly string[];
  /** Only what has changed since then (`_lastUpdated`). */
  readonly changedSince?: string;
};

/** `plain`: without `_include` and `_lastUpdated`, for servers that refuse parameters they don't know. */
export function searchForm(ask: TypeAsk, style: 'with-includes' | 'plain'): URLSearchParams {
  const form = new URLSearchParams();
  if (ask.type === 'Patient') form.set('_id', ask.patientId);
  else form.set('patient', ask.patientId);
  if (ask.ids && ask.type !== 'Patient') form.set('_id', ask.ids.join(','));
  form.set('_count', String(ask.pageSize));
  if (ask.changedSince !== undefined && style === 'with-includes') form.set('_lastUpdated', `ge${ask.changedSince}`);
  if (style === 'with-includes') {
    for (const name of INCLUDES[ask.type] ?? []) form.append('_include', `${ask.type}:${name}`);
  }
  return form;
}

export function hasIncludes(type: string): boolean {
  return Object.hasOwn(INCLUDES, type);
}
