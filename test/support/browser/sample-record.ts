import { buildRecord } from '../../../src/record/build-record.ts';
import { readDate } from '../../../src/record/fhir/date.ts';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import type { Patient } from '../../../src/record/patient.ts';
import type { PatientRecord, SectionView } from '../../../src/record/patient-record.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { SourceStatus } from '../../../src/record/source-status.ts';
import type { OdsCode, OrganisationKind, Source, SourceId } from '../../../src/record/source.ts';
import { answered } from '../../../src/stream/record-of-entries.ts';
import type { Surroundings } from '../../../src/components/surroundings.ts';
import { enGB } from '../../../src/words/en-GB.ts';

export const TODAY = '2026-11-20';
const NOW_MS = Date.parse(`${TODAY}T09:00:00Z`);

/** What one pretend organisation says, and how its answer ended when that was not well. */
export type Said = { readonly resources?: readonly object[]; readonly ended?: SourceStatus };

const NAMES: Readonly<Record<string, readonly [string, OrganisationKind]>> = {
  surgery: ['Northcliffe Surgery', 'gp'],
  hospital: ['Ousebridge Royal Infirmary', 'acute'],
  ambulance: ['Wolds Ambulance Service', 'ambulance'],
};

export const patient: Patient = {
  nhsNumber: required(parseNhsNumber('9990123454')),
  family: 'Bedford',
  given: 'Margaret Anne',
  prefix: 'Mrs',
  birthDate: required(readDate('1948-03-14')),
  gender: 'female',
};

export function sourceOf(id: string): Source {
  const [name, kind] = NAMES[id] ?? [id, 'acute'];
  return { id: id as SourceId, organisation: { ods: id.toUpperCase() as OdsCode, name, kind }, home: id === 'surgery' };
}

/** The record of what these organisations said. */
export function sampleRecord(said: Readonly<Record<string, Said>>, who: Patient = patient): PatientRecord {
  const readings = Object.entries(said).map(
    ([id, { resources = [] }]) => [id, readResources(resources, id as SourceId)] as const,
  );
  const statuses = new Map<SourceId, SourceStatus>(
    readings.map(([id, reading]) => [
      id as SourceId,
      said[id]?.ended ?? answered(reading.entries, '2026-11-20T09:00:01Z'),
    ]),
  );
  return buildRecord({
    patient: who,
    sources: Object.keys(said).map(sourceOf),
    statuses,
    entries: readings.flatMap(([, reading]) => reading.entries),
    unread: readings.flatMap(([, reading]) => reading.unread),
    nowMs: NOW_MS,
  });
}

export function viewOf(record: PatientRecord, id: SectionId): SectionView {
  return required(record.sections.find((view) => view.id === id));
}

export function surroundingsOf(record: PatientRecord): Surroundings {
  return { words: enGB, today: TODAY, sources: new Map(record.sources.map(({ source }) => [source.id, source])) };
}

const settled = { at: '2026-11-20T09:00:05Z', tookMs: 5000, sections: {} };
export const didNotAnswer: SourceStatus = { state: 'unavailable', code: 'source.unavailable', ...settled };
export const wrongPatient: SourceStatus = { state: 'failed', code: 'source.wrong_patient', ...settled };
export const withheld: SourceStatus = { state: 'withheld', by: 'policy', rule: 'objection', ...settled };
export const notAsked: SourceStatus = { state: 'not-asked', ...settled };
export const waiting: SourceStatus = { state: 'waiting' };

const subject = { reference: 'Patient/1' };
const snomed = (code: string, display: string): object => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
  text: display,
});
const status = (code: string): object => ({ coding: [{ code }] });

export function allergy(id: string, agent = 'Allergy to penicillin', code = '91936005'): object {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    patient: subject,
    code: snomed(code, agent),
    clinicalStatus: status('active'),
    verificationStatus: status('confirmed'),
    criticality: 'high',
    recordedDate: '2011-07-19',
    reaction: [{ manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' }],
  };
}

export function noKnownAllergies(id: string): object {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    patient: subject,
    code: snomed('716186003', 'No known allergy'),
    clinicalStatus: status('active'),
    verificationStatus: status('confirmed'),
    recordedDate: '2026-01-04',
  };
}

/** That there are none of one kind, by its SNOMED CT situation. */
export function noneOfKind(id: string, code: string, display: string): object {
  return { ...noKnownAllergies(id), code: snomed(code, display) };
}

/** Came without its agent: it cannot be read. */
export function unreadableAllergy(id: string): object {
  return { resourceType: 'AllergyIntolerance', id, patient: subject, clinicalStatus: status('active') };
}

export function problem(id: string, text: string, ended?: string): object {
  return {
    resourceType: 'Condition',
    id,
    subject,
    code: { text },
    clinicalStatus: status(ended ? 'resolved' : 'active'),
    verificationStatus: status('confirmed'),
    onsetDateTime: '2012-03-15',
    ...(ended && { abatementDateTime: ended }),
    category: [{ coding: [{ code: 'problem-list-item' }] }],
  };
}

export function medicine(id: string, dose: string, more: object = {}): object {
  return {
    resourceType: 'MedicationRequest',
    id,
    subject,
    status: 'active',
    intent: 'order',
    authoredOn: '2026-11-02',
    medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
    reasonCode: [{ text: 'Heart failure' }],
    dosageInstruction: [
      {
        route: { text: 'Oral' },
        doseAndRate: [
          { doseQuantity: { value: Number(dose), unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
        ],
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
      },
    ],
    ...more,
  };
}

export function result(id: string, date: string, value: number, unit = 'g/L', flag?: string): object {
  return {
    resourceType: 'Observation',
    id,
    subject,
    status: 'final',
    code: snomed('1022431000000105', 'Haemoglobin estimation'),
    category: [{ coding: [{ code: 'laboratory' }] }],
    effectiveDateTime: date,
    valueQuantity: { value, unit, code: unit },
    referenceRange: [{ low: { value: 115, unit }, high: { value: 165, unit } }],
    ...(flag && { interpretation: [{ coding: [{ code: flag }] }] }),
  };
}

export function letter(id: string, title = 'Cardiology clinic letter'): object {
  return {
    resourceType: 'DocumentReference',
    id,
    subject,
    status: 'current',
    description: title,
    type: { text: 'Outpatient letter' },
    date: '2026-03-28T10:00:00Z',
    content: [{ attachment: { contentType: 'text/html', url: `Binary/${id}`, title } }],
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The sample is broken');
  return value;
}
