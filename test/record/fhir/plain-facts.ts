import type { Resource } from '../../../src/record/resource.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const named = (text: string): object => ({ text });
const coded = (system: string, code: string): object => ({ coding: [{ system: `${HL7}/${system}`, code }] });
const SUBJECT = { subject: { reference: 'Patient/p' } };
const DAY = '2026-05-04';

/** One statement of each kind that may be read as plain fact, with a part of everything that nests in it. */
export const PLAIN_FACTS: { readonly [type: string]: readonly Resource[] } = {
  AllergyIntolerance: [
    {
      resourceType: 'AllergyIntolerance',
      code: named('Penicillin'),
      clinicalStatus: coded('allergyintolerance-clinical', 'active'),
      verificationStatus: coded('allergyintolerance-verification', 'confirmed'),
      reaction: [{ manifestation: [named('Rash')] }],
    },
  ],
  Appointment: [
    {
      resourceType: 'Appointment',
      status: 'booked',
      start: '2030-05-04T10:00:00Z',
      serviceType: [named('Physiotherapy')],
      participant: [{ actor: { display: 'Dr A' }, status: 'accepted' }],
    },
  ],
  CarePlan: [
    {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      title: 'Diabetes plan',
      activity: [{ detail: { description: 'Check feet', status: 'in-progress' } }],
    },
    {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      title: 'Home care',
      category: [named('Social care package')],
      activity: [{ detail: { description: 'Morning call', status: 'in-progress' } }],
    },
  ],
  CareTeam: [
    {
      resourceType: 'CareTeam',
      status: 'active',
      name: 'Community team',
      participant: [{ member: { display: 'Nurse B' }, role: [named('District nurse')] }],
    },
  ],
  ClinicalImpression: [
    {
      resourceType: 'ClinicalImpression',
      status: 'completed',
      code: named('Memory assessment'),
      summary: 'Stable',
      date: DAY,
      ...SUBJECT,
    },
  ],
  Communication: [
    {
      resourceType: 'Communication',
      status: 'completed',
      topic: named('Letter'),
      sent: DAY,
      payload: [{ contentString: 'Called' }],
      ...SUBJECT,
    },
  ],
  Composition: [
    {
      resourceType: 'Composition',
      status: 'final',
      title: 'Discharge letter',
      date: DAY,
      type: named('Letter'),
      section: [{ title: 'Plan' }],
    },
  ],
  Condition: [
    condition('Asthma'),
    condition('Child protection plan'),
    { ...condition('Physical support'), category: [named('Primary support reason')] },
    condition('Not for resuscitation'),
  ],
  Consent: [
    {
      resourceType: 'Consent',
      status: 'active',
      scope: coded('consentscope', 'adr'),
      category: [coded('consentcategorycodes', 'dnr')],
      dateTime: DAY,
      provision: { type: 'deny', code: [{ coding: [{ system: 'http://snomed.info/sct', code: '89666000' }] }] },
    },
  ],
  Device: [{ resourceType: 'Device', status: 'active', patient: { reference: 'Patient/p' }, type: named('Hoist') }],
  DeviceRequest: [
    {
      resourceType: 'DeviceRequest',
      status: 'active',
      intent: 'order',
      codeCodeableConcept: named('Hoist'),
      authoredOn: DAY,
    },
  ],
  DeviceUseStatement: [
    { resourceType: 'DeviceUseStatement', status: 'active', device: { display: 'Walking frame' }, recordedOn: DAY },
  ],
  DiagnosticReport: [
    {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: named('Full blood count'),
      effectiveDateTime: DAY,
      conclusion: 'Normal',
      presentedForm: [{ contentType: 'application/pdf', title: 'Report' }],
    },
  ],
  DocumentReference: [
    {
      resourceType: 'DocumentReference',
      status: 'current',
      description: 'Clinic letter',
      date: DAY,
      content: [{ attachment: { title: 'Letter' } }],
      context: { event: [named('Clinic')] },
    },
    {
      resourceType: 'DocumentReference',
      status: 'current',
      description: 'About me',
      date: DAY,
      content: [{ attachment: { title: 'About me' } }],
    },
    {
      resourceType: 'DocumentReference',
      status: 'current',
      description: 'ReSPECT form of May',
      type: named('ReSPECT form'),
      date: DAY,
      content: [{ attachment: { title: 'Form' } }],
    },
  ],
  Encounter: [
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: `${HL7}/v3-ActCode`, code: 'AMB', display: 'ambulatory' },
      type: [named('Clinic')],
      period: { start: DAY },
      participant: [{ individual: { display: 'Dr A' } }],
    },
  ],
  EpisodeOfCare: [
    { resourceType: 'EpisodeOfCare', status: 'active', type: [named('Reablement')], period: { start: DAY } },
  ],
  FamilyMemberHistory: [
    {
      resourceType: 'FamilyMemberHistory',
      status: 'completed',
      relationship: named('Mother'),
      condition: [{ code: named('Breast cancer') }],
    },
  ],
  Flag: [
    {
      resourceType: 'Flag',
      status: 'active',
      code: named('Falls risk'),
      category: [named('Clinical')],
      period: { start: DAY },
    },
    { resourceType: 'Flag', status: 'active', code: named('Not for resuscitation'), period: { start: DAY } },
  ],
  Goal: [
    {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: named('Walk to the shop'),
      startDate: DAY,
      target: [{ detailString: '100 m' }],
    },
  ],
  ImagingStudy: [
    {
      resourceType: 'ImagingStudy',
      status: 'available',
      description: 'Chest X-ray',
      started: DAY,
      series: [{ modality: { code: 'DX' } }],
    },
  ],
  Immunization: [
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: named('Influenza vaccine'),
      occurrenceDateTime: DAY,
      protocolApplied: [{ doseNumberPositiveInt: 1, targetDisease: [named('Influenza')] }],
    },
  ],
  List: [
    {
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      code: named('Problems'),
      entry: [{ item: { reference: 'Condition/c' } }],
    },
  ],
  Media: [
    {
      resourceType: 'Media',
      status: 'completed',
      type: named('Photograph'),
      createdDateTime: DAY,
      content: { title: 'Wound' },
      ...SUBJECT,
    },
  ],
  MedicationAdministration: [
    {
      resourceType: 'MedicationAdministration',
      status: 'completed',
      medicationCodeableConcept: named('Morphine'),
      effectiveDateTime: DAY,
      dosage: { dose: { value: 5, unit: 'mg' } },
      ...SUBJECT,
    },
  ],
  MedicationDispense: [
    {
      resourceType: 'MedicationDispense',
      status: 'completed',
      medicationCodeableConcept: named('Ramipril'),
      whenHandedOver: DAY,
      dosageInstruction: [dosage()],
    },
  ],
  MedicationRequest: [
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      doNotPerform: false,
      medicationCodeableConcept: named('Ramipril'),
      authoredOn: DAY,
      dosageInstruction: [dosage()],
      dispenseRequest: { quantity: { value: 28, unit: 'tablet' } },
    },
  ],
  MedicationStatement: [
    {
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: named('Ramipril'),
      dateAsserted: DAY,
      dosage: [dosage()],
    },
  ],
  Observation: [
    observation('Serum sodium level', 'laboratory'),
    observation('Body weight', 'vital-signs'),
    { ...observation('Primary support reason', 'survey'), valueQuantity: undefined, valueString: 'Mobility' },
    {
      ...observation('Resuscitation status', 'survey'),
      valueQuantity: undefined,
      valueCodeableConcept: named('For resuscitation'),
    },
  ],
  Patient: [
    {
      resourceType: 'Patient',
      active: true,
      deceasedBoolean: false,
      name: [{ family: 'Test', given: ['Ann'] }],
      contact: [{ name: { text: 'Bob Test' }, relationship: [named('Husband')] }],
    },
  ],
  Procedure: [
    {
      resourceType: 'Procedure',
      status: 'completed',
      code: named('Appendicectomy'),
      performedDateTime: DAY,
      performer: [{ actor: { display: 'Dr A' } }],
    },
  ],
  QuestionnaireResponse: [
    {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'https://a.example/Questionnaire/frailty',
      authored: DAY,
      item: [{ linkId: '1', text: 'Walks?', answer: [{ valueBoolean: true }] }],
    },
    {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'https://a.example/Questionnaire/about-me',
      authored: DAY,
      item: [{ linkId: '1', text: 'Matters', answer: [{ valueString: 'Dog' }] }],
    },
  ],
  RelatedPerson: [
    {
      resourceType: 'RelatedPerson',
      active: true,
      name: [{ text: 'Bob Test' }],
      relationship: [named('Husband')],
      period: { start: DAY },
    },
  ],
  ResearchSubject: [
    {
      resourceType: 'ResearchSubject',
      status: 'on-study',
      study: { display: 'A trial' },
      individual: { reference: 'Patient/p' },
      period: { start: DAY },
    },
  ],
  RiskAssessment: [
    {
      resourceType: 'RiskAssessment',
      status: 'final',
      code: named('Falls risk'),
      occurrenceDateTime: DAY,
      prediction: [{ outcome: named('Fall') }],
    },
  ],
  ServiceRequest: [
    {
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      doNotPerform: false,
      code: named('Cardiology referral'),
      authoredOn: DAY,
    },
    {
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      doNotPerform: false,
      code: named('Chest X-ray'),
      category: [named('Imaging')],
      authoredOn: DAY,
    },
  ],
  Task: [
    {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      code: named('Referral'),
      authoredOn: DAY,
      for: { reference: 'Patient/p' },
    },
  ],
};

