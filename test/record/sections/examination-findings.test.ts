import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { examinationFindings, type ExaminationEntry } from '../../../src/record/sections/examination-findings.ts';
import { entryFrom } from '../../support/record.ts';

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
