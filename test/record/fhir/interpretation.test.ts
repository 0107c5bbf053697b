import { describe, expect, it } from 'vitest';
import { readFlag } from '../../../src/record/fhir/interpretation.ts';

const flag = (code: string, text: string): unknown => readFlag({ coding: [{ code }], text });

describe('a source’s flag', () => {
  it('is none where it says nothing', () => {
    expect(readFlag({})).toBeUndefined();
    expect(readFlag({ coding: [{ system: 'x' }] })).toBeUndefined();
  });

  it.each([
    ['L', 'High'],
    ['LL', 'Above range'],
    ['LU', 'Raised'],
    ['<', 'Elevated'],
    ['H', 'Low'],
    ['HH', 'Below range'],
    ['HU', 'Reduced'],
    ['>', 'Low'],
    ['h', 'Low'],
    ['N', 'Abnormal'],
    ['N', 'Outside range'],
    ['N', 'High'],
    ['N', 'Positive'],
    ['N', 'Not normal'],
    ['A', 'Normal'],
    ['AA', 'Within range'],
    ['A', 'No abnormality detected'],
    ['H', 'Nothing abnormal'],
    ['A', 'Not abnormal'],
    ['H', 'Not raised'],
    ['HH', 'Not elevated'],
    ['H', 'Not increased'],
    ['H', 'Not high'],
    ['H', 'Decreased'],
    ['L', 'Increased'],
    ['POS', 'Negative'],
    ['DET', 'Not detected'],
    ['POS', 'Non-reactive'],
    ['POS', 'Nonreactive'],
    ['POS', 'Non reactive'],
    ['POS', 'Not reactive'],
    ['POS', 'Not present'],
    ['POS', 'None detected'],
    ['POS', 'Undetected'],
    ['POS', 'Absent'],
    ['NEG', 'Positive'],
    ['ND', 'Detected'],
    ['NEG', 'Reactive'],
    ['NEG', 'Present'],
    ['POS', 'Low'],
    ['NEG', 'High'],
  ])('is told in both forms and decides no arrow where code and words contradict each other: %s, %s', (code, text) => {
    expect(flag(code, text)).toEqual({ flag: { text: `${text} (${code})` }, disagrees: true });
  });

  it.each([
    ['H', 'High'],
    ['H', 'Abnormal'],
    ['H', 'Positive'],
    ['L', 'Abnormally low'],
    ['A', 'Raised'],
    ['A', 'Low'],
    ['A', 'Positive'],
    ['A', 'Negative'],
    ['POS', 'Abnormal'],
    ['POS', 'High titre'],
    ['NEG', 'Abnormal'],
    ['NEG', 'Normal'],
    ['N', 'Negative'],
    ['N', 'Normal'],
    ['N', 'No abnormality detected'],
    ['N', 'No abnormalities'],
    ['N', 'Not raised'],
    ['NEG', 'Not present'],
    ['N', 'See comment'],
    ['XYZ', 'High'],
  ])('keeps its code where the words say the same, only less, or nothing: %s, %s', (code, text) => {
    expect(flag(code, text)).toEqual({ flag: { text, code }, disagrees: false });
  });

  it('is its own words, else its display, else its code', () => {
    const coding = [{ system: 'x' }, { system: 'x', code: 'H', display: 'High' }];
    expect(readFlag({ coding, text: 'Raised' })?.flag).toEqual({ text: 'Raised', code: 'H' });
    expect(readFlag({ coding })?.flag).toEqual({ text: 'High', code: 'H' });
    expect(readFlag({ coding: [{ system: 'x', code: 'H' }] })?.flag).toEqual({ text: 'H', code: 'H' });
    expect(readFlag({ text: 'Raised' })?.flag).toEqual({ text: 'Raised' });
    expect(readFlag({ coding: [{ display: 'High' }, { code: 'L' }] })).toMatchObject({ disagrees: true });
  });
});