/**
 * Codes by which a statement stays the plain fact it is, with the reason. Every other code of R4 must show. `why` is for
 * whoever adds one: it must hold for a clinician who never opens the line.
 */
export const SAME_AS_PLAIN: {
  readonly [element: string]: { readonly codes: readonly string[]; readonly why: string };
} = {
  'CarePlan.intent': { codes: ['order'], why: 'a plan that is in force, by whatever authority' },
  'CarePlan.activity.detail.status': { codes: [], why: 'the word stands beside each activity' },
  'Consent.scope': {
    codes: ['treatment', 'patient-privacy'],
    why: 'an advance decision is a consent about treatment, and decides also where it is filed as one about privacy',
  },
  'DeviceRequest.intent': {
    codes: ['directive', 'original-order', 'reflex-order', 'filler-order', 'instance-order'],
    why: 'kinds of order: each asks for the thing with full authority',
  },
  'MedicationRequest.intent': {
    codes: ['plan', 'original-order', 'reflex-order', 'filler-order', 'instance-order'],
    why: 'kinds of order; a plan in UK general practice is the authorised repeat (GP Connect)',
  },
  'ServiceRequest.intent': {
    codes: ['directive', 'original-order', 'reflex-order', 'filler-order', 'instance-order', 'plan'],
    why: 'kinds of order; England’s booking and referral standard (BaRS) sends a referral that stands as a plan',
  },
  'MedicationDispense.status': {
    codes: ['unknown'],
    why: 'both say only that it was supplied: its standing is not known',
  },
};

function condition(text: string): Resource {
  return {
    resourceType: 'Condition',
    code: named(text),
    clinicalStatus: coded('condition-clinical', 'active'),
    verificationStatus: coded('condition-ver-status', 'confirmed'),
    recordedDate: DAY,
    stage: [{ summary: named('Mild') }],
  };
}

function observation(text: string, category: string): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: named(text),
    category: [coded('observation-category', category)],
    effectiveDateTime: DAY,
    valueQuantity: { value: 5, unit: 'mmol/L' },
    component: [],
  };
}

function dosage(): object {
  return {
    text: 'one daily',
    timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
  };
}
