import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import { labelsOfAll, levelOfLabels } from '../../src/record/confidentiality.ts';
import type { SecurityLabel } from '../../src/record/entry.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const LABELS: readonly SecurityLabel[] = [
  ...['U', 'L', 'M', 'N', 'R', 'V', 'Z'].map((code) => `${CONFIDENTIALITY}|${code}`),
  ...['HIV', 'PSY', 'SDV', 'PROCESSINLINELABEL'].map((code) => `${ACT_CODE}|${code}`),
  'https://elsewhere.example/labels|X',
];

function problem(labels: readonly SecurityLabel[]): Resource {
  const security = labels.map((label) => {
    const [system, code] = label.split('|');
    return { system, code };
  });
  return {
    resourceType: 'Condition',
    id: '1',
    ...(security.length > 0 && { meta: { security } }),
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003', display: 'Hypertension' }] },
    onsetDateTime: '2019-03-01',
  };
}

describe('the labels of a line (I7)', () => {
  it('are none where its records have none', () => {
    expect(labelsOfAll([{ labels: [] }, { labels: [] }])).toEqual([]);
    const [fact] = factsOf([[], []]);
    expect(fact).not.toHaveProperty('labels');
  });

  it('are those of every record in it, and as high as the highest, whatever comes together in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.subarray([...LABELS]), { minLength: 1, maxLength: 6 }), (sets) => {
        const facts = factsOf(sets);
        expect(facts.flatMap(({ entries }) => entries)).toHaveLength(sets.length);
        for (const { entries, labels = [] } of facts)
          for (const entry of entries) {
            expect(labels).toEqual(expect.arrayContaining([...entry.labels]));
            expect(levelOfLabels(labels)).toBeGreaterThanOrEqual(levelOfLabels(entry.labels));
          }
        expect(factsOf([...sets].reverse()).map(({ labels }) => labels)).toEqual(facts.map(({ labels }) => labels));
      }),
      { numRuns: 200 },
    );
  });

  it('join in one line of two sources, so that a normal copy does not hide a restricted one', () => {
    const facts = factsOf([[`${CONFIDENTIALITY}|N`], [`${CONFIDENTIALITY}|R`]]);
    expect(facts).toHaveLength(1);
    expect(facts[0]?.labels).toEqual([`${CONFIDENTIALITY}|N`, `${CONFIDENTIALITY}|R`]);
  });
});

function factsOf(sets: readonly (readonly SecurityLabel[])[]): readonly Fact[] {
  const entries = sets.flatMap((labels, index) => entriesFrom(`s${String(index)}`, problem(labels)));
  const sources = sets.map((_, index) => aSource(`s${String(index)}`));
  const record = buildRecord({ patient: aPatient(), sources, statuses: new Map(), entries, unread: [], nowMs: 0 });
  return record.sections.find(({ id }) => id === 'problems')?.facts ?? [];
}
