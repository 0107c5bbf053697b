import { describe, expect, it } from 'vitest';
import { conceptKey } from '../../src/record/concept-key.ts';
import { readCoded } from '../../src/record/fhir/coding.ts';

const SNOMED = 'http://snomed.info/sct';
const DMD = 'https://dmd.nhs.uk';

const keyOf = (codings: readonly object[], text: string): string =>
  conceptKey(readCoded({ text, coding: codings }), text);

describe('the key of a concept', () => {
  it('is not that of the code where the words deny or doubt it', () => {
    const plain = keyOf([{ system: SNOMED, code: '195967001', display: 'Asthma' }], 'Asthma');
    const doubted = conceptKey(
      { text: '? Asthma', codings: [{ system: SNOMED, code: '195967001' }], disagrees: true } as never,
      '? Asthma',
    );
    expect(plain).toBe('195967001');
    expect(doubted).toMatch(/^195967001 .*asthma$/);
  });

  it('is its words where no code of SNOMED CT or dm+d is there', () => {
    expect(conceptKey(undefined, 'Asthma')).toBe('asthma');
    expect(keyOf([{ system: 'https://local.example', code: '7' }], 'Asthma')).toBe('asthma');
    expect(keyOf([{ system: SNOMED, display: 'Asthma' }], 'Asthma')).toBe('asthma');
  });

  it('is all of its codes, each once, in whatever order they come', () => {
    const [a, b] = [
      { system: SNOMED, code: '2' },
      { system: DMD, code: '1' },
    ];
    expect(keyOf([a, b, a], 'Iron')).toBe('1+2');
    expect(keyOf([b, a], 'Iron')).toBe('1+2');
  });
});
