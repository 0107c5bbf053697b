import { expect, it } from 'vitest';
import { MODIFIER_ELEMENTS } from '../../../src/record/fhir/modifier-elements.ts';
import { OBSERVATION_CAUTIONS, OBSERVATION_STATES } from '../../../src/record/fhir/observation-status.ts';
import { entryFrom } from '../../support/record.ts';

const weight = (status: string | undefined) => ({
  resourceType: 'Observation',
  id: 'o',
  status,
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { text: 'Body weight' },
  valueQuantity: { value: 70, unit: 'kg' },
});

it('every status that R4 gives an observation has a standing, save the one that says it is not known', () => {
  const r4 = MODIFIER_ELEMENTS['Observation']?.['status'] ?? [];
  expect([...Object.keys(OBSERVATION_STATES), 'unknown'].sort()).toEqual([...r4].sort());
});

it.each([
  ['registered', 'planned', []],
  ['preliminary', 'current', ['preliminary']],
  ['final', 'current', []],
  ['amended', 'current', ['amended']],
  ['corrected', 'current', ['amended']],
  ['cancelled', 'negated', ['cancelled']],
  ['entered-in-error', 'in-error', []],
  ['unknown', 'unknown', []],
  [undefined, 'unknown', []],
])('an observation of status %s is %s, with the doubts %j', (status, state, cautions) => {
  expect(entryFrom(weight(status))).toMatchObject({ state, cautions });
});

it('no other status carries a doubt', () => {
  expect(Object.keys(OBSERVATION_CAUTIONS)).toEqual(['preliminary', 'amended', 'corrected', 'cancelled']);
});
