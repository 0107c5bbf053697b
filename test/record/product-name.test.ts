import { describe, expect, it } from 'vitest';
import { splitName } from '../../src/record/fhir/medicine.ts';
import { MOIETY_BY_NAME, PRODUCT_BY_CODE } from '../../src/record/medicine-relations.ts';
import { medicineNames } from '../../src/record/product-name.ts';

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

describe('the table of medicines', () => {
  it('names no brand twice, and every product by a substance it knows', () => {
    for (const product of PRODUCT_BY_CODE.values()) {
      const [substance = '', strength, form] = product.split('|');
      expect(MOIETY_BY_NAME.get(substance)).toBe(substance);
      expect(nameOf(`${substance} ${strength} ${form}s`)).toBe(`product:${product}`);
    }
  });
});
