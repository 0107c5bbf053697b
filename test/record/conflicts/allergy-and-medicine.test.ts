// Proves src/record/sections/allergies.ts, src/record/sections/medicine-doses.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { allergy, at, conflictsIn, kinds, medicine } from '../../support/conflicts.ts';

describe('an allergy against a medicine', () => {
  it.each([
    ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
    ['resolved', { clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    ['withdrawn', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
  ])('is none when the allergy is %s', (_what, change) => {
    expect(
      kinds(
        at('gp', allergy('Penicillin', change)),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
      ),
    ).toEqual([]);
  });

  it('is none when the medicine is past, or of another class', () => {
    expect(
      kinds(
        at('gp', allergy('Penicillin')),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily', { status: 'completed' })),
      ),
    ).toEqual([]);
    expect(
      kinds(at('gp', allergy('Penicillin')), at('hospital', medicine('Doxycycline 100mg capsules', 'one daily'))),
    ).toEqual([]);
    expect(
      kinds(at('gp', allergy('Penicillin')), at('hospital', medicine('Penicillamine 250mg tablets', 'one daily'))),
    ).toEqual([]);
  });

  it.each([
    ['Penicillin', 'Amoxicillin 500mg capsules'],
    ['Allergy to penicillin', 'Co-amoxiclav 500mg/125mg tablets'],
    ['Penicillin-class antibacterial', 'Flucloxacillin 500mg capsules'],
    ['Amoxicillin allergy', 'Phenoxymethylpenicillin 250mg tablets'],
    ['Ibuprofen', 'Aspirin 75mg dispersible tablets'],
    ['NSAIDs', 'Naproxen 250mg tablets'],
    ['Sulfonamide', 'Co-trimoxazole 80mg/400mg tablets'],
    ['Trimethoprim', 'Co-trimoxazole 80mg/400mg tablets'],
    ['Codeine', 'Oramorph 10mg/5ml oral solution'],
    ['Lisinopril', 'Ramipril 5mg capsules'],
    ['Paracetamol', 'Co-codamol 30mg/500mg tablets'],
    ['Chlorphenamine', 'Chlorphenamine 4mg tablets'],
    ['Allergy to spironolactone', 'Spironolactone 25mg tablets'],
    ['Spironolactone 100mg tablets', 'Spironolactone 25mg tablets'],
    ['Aldactone', 'Spironolactone 25mg tablets'],
    ['Metformin hydrochloride', 'Metformin 500mg tablets'],
    ['Allergic reaction caused by metformin', 'Sitagliptin 50mg / Metformin 1g tablets'],
    ['Voltarol', 'Aspirin 75mg dispersible tablets'],
  ])('is seen for %s against %s, at different organisations', (agent, drug) => {
    expect(kinds(at('gp', allergy(agent)), at('hospital', medicine(drug, 'one daily')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is seen by code where the words are in another tongue', () => {
    const coded = allergy('Alergia', {
      code: { text: 'Alergia', coding: [{ system: 'http://snomed.info/sct', code: '91936005' }] },
    });
    expect(kinds(at('gp', coded), at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is seen by the code of the product where its words hide the substance', () => {
    const coded = medicine('One red capsule', 'one daily', {
      medicationCodeableConcept: { text: 'Kapsel', coding: [{ system: 'https://dmd.nhs.uk', code: '318902004' }] },
    });
    expect(kinds(at('gp', allergy('Lisinopril')), at('hospital', coded))).toEqual(['allergy-and-medicine']);
    expect(
      kinds(at('gp', allergy('Lisinopril')), at('hospital', medicine('Tritace 5mg capsules', 'one daily'))),
    ).toEqual(['allergy-and-medicine']);
  });

  it('is seen at one organisation alone, and when either standing is not known', () => {
    expect(
      kinds(
        at(
          'gp',
          allergy('Penicillin', { clinicalStatus: undefined }),
          medicine('Amoxicillin 500mg capsules', 'one daily', { status: undefined }),
        ),
      ),
    ).toEqual(['allergy-and-medicine']);
  });

  it('is seen where the medicine is only planned, and never for one that is not to be given', () => {
    const planned = medicine('Amoxicillin 500mg capsules', 'one daily', { status: 'draft' });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', planned))).toEqual(['allergy-and-medicine']);
    const forbidden = medicine('Amoxicillin 500mg capsules', 'one daily', { doNotPerform: true });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', forbidden))).toEqual([]);
  });

  it('is not seen for a handing over of unknown standing, and is for one that stands', () => {
    const dispensed = (status: string): Resource => ({
      resourceType: 'MedicationDispense',
      id: '1',
      status,
      medicationCodeableConcept: { text: 'Amoxicillin 500mg capsules' },
    });
    expect(kinds(at('gp', allergy('Penicillin')), at('pharmacy', dispensed('unknown')))).toEqual([]);
    expect(kinds(at('gp', allergy('Penicillin')), at('pharmacy', dispensed('preparation')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is not seen for a denial: no known penicillin allergy, no amoxicillin', () => {
    expect(
      kinds(
        at('gp', allergy('No known penicillin allergy')),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
      ),
    ).toEqual([]);
  });

  it('is not lost where one record names two agents, one by its class and one by its name', () => {
    const reaction = ['Amoxicillin', 'Metformin'].map((text) => ({
      substance: { text },
      manifestation: [{ text: 'Rash' }],
    }));
    const taken = [
      medicine('Amoxicillin 500mg capsules', 'one daily'),
      medicine('Metformin 500mg tablets', 'one daily'),
    ];
    const found = conflictsIn([...at('gp', allergy('Drug reaction', { reaction })), ...at('hospital', ...taken)]);
    expect(found.flatMap(({ sides }) => sides)).toEqual(
      expect.arrayContaining(taken.map(({ id }) => `hospital/MedicationRequest/${String(id)}`)),
    );
  });

  it('is one where class and substance are both the same', () => {
    const found = conflictsIn([
      ...at('gp', allergy('Amoxicillin')),
      ...at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
    ]);
    expect(found.map(({ kind, section }) => `${kind} in ${section}`)).toEqual(['allergy-and-medicine in allergies']);
  });

  it('is one for each class, and for a substance of no class by itself', () => {
    const found = conflictsIn([
      ...at('gp', allergy('Penicillin'), allergy('Chlorphenamine'), allergy('Lisinopril')),
      ...at(
        'hospital',
        medicine('Amoxicillin 500mg capsules', 'one daily'),
        medicine('Chlorphenamine 4mg tablets', 'one daily'),
      ),
    ]);
    expect(found.map(({ kind, sides }) => `${kind} ${sides.length}`)).toEqual([
      'allergy-and-medicine 2',
      'allergy-and-medicine 2',
    ]);
  });

  it('is one with every medicine of the class, also where another allergy names one of them', () => {
    const taken = [
      medicine('Amoxicillin 500mg capsules', 'one daily'),
      medicine('Flucloxacillin 500mg capsules', 'one daily'),
    ];
    const found = conflictsIn([
      ...at('gp', allergy('Penicillin'), allergy('Amoxicillin')),
      ...at('hospital', ...taken),
    ]);
    expect(found.filter(({ kind }) => kind === 'allergy-and-medicine').map(({ sides }) => sides.length)).toEqual([4]);
  });

  it('is one with two doses of the only medicine that meets it, and stays apart from them where several do', () => {
    const codeine = [
      ...at('gp', allergy('Codeine'), medicine('Codeine 15mg tablets', 'one daily')),
      ...at('hospital', medicine('Codeine 30mg tablets', 'one daily')),
    ];
    expect(kinds(codeine)).toEqual(['allergy-and-medicine']);
    const morphine = at('hospice', medicine('Oramorph 10mg/5ml oral solution', 'one daily'));
    expect(kinds([...codeine, ...morphine])).toEqual(expect.arrayContaining(['allergy-and-medicine', 'two-doses']));
  });

  it('stays apart from another that several medicines meet', () => {
    const taken = ['Amoxicillin 500mg', 'Flucloxacillin 500mg', 'Ramipril 5mg', 'Perindopril 4mg'];
    const found = kinds([
      ...at('gp', allergy('Penicillin'), allergy('Lisinopril')),
      ...at('hospital', ...taken.map((name) => medicine(`${name} capsules`, 'one daily'))),
    ]);
    expect(found.filter((kind) => kind === 'allergy-and-medicine')).toHaveLength(2);
  });

  it('is one disagreement with all sides, however many records say it, and stands in both sections', () => {
    const entries = [
      ...at('gp', allergy('Penicillin'), medicine('Amoxicillin 250mg capsules', 'one daily')),
      ...at('hospital', allergy('Allergy to penicillin'), medicine('Amoxicillin 500mg capsules', 'one daily')),
    ];
    const found = conflictsIn(entries).filter(({ kind }) => kind === 'allergy-and-medicine');
    expect(found).toHaveLength(1);
    expect(found[0]?.sides).toHaveLength(4);
    expect(conflictsIn([...entries].reverse())).toEqual(conflictsIn(entries));
  });
});
