import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { encounters, type EncounterEntry } from '../../../src/record/sections/encounters.ts';
import { entryFrom } from '../../support/record.ts';

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
