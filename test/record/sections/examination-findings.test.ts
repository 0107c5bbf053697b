import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { examinationFindings, type ExaminationEntry } from '../../../src/record/sections/examination-findings.ts';
import { entryFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

const UKCORE = resolve(import.meta.dirname, '../../../../shared/data/ukcore-r4/json');

function pressure(systolic: unknown, diastolic: unknown): Resource {
  const parts = [
    {
      code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic' }] },
      valueQuantity: systolic,
    },
    {
      code: { coding: [{ system: 'http://loinc.org', code: '8462-4', display: 'Diastolic' }] },
      valueQuantity: diastolic,
    },
  ];
  return observation({
    code: { text: 'Blood pressure', coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    component: parts,
  });
}

function observation(change: { readonly [element: string]: unknown }): Resource {
  return {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    effectiveDateTime: '2026-11-02',
    category: [{ coding: [{ code: 'vital-signs' }] }],
    ...change,
  };
}

const MMHG = { unit: 'mmHg', code: 'mm[Hg]' };
const read = (resource: Resource, source = 'gp'): ExaminationEntry => entryFrom<ExaminationEntry>(resource, source);

describe('an examination finding', () => {
  it('without a code is unread', () => {
    expect(readResources([observation({})], 'gp' as SourceId).unread[0]?.element).toBe('Observation.code');
  });

  it('that should be a number and has none says so', () => {
    expect(read(observation({ code: { text: 'Body weight' } })).cautions).toEqual(['value-missing']);
  });

  it('that is complete in its name needs no value', () => {
    expect(read(observation({ category: undefined, code: { text: 'Breathing room air' } })).cautions).toEqual([]);
  });

  it('shows blood pressure on one line', () => {
    const entry = read(pressure({ value: 142, ...MMHG }, { value: 94, ...MMHG }));
    expect(entry).toMatchObject({ kind: 'vital-sign', title: 'Blood pressure', value: '142/94 mmHg' });
    expect(entry.parts).toHaveLength(2);
  });

  it('makes no one line of a blood pressure in two units, with a comparator or half measured', () => {
    expect(read(pressure({ value: 142, ...MMHG }, { value: 12, unit: 'kPa' })).value).toBeUndefined();
    expect(read(pressure({ value: 142, ...MMHG }, { value: 40, comparator: '<', ...MMHG })).value).toBeUndefined();
    expect(read(pressure({ value: 142, ...MMHG }, { unit: 'mmHg' }))).toMatchObject({ cautions: ['value-missing'] });
  });

  it('tells scores and other findings apart', () => {
    expect(read(observation({ category: [], code: { text: 'NEWS2 total score' }, valueInteger: 3 }))).toMatchObject({
      kind: 'score',
      value: '3',
    });
    expect(read(observation({ category: [], code: { text: 'Skin' }, valueString: 'dry' })).kind).toBe('finding');
  });

  it('keeps two weights apart unless everything is equal', () => {
    const weight = (value: unknown, source: string): string =>
      examinationFindings.factKey(
        read(
          observation({
            code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] },
            valueQuantity: { value, unit: 'kg' },
          }),
          source,
        ),
      );
    expect(weight(70, 'a')).toBe(weight(70, 'b'));
    expect(weight(70, 'a')).not.toBe(weight(71, 'b'));
  });
});

