import { describe, expect, it } from 'vitest';
import { conceptNames } from '../../src/record/concept-names.ts';
import { readCoded } from '../../src/record/fhir/coding.ts';
import { PROBLEM_TERMS } from '../../src/record/known-terms.ts';

const SNOMED = 'http://snomed.info/sct';
const DMD = 'https://dmd.nhs.uk';
const LOCAL = 'https://local.example';

/** A concept as it arrives, read as every section reads it. */
const names = (text: string | undefined, ...coding: readonly object[]): readonly string[] => {
  const coded = readCoded({ ...(text !== undefined && { text }), coding });
  return conceptNames(coded, coded?.text ?? '', { reason: 'concept', terms: PROBLEM_TERMS }).map(({ name }) => name);
};
const one = (a: readonly string[], b: readonly string[]): boolean => a.some((name) => b.includes(name));

describe('two records are of one concept', () => {
  it.each<[why: string, a: readonly string[], b: readonly string[]]>([
    ['by the code', names('Asma', { system: SNOMED, code: '1' }), names('Asthme', { system: SNOMED, code: '1' })],
    [
      'by all codes, in whatever order',
      names('x', { system: SNOMED, code: '1' }, { system: DMD, code: '2' }),
      names('y', { system: DMD, code: '2' }, { system: SNOMED, code: '1' }),
    ],
    [
      'by the code, whatever stands beside it without one',
      names('x', { system: SNOMED, display: 'x' }, { system: SNOMED, code: '1' }),
      names('y', { system: SNOMED, code: '1' }),
    ],
    ['by the words', names('Gout'), names('GOUT.')],
    ['by the words of a code', names('Gowt', { system: SNOMED, code: '1', display: 'Gowt' }), names('gowt')],
    [
      'by the words of any of its codes',
      names('Gout', { system: SNOMED, code: '1', display: 'Gout' }, { system: SNOMED, code: '2', display: 'Podagra' }),
      names('Podagra'),
    ],
    [
      'by words that nobody coded',
      conceptNames(undefined, 'Gout', { reason: 'concept' }).map(({ name }) => name),
      names('gout'),
    ],
    [
      'by words that stand for the code, which its display says otherwise',
      names('T2DM', { system: SNOMED, code: '44054006', display: 'Type 2 diabetes mellitus' }),
      names(undefined, { system: SNOMED, code: '44054006', display: 'Diabetes math 2' }),
    ],
    [
      'by words that stand for a code that came bare',
      names('Type 2 diabetes', { system: SNOMED, code: '44054006' }),
      names(undefined, { system: SNOMED, code: '44054006', display: 'Diabetes math 2' }),
    ],
    ['by an abbreviation with its own words', names('RA - Rheumatoid arthritis'), names('Rheumatoid arthritis')],
    ['by an abbreviation of hyphened words', names('NSC - Non-small cell'), names('NSC - Non-small cell')],
    [
      'by an abbreviation that counts a hyphen',
      names('NSCL - Non-small cell lung'),
      names('NSCL - Non-small cell lung'),
    ],
    ['by initials across a hyphen', names('NSC - Non small-cell'), names('Non small-cell')],
  ])('%s', (_, a, b) => {
    expect(one(a, b)).toBe(true);
  });
});

describe('two records are not of one concept', () => {
  it.each<[why: string, a: readonly string[], b: readonly string[]]>([
    [
      'of codes whose figures only run alike',
      names('x', { system: SNOMED, code: '1' }, { system: SNOMED, code: '23' }),
      names('y', { system: SNOMED, code: '12' }, { system: SNOMED, code: '3' }),
    ],
    ['of other words', names('Gout'), names('Gouty tophus')],
    ['of another code', names('Asma', { system: SNOMED, code: '1' }), names('Asthme', { system: SNOMED, code: '2' })],
    ['of one code more', names('x', { system: SNOMED, code: '1' }, { system: SNOMED, code: '2' }), names('1')],
    [
      'of a code that means something here alone',
      names('x', { system: LOCAL, code: '1' }),
      names('y', { system: LOCAL, code: '1' }),
    ],
    ['of a code of nobody', names('x', { code: '1' }), names('y', { code: '1' })],
    [
      'where the words say another thing than the code',
      names('?Lung cancer', { system: SNOMED, code: '1', display: 'Lung cancer' }),
      names('Lung cancer', { system: SNOMED, code: '1', display: 'Lung cancer' }),
    ],
    [
      'where words that disagree with one code meet others that do',
      names('Benign tumour', { system: SNOMED, code: '1', display: 'Lung cancer' }),
      names('Secondary tumour', { system: SNOMED, code: '1', display: 'Lung cancer' }),
    ],
    [
      'where the words name a side of a code that came bare',
      names('Fracture of left femur', { system: SNOMED, code: '1' }),
      names('Fracture of right femur', { system: SNOMED, code: '1' }),
    ],
    [
      'where the words count what a bare code may not',
      names('Type 1 diabetes', { system: SNOMED, code: '44054006' }),
      names('Type 2 diabetes', { system: SNOMED, code: '44054006' }),
    ],
    ['of an abbreviation of something else', names('DVT - left leg'), names('Left leg')],
    [
      'of an abbreviation within other words',
      names('Query RA - Rheumatoid arthritis'),
      names('Query rheumatoid arthritis'),
    ],
  ])('%s', (_, a, b) => {
    expect(one(a, b)).toBe(false);
  });
});

it('a medicine keeps the name of its code, whatever number stands in its words', () => {
  const coded = readCoded({ text: 'Ramipril 5mg', coding: [{ system: SNOMED, code: '318902004' }] });
  expect(conceptNames(coded, 'Ramipril 5mg', { reason: 'medicine' })).toEqual([
    { reason: 'medicine', name: 'code:318902004' },
    { reason: 'medicine', name: 'words:ramipril 5mg' },
  ]);
});

it('words that disagree with their code have one name, of both', () => {
  expect(names('?Lung cancer', { system: SNOMED, code: '1', display: 'Lung cancer' })).toEqual([
    expect.stringMatching(/^code:1 .*lung cancer/),
  ]);
});
