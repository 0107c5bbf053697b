import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { writeEntry } from '../../../src/record/summary/write-entry.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const coding = (code: string): object => ({ coding: [{ code }] });
const hl7 = (system: string, code: string): object => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
const TOLD = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';
const ENDED = 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement';

const condition = {
  resourceType: 'Condition',
  id: '1',
  clinicalStatus: coding('active'),
  verificationStatus: coding('confirmed'),
  code: { text: 'Asthma' },
};
const allergy = {
  resourceType: 'AllergyIntolerance',
  id: '1',
  clinicalStatus: coding('active'),
  verificationStatus: coding('confirmed'),
  code: { text: 'Penicillin' },
};
const procedure = {
  resourceType: 'Procedure',
  id: '1',
  status: 'completed',
  code: { text: 'Appendicectomy' },
  performedDateTime: '2010-01-01',
};
const vaccination = {
  resourceType: 'Immunization',
  id: '1',
  status: 'completed',
  vaccineCode: { text: 'MMR' },
  occurrenceDateTime: '2010-01-01',
};

const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};

describe('what a summary never makes of a statement', () => {
  it.each<readonly [string, object]>([
    ['a time that is no date', { abatementDateTime: 'some time ago' }],
    ['a yes', { abatementBoolean: true }],
    ['a period with a beginning alone', { abatementPeriod: { start: '2015' } }],
    ['an end with no status beside it', { clinicalStatus: undefined, abatementBoolean: true }],
    ['an end beside a status of nobody’s', { clinicalStatus: coding('odd'), abatementBoolean: true }],
  ])('current of a problem that has ended by %s', (_how, end) => {
    const ended = { ...condition, ...end };
    expect(entryFrom(ended).state).not.toBe('current');
    expect(written(ended)['abatementPeriod']).toEqual({ _end: UNKNOWN });
    same(ended);
  });

  it('over of a problem that is not, or over twice of one that says when', () => {
    expect(written(condition)).not.toHaveProperty('abatementPeriod');
    for (const clinicalStatus of ['resolved', 'remission', 'inactive'].map(coding))
      expect(written({ ...condition, clinicalStatus })).not.toHaveProperty('abatementPeriod');
    const dated = { ...condition, abatementDateTime: '2015' };
    const told = { ...condition, abatementString: 'at school' };
    expect(written(dated)).not.toHaveProperty('abatementPeriod');
    expect(written(told)).not.toHaveProperty('abatementPeriod');
  });

  it('a reaction to one medicine of a reaction to another', () => {
    const rash = { substance: { text: 'Amoxicillin' }, manifestation: [{ text: 'Rash' }] };
    const wheeze = { substance: { text: 'Amoxicillin' }, manifestation: [{ text: 'Wheeze' }] };
    const shock = { substance: { text: 'Aspirin' }, manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' };
    const hives = { manifestation: [{ text: 'Hives' }] };
    const drugs = { ...allergy, code: { text: 'Drug allergy' }, reaction: [hives, rash, wheeze, shock] };
    expect(written(drugs)['reaction']).toEqual([hives, rash, wheeze, shock]);
    same(drugs);
  });

  it('a beginning of a day when it last happened', () => {
    const last = { ...allergy, lastOccurrence: '2024-05' };
    expect(written(last)).toMatchObject({ lastOccurrence: '2024-05' });
    expect(written(last)).not.toHaveProperty('onsetDateTime');
    expect(written({ ...last, onsetDateTime: '1999' })).not.toHaveProperty('lastOccurrence');
    same(last);
  });

  it('a person who recorded, gave or did it of the organisation that holds it', () => {
    for (const one of [condition, allergy, procedure, vaccination]) {
      for (const name of ['recorder', 'performer']) expect(written(one)).not.toHaveProperty(name);
      same(one);
    }
  });

  it('somebody else of who recorded a procedure', () => {
    const done = { ...procedure, recorder: { display: 'Dr Ada' }, performer: [{ actor: { display: 'Mr Cut' } }] };
    expect(written(done)).toMatchObject({
      recorder: { display: 'Dr Ada' },
      performer: [{ actor: { display: 'Mr Cut' } }],
    });
    same(done);
    expect(written({ ...done, recorder: undefined })).not.toHaveProperty('recorder');
    expect(written({ ...done, performer: undefined })).not.toHaveProperty('performer');
  });

  it('a status that the source did not give', () => {
    for (const one of [procedure, vaccination]) {
      const silent = { ...one, status: undefined };
      expect(written(silent)).toMatchObject({ _status: UNKNOWN });
      expect(written(silent)).not.toHaveProperty('status');
      same(silent);
    }
    const bare = { ...condition, clinicalStatus: undefined, verificationStatus: undefined };
    expect(written(bare)).not.toHaveProperty('clinicalStatus');
    expect(written(bare)).not.toHaveProperty('verificationStatus');
    same(bare);
  });
});

describe('what a summary carries', () => {
  const observation = { resourceType: 'Observation', id: '1', status: 'final', valueString: 'x' };
  const plan = { resourceType: 'CarePlan', id: '1', status: 'active', intent: 'plan' };
  const device = {
    resourceType: 'Device',
    id: '1',
    status: 'active',
    type: { text: 'Pacemaker' },
    patient: { reference: 'Patient/p' },
  };
  it.each<readonly [string, Resource, object]>([
    [
      'a medicine',
      { resourceType: 'MedicationStatement', id: '1', medicationCodeableConcept: { text: 'Aspirin' } },
      { resourceType: 'MedicationStatement' },
    ],
    [
      'a finding',
      { ...observation, category: [coding('exam')], code: { text: 'Wound' } },
      { category: [hl7('observation-category', 'exam')] },
    ],
    [
      'how she lives',
      { ...observation, category: [coding('social-history')], code: { text: 'Pack years' } },
      { category: [hl7('observation-category', 'social-history')] },
    ],
    [
      'a score',
      { ...observation, category: [coding('survey')], code: { text: 'Barthel score' } },
      { category: [hl7('observation-category', 'survey')] },
    ],
    ['a result', { ...observation, code: { text: 'Serum potassium' } }, { resourceType: 'Observation' }],
    [
      'a report',
      { resourceType: 'DiagnosticReport', id: '1', status: 'final', code: { text: 'FBC' } },
      { resourceType: 'DiagnosticReport' },
    ],
    ['an alert', { resourceType: 'Flag', id: '1', code: { text: 'Cats' } }, { resourceType: 'Flag' }],
    ['a risk', { resourceType: 'Flag', id: '1', code: { text: 'Risk to staff' } }, { resourceType: 'Flag' }],
    ['a device', device, { resourceType: 'DeviceUseStatement' }],
    ['a plan', { ...plan, title: 'Diabetes plan' }, { resourceType: 'CarePlan' }],
    ['a plan for a crisis', { ...plan, title: 'Crisis plan' }, { resourceType: 'CarePlan' }],
    ['a plan beside it', { ...plan, title: 'Positive behaviour support plan' }, { resourceType: 'CarePlan' }],
  ])('is %s', (_what, resource, expected) => {
    expect(written(resource)).toMatchObject(expected);
    const asked = entryFrom(resource).section;
    expect(entryFrom(written(resource)).section).toBe(asked);
  });

  it('has no detail that is not said', () => {
    const keys = (resource: Resource): readonly string[] => Object.keys(written(resource)).sort();
    const own = ['code', 'id', 'resourceType'];
    expect(keys(condition)).toEqual([...own, 'clinicalStatus', 'subject', 'verificationStatus'].sort());
    expect(keys(allergy)).toEqual([...own, 'clinicalStatus', 'patient', 'verificationStatus'].sort());
    expect(keys(procedure)).toEqual([...own, 'performedDateTime', 'status', 'subject'].sort());
  });

  it('has its date where a source gives a date and words beside it', () => {
    expect(written({ ...procedure, performedString: 'long ago' })).toMatchObject({ performedDateTime: '2010-01-01' });
    const both = { ...vaccination, occurrenceString: 'as a child' };
    expect(written(both)).toMatchObject({ occurrenceDateTime: '2010-01-01', note: [{ text: 'as a child' }] });
    expect(written(both)).not.toHaveProperty('occurrenceString');
  });
});

describe('what a summary does not carry', () => {
  const names = { subject: {}, organisation: {}, linked: () => [] };
  it.each([
    ['an illness of the family', { ...condition, code: { text: 'FH: breast cancer' } }],
    [
      'a test that was asked for',
      {
        resourceType: 'ServiceRequest',
        id: '1',
        status: 'active',
        intent: 'order',
        code: { text: 'FBC' },
        category: [{ text: 'Laboratory' }],
      },
    ],
    ['images', { resourceType: 'ImagingStudy', id: '1', status: 'available', description: 'Chest X-ray' }],
    [
      'a form',
      {
        resourceType: 'QuestionnaireResponse',
        id: '1',
        status: 'completed',
        item: [{ text: 'Falls?', answer: [{ valueString: 'No' }] }],
      },
    ],
  ])('is %s', (_what, resource) => {
    expect(writeEntry(entryFrom(resource), '1', names)).toBeUndefined();
  });
});

describe('a problem in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...condition,
      meta: { security: [{ system: 'http://x', code: 'R' }, { code: 'X' }] },
      recorder: { display: 'Dr Ada' },
      clinicalStatus: coding('resolved'),
      category: [coding('encounter-diagnosis'), coding('problem-list-item'), coding('own')],
      severity: { text: 'Severe' },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '22298006', display: 'Infarction' }], text: 'MI' },
      bodySite: [{ text: 'Left' }],
      onsetDateTime: '2010',
      abatementDateTime: '2012-02',
      stage: [{ summary: { text: 'II' } }],
      note: [{ text: 'As told' }],
    };
    expect(written(full)).toEqual({
      ...full,
      subject: { reference: 'Patient/p' },
      clinicalStatus: hl7('condition-clinical', 'resolved'),
      verificationStatus: hl7('condition-ver-status', 'confirmed'),
      category: [
        hl7('condition-category', 'encounter-diagnosis'),
        hl7('condition-category', 'problem-list-item'),
        coding('own'),
      ],
    });
    same(full);
  });

  it.each<readonly [string, object]>([
    ...['unconfirmed', 'provisional', 'differential', 'refuted', 'odd'].map(
      (word) => [`verified as ${word}`, { verificationStatus: coding(word) }] as const,
    ),
    ...['unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error'].map(
      (word) =>
        [`verified as ${word}, and no more`, { clinicalStatus: undefined, verificationStatus: coding(word) }] as const,
    ),
    ...['recurrence', 'relapse', 'inactive', 'remission', 'odd'].map(
      (word) => [`that is ${word}`, { clinicalStatus: coding(word), verificationStatus: undefined }] as const,
    ),
    ['filed on a day', { recordedDate: '2012-01-01' }],
    ['filed on a day, over by another', { recordedDate: '2012-01-01', abatementDateTime: '2011' }],
    ['since a time in words, filed on a day', { onsetString: 'young', recordedDate: '2012' }],
    ['since an age', { onsetAge: { value: 7, unit: 'a' } }],
    ['with an end that never comes', { abatementDateTime: '9999-12-31' }],
    ['over at an age', { abatementAge: { value: 9, unit: 'a' } }],
    ['that is none', { code: { text: 'No known problems' } }],
    ['of a code alone', { code: { coding: [{ system: 'http://x', code: 'p1' }] } }],
    ['of a code of no system', { code: { coding: [{ code: 'p1' }] } }],
    [
      'that is kept back',
      {
        code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }] },
      },
    ],
    [
      'of words that its code does not share',
      { code: { text: 'Asthma', coding: [{ code: '1', display: 'Diabetes' }] } },
    ],
  ])('reads back as the same: %s', (_what, change) => {
    same({ ...condition, ...change });
  });

  it('has no words that the source did not write', () => {
    const bare = { system: 'http://x', code: 'p1' };
    expect(written({ ...condition, code: { coding: [bare] } })['code']).toEqual({ coding: [bare] });
    const named = { ...bare, display: 'Asthma' };
    expect(written({ ...condition, code: { coding: [named] } })['code']).toMatchObject({ coding: [named] });
    const worded = { coding: [bare], text: 'Own words' };
    expect(written({ ...condition, code: worded })['code']).toEqual(worded);
    expect(written(condition)['code']).toEqual({ text: 'Asthma' });
  });
});

