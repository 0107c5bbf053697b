import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import {
  encounterKind,
  encounterPeriod,
  encounterTitle,
  legalStatusText,
  readLegalStatus,
  readLocations,
  readPeople,
  readReasons,
  readStay,
} from '../../../src/record/sections/encounter-parts.ts';
import type { SourceId } from '../../../src/record/source.ts';

type Change = { readonly [element: string]: unknown };
const encounter = (change: Change = {}): Resource => ({ resourceType: 'Encounter', id: 'e1', ...change });
const CONTEXT = { source: 'gp' as SourceId, resolve: () => undefined };

describe('the kind of an encounter', () => {
  it.each([
    ['AMB', 'contact'],
    ['IMP', 'admission'],
    ['ACUTE', 'admission'],
    ['NONAC', 'admission'],
    ['OBSENC', 'admission'],
    ['SS', 'admission'],
    ['EMER', 'emergency'],
    ['FLD', 'emergency'],
    ['HH', 'home-visit'],
    ['VR', 'remote'],
  ])('is told by its class %s, whatever its words', (code, kind) => {
    expect(encounterKind(encounter({ class: { code } }), 'Something else')).toBe(kind);
    expect(encounterKind(encounter({ class: { code } }), 'Telephone call about an admission')).toBe(kind);
  });

  it.each([
    ['planned', 'admission'],
    ['finished', 'contact'],
    [undefined, 'contact'],
  ])('before an admission, with status %s, is %s', (status, kind) => {
    expect(encounterKind(encounter({ class: { code: 'PRENC' }, status }), 'Admission')).toBe(kind);
  });

  it.each([
    ['Admission', 'admission'],
    ['Hospital readmission', 'admission'],
    ['Emergency admission to ward 5', 'admission'],
    ['Inpatient stay', 'admission'],
    ['In-patient stay', 'admission'],
    ['Emergency', 'emergency'],
    ['A&E', 'emergency'],
    ['ED attendance', 'emergency'],
    ['Emergency telephone call', 'emergency'],
    ['Telephone consultation', 'remote'],
    ['Video consultation', 'remote'],
    ['Remote consultation', 'remote'],
    ['Online consultation', 'remote'],
    ['Telephone call before a home visit', 'remote'],
    ['Home visit', 'home-visit'],
    ['Clinic', 'other'],
  ])('without a class is told by its words: “%s” is %s', (title, kind) => {
    expect(encounterKind(encounter(), title)).toBe(kind);
    expect(encounterKind(encounter({ class: { code: 'constructor' } }), title)).toBe(kind);
  });

  it.each([
    'Admission avoidance visit',
    'Readmission avoidance visit',
    'Visit to avoid admission',
    'Admission averted',
    'Admission prevention team',
    'Pre-admission clinic',
    'Admission, pre-operative assessment',
    'Admission, preop visit',
    'Pre-assessment for admission',
    'Seen for admission, not admitted',
    'Admission declined',
    'Admission refused',
    'No admission',
  ])('is no admission where nobody was admitted: “%s”', (title) => {
    expect(encounterKind(encounter(), title)).toBe('other');
  });

  it('of an emergency by which nobody was admitted is still an emergency', () => {
    expect(encounterKind(encounter(), 'Emergency attendance, not admitted to inpatient ward')).toBe('emergency');
  });
});

