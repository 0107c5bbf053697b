/** SMART App Launch 2.2 scopes, v2 grammar (`patient/Observation.rs`) and the v1 words for reading (`.read`, `.*`). */
export type Grant = {
  readonly level: 'patient' | 'user' | 'system';
  /** A FHIR type or `*`. */
  readonly type: string;
  readonly may: ReadonlySet<'read' | 'search'>;
};

const SCOPE = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(read|\*|c?r?u?d?s?)$/;

/** What the server offers to read. */
export const READABLE_TYPES = [
  'AllergyIntolerance',
  'Appointment',
  'Binary',
  'CarePlan',
  'CareTeam',
  'ClinicalImpression',
  'Communication',
  'CommunicationRequest',
  'Composition',
  'Condition',
  'Consent',
  'Coverage',
  'Device',
  'DeviceRequest',
  'DeviceUseStatement',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'FamilyMemberHistory',
  'Flag',
  'Goal',
  'HealthcareService',
  'ImagingStudy',
  'Immunization',
  'List',
  'Location',
  'Medication',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'QuestionnaireResponse',
  'RelatedPerson',
  'ResearchStudy',
  'ResearchSubject',
  'RiskAssessment',
  'ServiceRequest',
  'Specimen',
  'Task',
] as const;

export const CONTEXT_SCOPES = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'launch/encounter',
  'online_access',
];

export const ACCESS_SCOPES = ['patient', 'user', 'system'].flatMap((level) =>
  ['*', ...READABLE_TYPES].flatMap((type) => ['r', 's', 'rs', 'read'].map((may) => `${level}/${type}.${may}`)),
);

/** What a system may hand in, besides what it may read. */
export const INBOX_SCOPES = ['system/Communication.c', 'system/DocumentReference.c'];

/** What a system may ask to be told of, and ask no longer. */
export const NOTICE_SCOPE = 'system/Subscription.cd';

export function parseScopes(text: string | undefined): readonly Grant[] {
  return (text ?? '').split(' ').flatMap((scope) => {
    const [, level, type, letters] = SCOPE.exec(scope) ?? [];
    if (!level || !type || !letters) return [];
    const may = new Set<'read' | 'search'>();
    if (letters === 'read' || letters === '*' || letters.includes('r')) may.add('read');
    if (letters === 'read' || letters === '*' || letters.includes('s')) may.add('search');
    return [{ level: level as Grant['level'], type, may }];
  });
}

/** The grants that allow this; the caller then decides whose data each of them reaches. */
export function grantsFor(grants: readonly Grant[], type: string, need: 'read' | 'search'): readonly Grant[] {
  return grants.filter((grant) => (grant.type === '*' || grant.type === type) && grant.may.has(need));
}
