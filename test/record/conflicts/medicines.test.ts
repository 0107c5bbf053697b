// Proves src/record/sections/allergies.ts, src/record/sections/medicine-doses.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { at, conflictsIn, kinds, medicine } from '../../support/conflicts.ts';

describe('two doses', () => {
  it.each([
    [
      'the same dose in other words',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 5mg capsules', 'Take one daily'),
    ],
    [
      '5 mg as one capsule or two',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 2.5mg capsules', 'Two capsules once a day'),
    ],
    [
      'another medicine',
      medicine('Ramipril 5mg capsules', 'one daily'),
      medicine('Bisoprolol 2.5mg tablets', 'one daily'),
    ],
    [
      'a dose that is not recorded',
      medicine('Ramipril 5mg capsules', 'one daily'),
      medicine('Ramipril', 'as directed'),
    ],
    [
      '1000 micrograms and 1 mg',
      medicine('Lorazepam 1mg tablets', '1 mg at night'),
      medicine('Lorazepam 1mg tablets', '1000 micrograms at night'),
    ],
    [
      '5 ml of 10 mg in 5 ml, and 10 mg',
      medicine('Morphine 10mg/5ml oral solution', '5 ml twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '10 mg twice a day'),
    ],
    [
      'the same units of a strength that one leaves out',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine', 'Inject 10 units at night'),
    ],
    [
      'a range and an amount within it',
      medicine('Morphine 10mg/5ml oral solution', '5 to 10 ml twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '5 ml twice a day'),
    ],
  ])('are not seen in %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual([]);
  });

  it('are not seen where each source makes up the dose of the same two strengths', () => {
    const both = [
      medicine('Levothyroxine 25microgram tablets', 'one daily'),
      medicine('Levothyroxine 50microgram tablets', 'one daily'),
    ];
    expect(kinds(at('gp', ...both), at('hospital', ...both))).toEqual([]);
  });

  it.each([
    [
      'the amount',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 2.5mg capsules', 'One capsule once a day'),
    ],
    [
      'the amount in numbers',
      medicine('Ramipril 5mg capsules', 'x', {
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] }],
      }),
      medicine('Ramipril 2.5mg capsules', 'y', {
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 2.5, unit: 'mg' } }] }],
      }),
    ],
    [
      'how often',
      medicine('Bisoprolol 2.5mg tablets', 'One tablet once a day'),
      medicine('Bisoprolol fumarate 2.5mg tablets', 'One tablet twice a day'),
    ],
    [
      'how often, by a week',
      medicine('Methotrexate 2.5mg tablets', 'Four tablets once a week'),
      medicine('Methotrexate 2.5mg tablets', 'Four tablets once a day'),
    ],
    [
      'units written in words',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine 100units/ml solution for injection', 'Inject 16 units at night'),
    ],
    [
      'the strength of what is given in units',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine 300units/ml solution for injection', '10 units at night'),
    ],
    [
      'milligrams here and millilitres there',
      medicine('Morphine 10mg/5ml oral solution', '10 mg twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '10 ml twice a day'),
    ],
  ])('are seen when two organisations differ in %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual(['two-doses']);
  });
});

describe('a medicine stopped at one organisation', () => {
  const stopped = (date: string | undefined): Resource =>
    medicine('Ramipril 5mg capsules', 'one daily', {
      resourceType: 'MedicationStatement',
      status: 'stopped',
      effectivePeriod: { start: '2019-01-01', ...(date && { end: date }) },
      dosageInstruction: undefined,
    });
  const active = medicine('Ramipril 5mg capsules', 'one daily', { authoredOn: '2024-06-01' });

  it('is no disagreement when the other started it later', () => {
    expect(kinds(at('hospital', stopped('2022-01-01')), at('gp', active))).toEqual([]);
  });

  it.each([
    ['of the organisations that hold it', 'gp', 'council'],
    ['of the records of one organisation', 'gp', 'gp'],
  ])('is no disagreement when the newest %s is later, and is one when none is', (_what, one, other) => {
    const held = (source: string, id: string, authoredOn: string) => at(source, { ...active, id, authoredOn });
    const older = held(one, 'm1', '2024-06-01');
    const newer = held(other, 'm2', '2025-06-01');
    for (const said of [
      [older, newer],
      [newer, older],
    ]) {
      const all = said.flat();
      expect(kinds(at('hospital', stopped('2025-01-01')), all)).toEqual([]);
      expect(kinds(at('hospital', stopped('2025-07-01')), all)).toEqual(['stopped-here-active-there']);
    }
  });

  it('is no disagreement when the same organisation only changed it', () => {
    expect(kinds(at('gp', stopped('2025-01-01'), active))).toEqual([]);
  });

  it('is no disagreement when a course came to its end', () => {
    const finished = medicine('Ramipril 5mg capsules', 'one daily', { status: 'completed' });
    expect(kinds(at('hospital', finished), at('gp', active))).toEqual([]);
  });

  it.each(['declined', 'cancelled', 'stopped'])('is no disagreement when a pharmacy’s supply alone is %s', (status) => {
    const supply = {
      resourceType: 'MedicationDispense',
      id: 'd1',
      status,
      statusReasonCodeableConcept: { text: 'Out of stock' },
      medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
      whenPrepared: '2025-01-01',
    };
    expect(kinds(at('hospital', supply), at('gp', active))).toEqual([]);
  });

  it('is one when the stop is later, or of unknown date', () => {
    expect(kinds(at('hospital', stopped('2025-01-01')), at('gp', active))).toEqual(['stopped-here-active-there']);
    expect(kinds(at('hospital', stopped(undefined)), at('gp', { ...active, authoredOn: undefined }))).toEqual([
      'stopped-here-active-there',
    ]);
  });

  it('is one when the other says not to give it, or that it is not taken', () => {
    const notTaken = { ...stopped(undefined), status: 'not-taken', effectivePeriod: { start: '2026-01-01' } };
    expect(kinds(at('hospital', notTaken), at('gp', active))).toEqual(['stopped-here-active-there']);
    expect(
      kinds(at('hospital', medicine('Ramipril 5mg capsules', 'one daily', { doNotPerform: true })), at('gp', active)),
    ).toEqual(['stopped-here-active-there']);
  });
});