describe('an examination finding, in full', () => {
  const SNOMED = 'http://snomed.info/sct';
  const part = (code: string, value: unknown, change: object = {}) => ({
    code: { coding: [{ system: SNOMED, code }] },
    valueQuantity: { value, ...change },
  });
  const ofLoinc = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value },
  });
  const named = (text: string, value: unknown) => ({ code: { text }, valueQuantity: { value } });
  const valueOf = (...component: readonly unknown[]): string | undefined =>
    read(observation({ code: { text: 'Blood pressure' }, component })).value;

  it('shows all that is said of it, and nothing besides', () => {
    const member = { reference: 'Observation/2' };
    const skin = observation({
      category: [{}, { coding: [{ code: 'exam' }] }],
      code: { text: 'Skin' },
      valueString: 'dry',
      method: { text: 'Looked at' },
      bodySite: { text: 'Left arm' },
      hasMember: [member],
      encounter: { reference: 'Encounter/3' },
      note: [{ text: 'In daylight' }],
    });
    expect(read(skin)).toEqual({
      id: 'gp/Observation/o1',
      section: 'examination-findings',
      origin: { source: 'gp', resource: 'Observation/o1' },
      cautions: [],
      labels: [],
      notes: ['In daylight'],
      links: [
        { rel: 'encounter', to: 'Encounter/3' },
        { rel: 'result', to: 'Observation/2' },
      ],
      flags: [],
      ranges: [],
      value: 'dry',
      kind: 'finding',
      title: 'Skin',
      code: { text: 'Skin', codings: [] },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-11-02',
      parts: [],
      method: 'Looked at',
      bodySite: 'Left arm',
    });
    const bare = read({ resourceType: 'Observation', id: 'o1', code: { text: 'Pale' } });
    for (const absent of ['statusAsRecorded', 'method', 'bodySite', 'date', 'value'])
      expect(bare).not.toHaveProperty(absent);
    expect(bare).toMatchObject({ state: 'unknown', kind: 'finding', cautions: [] });
  });

  it.each([
    ['NEWS2', 'score'],
    ['NEWS', 'score'],
    ['Glasgow coma scale', 'score'],
    ['Pain score', 'score'],
    ['Newsworthy', 'vital-sign'],
    ['Weight', 'vital-sign'],
  ])('called “%s” among the vital signs is a %s', (text, kind) => {
    expect(read(observation({ code: { text }, valueInteger: 3 })).kind).toBe(kind);
    expect(read(observation({ category: [{ coding: [{ code: 'vital-sign' }] }], code: { text } })).kind).toBe(kind);
  });

  it.each([
    ['vital-signs', 'Weight', 'final', {}, true],
    ['exam', 'NEWS2 score', 'final', {}, true],
    ['exam', 'Skin', 'final', {}, false],
    ['vital-signs', 'Weight', 'registered', {}, false],
    ['vital-signs', 'Weight', 'cancelled', {}, false],
    ['vital-signs', 'Weight', 'final', { valueInteger: 70 }, false],
    ['vital-signs', 'Weight', 'final', { component: [named('Standing', 1)] }, false],
    ['vital-signs', 'Weight', 'final', { hasMember: [{ reference: 'Observation/2' }] }, false],
  ])('of %s, %s, %s with %j is without its number: %s', (category, text, status, change, missing) => {
    const entry = read(
      observation({ category: [{ coding: [{ code: category }] }], code: { text }, status, ...change }),
    );
    expect(entry.cautions.includes('value-missing')).toBe(missing);
  });

  it.each([
    ['arteries', part('72313002', 120), part('1091811000000102', 80)],
    ['at the time', part('271649006', 120), part('271650006', 80)],
    ['over 24 hours', part('314464000', 120), part('314465004', 80)],
    ['the codes of LOINC', ofLoinc('8480-6', 120), ofLoinc('8462-4', 80)],
    ['words', named('24h systolic mean', 120), named('24h diastolic mean', 80)],
    ['capitals', named('SYSTOLIC', 120), named('DIASTOLIC', 80)],
    ['with another part', part('271649006', 120), part('271650006', 80), named('Mean arterial pressure', 93)],
  ])('is one blood pressure by %s', (_, ...parts) => {
    expect(valueOf(...parts)).toBe('120/80');
    expect(valueOf(...[...parts].reverse())).toBe('120/80');
  });

  it.each([
    ['two systolic ones', part('271649006', 120), part('314464000', 118), part('271650006', 80)],
    ['two diastolic ones', part('271649006', 120), part('271650006', 80), named('Diastolic, lying', 82)],
    ['no diastolic one', part('271649006', 120), named('Pulse', 80)],
    ['no systolic one', part('271650006', 80), named('Pulse', 80)],
    ['one of both names', named('Systolic and diastolic', 120), named('Diastolic and systolic', 80)],
    ['both names at once', named('Systolic or diastolic', 120), part('271650006', 80)],
    ['both names behind', part('271649006', 120), named('Diastolic, not systolic', 80)],
    ['one of both names and a diastolic one', named('Diastolic, not systolic', 120), part('271650006', 80)],
    ['one of both names and a systolic one', named('Systolic, not diastolic', 80), part('271649006', 120)],
    ['a limit above', part('271649006', 300, { comparator: '>' }), part('271650006', 80)],
    ['a limit below', part('271649006', 120), part('271650006', 40, { comparator: '<' })],
    ['one unit', part('271649006', 120, { unit: 'mmHg' }), part('271650006', 80)],
    ['one code of a unit', part('271649006', 120, { code: 'mm[Hg]' }), part('271650006', 80, { code: 'kPa' })],
    [
      'two codes of a unit in one word',
      part('271649006', 120, { unit: 'mm', code: 'mm[Hg]' }),
      part('271650006', 80, { unit: 'mm', code: 'mm' }),
    ],
    [
      'two words of one code',
      part('271649006', 120, { unit: 'mmHg', code: 'mm[Hg]' }),
      part('271650006', 80, { unit: 'kPa', code: 'mm[Hg]' }),
    ],
  ])('is no one blood pressure with %s', (_, ...parts) => {
    expect(valueOf(...parts)).toBeUndefined();
  });

  it('keeps the value that its source gives the whole', () => {
    const component = [part('271649006', 120), part('271650006', 80)];
    expect(read(observation({ code: { text: 'BP' }, component, valueString: 'See below' })).value).toBe('See below');
  });

  it('leaves results and reasons for support to their own headings', () => {
    const given = (change: object) => readBy(examinationFindings, observation({ code: { text: 'Weight' }, ...change }));
    expect(given({})).not.toBeNull();
    expect(given({ category: [{ coding: [{ code: 'laboratory' }] }] })).toBeNull();
    expect(given({ category: [{ text: 'Support reason' }] })).toBeNull();
  });

  it('stands under its heading for half a year, and no two of them disagree', () => {
    expect(examinationFindings).toMatchObject({
      id: 'examination-findings',
      heading: 'Examination findings',
      groupedBy: 'test',
      window: { months: 6 },
    });
    expect(examinationFindings.conflicts([])).toEqual([]);
  });
});

describe.skipIf(!existsSync(UKCORE))('the UK Core examples', () => {
  const example = (name: string): ExaminationEntry =>
    read(parseFhirJson(readFileSync(`${UKCORE}/${name}-Example.json`, 'utf8')) as Resource);

  it('of vital signs and scores are examination findings with their unit as recorded', () => {
    expect(example('UKCore-Observation-VitalSigns-BloodPressure')).toMatchObject({
      section: 'examination-findings',
      value: '142/94 millimeter of mercury',
    });
    expect(example('UKCore-Observation-NPEWSTotal')).toMatchObject({ section: 'examination-findings', kind: 'score' });
    expect(example('UKCore-Observation-24HourBloodPressure').value).toBe('102/84 millimeter of mercury');
  });
});
