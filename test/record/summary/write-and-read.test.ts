import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../../src/record/fhir/write-json.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { ExaminationEntry } from '../../../src/record/sections/examination-findings.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import { writeEntry } from '../../../src/record/summary/write-entry.ts';
import { entryFrom } from '../../support/record.ts';

const NAMES = {
  subject: { reference: 'Patient/p' },
  organisation: { display: 'The gp' },
  linked: () => [],
};

/** What is written of an entry, as another reader has it. */
function written(resource: Resource): Resource {
  return parseFhirJson(writeFhirJson(writeEntry(entryFrom(resource), '1', NAMES))) as Resource;
}

/** All that is said of it, but for where it stood. */
function said({ id: _id, origin: _origin, links: _links, ...rest }: Entry): object {
  return rest;
}

describe('a statement that is written for others', () => {
  const status = (code: string): object => ({ coding: [{ code }] });
  const condition = { resourceType: 'Condition', id: '1', code: { text: 'Asthma' } };
  const allergy = {
    resourceType: 'AllergyIntolerance',
    id: '1',
    clinicalStatus: status('active'),
    code: { text: 'Penicillin' },
  };
  const procedure = { resourceType: 'Procedure', id: '1', status: 'completed', code: { text: 'Appendicectomy' } };
  const vaccination = { resourceType: 'Immunization', id: '1', status: 'completed', vaccineCode: { text: 'MMR' } };
  const ended = 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement';
  const rash = { manifestation: [{ text: 'Rash' }, { text: 'Wheeze' }], severity: 'severe', description: 'At once' };

  it.each<readonly [string, Resource]>([
    [
      'a problem that is doubted',
      { ...condition, clinicalStatus: status('active'), verificationStatus: status('unconfirmed') },
    ],
    ['a problem that was ruled out', { ...condition, verificationStatus: status('refuted') }],
    ['a problem made in error', { ...condition, verificationStatus: status('entered-in-error') }],
    ['a problem that is over', { ...condition, clinicalStatus: status('resolved'), abatementString: 'at school' }],
    ['a problem of an age', { ...condition, clinicalStatus: status('active'), onsetAge: { value: 7, unit: 'years' } }],
    ['a problem of a time', { ...condition, onsetDateTime: '2010', abatementDateTime: '2012-02' }],
    ['a problem and where it is', { ...condition, bodySite: [{ text: 'Left lung' }], severity: { text: 'Severe' } }],
    ['a problem told later', { ...condition, recordedDate: '2011-01-01', note: [{ text: 'As told' }] }],
    ['an allergy and what it did', { ...allergy, criticality: 'high', type: 'allergy', reaction: [rash] }],
    [
      'an allergy to a class, by what was taken',
      { ...allergy, reaction: [rash, { ...rash, substance: { text: 'Amoxicillin' } }] },
    ],
    [
      'an allergy named by its reaction alone',
      { ...allergy, code: undefined, reaction: [{ ...rash, substance: { text: 'Egg' } }] },
    ],
    ['an allergy since childhood', { ...allergy, onsetString: 'in childhood' }],
    ['an allergy that ended and stands as active', { ...allergy, extension: [{ url: ended, valueDateTime: '2020' }] }],
    ['an allergy that was ruled out', { ...allergy, verificationStatus: status('refuted') }],
    ['none known', { ...allergy, code: { text: 'No known drug allergies' } }],
    ['an allergy behind a denial', { ...allergy, code: { text: 'No known drug allergies; penicillin' } }],
    ['what was not done', { ...procedure, status: 'not-done', statusReason: { text: 'Refused' } }],
    ['what was done once', { ...procedure, performedString: 'long ago', complication: [{ text: 'Bleeding' }] }],
    ['what was done over a time', { ...procedure, performedPeriod: { start: '2010-01-01', end: '2010-01-02' } }],
    [
      'a vaccine that was declined',
      { ...vaccination, status: 'not-done', statusReason: { text: 'Declined' }, reasonCode: [{ text: 'Travel' }] },
    ],
    ['a vaccine without a day', { ...vaccination, occurrenceString: 'as a child', note: [{ text: 'As told' }] }],
    ['a vaccine that may not protect', { ...vaccination, isSubpotent: true, occurrenceDateTime: '2020-01' }],
    [
      'a dose of a vaccine',
      { ...vaccination, doseQuantity: { value: '0.50', unit: 'mL' }, protocolApplied: [{ doseNumberPositiveInt: 2 }] },
    ],
  ])('reads back as it was read: %s', (_what, resource) => {
    expect(said(entryFrom(written(resource)))).toEqual(said(entryFrom(resource)));
  });
});

const mg = (value: number): object => ({ value, unit: 'mg' });

