import { describe, expect, it } from 'vitest';
import { isSlow } from '../../../src/record/sections/slow-form.ts';

describe('a medicine that works for longer than the plain one', () => {
  it.each([
    'Oxycodone 5mg capsules',
    'Sirolimus 1mg tablets',
    'Lanreotide',
    'Amrix',
    'Excel 5mg',
    'Crestor 5mg',
    'Morphine 10mg (controlled drug)',
  ])('is not read from letters within a word: %s', (title) => {
    expect(isSlow({ title })).toBe(false);
  });

  it('is not one by a plain form, or for want of any', () => {
    expect(isSlow({ form: 'Tablet', title: 'Morphine 10mg' })).toBe(false);
    expect(isSlow({ form: '', title: '' })).toBe(false);
    expect(isSlow({ title: '' })).toBe(false);
  });

  it.each([
    'Morphine 10mg modified-release tablets',
    'Nifedipine 20mg MR tablets',
    'Morphine M/R 10mg',
    'Tacrolimus prolonged-release 1mg',
    'Zomorph SR',
    'Morphine slowrelease 10mg',
    'Morphine extended release 10mg',
    'Venlafaxine XL 75mg',
    'Propranolol LA 80mg',
    'Tegretol Retard 200mg tablets',
    'MST Continus 10mg',
    'Oxycodone extended-release 10mg',
    'Morphine sustained release capsules',
    'Carbamazepine controlled-release',
    'Metoprolol ER 50mg',
    'Sinemet CR',
    'Slow release theophylline',
  ])('says so in its name: %s', (title) => {
    expect(isSlow({ title })).toBe(true);
  });

  it.each(['Modified-release capsule', 'Prolonged-release tablet', 'MR capsule', 'Capsule MR'])(
    'or in its form: %s',
    (form) => {
      expect(isSlow({ form, title: 'Morphine 10mg' })).toBe(true);
    },
  );
});
