/**
 * Every element that FHIR R4 marks isModifier in the types this record reads or may read, with all the codes R4 gives it.
 * A value that is not among them has a meaning nobody here knows (`modifiers.ts`). `test/record/fhir/modifier-elements.test.ts`
 * compares the table with the published definitions, so that none can be left out.
 */
export type ModifierValues = readonly string[] | 'boolean';

const REQUEST_STATUS = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'];
const EVENT_STATUS = [
  'preparation',
  'in-progress',
  'not-done',
  'on-hold',
  'stopped',
  'completed',
  'entered-in-error',
  'unknown',
];
const ORDERS = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'];
const REQUEST_INTENT = ['proposal', 'plan', 'directive', ...ORDERS, 'option'];
const IN_USE = ['active', 'inactive', 'entered-in-error'];
const DOCUMENT_STATUS = ['current', 'superseded', 'entered-in-error'];
const REQUEST = { status: REQUEST_STATUS, intent: REQUEST_INTENT } as const;

export const MODIFIER_ELEMENTS: { readonly [type: string]: { readonly [path: string]: ModifierValues } } = {
  AllergyIntolerance: {
    clinicalStatus: ['active', 'inactive', 'resolved'],
    verificationStatus: ['unconfirmed', 'confirmed', 'refuted', 'entered-in-error'],
  },
  Appointment: {
    status: [
      'proposed',
      'pending',
      'booked',
      'arrived',
      'fulfilled',
      'cancelled',
      'noshow',
      'entered-in-error',
      'checked-in',
      'waitlist',
    ],
  },
  CarePlan: {
    status: REQUEST_STATUS,
    intent: ['proposal', 'plan', 'order', 'option'],
    'activity.detail.status': [
      'not-started',
      'scheduled',
      'in-progress',
      'on-hold',
      'completed',
      'cancelled',
      'stopped',
      'unknown',
      'entered-in-error',
    ],
    'activity.detail.doNotPerform': 'boolean',
  },
  CareTeam: { status: ['proposed', 'active', 'suspended', 'inactive', 'entered-in-error'] },
  ClinicalImpression: { status: ['in-progress', 'completed', 'entered-in-error'] },
  Communication: { status: EVENT_STATUS },
  CommunicationRequest: { status: REQUEST_STATUS, doNotPerform: 'boolean' },
  Composition: { status: ['preliminary', 'final', 'amended', 'entered-in-error'] },
  Condition: {
    clinicalStatus: ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'],
    verificationStatus: ['unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error'],
  },
  Consent: {
    status: ['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error'],
    scope: ['adr', 'research', 'patient-privacy', 'treatment'],
  },
  Device: { status: [...IN_USE, 'unknown'] },
  DeviceRequest: REQUEST,
  DeviceUseStatement: { status: ['active', 'completed', 'entered-in-error', 'intended', 'stopped', 'on-hold'] },
  DiagnosticReport: {
    status: [
      'registered',
      'partial',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'appended',
      'cancelled',
      'entered-in-error',
      'unknown',
    ],
  },
  DocumentManifest: { status: DOCUMENT_STATUS },
  DocumentReference: { status: DOCUMENT_STATUS },
  Encounter: {
    status: [
      'planned',
      'arrived',
      'triaged',
      'in-progress',
      'onleave',
      'finished',
      'cancelled',
      'entered-in-error',
      'unknown',
    ],
  },
  EpisodeOfCare: {
    status: ['planned', 'waitlist', 'active', 'onhold', 'finished', 'cancelled', 'entered-in-error'],
  },
  FamilyMemberHistory: { status: ['partial', 'completed', 'entered-in-error', 'health-unknown'] },
  Flag: { status: IN_USE },
  Goal: {
    lifecycleStatus: [
      'proposed',
      'planned',
      'accepted',
      'active',
      'on-hold',
      'completed',
      'cancelled',
      'entered-in-error',
      'rejected',
    ],
  },
  HealthcareService: { active: 'boolean' },
  ImagingStudy: { status: ['registered', 'available', 'cancelled', 'entered-in-error', 'unknown'] },
  Immunization: { status: ['completed', 'entered-in-error', 'not-done'], isSubpotent: 'boolean' },
  List: {
    status: ['current', 'retired', 'entered-in-error'],
    mode: ['working', 'snapshot', 'changes'],
    'entry.deleted': 'boolean',
  },
  Location: { status: ['active', 'suspended', 'inactive'] },
  Media: { status: EVENT_STATUS },
  Medication: { status: IN_USE },
  MedicationAdministration: { status: EVENT_STATUS.filter((code) => code !== 'preparation') },
  MedicationDispense: { status: [...EVENT_STATUS.filter((code) => code !== 'not-done'), 'cancelled', 'declined'] },
  MedicationRequest: {
    status: ['active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown'],
    intent: REQUEST_INTENT.filter((code) => code !== 'directive'),
    doNotPerform: 'boolean',
  },
  MedicationStatement: {
    status: ['active', 'completed', 'entered-in-error', 'intended', 'stopped', 'on-hold', 'unknown', 'not-taken'],
  },
  NutritionOrder: REQUEST,
  Observation: {
    status: ['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown'],
  },
  Organization: { active: 'boolean' },
  Patient: { active: 'boolean', deceasedBoolean: 'boolean' },
  Procedure: { status: EVENT_STATUS },
  QuestionnaireResponse: { status: ['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped'] },
  RelatedPerson: { active: 'boolean' },
  ResearchSubject: {
    status: [
      'candidate',
      'eligible',
      'follow-up',
      'ineligible',
      'not-registered',
      'off-study',
      'on-study',
      'on-study-intervention',
      'on-study-observation',
      'pending-on-study',
      'potential-candidate',
      'screening',
      'withdrawn',
    ],
  },
  ServiceRequest: { ...REQUEST, doNotPerform: 'boolean' },
  Specimen: { status: ['available', 'unavailable', 'unsatisfactory', 'entered-in-error'] },
  Task: {
    status: [
      'draft',
      'requested',
      'received',
      'accepted',
      'rejected',
      'ready',
      'cancelled',
      'in-progress',
      'on-hold',
      'failed',
      'completed',
      'entered-in-error',
    ],
  },
};