describe('what an encounter is called', () => {
  const called = (change: Change): string | undefined => encounterTitle(encounter(change))?.text;
  const service = { serviceType: { text: 'Cardiology' } };

  it('is its first type, else the short name of its class, else its service', () => {
    const classOf = { class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' } };
    expect(called({ type: [{}, { text: 'Clinic' }, { text: 'Review' }], ...classOf, ...service })).toBe('Clinic');
    expect(called({ ...classOf, ...service })).toBe('EMER');
    expect(called(service)).toBe('Cardiology');
    expect(called({})).toBeUndefined();
  });

  it('may be the service of Yorkshire & Humber’s extension', () => {
    const url = 'https://fhir.yhcr.nhs.uk/StructureDefinition/Extension-Interweave-R4EncounterServiceType';
    const extension = [{ url, valueCodeableConcept: { text: 'Dermatology' } }];
    expect(called({ extension })).toBe('Dermatology');
    expect(called({ extension, ...service })).toBe('Cardiology');
  });
});

describe('when an encounter was', () => {
  const period = { start: '2026-11-02', end: '2026-11-05' };

  it('is its period, without the last day of what is only planned', () => {
    expect(encounterPeriod(encounter({ status: 'finished', period }))).toEqual(period);
    expect(encounterPeriod(encounter({ period }))).toEqual(period);
    expect(encounterPeriod(encounter({ status: 'planned', period }))).toEqual({ start: '2026-11-02' });
    expect(encounterPeriod(encounter({ status: 'planned', period: { end: '2026-11-05' } }))).toBeUndefined();
    expect(encounterPeriod(encounter({ status: 'planned' }))).toBeUndefined();
  });
});

describe('where an encounter was, why and with whom', () => {
  it('names each place once, in the source’s order', () => {
    const at = (display?: string): object => ({ location: { display } });
    const resource = encounter({ location: [at('Ward 7'), {}, at('Ward 5'), at('Ward 7')] });
    expect(readLocations(resource, CONTEXT)).toEqual(['Ward 7', 'Ward 5']);
  });

  it('gives each reason once, whether coded, referred to or diagnosed', () => {
    const resource = encounter({
      reasonCode: [{ text: 'Chest pain' }, {}],
      reasonReference: [{ display: 'Angina' }, {}],
      diagnosis: [{ condition: { display: 'Heart failure' } }, { condition: { display: 'Chest pain' } }, {}],
    });
    expect(readReasons(resource, CONTEXT)).toEqual(['Chest pain', 'Angina', 'Heart failure']);
  });

  it('names each person once with every part they played, and leaves out who has no name', () => {
    const by = (display: string | undefined, ...parts: readonly string[]): object => ({
      individual: { display },
      type: parts.map((text) => ({ text })),
    });
    const participant = [
      by('Dr Ada', 'admitter'),
      by(undefined, 'witness'),
      by('Nurse Joy'),
      by('Dr Ada', 'admitter', 'attender'),
    ];
    expect(readPeople(encounter({ participant }), CONTEXT)).toEqual([
      { name: 'Dr Ada', role: 'admitter, attender' },
      { name: 'Nurse Joy' },
    ]);
  });
});

describe('how a stay began and how it ended', () => {
  const stay = (hospitalization: object): object => readStay(encounter({ hospitalization }), CONTEXT);
  const coded = (url: string, text: string): object => ({ url, valueCodeableConcept: { text } });
  const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';
  const CARE_CONNECT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-';
  const SAFE = 'https://fhir.yhcr.nhs.uk/StructureDefinition/Extension-Interweave-MedicallySafeForDischarge';

  it.each([
    [`${UK_CORE}AdmissionMethod`, { admission: { method: 'Waiting list' } }],
    [`${CARE_CONNECT}AdmissionMethod-1`, { admission: { method: 'Waiting list' } }],
    [`${UK_CORE}DischargeMethod`, { discharge: { method: 'Waiting list' } }],
    [`${CARE_CONNECT}DischargeMethod-1`, { discharge: { method: 'Waiting list' } }],
    [`${UK_CORE}SomethingElse`, {}],
  ])('may be in the extension %s', (url, told) => {
    expect(stay({ extension: [coded(url, 'Waiting list')] })).toEqual(told);
  });

  it('says each part by itself', () => {
    expect(stay({ admitSource: { text: 'Emergency department' } })).toEqual({
      admission: { from: 'Emergency department' },
    });
    expect(stay({ dischargeDisposition: { text: 'Home' } })).toEqual({ discharge: { to: 'Home' } });
    expect(stay({ destination: { display: 'Care home' } })).toEqual({ discharge: { place: 'Care home' } });
    const predicted = { url: 'predictedDate', valueDateTime: '2026-11-28' };
    expect(stay({ extension: [{ url: SAFE, extension: [predicted] }] })).toEqual({
      discharge: { expected: '2026-11-28' },
    });
    expect(stay({ extension: [{ url: SAFE, extension: [{ url: 'other', valueDateTime: '2026-11-28' }] }] })).toEqual(
      {},
    );
  });

  it('is nothing where nothing is told', () => {
    expect(stay({})).toEqual({});
    expect(readStay(encounter(), CONTEXT)).toEqual({});
  });

  it('leaves out the definition that NHS codes carry behind their name', () => {
    const text = 'Usual place of residence  UNLESS listed below,\nfor example, a private dwelling';
    expect(stay({ admitSource: { text }, dischargeDisposition: { text } })).toEqual({
      admission: { from: 'Usual place of residence' },
      discharge: { to: 'Usual place of residence' },
    });
    expect(stay({ admitSource: { text: 'Unless listed below' } })).toEqual({
      admission: { from: 'Unless listed below' },
    });
  });
});

describe('the legal status of a stay', () => {
  const legal = (...parts: readonly (readonly [url: string, text: string])[]): Resource =>
    encounter({
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-LegalStatus',
          extension: parts.map(([url, text]) => ({ url, valueCodeableConcept: { text } })),
        },
      ],
    });
  const status = ['legalStatusClassification', 'Detained under section 2'] as const;

  it('is told with its moment where the source says of which it speaks', () => {
    const told = readLegalStatus(legal(['legalStatusContext', 'Admission'], status));
    expect(told).toEqual([{ status: 'Detained under section 2', moment: 'Admission' }]);
    expect(told.map(legalStatusText)).toEqual(['Admission: Detained under section 2']);
    const bare = readLegalStatus(legal(status));
    expect(bare).toEqual([{ status: 'Detained under section 2' }]);
    expect(bare.map(legalStatusText)).toEqual(['Detained under section 2']);
  });

  it('is none where only a moment is told, or neither', () => {
    expect(readLegalStatus(legal(['legalStatusContext', 'Admission']))).toEqual([]);
    expect(readLegalStatus(legal())).toEqual([]);
    expect(readLegalStatus(encounter())).toEqual([]);
  });
});
