import { describe, expect, it } from 'vitest';
import { DMD, SNOMED, type Coding } from '../../src/record/fhir/coding.ts';
import { moietyOf } from '../../src/record/moiety.ts';

const of = (name: string, ...codings: readonly Coding[]): string => moietyOf({ name, code: { text: name, codings } });

describe('the substance of a medicine', () => {
  it.each([
    ['Ramipril', 'ramipril'],
    ['Tritace', 'ramipril'],
    ['Frusemide tablets', 'furosemide'],
    ['Metformin hydrochloride', 'metformin'],
    ['Montelukast', 'montelukast'],
  ])('is told by the words: %s is %s', (name, substance) => {
    expect(moietyOf({ name })).toBe(substance);
  });

  it('is that of the product that its code names, where the words say nothing that is known', () => {
    expect(of('Kapsel', { system: SNOMED, code: '318902004' })).toBe('ramipril');
    expect(of('Kapsel', { system: DMD, code: '318902004' })).toBe('ramipril');
    expect(of('Kapsel', { system: SNOMED, code: '318902004' }, { system: DMD, code: '318902004' })).toBe('ramipril');
    expect(of('Kapsel', { system: SNOMED, code: '318902004' }, { system: DMD, code: '1' })).toBe('ramipril');
    expect(of('Furosemide', { system: SNOMED, code: '318902004' })).toBe('furosemide');
  });

  it('is in its own words where no code, an unknown code, a code of another system or two products are named', () => {
    expect(of('Kapsel')).toBe('kapsel');
    expect(of('Kapsel', { system: SNOMED, display: 'Ramipril' })).toBe('kapsel');
    expect(of('Kapsel', { system: SNOMED, code: '1' })).toBe('kapsel');
    expect(of('Kapsel', { system: 'https://local.example', code: '318902004' })).toBe('kapsel');
    expect(of('Kapsel', { system: SNOMED, code: '318902004' }, { system: SNOMED, code: '319283006' })).toBe('kapsel');
  });
});
