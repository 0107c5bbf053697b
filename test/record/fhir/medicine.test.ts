import { describe, expect, it } from 'vitest';
import { readMedicine, splitName, substanceKey } from '../../../src/record/fhir/medicine.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';

describe('the name of a medicine', () => {
  it.each([
    ['Ramipril 5mg capsules', 'Ramipril', '5mg', 'capsules'],
    ['Co-codamol 30mg/500mg tablets', 'Co-codamol', '30mg/500mg', 'tablets'],
    ['Salbutamol 100micrograms/dose inhaler CFC free', 'Salbutamol', '100micrograms/dose', 'inhaler CFC free'],
    ['Hydrocortisone 1% cream', 'Hydrocortisone', '1%', 'cream'],
    [
      'Insulin glargine 100units/ml solution for injection 3ml pre-filled pens',
      'Insulin glargine',
      '100units/ml',
      'solution for injection 3ml pre-filled pens',
    ],
    ['Morphine sulfate 10mg/5ml oral solution', 'Morphine sulfate', '10mg/5ml', 'oral solution'],
    ['Digoxin 125microgram tablets', 'Digoxin', '125microgram', 'tablets'],
    ['Warfarin', 'Warfarin', undefined, undefined],
    ['Warfarin 3 mg', 'Warfarin', '3 mg', undefined],
    ['WARFARIN 3MG TABLETS', 'WARFARIN', '3MG', 'TABLETS'],
    ['Warfarin  3mg  tablets', 'Warfarin', '3mg', 'tablets'],
    ['Heparin 1,000units/ml injection', 'Heparin', '1,000units/ml', 'injection'],
    ['Fentanyl 12.5micrograms/hour patches', 'Fentanyl', '12.5micrograms/hour', 'patches'],
    ['Fentanyl 25 micrograms / 72 hours patches', 'Fentanyl', '25 micrograms / 72 hours', 'patches'],
    ['Lidocaine 2 % w/v gel', 'Lidocaine', '2 % w/v', 'gel'],
    ['Ethinylestradiol 20microgram tablets', 'Ethinylestradiol', '20microgram', 'tablets'],
    ['Benzylpenicillin 2 mega units powder', 'Benzylpenicillin', '2 mega units', 'powder'],
    ['Vitamin B12 1mg tablets', 'Vitamin B12', '1mg', 'tablets'],
    ['Ramipril 5mg [discontinued]', 'Ramipril', '5mg', undefined],
    ['Ramipril 5mg capsules [', 'Ramipril', '5mg', 'capsules ['],
    ['Ramipril 5mga', 'Ramipril 5mga', undefined, undefined],
    ['5mg capsules', '5mg capsules', undefined, undefined],
    ['Gaviscon 500 liquid', 'Gaviscon 500 liquid', undefined, undefined],
    ['Insulin 3ml 100 pens', 'Insulin', '3ml', '100 pens'],
    ['Salbutamol 5mg inhaler w/ spacer', 'Salbutamol', '5mg', 'inhaler w/ spacer'],
    ['Adcal-D3 chewable tablets', 'Adcal-D3 chewable tablets', undefined, undefined],
  ])('%s comes apart without doubt or not at all', (text, name, strength, form) => {
    expect(splitName(text)).toEqual({ name, ...(strength && { strength }), ...(form && { form }) });
  });

  it('of several substances stays whole', () => {
    const text = 'Umeclidinium bromide 65micrograms/dose / Vilanterol 22micrograms/dose dry powder inhaler';
    expect(splitName(text)).toEqual({ name: text });
  });

  it.each([
    'Paracetamol 500mg & Codeine',
    'Paracetamol 500mg + Codeine',
    'Paracetamol 500mg / Codeine',
    'Paracetamol 500mg tablets + Codeine tablets',
    'Paracetamol 500mg with Codeine 8mg',
    'Paracetamol 500mg with Codeine 8 mg',
    'Calcium 500mg with Vitamin D 10microgram',
    'Calcium 500mg with Vitamin D 10micrograms',
    'Calcium 500mg with Vitamin D 10MCG',
    'Calcium 500mg with Maltose 2g',
  ])('of several substances stays whole however they are joined: %s', (text) => {
    expect(splitName(text)).toEqual({ name: text });
  });

  it('names one substance under its salts and forms, but never lithium under another salt', () => {
    expect(substanceKey({ name: 'Bisoprolol fumarate' })).toBe(substanceKey({ name: 'Bisoprolol' }));
    expect(substanceKey({ name: 'Ramipril capsules' })).toBe('ramipril');
    expect(substanceKey({ name: 'Lithium carbonate' })).not.toBe(substanceKey({ name: 'Lithium citrate' }));
    expect(substanceKey({ name: 'Lithium succinate' })).toBe('lithium succinate');
    expect(substanceKey({ name: 'Sodium valproate' })).toBe('sodium valproate');
  });

  it.each([
    ['Amlodipine besylate', 'Amlodipine'],
    ['Doxazosin mesylate', 'Doxazosin'],
    ['Edoxaban tosylate', 'Edoxaban'],
    ['Perindopril tosilate', 'Perindopril'],
    ['Galantamine hydrobromide tablets', 'Galantamine'],
    ['Codeine phosphate', 'Codeine'],
    ['Prednisolone sodium phosphate', 'Prednisolone'],
    ['Dabigatran etexilate mesilate', 'Dabigatran'],
  ])('leaves out a salt, an ester or a solvate: %s is %s', (name, substance) => {
    expect(substanceKey({ name })).toBe(substanceKey({ name: substance }));
  });

  it('is not cut where a form is a part of a brand', () => {
    expect(substanceKey({ name: 'Li-Liquid' })).toBe('li-liquid');
  });

  it.each([
    'modified-release',
    'modified release',
    'prolonged-release',
    'prolonged release',
    'gastro-resistant',
    'gastroresistant',
    'tablet',
    'tablets',
    'tab',
    'tabs',
    'capsule',
    'capsules',
    'cap',
    'caps',
    'caplet',
    'caplets',
    'patch',
    'patches',
    'drop',
    'drops',
    'sachet',
    'sachets',
    'oral solution sugar free',
  ])('is of one substance whatever its form: %s', (form) => {
    expect(substanceKey({ name: `Morphine ${form}` })).toBe('morphine');
  });

  it('is of one substance whatever stands in brackets, and under several salts', () => {
    expect(substanceKey({ name: 'Insulin (human) aspart' })).toBe('insulin aspart');
    expect(substanceKey({ name: 'Insulin(human)aspart' })).toBe('insulin aspart');
    expect(substanceKey({ name: 'Amoxicillin sodium trihydrate' })).toBe('amoxicillin');
  });

  it('is the whole of it where nothing would be left, and where a salt is part of another word', () => {
    expect(substanceKey({ name: 'Tablets' })).toBe('tablets');
    expect(substanceKey({ name: 'Folic calciumfolinate acid' })).toBe('folic calciumfolinate acid');
    expect(substanceKey({ name: 'Heparin sodium flush' })).toBe('heparin sodium flush');
  });
});

