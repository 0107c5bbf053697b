import { describe, expect, it } from 'vitest';
import { partsInWords, valueInWords } from '../../src/components/measures/observed-line.ts';
import { absenceWords } from '../../src/record/fhir/absence-words.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';

const NOTHING = { title: 'Serum potassium', flags: [], ranges: [], parts: [] } as const;
const reasons = Object.keys(enGB.results.whyNoValue);

describe('a result without a value', () => {
  it('says in words why there is none, where a bare “masked” could be taken for the result', () => {
    expect(valueInWords({ ...NOTHING, absent: 'masked' }, enGB)).toBe('kept back by the source');
    expect(valueInWords({ ...NOTHING, absent: 'masked' }, cy)).toBe('wedi’i gadw’n ôl gan y ffynhonnell');
  });

  it('says the same of each of its parts', () => {
    const parts = [
      { ...NOTHING, label: 'Systolic', absent: 'not-performed' },
      { ...NOTHING, label: 'Diastolic', value: '80 mmHg' },
      { ...NOTHING, label: 'Mean' },
    ];
    expect(partsInWords({ ...NOTHING, parts }, enGB)).toEqual([
      'Systolic not done',
      'Diastolic 80 mmHg',
      'Mean no value recorded',
    ]);
  });

  it('keeps the words of a source that has reasons of its own', () => {
    expect(valueInWords({ ...NOTHING, absent: 'Lost in the post' }, enGB)).toBe('Lost in the post');
    expect(valueInWords({ ...NOTHING, absent: 'constructor' }, enGB)).toBe('constructor');
    expect(valueInWords(NOTHING, enGB)).toBeUndefined();
  });

  it.each(reasons)('gives for “%s” the words in which a form and a panel give it', (reason) => {
    expect(valueInWords({ ...NOTHING, absent: reason }, enGB)).toBe(absenceWords(reason));
    expect(reason).not.toBe(absenceWords(reason));
  });

  it('knows every reason that FHIR has for an answer that is not there, and no others', () => {
    const known = [
      'unknown',
      'asked-unknown',
      'temp-unknown',
      'not-asked',
      'asked-declined',
      'masked',
      'not-applicable',
    ];
    const more = ['unsupported', 'as-text', 'error', 'not-performed', 'not-permitted'];
    expect([...reasons].sort()).toEqual([...known, ...more].sort());
  });
});
