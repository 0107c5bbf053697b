import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';

/**
 * Whether a resource is about the patient a source was asked for (safety H04, smart.md §5 rows 59, 60). Pure.
 * A clinical resource must say whose it is; one that names somebody else, names two, or names nobody is not shown.
 */
export function isAbout(resource: Resource, patientId: string): boolean {
  const where = SUBJECT.get(resource.resourceType) ?? ownerOf(resource);
  if (where === undefined) return PARTS.has(resource.resourceType);
  if (where === 'self') return resource.id === patientId;
  const named = where.flatMap((path) => referencesAt(resource, path.split('.')));
  const patients = named.filter(isPatientReference);
  return patients.length > 0 && patients.every((reference) => pointsTo(reference, patientId));
}

/** Things a record refers to that are nobody's in particular. What refers to them has been checked itself. */
const PARTS: ReadonlySet<string> = new Set([
  'Binary',
  'Device',
  'Endpoint',
  'HealthcareService',
  'Location',
  'Medication',
  'OperationOutcome',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'ResearchStudy',
  'Schedule',
  'Slot',
  'Substance',
]);

/** A device is somebody's where it says so, and nobody's in particular where it does not. */
function ownerOf(resource: Resource): readonly string[] | undefined {
  return resource.resourceType === 'Device' && resource['patient'] !== undefined ? patient : undefined;
}

const patient = ['patient'];
const subject = ['subject'];

/** Where R4 puts the patient of each type the record may read. A type that stands in neither list is not shown. */
const SUBJECT: ReadonlyMap<string, readonly string[] | 'self'> = new Map(
  Object.entries<readonly string[] | 'self'>({
    Patient: 'self',
    Account: subject,
    AdverseEvent: subject,
    AllergyIntolerance: patient,
    Appointment: ['participant.actor'],
    AppointmentResponse: ['actor'],
    CarePlan: subject,
    CareTeam: subject,
    Claim: patient,
    ClinicalImpression: subject,
    Communication: subject,
    CommunicationRequest: subject,
    Composition: subject,
    Condition: subject,
    Consent: patient,
    Coverage: ['beneficiary'],
    DetectedIssue: patient,
    DeviceRequest: subject,
    DeviceUseStatement: subject,
    DiagnosticReport: subject,
    DocumentManifest: subject,
    DocumentReference: subject,
    Encounter: subject,
    EpisodeOfCare: patient,
    FamilyMemberHistory: patient,
    Flag: subject,
    Goal: subject,
    ImagingStudy: subject,
    Immunization: patient,
    ImmunizationEvaluation: patient,
    ImmunizationRecommendation: patient,
    List: subject,
    Media: subject,
    MedicationAdministration: subject,
    MedicationDispense: subject,
    MedicationRequest: subject,
    MedicationStatement: subject,
    NutritionOrder: patient,
    Observation: subject,
    Procedure: subject,
    QuestionnaireResponse: ['subject', 'source'],
    RelatedPerson: patient,
    RequestGroup: subject,
    ResearchSubject: ['individual'],
    RiskAssessment: subject,
    ServiceRequest: subject,
    Specimen: subject,
    Task: ['for'],
    VisionPrescription: patient,
  }),
);

function referencesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  return asObjects(value).flatMap((item) => {
    const next = item[head];
    const list: readonly unknown[] = next === undefined ? [] : Array.isArray(next) ? next : [next];
    return list.flatMap((child) => referencesAt(child, rest));
  });
}

/** An appointment names practitioners and places too: only what may be a patient is weighed. */
function isPatientReference(reference: unknown): boolean {
  const found = asObject(reference);
  if (!found) return false;
  const literal = asString(found['reference']);
  if (literal === undefined) return found['type'] === undefined || found['type'] === 'Patient';
  return !/(?:^|\/)(?!Patient\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/.test(literal);
}

/**
 * `Patient/<id>` and nothing more. Contained, absolute, `urn:` and `../` references may lead to somebody else, or out of
 * this source; a logical reference (an identifier alone) proves nothing about which record it means here.
 */
function pointsTo(reference: unknown, patientId: string): boolean {
  const literal = asString(asObject(reference)?.['reference']);
  return literal === `Patient/${patientId}` || literal?.startsWith(`Patient/${patientId}/_history/`) === true;
}
