import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, SNOMED, snomed, there, words, type PairMaker } from './pair.ts';

const zoned = (text: string): string => `${new Date(Date.parse(text) + 3_600_000).toISOString().slice(0, 19)}+01:00`;
const later = (text: string, minutes: number): string =>
  `${new Date(Date.parse(text) + minutes * 60_000).toISOString().slice(0, 19)}Z`;
const period = (resource: Resource): { readonly start: string; readonly end: string } =>
  resource['period'] as { start: string; end: string };
const number = (value: string): object => ({ identifier: [{ system: 'https://pas.example/visit', value }] });

const CONTACTS = [
  'District nurse visit',
  'Cardiology outpatient clinic',
  'GP surgery consultation',
  'Emergency admission',
];

export const encounterPairs: PairMaker = {
  section: 'encounters',

  one(chance) {
    const start = `${chance.day(2020, 2025)}T${chance.time()}Z`;
    return {
      resourceType: 'Encounter',
      id: 'e',
      status: 'finished',
      class: { code: 'AMB' },
      type: [words(chance.pick(CONTACTS))],
      period: { start, end: later(start, chance.whole(10, 300)) },
      serviceProvider: { display: 'The hospital' },
      ...number(String(chance.whole(1000, 9999))),
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'no number, and the same minute': there(() => ({ identifier: undefined })),
    'a number of its own, and the same minute': there(() => number('other')),
    'the same moment in another zone': there((one) => ({
      period: { start: zoned(period(one).start), end: zoned(period(one).end) },
    })),
    'no end': there((one) => ({ period: { start: period(one).start } })),
    'no provider': there(() => ({ serviceProvider: undefined })),
    'a reason and people': there(() => ({
      reasonCode: [words('Breathless')],
      participant: [{ individual: { display: 'Dr A' } }],
    })),
    'only the day, under its number': both((one) => {
      const day = { period: { start: period(one).start.slice(0, 10) } };
      return [day, day];
    }),
    'a service by one alone': there(() => ({ serviceType: words('Cardiology') })),
    capitals: there((one) => ({ type: [words(((one['type'] as { text: string }[])[0]?.text ?? '').toUpperCase())] })),
  },

  unlike: {
    'date (another minute)': there((one) => ({ period: { start: later(period(one).start, 5), end: period(one).end } })),
    'date (another day)': there((_, chance) => ({ period: { start: `${chance.day(2010, 2019)}T${chance.time()}Z` } })),
    'date (only the day is known, and no number)': both((one) => {
      const day = { period: { start: period(one).start.slice(0, 10) }, identifier: undefined };
      return [day, day];
    }),
    'date (midnight for want of a time)': both((one) => {
      const day = { period: { start: `${period(one).start.slice(0, 10)}T00:00:00Z` }, identifier: undefined };
      return [day, day];
    }),
    'period (another end)': there((one) => ({ period: { start: period(one).start, end: later(period(one).end, 30) } })),
    'kind of contact': there((one, chance) => ({
      type: [words(another(chance, CONTACTS, (text) => text === (one['type'] as { text: string }[])[0]?.text))],
    })),
    provider: there(() => ({ serviceProvider: { display: 'Another trust' }, identifier: undefined })),
    'status (planned)': there(() => ({ status: 'planned' })),
    'status (cancelled)': there(() => ({ status: 'cancelled' })),
    service: both(() => [{ serviceType: words('Cardiology') }, { serviceType: words('Podiatry') }]),
  },
};

const bookingOf = (resource: Resource): string => resource['start'] as string;
const SERVICES = ['Cardiology', 'Podiatry', 'Nephrology', 'Blood test'];

export const appointmentPairs: PairMaker = {
  section: 'appointments',

  one(chance) {
    const start = `${chance.day(2027, 2028)}T${chance.time()}Z`;
    return {
      resourceType: 'Appointment',
      id: 'p',
      status: 'booked',
      start,
      end: later(start, 20),
      serviceType: [words(chance.pick(SERVICES))],
      participant: [{ actor: { reference: 'Location/1', display: 'Clinic 3' }, status: 'accepted' }],
      identifier: [{ system: 'https://book.example/id', value: String(chance.whole(1000, 9999)) }],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'no number, and the same minute': there(() => ({ identifier: undefined })),
    'the same moment in another zone': there((one) => ({
      start: zoned(bookingOf(one)),
      end: zoned(one['end'] as string),
    })),
    'no place': there(() => ({ participant: [] })),
    'no end': there(() => ({ end: undefined })),
    'a reason': there(() => ({ reasonCode: [words('Review')] })),
    'a comment': there(() => ({ comment: 'Bring your glasses.' })),
    'who it is with': there((one) => ({
      participant: [
        ...(one['participant'] as object[]),
        { actor: { reference: 'Practitioner/1', display: 'Dr A' }, status: 'accepted' },
      ],
    })),
    'only the day, under its number': both((one) => {
      const day = { start: bookingOf(one).slice(0, 10), end: undefined };
      return [day, day];
    }),
  },

  unlike: {
    'date (another minute)': there((one) => ({ start: later(bookingOf(one), 15) })),
    'date (another day)': there((_, chance) => ({ start: `${chance.day(2029, 2030)}T09:10:00Z`, end: undefined })),
    'date (only the day is known, and no number)': both((one) => {
      const day = { start: bookingOf(one).slice(0, 10), end: undefined, identifier: undefined };
      return [day, day];
    }),
    'status (cancelled)': there(() => ({ status: 'cancelled' })),
    'status (not attended)': there(() => ({ status: 'noshow' })),
    'status (proposed)': there(() => ({ status: 'proposed' })),
    service: there((one, chance) => ({
      serviceType: [
        words(another(chance, SERVICES, (text) => text === (one['serviceType'] as { text: string }[])[0]?.text)),
      ],
    })),
    place: there(() => ({
      participant: [{ actor: { reference: 'Location/2', display: 'Clinic 9' }, status: 'accepted' }],
    })),
    'period (another end)': there((one) => ({ end: later(bookingOf(one), 60) })),
  },
};

const VACCINES: readonly (readonly [code: string, product: string, words: string])[] = [
  ['39114911000001105', 'COVID-19 mRNA vaccine', 'COVID-19 vaccination'],
  ['1181000221105', 'Influenza vaccine (inactivated)', 'Flu vaccine'],
  ['1000111', 'Pneumococcal polysaccharide vaccine', 'Pneumovax'],
  ['1000112', 'Shingles vaccine', 'Shingrix'],
  ['1000113', 'MMR vaccine', 'Measles, mumps and rubella vaccine'],
  ['1000114', 'RSV vaccine', 'Respiratory syncytial virus vaccine'],
];
const vaccineOf = (resource: Resource): (typeof VACCINES)[number] => resource['example'] as (typeof VACCINES)[number];

export const vaccinationPairs: PairMaker = {
  section: 'vaccinations',

  one(chance) {
    const row = chance.pick(VACCINES);
    return {
      resourceType: 'Immunization',
      id: 'i',
      example: row,
      status: 'completed',
      vaccineCode: snomed(row[0], row[1]),
      occurrenceDateTime: chance.day(),
      lotNumber: `AB${chance.whole(100, 999)}`,
      site: words('Left deltoid'),
      route: words('Intramuscular'),
      protocolApplied: [{ doseNumberPositiveInt: chance.whole(1, 3) }],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'the time of day': there((one) => ({ occurrenceDateTime: `${String(one['occurrenceDateTime'])}T10:20:00+00:00` })),
    'words without a code': there((one) => ({ vaccineCode: words(vaccineOf(one)[1]) })),
    'another name, without a code': there((one) => ({ vaccineCode: words(vaccineOf(one)[2]) })),
    'no batch': there(() => ({ lotNumber: undefined })),
    'no site and no route': there(() => ({ site: undefined, route: undefined })),
    'no dose number': there(() => ({ protocolApplied: undefined })),
    'told second hand': there(() => ({
      primarySource: false,
      lotNumber: undefined,
      site: undefined,
      route: undefined,
    })),
    'who gave it': there(() => ({
      performer: [{ actor: { display: 'The pharmacy' } }],
      location: { display: 'Pharmacy' },
    })),
    capitals: there((one) => ({ lotNumber: String(one['lotNumber']).toLowerCase() })),
  },

  unlike: {
    'date (another day)': there((_, chance) => ({ occurrenceDateTime: chance.day(2000, 2010) })),
    'date (only the month)': there((one) => ({ occurrenceDateTime: String(one['occurrenceDateTime']).slice(0, 7) })),
    dose: there((one) => ({
      protocolApplied: [
        {
          doseNumberPositiveInt:
            (one['protocolApplied'] as { doseNumberPositiveInt: number }[])[0]!.doseNumberPositiveInt + 1,
        },
      ],
    })),
    'dose (amount)': both(() => [
      { doseQuantity: { value: 0.5, unit: 'mL' } },
      { doseQuantity: { value: 0.25, unit: 'mL' } },
    ]),
    batch: there(() => ({ lotNumber: 'ZZ1' })),
    site: there(() => ({ site: words('Right deltoid') })),
    route: there(() => ({ route: words('Intradermal') })),
    'status (not done)': there(() => ({ status: 'not-done', statusReason: words('Declined') })),
    'strength (subpotent)': there(() => ({ isSubpotent: true })),
    vaccine: there((one, chance) => {
      const [known, product] = another(chance, VACCINES, (row) => row === one['example']);
      return { vaccineCode: snomed(known, product) };
    }),
    'vaccine, by words alone': there((one, chance) => ({
      vaccineCode: words(another(chance, VACCINES, (row) => row === one['example'])[2]),
    })),
  },
};

const PROCEDURES: readonly (readonly [code: string, term: string, also: string])[] = [
  ['80146002', 'Appendicectomy', 'Appendectomy'],
  ['38102005', 'Cholecystectomy', 'Excision of gallbladder'],
  ['110473004', 'Cataract surgery', 'Cataract surgery'],
  ['433236007', 'Transthoracic echocardiography', 'Transthoracic echocardiogram'],
  ['73761001', 'Colonoscopy', 'Colonoscopy'],
  ['52734007', 'Total replacement of hip', 'Total hip replacement'],
  ['609588000', 'Total knee replacement', 'Total replacement of knee joint'],
];
const procedureOf = (resource: Resource): (typeof PROCEDURES)[number] =>
  resource['example'] as (typeof PROCEDURES)[number];

export const procedurePairs: PairMaker = {
  section: 'procedures',

  one(chance) {
    const row = chance.pick(PROCEDURES);
    return {
      resourceType: 'Procedure',
      id: 'x',
      example: row,
      status: 'completed',
      code: snomed(row[0], row[1]),
      performedDateTime: chance.day(1990, 2025),
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'the hour': there((one) => ({ performedDateTime: `${String(one['performedDateTime'])}T10:00:00Z` })),
    'words without a code': there((one) => ({ code: words(procedureOf(one)[1]) })),
    'another description under the code': there((one) => ({
      code: { coding: [{ system: SNOMED, code: procedureOf(one)[0], display: procedureOf(one)[2] }] },
    })),
    'another description, without a code': there((one) => ({ code: words(procedureOf(one)[2]) })),
    capitals: there((one) => ({ code: words(procedureOf(one)[1].toUpperCase()) })),
    'place in the body by one alone': there(() => ({ bodySite: [words('Left')] })),
    'outcome by one alone': there(() => ({ outcome: words('Successful') })),
    'a period of one day': there((one) => ({
      performedDateTime: undefined,
      performedPeriod: {
        start: `${String(one['performedDateTime'])}T09:00:00Z`,
        end: `${String(one['performedDateTime'])}T11:00:00Z`,
      },
    })),
    'who did it and why': there(() => ({ performer: [{ actor: { display: 'Mr B' } }], reasonCode: [words('Pain')] })),
    'a note': there(() => ({ note: [{ text: 'Uneventful.' }] })),
  },

  unlike: {
    'date (another day)': there((_, chance) => ({ performedDateTime: chance.day(1970, 1989) })),
    'date (not recorded)': both(() => [{ performedDateTime: undefined }, { performedDateTime: undefined }]),
    'side of the body': both(() => [{ bodySite: [words('Left')] }, { bodySite: [words('Right')] }]),
    'status (not done)': there(() => ({ status: 'not-done' })),
    'status (stopped)': there(() => ({ status: 'stopped' })),
    'status (planned)': there(() => ({ status: 'preparation' })),
    'what was done': there((one, chance) => {
      const [known, term] = another(chance, PROCEDURES, (row) => row === one['example']);
      return { code: snomed(known, term) };
    }),
    'words that place the code': both((one) => {
      const [known, term] = procedureOf(one);
      return [
        { code: { ...snomed(known, term), text: `${term}, left` } },
        { code: { ...snomed(known, term), text: `${term}, right` } },
      ];
    }),
    outcome: both(() => [{ outcome: words('Successful') }, { outcome: words('Unsuccessful') }]),
    'status word': there(() => ({ status: 'entered-in-error' })),
    'a code its words deny': there((one) => ({
      code: { ...snomed(procedureOf(one)[0], procedureOf(one)[1]), text: `No ${procedureOf(one)[1].toLowerCase()}` },
    })),
    'an instruction': there(() => ({ ...code('x'), status: 'on-hold' })),
  },
};