describe('a dosage that is written for others', () => {
  const request = (dosage: object): Resource => ({
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Paracetamol 500mg tablets' },
    dosageInstruction: [dosage],
  });
  const dosages = (resource: Resource) => entryFrom<MedicationEntry>(resource).dosages;
  const hours = { value: 24, unit: 'hours' };
  const boundsPeriod = { start: '2026-01-01', end: '2026-01-08' };

  it.each([
    ['a dose', { doseAndRate: [{ doseQuantity: { value: '5.00', unit: 'mg', code: 'mg' } }] }],
    ['less than a dose', { doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg', comparator: '<' } }] }],
    ['a range of doses', { doseAndRate: [{ doseRange: { low: mg(5), high: mg(10) } }] }],
    ['a range without a unit', { doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2 } } }] }],
    ['the most of one dose', { doseAndRate: [{ doseRange: { high: mg(10) } }] }],
    ['the least of one dose', { doseAndRate: [{ doseRange: { low: mg(10) } }] }],
    ['two amounts', { doseAndRate: [{ doseQuantity: mg(600) }, { doseQuantity: mg(932.59) }] }],
    [
      'two amounts beside words',
      { text: 'As told', doseAndRate: [{ doseQuantity: mg(5) }, { doseRange: { low: mg(1), high: mg(2) } }] },
    ],
    ['a range in two units', { doseAndRate: [{ doseRange: { low: mg(500), high: { value: 1, unit: 'g' } } }] }],
    [
      'a range from less than',
      { doseAndRate: [{ doseRange: { low: { value: 5, comparator: '<', unit: 'mg' }, high: mg(10) } }] },
    ],
    ['a rate', { doseAndRate: [{ rateQuantity: { value: 2, unit: 'l/min' } }] }],
    ['a range of rates', { doseAndRate: [{ rateRange: { low: mg(1), high: mg(2) } }] }],
    ['a rate in a time', { doseAndRate: [{ rateRatio: { numerator: mg(1), denominator: hours } }] }],
    ['the most in a time', { text: 'One', maxDosePerPeriod: { numerator: mg(4000), denominator: hours } }],
    ['the most at a time', { text: 'One', maxDosePerAdministration: mg(1000) }],
    ['the most in a life', { text: 'One', maxDosePerLifetime: { value: '450.0', unit: 'mg' } }],
    [
      'every limit',
      {
        text: 'One',
        maxDosePerPeriod: { numerator: mg(4000), denominator: hours },
        maxDosePerAdministration: mg(1000),
        maxDosePerLifetime: mg(9000),
      },
    ],
    ['when needed', { text: 'One', asNeededBoolean: true }],
    ['for what it is needed', { text: 'One', asNeededCodeableConcept: { text: 'pain' } }],
    ['twice a day', { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }],
    ['once in so many days', { timing: { repeat: { frequency: 1, period: 7, periodUnit: 'd' } } }],
    ['every six hours', { timing: { repeat: { period: 6, periodUnit: 'h' } } }],
    ['a time of so many days', { text: 'One', timing: { repeat: { boundsPeriod } } }],
    ['where and how', { text: 'One', route: { text: 'Oral' }, site: { text: 'Arm' }, method: { text: 'Swallow' } }],
    ['what to do besides', { text: 'One', additionalInstruction: [{ text: 'With food' }], patientInstruction: 'Sit' }],
  ])('reads back as it was read: %s', (_what, dosage) => {
    expect(dosages(request(dosage))).toHaveLength(1);
    expect(dosages(written(request(dosage)))).toEqual(dosages(request(dosage)));
  });
});

describe('a value that is written for others', () => {
  const observation = (change: object): Resource => ({
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    category: [{ coding: [{ code: 'exam' }] }],
    code: { text: 'Visual acuity' },
    effectiveDateTime: '2026-11-02',
    ...change,
  });
  const read = (resource: Resource) => entryFrom<ExaminationEntry>(resource);
  const mmHg = (value: number): object => ({ value, unit: 'mmHg', code: 'mm[Hg]' });
  const pressure = {
    code: { text: 'Blood pressure' },
    component: [
      { code: { text: 'Systolic' }, valueQuantity: mmHg(142) },
      { code: { text: 'Diastolic' }, valueQuantity: mmHg(94) },
    ],
  };

  it('keeps its words beside its parts, though they look like what parts are told in', () => {
    const component = [{ code: { text: 'Left eye' }, valueString: '6/9' }];
    const acuity = observation({ valueString: '6/9 unaided', component });
    expect(read(written(acuity))).toMatchObject({ value: '6/9 unaided', parts: [{ value: '6/9' }] });
    const lying = observation({ ...pressure, valueString: '142/94 mmHg lying' });
    expect(read(written(lying)).value).toBe('142/94 mmHg lying');
  });

  it('that is made of its parts is not said twice', () => {
    expect(written(observation(pressure))).not.toHaveProperty('valueString');
    expect(read(written(observation(pressure))).value).toBe('142/94 mmHg');
  });

  it.each([
    ['a quantity', { valueQuantity: { value: '4.00', unit: 'mmol/L', code: 'mmol/L', comparator: '<' } }],
    ['a concept', { valueCodeableConcept: { coding: [{ code: '1', system: 'x' }], text: 'Positive' } }],
    ['a date', { valueDateTime: '2026-03' }],
    ['words', { valueString: 'Trace' }],
    ['no', { valueBoolean: false }],
    ['why there is none', { dataAbsentReason: { coding: [{ code: 'masked' }] } }],
    ['why there is none, in words', { dataAbsentReason: { text: 'Machine broken' } }],
    ['a flag', { valueString: '9', interpretation: [{ coding: [{ code: 'H' }], text: 'High' }] }],
    [
      'a flag that contradicts itself',
      { valueString: '9', interpretation: [{ coding: [{ code: 'H' }], text: 'Low' }] },
    ],
    [
      'a range for whom it is',
      {
        valueString: '9',
        referenceRange: [{ low: mg(1), high: mg(2), type: { text: 'normal' }, appliesTo: [{ text: 'Female' }] }],
      },
    ],
  ])('reads back as it was read: %s', (_what, change) => {
    const of = ({ value, quantity, valueCode, valueDate, absent, flags, ranges }: ExaminationEntry) => ({
      ...{ value, quantity, valueCode, valueDate, absent, ranges },
      flags: flags.map(({ text }) => text),
    });
    expect(of(read(written(observation(change))))).toEqual(of(read(observation(change))));
  });
});
