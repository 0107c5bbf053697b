// Proves src/record/sections/medications.ts, src/record/sections/medicine-doses.ts, src/record/sections/dose-said.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { conflictKinds } from '../../support/record.ts';

const medicine = (name: string, ...texts: readonly string[]): Resource => ({
  resourceType: 'MedicationRequest',
  id: '1',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: name },
  dosageInstruction: texts.map((text) => ({ text })),
});
const kinds = (here: Resource, there: Resource): readonly string[] => conflictKinds({ gp: [here], hospital: [there] });

const PATCH_12 = 'Fentanyl 12micrograms/hour transdermal patches';
const PATCH_25 = 'Fentanyl 25micrograms/hour transdermal patches';
const MR_400 = 'Lithium carbonate 400mg modified-release tablets';
const INSULIN = 'Humulin M3 100units/ml suspension for injection';

describe('two doses that no dose is written for', () => {
  it.each([
    ['patches of two strengths', medicine(PATCH_12), medicine(PATCH_25)],
    [
      'patches with how often',
      medicine(PATCH_12, 'Apply one every 72 hours'),
      medicine(PATCH_25, 'Apply one patch every 72 hours'),
    ],
    ['a patch with and one without a text', medicine(PATCH_12, 'Apply every 72 hours'), medicine(PATCH_25)],
    ['tablets of two strengths', medicine(MR_400), medicine('Lithium carbonate 200mg modified-release tablets')],
    ['tablets of two strengths, of which one is slow', medicine(MR_400), medicine('Lithium carbonate 200mg tablets')],
    ['as directed', medicine('Ramipril 5mg capsules', 'As directed'), medicine('Ramipril 10mg capsules')],
    [
      'a split regimen and another',
      medicine(INSULIN, '6 units morning, 8 night'),
      medicine(INSULIN, '8 units morning, 8 night'),
    ],
    [
      'a split regimen the other way round',
      medicine(INSULIN, '6 units in the morning and 8 units at night'),
      medicine(INSULIN, '8 units in the morning and 6 units at night'),
    ],
    [
      'a split regimen and one dose',
      medicine(INSULIN, '6 units morning, 8 units night'),
      medicine(INSULIN, '10 units at night'),
    ],
    [
      'a regimen in two instructions and one dose',
      medicine(INSULIN, '6 units in the morning', '8 units at night'),
      medicine(INSULIN, '10 units at night'),
    ],
  ])('are a disagreement: %s', (_what, here, there) => {
    expect(kinds(here, there)).toContain('two-doses');
  });

  it.each([
    ['one strength', medicine(PATCH_12), medicine(PATCH_12, 'Apply one every 72 hours')],
    [
      'one strength in other words',
      medicine('Lithium carbonate 400 mg tablets'),
      medicine('Lithium carbonate 400mg tablets'),
    ],
    ['a cream by strength', medicine('Hydrocortisone 1% cream'), medicine('Hydrocortisone 2.5% cream')],
    [
      'a long-acting form beside a quick one',
      medicine('Morphine 10mg modified-release tablets'),
      medicine('Morphine 5mg tablets'),
    ],
    [
      'a split regimen of one size',
      medicine('Metformin 500mg tablets', '500mg morning and 500mg evening'),
      medicine('Metformin 500mg tablets', '500mg twice a day'),
    ],
    [
      'one split regimen in other words',
      medicine(INSULIN, '6 units morning, 8 night'),
      medicine(INSULIN, '6 units in the morning', '8 units at night'),
    ],
  ])('are none: %s', (_what, here, there) => {
    expect(kinds(here, there)).toEqual([]);
  });
});

describe('products of one substance that must not be swapped', () => {
  it.each([
    ['Prograf 1mg capsules', 'Advagraf 1mg modified-release capsules'],
    ['Tacrolimus 1mg capsules', 'Tacrolimus 1mg modified-release capsules'],
    ['Neoral 50mg capsules', 'Capimune 50mg capsules'],
    ['Priadel 400mg modified-release tablets', 'Camcolit 400mg modified-release tablets'],
  ])('are two treatments at once: %s and %s', (here, there) => {
    expect(kinds(medicine(here, 'One daily'), medicine(there, 'One daily'))).toContain('duplicate-therapy');
  });

  it('are not where both are the same, or one is rubbed in', () => {
    expect(
      kinds(medicine('Prograf 1mg capsules', 'One daily'), medicine('Prograf 5mg capsules', 'One daily')),
    ).not.toContain('duplicate-therapy');
    expect(kinds(medicine('Prograf 1mg capsules', 'One daily'), medicine('Tacrolimus 0.1% ointment'))).toEqual([]);
  });
});
