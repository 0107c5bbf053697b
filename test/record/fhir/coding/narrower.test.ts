import { describe, expect, it } from 'vitest';
import { readCoded, SNOMED } from '../../../../src/record/fhir/coding.ts';
import { whileRemembering } from '../../../../src/record/remember.ts';

const bare = { system: SNOMED, code: '193570009' };
const cataract = { ...bare, display: 'Cataract' };

describe('words that say more than their code', () => {
  it.each([
    ['no more than the display', 'Cataract', [cataract]],
    ['only another order and number', 'Cataracts', [cataract]],
    ['nothing that turns or narrows it', 'Cataract seen', [cataract]],
    ['what one of its displays says too', 'Left cataract', [cataract, { ...cataract, display: 'Left cataract' }]],
    ['that the code stands without words', `193570009 (${SNOMED})`, [bare]],
    ['something, and there is no code', 'Left cataract', []],
    ['nothing, for there are none', undefined, [cataract]],
    ['an ordinary word of which one that narrows is a part', 'Majority subacute partially', [bare]],
  ])('are not there where they say %s', (_what, text, coding) => {
    expect(readCoded({ text, coding })).not.toHaveProperty('narrower');
  });

  it.each([
    ['a side', 'Left cataract'],
    ['a doubt', 'Cataract?'],
    ['whose it is', 'Family history of cataract'],
    ['a number', 'Cataract stage 3'],
    ['a kind', 'Acute cataract'],
    ['a numeral', 'Cataract type ii'],
  ])('are there where a code without a display is told with %s', (_what, text) => {
    expect(readCoded({ text, coding: [bare] })).toMatchObject({ text, narrower: true });
  });

  it('are a disagreement and nothing less where a display says otherwise', () => {
    const read = readCoded({ text: 'Left cataract', coding: [cataract] });
    expect(read).toMatchObject({ disagrees: true });
    expect(read).not.toHaveProperty('narrower');
  });
});

describe('words and displays that disagree', () => {
  it('do so still where a code without words stands beside them', () => {
    const other = { system: 'http://read.info/ctv3', code: 'F466.' };
    const text = 'Family history of cataract';
    expect(readCoded({ text, coding: [cataract, other] })).toMatchObject({ text, disagrees: true });
    expect(readCoded({ text, coding: [other, cataract] })).toMatchObject({ text, disagrees: true });
  });
});

describe('a concept that comes again within a page', () => {
  const coding = [cataract];

  it('is never taken for one of the same code with other words', () => {
    whileRemembering(() => {
      expect(readCoded({ coding })?.text).toBe('Cataract');
      expect(readCoded({ coding, text: 'Left cataract' })?.text).toBe('Left cataract');
      expect(readCoded({ coding: [bare] })?.text).toBe(`193570009 (${SNOMED})`);
      expect(readCoded({ coding: [{ ...bare, system: 'http://read.info/ctv3' }] })?.text).toContain('ctv3');
      expect(readCoded({ coding })?.text).toBe('Cataract');
    });
  });

  it('is never taken for one of the same words with another code', () => {
    whileRemembering(() => {
      expect(readCoded({ text: 'Cataract' })?.codings).toEqual([]);
      expect(readCoded({ text: 'Cataract', coding })?.codings).toEqual(coding);
      expect(readCoded('Cataract')?.codings).toEqual([]);
    });
  });

  it('is read once', () => {
    whileRemembering(() => {
      const first = readCoded({ coding: [{ ...cataract }] });
      expect(readCoded({ coding: [{ ...cataract }] })).toBe(first);
      expect(readCoded({ ...cataract })).toEqual(first);
      expect(readCoded({ ...cataract })).toBe(readCoded({ ...cataract }));
      expect(readCoded({ text: 'Cataract' })).toBe(readCoded({ text: 'Cataract' }));
    });
  });
});
