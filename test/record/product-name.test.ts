import { describe, expect, it } from 'vitest';
import { splitName } from '../../src/record/fhir/medicine.ts';
import { MOIETY_BY_NAME, PRODUCT_BY_CODE } from '../../src/record/medicine-relations.ts';
import { medicineNames, strengthKey } from '../../src/record/product-name.ts';

const SNOMED = 'http://snomed.info/sct';
const nameOf = (text: string, code?: string, display?: string): string | undefined => {
  const codings = code ? [{ system: SNOMED, code, ...(display && { display }) }] : [];
  return medicineNames({ title: text, ...splitName(text), code: { text, codings } })[0]?.name;
};

describe('two medicines', () => {
  it.each([
    ['Ramipril 5mg capsules', 'Ramipril 2.5mg capsules'],
    ['Ramipril 5mg capsules', 'Ramipril 5mg tablets'],
    ['Metformin 500mg tablets', 'Metformin 500mg modified-release tablets'],
    ['Levothyroxine 50microgram tablets', 'Levothyroxine 50mg tablets'],
    ['Morphine sulfate 10mg/5ml oral solution', 'Morphine sulfate 10mg/1ml oral solution'],
    ['Diclofenac sodium 50mg tablets', 'Diclofenac potassium 50mg tablets'],
    ['Priadel 400mg modified-release tablets', 'Camcolit 400mg modified-release tablets'],
    ['Ramipril', 'Ramipril 5mg capsules'],
    ['Aspirin 75mg dispersible tablets', 'Aspirin 75mg tablets'],
    ['Aspirin 75mg gastro-resistant tablets', 'Aspirin 75mg tablets'],
  ])('are two: %s and %s', (one, other) => {
    expect(nameOf(one)).not.toBe(nameOf(other));
  });

  it.each([
    ['Ramipril 5mg capsules', 'RAMIPRIL 5 mg CAPS'],
    ['Ramipril 5mg capsules', 'Ramipril capsules 5mg'],
    ['Ramipril 5mg capsules', 'Tritace 5mg capsules'],
    ['Ramipril 5mg capsules', 'Ramipril 5mg capsules (Teva UK Ltd)'],
    ['Bisoprolol 2.5mg tablets', 'Bisoprolol fumarate 2.5mg tablets'],
    ['Paracetamol 1g tablets', 'Paracetamol 1000mg tablets'],
    ['Levothyroxine 50microgram tablets', 'Levothyroxine sodium 50 mcg tablets'],
    ['Metformin 500mg modified-release tablets', 'Metformin 500mg m/r tablets'],
    ['Furosemide 40mg tablets', 'Frusemide 40mg tablets'],
  ])('are one: %s and %s', (one, other) => {
    expect(nameOf(one)).toBe(nameOf(other));
  });

  it('are one where the code alone names the product, and two where words contradict the code', () => {
    expect(nameOf('Tritace', '318902004')).toBe(nameOf('Ramipril 5mg capsules'));
    const contradicted = medicineNames({
      title: 'Ramipril 10mg capsules',
      ...splitName('Ramipril 10mg capsules'),
      code: { text: 'Ramipril 10mg capsules', codings: [{ system: SNOMED, code: '318902004' }], disagrees: true },
    });
    expect(contradicted[0]?.name).not.toBe(nameOf('Ramipril 10mg capsules'));
    expect(contradicted).toHaveLength(1);
  });
});

