import type { Resource } from '../src/record/resource.ts';
import { mulberry32 } from './statistics.ts';

/** A record of the size and mix of a long-term patient's, for measuring only: sizes and types count, not the story. */
export const SYNTHETIC_PATIENT = {
  nhsNumber: '9990000018',
  family: 'BENCHMARK',
  given: 'Berta',
  birthDate: '1948-03-14',
} as const;

/** Shares of a typical record by type. */
const MIX: readonly (readonly [type: string, share: number])[] = [
  ['Observation', 0.62],
  ['MedicationRequest', 0.1],
  ['Encounter', 0.1],
  ['Condition', 0.05],
  ['DiagnosticReport', 0.05],
  ['DocumentReference', 0.04],
  ['Immunization', 0.02],
  ['AllergyIntolerance', 0.01],
  ['Flag', 0.01],
];

export function buildSyntheticRecord(source: number, count: number): ReadonlyMap<string, readonly Resource[]> {
  const random = mulberry32(1000 + source);
  const byType = new Map<string, readonly Resource[]>([['Patient', [syntheticPatient()]]]);
  for (const [type, share] of MIX) {
    const size = Math.max(1, Math.round(count * share));
    byType.set(
      type,
      Array.from({ length: size }, (_, index) => resourceOf(type, source, index, random)),
    );
  }
  return byType;
}

export function syntheticPatient(): Resource {
  return {
    resourceType: 'Patient',
    id: 'p1',
    active: true,
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: SYNTHETIC_PATIENT.nhsNumber }],
    name: [{ use: 'official', family: SYNTHETIC_PATIENT.family, given: [SYNTHETIC_PATIENT.given] }],
    birthDate: SYNTHETIC_PATIENT.birthDate,
    gender: 'female',
  };
}

const TESTS = [
  ['2160-0', 'Creatinine', 'umol/L', 60, 160],
  ['2823-3', 'Potassium', 'mmol/L', 3, 6],
  ['2951-2', 'Sodium', 'mmol/L', 130, 146],
  ['718-7', 'Haemoglobin', 'g/L', 90, 160],
  ['59261-8', 'HbA1c', 'mmol/mol', 40, 90],
  ['33914-3', 'eGFR', 'mL/min/1.73m2', 25, 90],
] as const;

function resourceOf(type: string, source: number, index: number, random: () => number): Resource {
  const year = 2012 + Math.floor(random() * 14);
  const date = `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;
  const base = {
    resourceType: type,
    id: `${type.toLowerCase()}-${source}-${index}`,
    meta: {
      versionId: '1',
      lastUpdated: `${date}T10:15:00+00:00`,
      profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${type}`],
    },
    subject: { reference: 'Patient/p1' },
    patient: { reference: 'Patient/p1' },
    status: 'final',
  };
  return { ...base, ...contentOf(type, source, index, date, random) };
}

function contentOf(
  type: string,
  source: number,
  index: number,
  date: string,
  random: () => number,
): Record<string, unknown> {
  const who = { reference: 'Practitioner/x', display: `Dr Number ${index % 17} at organisation ${source}` };
  if (type === 'Observation') {
    const [code, display, unit, low, high] = TESTS[index % TESTS.length] ?? TESTS[0];
    return {
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
      ],
      code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
      effectiveDateTime: `${date}T08:${two(index % 60)}:00+00:00`,
      performer: [who],
      valueQuantity: {
        value: Math.round((low + random() * (high - low)) * 10) / 10,
        unit,
        system: 'http://unitsofmeasure.org',
        code: unit,
      },
      referenceRange: [{ low: { value: low, unit }, high: { value: high, unit } }],
    };
  }
  if (type === 'MedicationRequest') {
    return {
      status: index % 3 === 0 ? 'active' : 'completed',
      intent: 'order',
      medicationCodeableConcept: { text: `Medicine ${index % 40} ${5 * (1 + (index % 4))} mg tablets` },
      authoredOn: date,
      requester: who,
      dosageInstruction: [{ text: 'one tablet once a day' }],
    };
  }
  if (type === 'Encounter') {
    return {
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'Consultation' }],
      period: { start: `${date}T09:00:00+00:00`, end: `${date}T09:10:00+00:00` },
    };
  }
  if (type === 'Condition')
    return {
      status: undefined,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: `Problem ${index}` },
      recordedDate: date,
    };
  if (type === 'AllergyIntolerance')
    return {
      status: undefined,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: `Substance ${index}` },
      recordedDate: date,
    };
  if (type === 'Flag')
    return { status: 'active', code: { text: `Alert ${index} of organisation ${source}` }, period: { start: date } };
  if (type === 'Immunization')
    return { status: 'completed', vaccineCode: { text: `Vaccine ${index % 9}` }, occurrenceDateTime: date };
  if (type === 'DocumentReference') {
    return {
      status: 'current',
      type: { text: 'Clinic letter' },
      date: `${date}T12:00:00+00:00`,
      author: [who],
      content: [{ attachment: { contentType: 'application/pdf', title: `Letter ${index}`, url: `Binary/b${index}` } }],
    };
  }
  return { code: { text: `Report ${index}` }, effectiveDateTime: date, performer: [who] };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
