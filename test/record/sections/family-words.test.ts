import { describe, expect, it } from 'vitest';
import { deniesFamilyHistory, familyStatementIn } from '../../../src/record/sections/family-words.ts';

describe('a family history in words', () => {
  it.each([
    'Family history: none known',
    'Family history: nil known',
    'Family history: nil',
    'Family history - none',
    'FH no relevant',
    'Family history: nil of note',
    'FH: nothing of note',
    'FH: no diabetes',
    'FH:no diabetes',
    'Family history of HER2 negative cancer: negative',
    'FH=nil',
    'FH: none before 60',
    'Family history of IHD: no',
    'No family history of diabetes',
    'Nil family history',
    'None in the family',
    'Negative family history',
    'Family history of stroke negative',
    'Family history of stroke: absent',
    'Family history of stroke not present',
    'Family history of stroke not detected',
    'Family history of stroke denied',
    'Family history of stroke, patient denies',
    'No family history of stroke. Father had none',
    'No family history, mother never had asthma with no doubt',
  ])('is none known: %s', (text) => {
    expect(familyStatementIn([text])).toBe('none-known');
  });

  it.each(['Not known', 'Unknown', 'Adopted'])('is not known by its value: %s', (value) => {
    expect(familyStatementIn(['Family history of stroke', value])).toBe('not-known');
  });

  it.each(['No', 'N', 'Nil', 'None', 'Negative', 'False', 'Absent', 'Denied', 'None known'])(
    'is none known by its value: %s',
    (value) => {
      expect(familyStatementIn(['Family history of stroke', value])).toBe('none-known');
    },
  );

  it.each([
    'Family history unknown',
    'Family history not known: adopted',
    'Family history unknown, adopted',
    'Family history unknown, estranged from mother',
    'Family history not asked',
    'Family history not available',
    'Family history: unable to obtain',
    'Family history not recorded',
    'No family history available: adopted',
    'Family history: father unknown',
  ])('is not known: %s', (text) => {
    expect(familyStatementIn([text])).toBe('not-known');
  });

  it.each([
    'Family history of diabetes',
    'Mother has dementia',
    'FH: IHD, father died at 54',
    'Family history of breast cancer, HER2 negative',
    'Family history of breast cancer, HER-2 negative',
    'Family history of breast cancer ER negative',
    'Family history of breast cancer, PR-negative',
    'Family history of breast cancer, receptor negative',
    'Family history of breast cancer, triple negative',
    'Family history of breast cancer, BRCA1 negative',
    'Family history of breast cancer, BRCA negative',
    'Family history of breast cancer, BRCA 2 negative',
    'Family history of arthritis, factor negative',
    'Family history of arthritis, HLA-B27 negative',
    'Family history of arthritis, gene negative',
    'Family history of colon cancer, tested negative',
    'Family history of haemolysis, rhesus negative',
    'Family history of cancer of unknown primary',
    'Family history of carcinoma of unknown origin',
    'Family history of HER2 negative cancer',
    'Family history of arthritis, HLAB27 negative',
    'Family history of colon cancer, test negative',
    'Family history of nonsmokers',
    'FH: nilotinib',
    'Truenegative',
  ])('denies nothing: %s', (text) => {
    expect(familyStatementIn([text])).toBe('history');
  });

  it.each([
    'No FH of IHD but mother had breast cancer',
    'No family history of diabetes, mother had asthma',
    'No family history of diabetes; maternal aunt: asthma',
    'No family history of diabetes. Grandfather died of a stroke',
    'No family history except brother with asthma',
    'No family history excepting brothers with asthma',
    'No family history apart from sister diagnosed with lupus',
    'No family history other than uncles affected',
    'No family history, however parents have hypertension',
    'No family history although cousin – epilepsy',
    'Nil, son - asthma',
    'Nil, daughter: asthma',
    'Nil, sibling: asthma',
    'Family history: mother has breast cancer, father unknown',
    'Family history unknown on one side, grandmother had a stroke',
  ])('denies no illness that it names besides: %s', (text) => {
    expect(familyStatementIn([text])).toBe('history');
  });

  it('may be told by a relative alone', () => {
    expect(familyStatementIn(['Family history of stroke', 'Nephew'])).toBe('history');
  });

  it('denies none by its value where the value goes on', () => {
    expect(familyStatementIn(['Family history of stroke', 'No, but mother had a TIA'])).toBe('history');
  });
});

describe('the illness of a relative', () => {
  it('is denied by the words for none, and by no word for its kind', () => {
    expect(deniesFamilyHistory('No known illness')).toBe(true);
    expect(deniesFamilyHistory('Nil')).toBe(true);
    expect(deniesFamilyHistory('Screening: negative')).toBe(true);
    expect(deniesFamilyHistory('Breast cancer, HER2 negative')).toBe(false);
    expect(deniesFamilyHistory('Breast cancer')).toBe(false);
  });
});
