import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { encounters, type EncounterEntry } from '../../../src/record/sections/encounters.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder } from '../../support/section.ts';

const YHCR = resolve(
  import.meta.dirname,
  '../../../../shared/data/yhcr-interweave/Encounter-InterweaveEncounterExample-MaturityLevel1.json',
);

function encounter(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'AMB', display: 'ambulatory' },
    period: { start: '2026-11-02T09:00:00Z', end: '2026-11-02T09:20:00Z' },
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}, source = 'gp'): EncounterEntry =>
  entryFrom<EncounterEntry>(encounter(change), source, 'encounters');

describe('an encounter', () => {
  it('of which nothing says what it was is unread', () => {
    expect(readResources([encounter({ class: undefined })], 'gp' as SourceId).unread[0]?.element).toBe(
      'Encounter.class',
    );
  });

  it('that was cancelled did not happen', () => {
    expect(read({ status: 'cancelled' })).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it.each([
    ['planned', 'planned'],
    ['in-progress', 'current'],
    ['finished', 'past'],
    ['entered-in-error', 'in-error'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ status }).state).toBe(state);
  });

  it.each([
    ['IMP', 'admission'],
    ['EMER', 'emergency'],
    ['VR', 'remote'],
    ['HH', 'home-visit'],
    ['AMB', 'contact'],
    ['constructor', 'other'],
  ])('of class %s is of kind %s', (code, kind) => {
    expect(read({ class: { code } }).kind).toBe(kind);
  });

  it('says its bare class without the address of the code system', () => {
    expect(read({ class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' } })).toMatchObject(
      { title: 'EMER', classAsRecorded: 'EMER' },
    );
  });

  it('never reads where the person was fetched from, which is mostly home', () => {
    const entry = read({
      hospitalization: {
        origin: { display: '42 Hidden Street' },
        dischargeDisposition: { text: 'Usual place of residence' },
        destination: { display: 'Care home' },
      },
    });
    expect(JSON.stringify(entry)).not.toContain('Hidden Street');
    expect(entry.discharge).toEqual({ to: 'Usual place of residence', place: 'Care home' });
  });

  it('names each person once, with every part they played', () => {
    const who = { display: 'Dr Ada' };
    const participant = [
      { individual: who, type: [{ text: 'admitter' }] },
      { individual: who, type: [{ text: 'discharger' }] },
    ];
    expect(read({ participant }).people).toEqual([{ name: 'Dr Ada', role: 'admitter, discharger' }]);
  });

  describe('told by two sources', () => {
    const identifier = [{ system: 'https://pas.example/visit', value: '9' }];
    const visit = { type: [{ text: 'District nurse visit' }] };
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      encounters.factKey(read(change, source));

    it.each([
      ['no more than a class, without a number', {}, {}],
      ['another standing', { identifier }, { identifier, status: 'in-progress' }],
      ['another minute', visit, { ...visit, period: { start: '2026-11-02T09:05:00Z' } }],
      ['only the day', { ...visit, period: { start: '2026-11-02' } }, { ...visit, period: { start: '2026-11-02' } }],
      [
        'midnight, which stands for some time that day',
        { ...visit, period: { start: '2026-11-02T00:00:00Z' } },
        { ...visit, period: { start: '2026-11-02T00:00:00Z' } },
      ],
      ['another end', visit, { ...visit, period: { start: '2026-11-02T09:00:00Z', end: '2026-11-02T10:00:00Z' } }],
      [
        'another provider',
        { ...visit, serviceProvider: { display: 'North' } },
        { ...visit, serviceProvider: { display: 'South' } },
      ],
    ])('is two by %s', (_what, here, there) => {
      expect(key(here, 'a')).not.toBe(key(there, 'b'));
    });

    it('is one by its number, and by its kind and minute', () => {
      expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
      expect(key(visit, 'a')).toBe(key(visit, 'b'));
    });
  });

  it.skipIf(!existsSync(YHCR))('of Yorkshire & Humber keeps admission, wards, service and discharge', () => {
    const entry = entryFrom<EncounterEntry>(parseFhirJson(readFileSync(YHCR, 'utf8')) as Resource, 'gp', 'encounters');
    expect(entry).toMatchObject({
      kind: 'admission',
      service: 'Adult dermatology service',
      admission: { method: 'Waiting list' },
      state: 'past',
    });
    expect(entry.discharge).toMatchObject({
      to: 'Care Home Without Nursing',
      place: 'St Hildas Care Home',
      expected: '2022-01-11T09:00:00Z',
    });
    expect(entry.locations[0]).toBe('York Hospital: Ward 27 - Dermatology clinic');
    expect(JSON.stringify(entry)).not.toContain('Grove Street');
  });
});

describe('an encounter, in full', () => {
  const LEGAL = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-LegalStatus';

  it('shows all that is recorded of it, and nothing besides', () => {
    const type = [{ coding: [{ system: 'http://snomed.info/sct', code: '32485007', display: 'Hospital admission' }] }];
    const recorded = read({
      identifier: [{ system: 'https://pas.example/visit', value: '9' }],
      class: {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
        code: 'IMP',
        display: 'inpatient encounter',
      },
      type,
      serviceType: { text: 'Cardiology' },
      priority: { text: 'Urgent' },
      serviceProvider: { display: 'Royal Infirmary' },
      participant: [{ individual: { display: 'Dr Ada' }, type: [{ text: 'admitter' }] }],
      reasonCode: [{ text: 'Chest pain' }],
      diagnosis: [{ condition: { reference: 'Condition/3', display: 'Heart failure' } }],
      location: [{ location: { display: 'Ward 5' } }],
      hospitalization: {
        admitSource: { text: 'Emergency department' },
        dischargeDisposition: { text: 'Usual place of residence' },
      },
      extension: [
        {
          url: LEGAL,
          extension: [
            { url: 'legalStatusContext', valueCodeableConcept: { text: 'Admission' } },
            { url: 'legalStatusClassification', valueCodeableConcept: { text: 'Informal' } },
          ],
        },
      ],
    });
    expect(recorded).toEqual({
      id: 'gp/Encounter/e1',
      section: 'encounters',
      origin: { source: 'gp', resource: 'Encounter/e1', by: 'Dr Ada' },
      title: 'Hospital admission',
      code: { text: 'Hospital admission', codings: type[0]?.coding },
      state: 'past',
      statusAsRecorded: 'finished',
      date: '2026-11-02T09:00:00Z',
      period: { start: '2026-11-02T09:00:00Z', end: '2026-11-02T09:20:00Z' },
      kind: 'admission',
      classAsRecorded: 'inpatient encounter',
      service: 'Cardiology',
      reasons: ['Chest pain', 'Heart failure'],
      priority: 'Urgent',
      locations: ['Ward 5'],
      provider: 'Royal Infirmary',
      people: [{ name: 'Dr Ada', role: 'admitter' }],
      admission: { from: 'Emergency department' },
      discharge: { to: 'Usual place of residence' },
      legalStatus: ['Admission: Informal'],
      businessId: 'https://pas.example/visit|9',
      cautions: [],
      labels: [],
      notes: [],
      links: [{ rel: 'problem', to: 'Condition/3' }],
    });
  });

  it('of which only the type is recorded says nothing else', () => {
    expect(entryFrom({ resourceType: 'Encounter', id: 'e1', type: [{ text: 'Clinic' }] })).toEqual({
      id: 'gp/Encounter/e1',
      section: 'encounters',
      origin: { source: 'gp', resource: 'Encounter/e1' },
      title: 'Clinic',
      code: { text: 'Clinic', codings: [] },
      state: 'unknown',
      kind: 'other',
      reasons: [],
      locations: [],
      people: [],
      legalStatus: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it.each(['arrived', 'triaged', 'in-progress', 'onleave'])('with status %s has begun and is not over', (status) => {
    expect(read({ status }).state).toBe('current');
  });

  it('of which only the end is known stands at its end', () => {
    expect(read({ period: { end: '2026-11-02T09:20:00Z' } }).date).toBe('2026-11-02T09:20:00Z');
  });

  it('says where its words and its code differ', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Telephone consultation' }];
    expect(read({ type: [{ text: 'Home visit', coding }] }).cautions).toEqual(['text-differs']);
  });
});

describe('contacts', () => {
  it('of the last half year are shown, and one that another source does not know of is everyday', () => {
    expect(encounters).toMatchObject({
      id: 'encounters',
      heading: 'Contacts with professionals',
      groupedBy: 'identifier',
      reads: ['Encounter'],
      window: { months: 6 },
    });
    expect(encounters.conflicts([])).toEqual([]);
  });

  it('are listed newest first, and those to come below those that were', () => {
    const on = (id: string, status: string, start: string): Resource =>
      encounter({ id, status, type: [{ text: id }], period: { start } });
    const contacts = [
      on('seen in June', 'finished', '2026-06-01T09:00:00Z'),
      on('to be seen in December', 'planned', '2026-12-01T09:00:00Z'),
      on('seen in November', 'finished', '2026-11-01T09:00:00Z'),
      on('here now', 'in-progress', '2026-11-21T09:00:00Z'),
    ];
    expect(listedInAnyOrder(encounters, contacts)).toEqual([
      ['here now', 'seen in November', 'seen in June', 'to be seen in December'],
    ]);
  });
});

describe('one line for several records of a contact', () => {
  type Change = { readonly [element: string]: unknown };
  const identifier = [{ system: 'https://pas.example/visit', value: '9' }];
  const lines = (one: Change, ...others: readonly Change[]): number =>
    linesOf(
      encounters,
      [encounter(one)],
      others.map((change, id) => encounter({ id: `${id}`, ...change })),
    ).length;
  const at = (start: string, end?: string): Change => ({ period: { start, ...(end && { end }) } });

  it.each([
    [
      'the end',
      at('2026-11-02T09:00:00Z'),
      at('2026-11-02T09:00:00Z', '2026-11-02T09:20:00Z'),
      at('2026-11-02T09:00:00Z', '2026-11-02T09:30:00Z'),
    ],
    ['the provider', {}, { serviceProvider: { display: 'North' } }, { serviceProvider: { display: 'South' } }],
    ['the service', {}, { serviceType: { text: 'Cardiology' } }, { serviceType: { text: 'Nephrology' } }],
  ])('is made of one that leaves out %s, while the others tell only one', (_what, silent, told, toldToo) => {
    const numbered = (change: Change): Change => ({ ...change, type: [{ text: 'Clinic' }], identifier });
    expect(lines(numbered(silent), numbered(told))).toBe(1);
    expect(lines(numbered(silent), numbered(told), numbered(toldToo))).toBe(3);
  });

  it('is made of the same words in other capitals, and of the same moment in another zone', () => {
    const told: Change = {
      type: [{ text: 'Clinic' }],
      serviceProvider: { display: 'North Trust' },
      serviceType: { text: 'Heart Failure' },
    };
    const shouted: Change = {
      type: [{ text: 'CLINIC' }],
      serviceProvider: { display: 'NORTH TRUST' },
      serviceType: { text: 'heart failure' },
    };
    expect(lines(told, shouted)).toBe(1);
    expect(
      lines(
        { ...told, ...at('2026-06-02T09:00:00Z', '2026-06-02T09:20:00Z') },
        { ...told, ...at('2026-06-02T10:00:00+01:00', '2026-06-02T10:20:00+01:00') },
      ),
    ).toBe(1);
  });

  it('is made of two of a mere class at one minute only where the service says what they were', () => {
    expect(lines({}, {})).toBe(2);
    expect(lines({ class: { code: 'AMB' } }, { class: { code: 'AMB' } })).toBe(2);
    expect(lines({ type: [{ text: 'AMBULATORY' }] }, { type: [{ text: 'ambulatory' }] })).toBe(2);
    expect(lines({ serviceType: { text: 'Cardiology' } }, { serviceType: { text: 'Cardiology' } })).toBe(1);
    expect(
      lines({ class: undefined, type: [{ text: 'Clinic' }] }, { class: undefined, type: [{ text: 'Clinic' }] }),
    ).toBe(1);
  });

  it.each([
    [
      'two without a date, though they share a number',
      { identifier, period: undefined },
      { identifier, period: undefined },
    ],
    ['two kinds of contact', { type: [{ text: 'Clinic' }] }, { type: [{ text: 'Home visit' }] }],
    [
      'one that was planned and one that is over',
      { identifier, status: 'planned', ...at('2026-11-02T09:00:00Z') },
      { identifier, ...at('2026-11-02T09:00:00Z') },
    ],
    [
      'what is under way and what is only known to have begun',
      { identifier, status: 'arrived' },
      { identifier, status: 'in-progress' },
    ],
    ['two numbers', { identifier }, { identifier: [{ system: 'https://pas.example/visit', value: '10' }] }],
  ])('is not made of %s', (_what, one, other) => {
    expect(lines(one as Change, other as Change)).toBe(2);
  });

  it('is not made of two visits at one minute by two carers of one source', () => {
    const visit = { type: [{ text: 'Visit by a carer' }] };
    expect(
      linesOf(encounters, [encounter(visit), encounter({ ...visit, id: 'e2' })], [encounter({ ...visit, id: 'e3' })]),
    ).toHaveLength(3);
  });
});
