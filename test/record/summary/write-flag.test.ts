import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { RiskEntry } from '../../../src/record/sections/risks.ts';
import { writeEntry } from '../../../src/record/summary/write-entry.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const flag = { resourceType: 'Flag', id: '1', status: 'active', code: { text: 'Allergic to cats' } };
const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};

describe('an alert in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...flag,
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/flag-priority', valueCodeableConcept: { text: 'High' } },
        { url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueReference: { display: 'Bitten' } },
      ],
      category: [{ text: 'Safety' }],
      period: { start: '2020', end: '2030' },
      author: { display: 'Nurse Ann' },
    };
    expect(written(full)).toEqual({ ...full, subject: { reference: 'Patient/p' } });
    same(full);
  });

  it('has nothing that is not said', () => {
    expect(written({ ...flag, status: undefined })).toEqual({
      resourceType: 'Flag',
      id: '1',
      _status: UNKNOWN,
      code: { text: 'Allergic to cats' },
      subject: { reference: 'Patient/p' },
    });
    same({ ...flag, status: undefined });
  });
});

describe('a risk in a summary', () => {
  const category = (code: string, text?: string): object => ({
    category: [
      {
        coding: [{ system: 'https://x.example/SocialCareFlagCategory', code, display: 'Kategorie' }],
        ...(text !== undefined && { text }),
      },
    ],
  });
  it.each<readonly [string, object, RiskEntry['to']]>([
    ['others, by a code', category('RTO'), ['risk-to-others']],
    ['several, by a code beside other words', category('RSO', 'Verhalten'), ['risk-to-others', 'risk-to-patient']],
    [
      'staff, by a display beside other words',
      { category: [{ coding: [{ code: '1', display: 'Risk to staff' }], text: 'Behaviour' }] },
      ['risk-to-staff'],
    ],
    [
      'others by a code, beside words of another risk',
      { ...category('RTO'), code: { text: 'Falls' } },
      ['risk-to-others', 'risk-to-patient'],
    ],
  ])('is to whom it was: %s', (_who, change, to) => {
    const risk = { ...flag, ...change };
    expect(entryFrom<RiskEntry>(risk)).toMatchObject({ section: 'risks', to });
    expect(entryFrom<RiskEntry>(written(risk))).toMatchObject({ section: 'risks', to });
    same(risk);
  });

  it('is told in its source’s words alone where they say to whom', () => {
    const told = { ...flag, category: [{ text: 'Risk to staff' }] };
    expect(written(told)['category']).toEqual([{ text: 'Risk to staff' }]);
    const coded = { ...flag, code: { text: 'Risk to staff' }, category: [{ text: 'Clinical' }] };
    expect(written(coded)['category']).toEqual([{ text: 'Clinical' }]);
    same(coded);
    expect(written({ ...flag, code: { text: 'Dangerous dog' } })).not.toHaveProperty('category');
  });

  it('that was assessed is no flag, and stays where it is', () => {
    const assessed = entryFrom({
      resourceType: 'RiskAssessment',
      id: '1',
      status: 'final',
      code: { text: 'Risk of falls' },
    });
    expect(writeEntry(assessed, '1', { subject: {}, organisation: {}, linked: () => [] })).toBeUndefined();
  });
});
