// Proves src/record/allergies-told-elsewhere.ts, with src/record/conflicts.ts.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/record/resource.ts';
import { allergy, at, conflictsIn, kinds, medicine } from '../support/conflicts.ts';

const subject = { reference: 'Patient/1' };
const problem = (text: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: text,
  clinicalStatus: { coding: [{ code: 'active' }] },
  subject,
  code: { text },
  ...change,
});
const finding = (text: string, change: object = {}): Resource => ({
  resourceType: 'Observation',
  id: text,
  status: 'final',
  effectiveDateTime: '2020-01-01',
  subject,
  code: { text },
  ...change,
});
const alert = (text: string): Resource => ({
  resourceType: 'Flag',
  id: text,
  status: 'active',
  subject,
  code: { text },
});
const amoxicillin = at('hospital', medicine('Amoxicillin 500mg capsules', 'One three times a day'));

describe('an allergy that a practice keeps under another heading', () => {
  it.each([
    ['as a problem', problem('Allergy to penicillin')],
    ['as a problem in other words', problem('H/O: penicillin allergy')],
    ['as a reaction', problem('Anaphylaxis caused by amoxicillin')],
    ['as a finding', finding('Penicillin allergy')],
    ['as a finding that is answered', finding('Allergic to penicillin', { valueBoolean: true })],
    ['as an alert', alert('ALLERGIC TO PENICILLIN')],
  ])('meets the medicine of a hospital: %s', (_how, told) => {
    expect(kinds(at('gp', told), amoxicillin)).toEqual(['allergy-and-medicine']);
  });

  it('names both sides, and is about the substance', () => {
    const [conflict] = conflictsIn([...at('gp', problem('Allergy to penicillin')), ...amoxicillin]);
    expect(conflict?.sides).toEqual([
      'gp/Condition/Allergy to penicillin',
      'hospital/MedicationRequest/Amoxicillin 500mg capsules One three times a day',
    ]);
    expect(conflict?.subjects).toEqual(expect.arrayContaining([expect.stringMatching(/^allergy:class:.*penicillin/)]));
  });

  it('is one question, however many headings and sources tell it', () => {
    const told = at('gp', problem('Allergy to penicillin'), alert('Penicillin allergy'));
    expect(kinds(told, amoxicillin)).toEqual(['allergy-and-medicine']);
    expect(kinds(told, at('council', allergy('Penicillin')), amoxicillin)).toEqual(['allergy-and-medicine']);
  });

  it('stands against no known allergies, and against no known drug allergies where it may be to a drug', () => {
    expect(kinds(at('gp', problem('Allergy to penicillin')), at('hospital', allergy('No known allergies')))).toEqual([
      'allergy-and-no-known-allergies',
    ]);
    expect(kinds(at('gp', alert('Penicillin allergy')), at('hospital', allergy('NKDA')))).toEqual([
      'allergy-and-no-known-allergies',
    ]);
    expect(kinds(at('gp', problem('Peanut allergy')), at('hospital', allergy('NKDA')))).toEqual([]);
    expect(kinds(at('gp', problem('Peanut allergy')), at('hospital', allergy('No known latex allergy')))).toEqual([]);
  });

  it('stands under Allergies with those alone that are denied, and with who denies them', () => {
    const conflicts = conflictsIn([
      ...at('gp', problem('Allergy to penicillin'), problem('Peanut allergy')),
      ...at('hospital', allergy('NKDA'), allergy('No known latex allergy')),
    ]);
    expect(conflicts.map(({ kind, section }) => [kind, section])).toEqual([
      ['allergy-and-no-known-allergies', 'allergies'],
    ]);
    expect(conflicts[0]?.sides).toEqual([
      'gp/Condition/Allergy to penicillin',
      expect.stringMatching(/^hospital\/AllergyIntolerance\/.*NKDA/),
    ]);
  });

  it('stands against no allergy to something else, nor against a denial that is withdrawn itself', () => {
    const told = at('gp', problem('Allergy to penicillin'));
    expect(kinds(told, at('council', allergy('Latex')))).toEqual([]);
    const refuted = { ...allergy('NKDA'), verificationStatus: { coding: [{ code: 'refuted' }] } };
    expect(kinds(told, at('hospital', refuted))).toEqual([]);
  });

  it.each([
    ['over', problem('Allergy to penicillin', { clinicalStatus: { coding: [{ code: 'resolved' }] } })],
    ['refuted', problem('Allergy to penicillin', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
    ['somebody else’s', problem('Family history of penicillin allergy')],
    ['a relative’s', problem('Mother has allergy to penicillin')],
    ['denied', problem('No known penicillin allergy')],
    ['denied in its value', finding('Penicillin allergy', { valueBoolean: false })],
    ['ruled out', problem('Penicillin allergy excluded')],
    ['taken back', alert('Penicillin allergy de-labelled 2025')],
    ['only looked for', finding('Penicillin allergy test')],
    ['of another substance', problem('Allergy to latex')],
    ['of nothing', problem('Pharyngitis treated with penicillin')],
  ])('says nothing where it is %s', (_why, told) => {
    expect(kinds(at('gp', told), amoxicillin)).toEqual([]);
  });

  it('is not an allergy where only its name sounds so', () => {
    expect(kinds(at('gp', problem('Allergic rhinitis')), at('hospital', allergy('No known allergies')))).toEqual([]);
  });
});

describe('an allergy to two substances that is told elsewhere', () => {
  it('is no less one to the second where only the first has an allergy of its own', () => {
    const both = at('gp', problem('Allergy to penicillin and aspirin'));
    expect(kinds(both, amoxicillin)).toEqual(['allergy-and-medicine']);
    expect(kinds(both, at('council', allergy('Aspirin')), amoxicillin)).toEqual(['allergy-and-medicine']);
  });
});