describe('the name of a medicine', () => {
  const names = (text: string, more: object = {}): readonly string[] =>
    medicineNames({ title: text, ...splitName(text), ...more }).map(({ name }) => name);
  const coded = (...codes: readonly string[]) => ({
    code: { text: 'x', codings: codes.map((code) => ({ system: SNOMED, code })) },
  });

  it('is no product where its strength or its form is not told, whatever its code', () => {
    expect(names('Ramipril 5mg', coded('318902004'))).toEqual(['code:318902004|5mg|', 'words:ramipril 5mg|5mg|']);
    expect(names('Ramipril capsules', coded('318902004'))).toEqual(['code:318902004||', 'words:ramipril capsules||']);
    expect(names('Ramipril', { form: 'CAPS' })).toEqual(['words:ramipril||capsule']);
    expect(names('Ramipril')).toEqual(['words:ramipril||']);
  });

  it('is the product of its one code where it tells neither, and none where there are two, or none that is known', () => {
    expect(names('Tritace', coded('318902004'))).toEqual(['product:ramipril|5mg|capsule']);
    expect(names('Tritace', coded('318902004', '318902004', '999'))).toEqual(['product:ramipril|5mg|capsule']);
    const dmd = { code: { text: 'x', codings: [{ system: 'https://dmd.nhs.uk', code: '318902004' }] } };
    expect(names('Tritace', dmd)).toEqual(['product:ramipril|5mg|capsule']);
    expect(names('Tritace', coded('318902004', '318906001'))[0]).toBe('code:318902004+318906001||');
    const own = {
      code: {
        text: 'x',
        codings: [
          { system: 'https://epr.example', code: '318902004' },
          { system: SNOMED, display: 'x' },
        ],
      },
    };
    expect(names('Tritace', own)[0]).toMatch(/^words:/);
    expect(names('Tritace', coded('999'))[0]).toBe('code:999||');
  });

  it('leaves off who made it, in its words and in its form', () => {
    expect(names('Newdrug 5mg tablets (Teva UK Ltd)')).toEqual(['product:newdrug|5mg|tablet']);
    expect(names('Newdrug', { strength: '5mg', form: 'tablets (Accord Healthcare Ltd)' })).toEqual([
      'product:newdrug|5mg|tablet',
    ]);
    expect(names('Newdrug (Teva UK Ltd)', { strength: '5mg', form: 'tablets' })).toEqual([
      'product:newdrug|5mg|tablet',
    ]);
    expect(names('Newdrug (Teva UK Ltd)')).toEqual(['words:newdrug||']);
    expect(names('Newdrug 5mg tablets(Pharmacia)  ')).toEqual(['product:newdrug|5mg|tablet']);
    expect(names('Newdrug (Pharma for children)')).toEqual(['words:newdrug||']);
    expect(medicineNames({ title: 'Newdrug 5mg tablets', ...splitName('Newdrug 5mg tablets') })).toEqual([
      { reason: 'medicine', name: 'product:newdrug|5mg|tablet' },
    ]);
    expect(medicineNames({ title: 'Newdrug', name: 'Newdrug' })).toEqual([
      { reason: 'medicine', name: 'words:newdrug||' },
    ]);
    expect(names('Newdrug (for children)')).toEqual(['words:newdrug (for children)||']);
    expect(names('Newdrug (Teva UK Ltd) forte')).toEqual(['words:newdrug (teva uk ltd) forte||']);
  });

  it('finds a form of several words that stands before the strength, and keeps one it does not know as it is', () => {
    expect(names('Newdrug modified release tablets', { strength: '5mg' })).toEqual([
      'product:newdrug|5mg|modified-release tablet',
    ]);
    expect(names('Two part name tabs', { strength: '5mg' })).toEqual(['product:two part name|5mg|tablet']);
    expect(names('Tablets', { strength: '5mg' })).toEqual(['words:tablets|5mg|']);
    expect(names('Newdrug', { strength: '5mg', form: 'Wafers' })).toEqual(['product:newdrug|5mg|wafers']);
  });
});

describe('a strength', () => {
  it.each([
    ['5 mg', '5mg'],
    ['5MG', '5mg'],
    ['5 milligrams', '5mg'],
    ['5 milligram', '5mg'],
    ['5mg/1 capsule', '5mg'],
    ['5mg/tablet', '5mg'],
    ['5mg/1 tablets', '5mg'],
    ['1g', '1000mg'],
    ['1 gram', '1000mg'],
    ['2 grams', '2000mg'],
    ['0.5gm', '500mg'],
    ['12.5g', '12500mg'],
    ['1,000mg', '1000mg'],
    ['1,000,000 iu', '1000000unit'],
    ['50 micrograms', '50microgram'],
    ['50mcg', '50microgram'],
    ['50ug', '50microgram'],
    ['50µg', '50microgram'],
    ['50 μg', '50microgram'],
    ['10mg/5ml', '10mg/5ml'],
    ['10 milligrams/5 millilitres', '10mg/5ml'],
    ['10mg/5 mls', '10mg/5ml'],
    ['10mg/1 millilitre', '10mg/1ml'],
    ['2mg/2 millilitres (1mg/ml)', '2mg/2ml(1mg/ml)'],
    ['100 units/ml', '100unit/ml'],
    ['100 unit/ml', '100unit/ml'],
    ['100mcg/dose', '100microgram/dose'],
    ['50mcg/100mcg', '50microgram/100microgram'],
    ['1g/10ml', '1g/10ml'],
    ['1.5.5g', '1.5.5g'],
    ['2,5mg', '2,5mg'],
    ['5mg/2 tablets', '5mg/2tablets'],
    ['5mg/tablet forte', '5mg/tabletforte'],
    ['x5g', 'x5g'],
    ['2mgs', '2mgs'],
    ['1.25g', '1250mg'],
    ['5 gram/10 millilitre', '5g/10ml'],
    ['3 grammes', '3grammes'],
    ['1 unitary', '1unitary'],
  ])('is one however it is written, and no other is turned into another: %s', (written, key) => {
    expect(strengthKey(written)).toBe(key);
  });
});

describe('the table of medicines', () => {
  it('names no brand twice, and every product by a substance it knows', () => {
    for (const product of PRODUCT_BY_CODE.values()) {
      const [substance = '', strength, form] = product.split('|');
      expect(MOIETY_BY_NAME.get(substance)).toBe(substance);
      expect(nameOf(`${substance} ${strength} ${form}s`)).toBe(`product:${product}`);
    }
  });
});
