import { describe, expect, it } from 'vitest';
import { analyteOf } from '../../src/record/analytes.ts';
import { LOINC, SNOMED } from '../../src/record/fhir/coding.ts';

/** What a result of these LOINC codes and this title is a result of. */
const named = (title: string, codes: readonly string[], more: object = {}): string | undefined =>
  analyteOf({ title, code: { text: title, codings: codes.map((code) => ({ system: LOINC, code })) }, ...more })?.id;

describe('a substance whose weight may be used', () => {
  it.each([
    ['words that deny the code', 'Sodium', '2160-0', {}],
    ['a ratio', 'Cholesterol HDL ratio', '2093-3', {}],
    ['a part of it', 'LDL cholesterol', '2093-3', {}],
    ['a part of it by a longer word', 'VLDL cholesterol', '2093-3', {}],
    ['what is bound to it', 'Conjugated bilirubin', '1975-2', {}],
    ['what is not bound to it', 'Unconjugated bilirubin', '1975-2', {}],
    ['what is bound to it, as laboratories call it', 'Direct bilirubin', '1975-2', {}],
    ['what is reckoned from it', 'Indirect bilirubin', '1975-2', {}],
    ['urine, by its title', 'Urine creatinine', '14682-9', {}],
    ['urine, by its specimen', 'Creatinine', '14682-9', { specimen: 'Urine' }],
    ['urine, by a specimen in more words', 'Creatinine', '2160-0', { specimen: 'Mid-stream urine' }],
    ['the fluid about the brain', 'Glucose', '14749-6', { specimen: 'CSF' }],
    ['a fluid of the body', 'Glucose', '2345-7', { specimen: 'Pleural fluid' }],
    ['another molecule of the same name', 'Urea nitrogen', '3091-6', {}],
    ['no code', 'Creatinine kinase', '', {}],
  ])('is none of %s', (_what, title, code, more) => {
    expect(named(title, code === '' ? [] : [code], more)).toBeUndefined();
  });

  it('is none where one of two codes is of another test, or words and code disagree', () => {
    expect(named('Creatinine', ['2160-0', '2951-2'])).toBeUndefined();
    expect(named('Creatinine', ['2160-0', '0-0'])).toBeUndefined();
    const code = { text: 'Creatinine', codings: [{ system: LOINC, code: '2160-0' }], disagrees: true as const };
    expect(analyteOf({ title: 'Creatinine', code })).toBeUndefined();
    const other = { text: 'Creatinine', codings: [{ system: 'x', code: '2160-0' }] };
    expect(analyteOf({ title: 'Creatinine level in blood', code: other })).toBeUndefined();
    const unsaid = { text: 'Creatinine', codings: [{ system: LOINC, display: 'Creatinine' }] };
    expect(analyteOf({ title: 'Creatinine in blood', code: unsaid })).toBeUndefined();
  });

  it.each([
    ['Creatinine', '2160-0', 'creatinine', 113.12],
    ['Serum creatinine', '14682-9', 'creatinine', 113.12],
    ['Glucose', '2345-7', 'glucose', 180.16],
    ['Fasting glucose', '14749-6', 'glucose', 180.16],
    ['Urea', '3091-6', 'urea', 60.06],
    ['Serum urea', '22664-7', 'urea', 60.06],
    ['Cholesterol', '2093-3', 'cholesterol', 386.65],
    ['Total cholesterol', '14647-2', 'cholesterol', 386.65],
    ['Bilirubin', '1975-2', 'bilirubin', 584.66],
    ['Total bilirubin', '14631-6', 'bilirubin', 584.66],
    ['Urate', '3084-1', 'urate', 168.11],
    ['Uric acid', '14933-6', 'urate', 168.11],
  ])('is told by its code and its words together: %s %s', (title, loinc, id, molecularWeight) => {
    for (const more of [{}, { specimen: 'Serum' }, { specimen: 'SST tube' }]) {
      const code = {
        text: title,
        codings: [
          { system: 'x', code: '1' },
          { system: LOINC, code: loinc },
        ],
      };
      expect(analyteOf({ title, code, ...more })).toMatchObject({ id, molecularWeight });
    }
  });

  it('is told by both of its codes, and by what practice and laboratory share', () => {
    expect(named('Creatinine', ['2160-0', '14682-9'])).toBe('creatinine');
    const code = { text: 'Serum creatinine level', codings: [{ system: SNOMED, code: '1000731000000107' }] };
    expect(analyteOf({ title: 'Serum creatinine level', code })?.id).toBe('creatinine');
    expect(analyteOf({ title: 'Creatinine' })?.id).toBe('creatinine');
    expect(analyteOf({ title: 'Glucose' })).toBeUndefined();
    // What is shared and is no such substance has none of their weights.
    expect(analyteOf({ title: 'Potassium' })).toBeUndefined();
    expect(
      analyteOf({ title: 'Albumin', code: { text: 'Albumin', codings: [{ system: LOINC, code: '1751-7' }] } }),
    ).toBeUndefined();
  });
});