describe('an allergy in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...allergy,
      verificationStatus: coding('unconfirmed'),
      recorder: { display: 'Dr Ada' },
      type: 'intolerance',
      category: ['food', 'medication'],
      criticality: 'high',
      onsetDateTime: '1999',
      note: [{ text: 'As told' }],
      reaction: [
        {
          substance: { text: 'Amoxicillin' },
          manifestation: [{ text: 'Rash' }, { text: 'Wheeze' }],
          severity: 'severe',
          description: 'At once',
        },
      ],
    };
    expect(written(full)).toEqual({
      ...full,
      patient: { reference: 'Patient/p' },
      clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
      verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed'),
    });
    same(full);
  });

  it.each<readonly [string, object]>([
    ...['unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'].map(
      (word) =>
        [`verified as ${word}, and no more`, { clinicalStatus: undefined, verificationStatus: coding(word) }] as const,
    ),
    ['that is over', { clinicalStatus: coding('resolved') }],
    ['of which nobody says how it stands', { clinicalStatus: undefined, verificationStatus: undefined }],
    ['filed on a day', { recordedDate: '2011' }],
    ['since a time in words', { onsetString: 'as a child' }],
    ['that is none', { code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } }],
    ['that is none, and ruled out', { code: { text: 'No known allergies' }, verificationStatus: coding('refuted') }],
    ['of a reaction in words alone', { reaction: [{ description: 'Odd' }] }],
    ['of an agent told by its reaction', { code: undefined, reaction: [{ substance: { text: 'Egg' } }] }],
    ['over and said so', { clinicalStatus: coding('resolved'), extension: [{ url: ENDED, valueDateTime: '2020' }] }],
  ])('reads back as the same: %s', (_what, change) => {
    same({ ...allergy, ...change });
  });

  it('has a reaction of which nobody knows how it showed, and an end of which nobody knows the day', () => {
    expect(written({ ...allergy, reaction: [{ severity: 'mild' }] })['reaction']).toEqual([
      { manifestation: [UNKNOWN], severity: 'mild' },
    ]);
    const ended = { ...allergy, extension: [{ url: ENDED, valueDateTime: '2020' }] };
    expect(written(ended)['extension']).toEqual([{ url: ENDED, _valueDateTime: UNKNOWN }]);
    same(ended);
    for (const other of [allergy, { ...allergy, clinicalStatus: coding('odd') }])
      expect(written(other)).not.toHaveProperty('extension');
  });
});

