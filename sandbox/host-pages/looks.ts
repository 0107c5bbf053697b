import type { OrganisationKind } from '../../src/record/source.ts';

/** Parts of an EPR's own summary, in the order each kind of EPR shows them. */
export type Part =
  | 'alerts'
  | 'problems'
  | 'medicines'
  | 'allergies'
  | 'contacts'
  | 'results'
  | 'documents'
  | 'plans'
  | 'services'
  | 'procedures'
  | 'vaccinations'
  | 'appointments';

/** How one make of EPR looks and what it calls things. The makes are invented. */
export type Look = {
  readonly product: string;
  readonly layout: 'desk' | 'ward' | 'caseload' | 'casefile' | 'epcr' | 'imaging' | 'o3' | 'tabs';
  readonly words: { readonly people: string; readonly person: string; readonly chart: string; readonly signIn: string };
  /** Menu words that make the page look lived in; they lead nowhere. */
  readonly menu: readonly string[];
  readonly parts: readonly (readonly [part: Part, heading: string])[];
  /** The EPR's own banner stays in view beside the panel, so the shared record need not show a full one. */
  readonly keepsBanner: boolean;
};

const DESK: Look = {
  product: 'Brookdesk',
  layout: 'desk',
  words: { people: 'Patients', person: 'patient', chart: 'Care record', signIn: 'Sign in to the practice' },
  menu: ['Appointments', 'Workflow', 'Consultations', 'Medication', 'Investigations', 'Referrals'],
  parts: [
    ['problems', 'Problems'],
    ['medicines', 'Current medication'],
    ['allergies', 'Allergies'],
    ['contacts', 'Last consultations'],
    ['results', 'Values and investigations'],
    ['vaccinations', 'Immunisations'],
    ['alerts', 'Warnings'],
    ['documents', 'Documents'],
    ['plans', 'Care plans'],
  ],
  keepsBanner: false,
};

const WARD: Look = {
  product: 'Wardline',
  layout: 'ward',
  words: { people: 'My patient lists', person: 'patient', chart: 'Chart', signIn: 'Log on' },
  menu: ['Chart review', 'Results', 'Orders', 'Notes', 'Drug chart', 'Discharge'],
  parts: [
    ['alerts', 'Alerts'],
    ['allergies', 'Allergies and intolerances'],
    ['problems', 'Problem list'],
    ['medicines', 'Medicines'],
    ['results', 'Recent results'],
    ['contacts', 'Encounters'],
    ['procedures', 'Procedures'],
    ['documents', 'Letters'],
    ['appointments', 'Future appointments'],
  ],
  keepsBanner: true,
};

const CASELOAD: Look = {
  product: 'Roundway',
  layout: 'caseload',
  words: { people: 'Caseload', person: 'client', chart: 'Clinical portal', signIn: 'Choose your team role' },
  menu: ['Diary', 'Progress notes', 'Assessments', 'Care planning', 'Risk', 'Referrals'],
  parts: [
    ['alerts', 'Alerts and risks'],
    ['plans', 'Care and crisis plans'],
    ['problems', 'Diagnoses'],
    ['contacts', 'Contacts'],
    ['medicines', 'Medication'],
    ['allergies', 'Allergies'],
    ['results', 'Observations'],
    ['documents', 'Correspondence'],
    ['services', 'Referrals'],
    ['appointments', 'Diary'],
  ],
  keepsBanner: false,
};

const CASEFILE: Look = {
  product: 'Hearthfile',
  layout: 'casefile',
  words: { people: 'People', person: 'person', chart: 'Person summary', signIn: 'Choose who you are working as' },
  menu: ['Work tray', 'Case notes', 'Assessments', 'Support plans', 'Services', 'Finance'],
  parts: [
    ['alerts', 'Hazards and alerts'],
    ['services', 'Services and packages'],
    ['plans', 'Support plans'],
    ['contacts', 'Contacts and case notes'],
    ['problems', 'Needs'],
    ['documents', 'Documents'],
    ['appointments', 'Visits'],
  ],
  keepsBanner: false,
};

const EPCR: Look = {
  product: 'Kerbside ePCR',
  layout: 'epcr',
  words: { people: 'Incidents and patients', person: 'patient', chart: 'Patient care record', signIn: 'Crew sign-on' },
  menu: ['Primary survey', 'Vitals', 'Interventions', 'Handover'],
  parts: [
    ['alerts', 'Warnings'],
    ['allergies', 'Allergies'],
    ['results', 'Vital signs'],
    ['contacts', 'Incidents'],
    ['problems', 'Conditions'],
    ['medicines', 'Drugs given'],
    ['procedures', 'Interventions'],
    ['documents', 'Documents'],
  ],
  keepsBanner: false,
};

const IMAGING: Look = {
  product: 'Lightbox',
  layout: 'imaging',
  words: { people: 'Worklist', person: 'patient', chart: 'Study', signIn: 'Log on to the desktop' },
  menu: ['Compare', 'Measure', 'Report', 'Conference'],
  parts: [
    ['alerts', 'Alerts'],
    ['allergies', 'Allergies'],
    ['results', 'Studies and results'],
    ['problems', 'Clinical details'],
    ['contacts', 'Attendances'],
    ['documents', 'Reports'],
  ],
  keepsBanner: false,
};

const LOOKS: { readonly [kind in OrganisationKind]: Look } = {
  commissioner: CASEFILE,
  gp: DESK,
  acute: WARD,
  community: {
    ...CASELOAD,
    product: 'Pretend OpenMRS chart',
    layout: 'o3',
    words: { ...CASELOAD.words, people: 'Patients', person: 'patient', chart: 'Patient summary' },
    menu: ['Vitals and biometrics', 'Visits', 'Orders', 'Forms', 'Attachments'],
  },
  'mental-health': CASELOAD,
  ambulance: EPCR,
  council: CASEFILE,
  hospice: {
    ...CASELOAD,
    product: 'Pretend OpenEMR',
    layout: 'tabs',
    words: { ...CASELOAD.words, people: 'Patient finder', person: 'patient', chart: 'Dashboard' },
    menu: ['Calendar', 'Finder', 'Flow', 'Messages', 'Reports'],
  },
  'out-of-hours': DESK,
  pharmacy: {
    ...DESK,
    product: 'Countertop',
    words: { ...DESK.words, signIn: 'Sign in to the pharmacy', chart: 'Medication record' },
  },
  'urgent-care': IMAGING,
  'independent-hospital': WARD,
  'home-care': CASEFILE,
};

export function lookOf(kind: OrganisationKind): Look {
  return LOOKS[kind];
}
