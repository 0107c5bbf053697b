import type { Resource } from '../../src/record/resource.ts';

export type Change = { readonly [element: string]: unknown };

/** A stay in hospital that is over, as its hospital tells it. */
export function stay(change: Change = {}): Resource {
  return {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'IMP', display: 'inpatient encounter' },
    type: [{ text: 'Emergency admission' }],
    serviceType: { text: 'Cardiology' },
    serviceProvider: {
      display: 'Royal Infirmary',
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB101' },
    },
    period: { start: '2026-10-25T11:20:00Z', end: '2026-10-30T15:45:00Z' },
    reasonCode: [{ text: 'Heart failure' }],
    hospitalization: {
      origin: { display: '42 Hidden Street' },
      admitSource: { text: 'Emergency department' },
      dischargeDisposition: { text: 'Usual place of residence' },
    },
    ...change,
  };
}

/** The summary of one, with no stay named in it. */
export function summary(change: Change = {}): Resource {
  return {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    type: { text: 'Discharge summary' },
    description: 'Discharge summary, Cardiology',
    date: '2026-10-31T09:00:00Z',
    content: [{ attachment: { contentType: 'application/pdf' } }],
    ...change,
  };
}

/** What UK Core says of the Mental Health Act at one of its ends. */
const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';
export const LEGAL = `${UK_CORE}LegalStatus`;
export const legal = (moment: string, status: string): object => ({
  url: LEGAL,
  extension: [
    { url: 'legalStatusContext', valueCodeableConcept: { text: moment } },
    { url: 'legalStatusClassification', valueCodeableConcept: { text: status } },
  ],
});

/** The number of the stay, wherever it is told. */
export const SPELL = { identifier: [{ system: 'https://x.example/spell', value: '9' }] };

export const STAY_CODE = [
  { system: 'http://snomed.info/sct', code: '183452005', display: 'Emergency hospital admission' },
];

/** One of which all is told. */
export const FULL_STAY = stay({
  ...SPELL,
  type: [{ coding: STAY_CODE }],
  participant: [{ individual: { display: 'Dr Ada' }, type: [{ text: 'admitter' }] }],
  location: [{ location: { display: 'Ward 5' } }],
  hospitalization: {
    extension: [
      { url: `${UK_CORE}AdmissionMethod`, valueCodeableConcept: { text: 'Accident and emergency' } },
      { url: `${UK_CORE}DischargeMethod`, valueCodeableConcept: { text: 'On clinical advice' } },
    ],
    admitSource: { text: 'Emergency department' },
    dischargeDisposition: { text: 'Care home' },
    destination: { display: 'St Hilda’s' },
  },
  extension: [legal('Admission', 'Section 2'), legal('Discharge', 'Informal')],
});

/** What its entries have in common. */
export const OF_FULL_STAY = {
  origin: { source: 'hospital', resource: 'Encounter/e1', by: 'Dr Ada' },
  title: 'Emergency hospital admission',
  code: { text: 'Emergency hospital admission', codings: STAY_CODE },
  state: 'past',
  statusAsRecorded: 'finished',
  provider: 'Royal Infirmary',
  providerCode: 'XB101',
  specialty: 'Cardiology',
  businessId: 'https://x.example/spell|9',
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

/** One of which only the kind is told, and that it is over. */
export const BARE_STAY: Resource = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { display: 'Inpatient' },
};

export const OF_BARE_STAY = {
  origin: { source: 'hospital', resource: 'Encounter/e1' },
  title: 'Inpatient',
  code: { text: 'Inpatient', codings: [{ display: 'Inpatient' }] },
  state: 'past',
  statusAsRecorded: 'finished',
  legalStatus: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};