describe('a procedure in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...procedure,
      status: 'not-done',
      statusReason: { text: 'Refused' },
      category: { text: 'Surgery' },
      performer: [{ actor: { display: 'Mr Cut' } }],
      location: { display: 'Theatre 1' },
      reasonCode: [{ text: 'Pain' }],
      bodySite: [{ text: 'Abdomen' }],
      outcome: { text: 'Good' },
      complication: [{ text: 'Bleeding' }],
      note: [{ text: 'As told' }],
    };
    expect(written(full)).toEqual({ ...full, subject: { reference: 'Patient/p' } });
    same(full);
  });

  it.each<readonly [string, object, object]>([
    ['on no day', {}, { _performedDateTime: UNKNOWN }],
    ['over a time', { performedPeriod: { end: '2011' } }, { performedPeriod: { end: '2011' } }],
    ['at a time in words', { performedString: 'long ago' }, { performedString: 'long ago' }],
  ])('stands %s as its source says', (_when, time, expected) => {
    const done = { ...procedure, performedDateTime: undefined, ...time };
    expect(written(done)).toMatchObject(expected);
    same(done);
  });
});

describe('a vaccination in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...vaccination,
      extension: [{ url: TOLD, valueCodeableConcept: { text: 'First dose of MMR' } }],
      primarySource: false,
      location: { display: 'School' },
      manufacturer: { display: 'Maker' },
      lotNumber: 'L1',
      expirationDate: '2012-01-01',
      site: { text: 'Left arm' },
      route: { text: 'Into muscle' },
      doseQuantity: { value: '0.50', unit: 'mL' },
      performer: [{ actor: { display: 'Nurse Ann' } }],
      reasonCode: [{ text: 'Outbreak' }, { text: 'Travel' }],
      isSubpotent: true,
      reaction: [{ detail: { display: 'Fever' } }],
      protocolApplied: [{ targetDisease: [{ text: 'Measles' }], doseNumberString: '2' }],
      note: [{ text: 'As told' }],
    };
    expect(written(full)).toEqual({ ...full, patient: { reference: 'Patient/p' } });
    same(full);
  });

  it('has no detail that is not said', () => {
    expect(Object.keys(written(vaccination)).sort()).toEqual(
      ['id', 'occurrenceDateTime', 'patient', 'resourceType', 'status', 'vaccineCode'].sort(),
    );
  });

  it('says why it was not given, and what it was for, each in its own place', () => {
    const declined = {
      ...vaccination,
      status: 'not-done',
      statusReason: { text: 'Declined' },
      reasonCode: [{ text: 'Travel' }],
    };
    expect(written(declined)).toMatchObject({ statusReason: { text: 'Declined' }, reasonCode: [{ text: 'Travel' }] });
    same(declined);
    const silent = { ...vaccination, status: 'not-done' };
    expect(written(silent)).not.toHaveProperty('statusReason');
    expect(written({ ...vaccination, reasonCode: [{ text: 'Travel' }] })).not.toHaveProperty('statusReason');
    const purpose = { ...vaccination, status: 'not-done', reasonCode: [{ text: 'Travel' }] };
    expect(written(purpose)).toMatchObject({ reasonCode: [{ text: 'Travel' }] });
    expect(written(purpose)).not.toHaveProperty('statusReason');
    same(purpose);
    expect(written({ ...vaccination, statusReason: { text: 'Fever' } })).toMatchObject({
      status: 'completed',
      statusReason: { text: 'Fever' },
    });
  });

  it('is against what it is said to be against, of no number', () => {
    const against = { ...vaccination, protocolApplied: [{ targetDisease: [{ text: 'Measles' }] }] };
    expect(written(against)['protocolApplied']).toEqual([
      { targetDisease: [{ text: 'Measles' }], _doseNumberString: UNKNOWN },
    ]);
    same(against);
    const counted = { ...vaccination, protocolApplied: [{ doseNumberPositiveInt: 2 }] };
    expect(written(counted)['protocolApplied']).toEqual([{ doseNumberString: '2' }]);
    same(counted);
  });

  it.each<readonly [string, object, object]>([
    ['on no day', {}, { _occurrenceDateTime: UNKNOWN }],
    ['at a time in words', { occurrenceString: 'as a child' }, { occurrenceString: 'as a child' }],
  ])('stands %s as its source says', (_when, time, expected) => {
    const given = { ...vaccination, occurrenceDateTime: undefined, ...time, note: [{ text: 'As told' }] };
    expect(written(given)).toMatchObject({ ...expected, note: [{ text: 'As told' }] });
    same(given);
  });

  it.each([
    ['enough of it', { value: 1, comparator: 'ad', unit: 'mL' }],
    ['an amount with an exponent', { value: '1e-1', unit: 'mL' }],
    ['less than an amount', { value: 5, comparator: '<', unit: 'mL' }],
  ])('loses no amount: %s', (_what, doseQuantity) => {
    expect(written({ ...vaccination, doseQuantity })['doseQuantity']).toEqual(doseQuantity);
    same({ ...vaccination, doseQuantity });
  });
});