describe('a medicine', () => {
  const request = { resourceType: 'MedicationRequest', id: '1' };
  const ofMedication = (medication: object | undefined, display?: string) => {
    const context: ReadContext = {
      source: 'gp' as SourceId,
      resolve: () => medication && ({ resourceType: 'Medication', id: 'm', ...medication } as Resource),
    };
    const medicationReference = { reference: 'Medication/m', ...(display && { display }) };
    return readMedicine({ ...request, medicationReference }, context);
  };
  const ratio = (denominator: object) => ({
    itemCodeableConcept: { text: 'Morphine' },
    strength: { numerator: { value: 10, unit: 'mg' }, denominator },
  });

  it('is none where none is named', () => {
    expect(ofMedication({})).toBeUndefined();
    expect(ofMedication(undefined)).toBeUndefined();
    expect(ofMedication({ ingredient: [{}] })).toBeUndefined();
    const nowhere: ReadContext = {
      source: 'gp' as SourceId,
      resolve: () => ({ resourceType: 'X', code: { text: 'x' } }),
    };
    expect(readMedicine(request, nowhere)).toBeUndefined();
  });

  it('is in no doubt, and has no strength or form, where nothing says so', () => {
    const read = readMedicine(
      { ...request, medicationCodeableConcept: { text: 'Warfarin' } },
      { source: 'gp' as SourceId, resolve: () => undefined },
    );
    expect(read).toEqual({ coded: { text: 'Warfarin', codings: [] }, name: 'Warfarin' });
    expect(ofMedication({ status: 'active', code: { text: 'Warfarin' } })).not.toHaveProperty('doubtful');
  });

  it('is named by the statement before what it leads to, by its code, what it is made of, or the reference', () => {
    const code = { text: 'Warfarin 3mg tablets' };
    const direct = {
      ...request,
      medicationCodeableConcept: { text: 'Ramipril' },
      medicationReference: { display: 'x' },
    };
    expect(readMedicine(direct, { source: 'gp' as SourceId, resolve: () => undefined })?.name).toBe('Ramipril');
    expect(ofMedication({ code }, 'Other')).toEqual({
      coded: { text: 'Warfarin 3mg tablets', codings: [] },
      name: 'Warfarin',
      strength: '3mg',
      form: 'tablets',
    });
    const ingredient = [
      { itemCodeableConcept: { text: 'Codeine' } },
      {},
      { itemCodeableConcept: { text: 'Paracetamol' } },
    ];
    expect(ofMedication({ ingredient }, 'Other')).toEqual({
      coded: { text: 'Codeine + Paracetamol', codings: [] },
      name: 'Codeine + Paracetamol',
    });
    expect(ofMedication(undefined, 'Digoxin')?.name).toBe('Digoxin');
  });

  it.each([
    ['entered-in-error', { status: 'entered-in-error' }],
    ['inactive', { status: 'inactive' }],
    ['changed by what nobody here knows', { modifierExtension: [{ url: 'https://x.example', valueBoolean: true }] }],
  ])('is in doubt where what it leads to is %s', (_why, said) => {
    expect(ofMedication({ code: { text: 'Warfarin' }, ...said })).toMatchObject({ doubtful: true });
  });

  it('takes strength and form from what it leads to where its name has none', () => {
    const form = { text: 'Oral solution' };
    const read = ofMedication({ form, ingredient: [ratio({ value: 5, unit: 'ml' })] });
    expect(read).toMatchObject({ name: 'Morphine', strength: '10 mg/5 ml', form: 'Oral solution' });
    const named = ofMedication({ code: { text: 'Oramorph 20mg/ml drops' }, form, ingredient: [ratio({ value: 5 })] });
    expect(named).toMatchObject({ strength: '20mg/ml', form: 'drops' });
  });

  it.each([
    ['10 mg', { value: 1 }],
    ['10 mg/1 tablet', { value: 1, unit: 'tablet' }],
    ['10 mg/5', { value: 5 }],
    ['10 mg', {}],
  ])('has the strength %s per %j', (strength, denominator) => {
    expect(ofMedication({ ingredient: [ratio(denominator)] })?.strength).toBe(strength);
  });

  it('has no strength that is said of one substance of several, or of none', () => {
    expect(ofMedication({ ingredient: [ratio({ value: 1 }), ratio({ value: 1 })] })).not.toHaveProperty('strength');
    const strength = { denominator: { value: 5, unit: 'ml' } };
    const ingredient = [{ itemCodeableConcept: { text: 'Morphine' }, strength }];
    expect(ofMedication({ ingredient })).not.toHaveProperty('strength');
    expect(ofMedication({ code: { text: 'Morphine' } })).not.toHaveProperty('strength');
  });
});
