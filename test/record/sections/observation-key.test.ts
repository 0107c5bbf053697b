import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import { keyOfParts } from '../../../src/record/sections/key-of-parts.ts';
import { entryFrom } from '../../support/record.ts';

/** Few choices, so that many pairs agree in all but one of them. */
const observation = fc.record({
  status: fc.constantFrom('final', 'amended', 'preliminary', undefined),
  effectiveDateTime: fc.constantFrom('2026-11-02T09:15:00Z', '2026-11-02T10:15:00+01:00', '2026-11-02', undefined),
  value: fc.constantFrom(4.1, '4.10', 0.1, undefined),
  comparator: fc.constantFrom('<', undefined),
  unit: fc.constantFrom('mmol/L', 'mg/dL', undefined),
  text: fc.constantFrom('Potassium', 'Sodium'),
  snomed: fc.constantFrom('1000651000000109', undefined),
  loinc: fc.constantFrom('2823-3', '2951-2', undefined),
  specimen: fc.constantFrom('Serum', 'Urine', undefined),
});

type Chosen = {
  [
    name in 'status' | 'effectiveDateTime' | 'value' | 'comparator' | 'unit' | 'text' | 'snomed' | 'loinc' | 'specimen'
  ]?: string | number | undefined;
};

function entryOf(chosen: Chosen, source: string): InvestigationEntry {
  const { text, snomed, loinc, specimen, value, comparator, unit, ...rest } = chosen;
  const coding = [
    ...(snomed === undefined
      ? []
      : [{ system: 'http://snomed.info/sct', code: snomed, display: 'Serum potassium level' }]),
    ...(loinc === undefined ? [] : [{ system: 'http://loinc.org', code: loinc }]),
  ];
  const resource: Resource = {
    resourceType: 'Observation',
    id: 'o',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text, coding },
    valueQuantity: { value, comparator, unit },
    ...(specimen !== undefined && { specimen: { display: specimen } }),
    ...rest,
  };
  return entryFrom<InvestigationEntry>(resource, source);
}

const INSTANT: { readonly [text: string]: string } = { '2026-11-02T10:15:00+01:00': '2026-11-02T09:15:00Z' };

describe('one fact of two observations', () => {
  it('never hides a difference in value, unit, comparator, standing or time', () => {
    fc.assert(
      fc.property(observation, observation, (a, b) => {
        const [left, right] = [entryOf(a, 'lab'), entryOf(b, 'gp')];
        if (investigationResults.factKey(left) !== investigationResults.factKey(right)) return;
        expect(right.quantity).toEqual(left.quantity);
        expect([right.state, right.statusAsRecorded]).toEqual([left.state, left.statusAsRecorded]);
        expect(INSTANT[right.date ?? ''] ?? right.date).toBe(INSTANT[left.date ?? ''] ?? left.date);
        expect(left.date).toBeDefined();
        // Named in two systems they are one only by the table, and then neither may be of another specimen.
        if (a.snomed !== b.snomed && a.loinc !== b.loinc) expect([a.specimen, b.specimen]).not.toContain('Urine');
      }),
      { numRuns: 5000, seed: 20261122 },
    );
  });

  it('is not made of two tests that stand under one code with other words', () => {
    const chosen = {
      status: 'final',
      effectiveDateTime: '2026-11-02',
      value: 4.1,
      unit: 'mmol/L',
      snomed: '1000651000000109',
    };
    const [potassium, sodium] = [
      entryOf({ ...chosen, text: 'Potassium' }, 'lab'),
      entryOf({ ...chosen, text: 'Sodium' }, 'gp'),
    ];
    expect(investigationResults.factKey(potassium)).not.toBe(investigationResults.factKey(sodium));
  });

  it('is not made of two swabs that grew nothing', () => {
    const swab = (site: string) =>
      entryFrom<InvestigationEntry>({
        resourceType: 'Observation',
        id: site,
        status: 'final',
        category: [{ text: 'Laboratory' }],
        code: { text: 'Culture' },
        effectiveDateTime: '2026-11-02',
        valueString: 'No growth',
        bodySite: { text: site },
      });
    expect(investigationResults.factKey(swab('Left eye'))).not.toBe(investigationResults.factKey(swab('Right eye')));
  });
});

describe('a key of parts', () => {
  it('cannot be made by text that holds a separator', () => {
    expect(keyOfParts('a|b', 'c')).not.toBe(keyOfParts('a', 'b|c'));
    expect(keyOfParts('a","b')).not.toBe(keyOfParts('a', 'b'));
    expect(keyOfParts(undefined)).not.toBe(keyOfParts(''));
  });
});
