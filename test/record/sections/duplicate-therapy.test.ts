import { describe, expect, it } from 'vitest';
import type { Fact, FactKey } from '../../../src/record/fact.ts';
import { duplicateTherapy } from '../../../src/record/sections/duplicate-therapy.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import { medicine } from '../../support/conflicts.ts';
import { entryFrom } from '../../support/record.ts';

function taken(name: string, change: object = {}): Fact<MedicationEntry> {
  const entry = entryFrom<MedicationEntry>(medicine(name, 'As directed', change));
  return { key: `medications:${name}` as FactKey, section: 'medications', entries: [entry] };
}

const sidesOf = (...facts: readonly Fact<MedicationEntry>[]): readonly (readonly FactKey[])[] =>
  duplicateTherapy(facts).map((found) => found.facts);

describe('two medicines of one class', () => {
  it.each<[why: string, ...facts: Fact<MedicationEntry>[]]>([
    ['there are no medicines'],
    ['there is one', taken('Ramipril 5mg capsules')],
    ['both are one substance', taken('Ramipril 5mg capsules'), taken('Ramipril 10mg capsules')],
    ['each is of a class of its own', taken('Ramipril 5mg capsules'), taken('Bisoprolol 5mg tablets')],
    ['one is of no class', taken('Ramipril 5mg capsules'), taken('Paracetamol 500mg tablets')],
    ['both are of no class', taken('Amoxicillin 500mg capsules'), taken('Paracetamol 500mg tablets')],
    ['one is over', taken('Ramipril 5mg capsules'), taken('Lisinopril 5mg tablets', { status: 'completed' })],
    ['one is on hold', taken('Ramipril 5mg capsules'), taken('Lisinopril 5mg tablets', { status: 'on-hold' })],
    ['one is planned', taken('Ramipril 5mg capsules'), taken('Lisinopril 5mg tablets', { intent: 'proposal' })],
    ['one is put on the skin', taken('Ibuprofen 5% gel'), taken('Naproxen 250mg tablets')],
    ['one is a plaster', taken('Ibuprofen 200mg medicated plasters'), taken('Naproxen 250mg tablets')],
    [
      'one is a drop for the eye, whatever else it says',
      taken('Propranolol eye drops', {
        medicationCodeableConcept: { text: 'Propranolol 1% transdermal eye drops' },
      }),
      taken('Atenolol 50mg tablets'),
    ],
    ['one is a drop for the eye', taken('Diclofenac 0.1% eye drops'), taken('Naproxen 250mg tablets')],
    [
      'one substance that may be swapped is slow',
      taken('Nifedipine 10mg capsules'),
      taken('Nifedipine 20mg MR tablets'),
    ],
    [
      'a combination holds nothing of the class',
      taken('Perindopril 4mg / Indapamide 1.25mg tablets'),
      taken('Amlodipine'),
    ],
    [
      'both are one combination',
      taken('Amlodipine 5mg / Valsartan 80mg tablets'),
      taken('Valsartan 160mg / Amlodipine 5mg tablets'),
    ],
    ['both are paracetamol', taken('Paracetamol 500mg tablets'), taken('Panadol 500mg tablets')],
    ['a name only holds a stroke', taken('Trimethoprim/ramipril'), taken('Losartan 50mg tablets')],
  ])('are not seen where %s', (_, ...facts) => {
    expect(sidesOf(...facts)).toEqual([]);
  });

  it.each([
    ['Ramipril 5mg capsules', 'Losartan 50mg tablets'],
    ['Tritace 5mg capsules', 'Losartan 50mg tablets'],
    ['Sacubitril 24mg / Valsartan 26mg tablets', 'Ramipril 5mg capsules'],
    ['Valsartan 80mg + Amlodipine 5mg tablets', 'Ramipril 5mg capsules'],
    ['Naproxen 250mg tablets', 'Diclofenac 75mg/3ml solution for injection ampoules'],
    ['Naproxen 250mg tablets', 'Diclofenac 100mg suppositories'],
    ['Linagliptin 5mg tablets', 'Semaglutide 1mg/0.74ml solution for injection'],
    ['Rivastigmine 9.5mg/24hours transdermal patches', 'Galantamine 8mg tablets'],
    ['Perindopril erbumine 4mg / Indapamide 1.25mg tablets', 'Losartan 50mg tablets'],
    ['Amlodipine 5mg / Valsartan 80mg tablets', 'Amlodipine 5mg tablets'],
    ['Felodipine 5mg / Ramipril 5mg modified-release tablets', 'Ramipril 5mg capsules'],
    ['Paracetamol 500mg tablets', 'Co-codamol 30mg/500mg tablets'],
    ['Paracetamol 500mg tablets', 'Zapain 30mg/500mg capsules'],
    ['Paracetamol 500mg suppositories', 'Tramadol 37.5mg / Paracetamol 325mg tablets'],
    ['Tacrolimus 1mg capsules', 'Tacrolimus 1mg modified-release capsules'],
    ['Prograf 1mg capsules', 'Advagraf 1mg capsules'],
    ['Advagraf 1mg modified-release capsules', 'Dailiport 1mg modified-release capsules'],
  ])('are seen in %s and %s', (one, other) => {
    const keys = [taken(one), taken(other)].map(({ key }) => key);
    expect(sidesOf(taken(one), taken(other))).toEqual([keys]);
    expect(duplicateTherapy([taken(one), taken(other)])[0]).toMatchObject({
      kind: 'duplicate-therapy',
      section: 'medications',
    });
  });

  it('are seen where the directions alone say that it goes through the skin', () => {
    const patch = taken('Rivastigmine patches 9.5mg', { dosageInstruction: [{ route: { text: 'Transdermal' } }] });
    expect(sidesOf(patch, taken('Donepezil 10mg tablets'))).toHaveLength(1);
  });

  it('are seen where the words say nothing that is known and the code is of a product', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '318902004' }];
    const coded = taken('Blood pressure capsule', { medicationCodeableConcept: { text: 'Own supply', coding } });
    expect(sidesOf(coded, taken('Losartan 50mg tablets'))).toHaveLength(1);
  });

  it('are seen in one combination of both', () => {
    expect(sidesOf(taken('Ramipril 5mg + Losartan 50mg capsules'))).toHaveLength(1);
  });

  it('are one disagreement for each class, with each medicine once', () => {
    const [both, ramipril, felodipine] = [
      taken('Amlodipine 5mg / Valsartan 80mg tablets'),
      taken('Ramipril 5mg capsules'),
      taken('Felodipine 5mg tablets'),
    ];
    expect(sidesOf(both, ramipril, felodipine)).toEqual([
      [both.key, felodipine.key],
      [both.key, ramipril.key],
    ]);
    const twice = taken('Ramipril 5mg + Losartan 50mg capsules');
    expect(sidesOf(twice, ramipril)).toEqual([[twice.key, ramipril.key]]);
  });

  it('are not read out of a statement that there are none', () => {
    const none = taken('No current medication');
    const [entry] = none.entries;
    expect(
      sidesOf({ ...none, entries: [{ ...entry, name: 'Losartan', state: 'current' }] }, taken('Ramipril 5mg')),
    ).toEqual([]);
  });
});