describe('two medicines of one class', () => {
  const active = (text: string, change: object = {}): Resource => medicine(text, 'one daily', change);

  it.each([
    ['one of them stopped', active('Ramipril 5mg capsules'), active('Lisinopril 10mg tablets', { status: 'stopped' })],
    [
      'one of them only planned',
      active('Ramipril 5mg capsules'),
      active('Lisinopril 10mg tablets', { status: 'draft' }),
    ],
    [
      'one of them of unknown standing',
      active('Ramipril 5mg capsules'),
      active('Losartan 50mg tablets', { status: undefined }),
    ],
    ['the same medicine under its brand', active('Ramipril 5mg capsules'), active('Tritace 5mg capsules')],
    ['two strengths of one', active('Bisoprolol 2.5mg tablets'), active('Bisoprolol 1.25mg tablets')],
    ['another class', active('Ramipril 5mg capsules'), active('Amlodipine 5mg tablets')],
    ['one rubbed in', active('Ibuprofen 5% gel'), active('Naproxen 250mg tablets')],
    [
      'two antiplatelets, given on purpose',
      active('Aspirin 75mg dispersible tablets'),
      active('Clopidogrel 75mg tablets'),
    ],
  ])('are no duplicate with %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).not.toContain('duplicate-therapy');
  });

  it.each([
    ['Ramipril 5mg capsules', 'Lisinopril 10mg tablets'],
    ['Ramipril 5mg capsules', 'Losartan 50mg tablets'],
    ['Ramipril 5mg capsules', 'Sacubitril 24mg / Valsartan 26mg tablets'],
    ['Apixaban 5mg tablets', 'Warfarin 3mg tablets'],
    ['Eliquis 5mg tablets', 'Rivaroxaban 20mg tablets'],
    ['Atorvastatin 20mg tablets', 'Simvastatin 40mg tablets'],
    ['Omeprazole 20mg gastro-resistant capsules', 'Lansoprazole 30mg gastro-resistant capsules'],
    ['Naproxen 250mg tablets', 'Ibuprofen 400mg tablets'],
    ['Sertraline 50mg tablets', 'Citalopram 20mg tablets'],
    ['Furosemide 40mg tablets', 'Bumetanide 1mg tablets'],
    ['Linagliptin 5mg tablets', 'Sitagliptin 100mg tablets'],
    ['Bisoprolol fumarate 2.5mg tablets', 'Atenolol 50mg tablets'],
  ])('are seen in %s here and %s there', (here, there) => {
    expect(kinds(at('gp', active(here)), at('hospital', active(there)))).toEqual(['duplicate-therapy']);
  });

  it('are one disagreement with every record of the class, with dates, whatever the order', () => {
    const entries = [
      ...at('gp', active('Ramipril 5mg capsules'), active('Candesartan 8mg tablets')),
      ...at('hospital', active('Lisinopril 10mg tablets')),
    ];
    const found = conflictsIn(entries);
    expect(found).toHaveLength(1);
    expect(found[0]?.sides).toHaveLength(3);
    expect(found[0]?.facts).toHaveLength(3);
    expect(conflictsIn([...entries].reverse())[0]?.id).toBe(found[0]?.id);
  });
});
