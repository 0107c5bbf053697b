import { describe, expect, it } from 'vitest';
import { unitKey } from '../../../src/record/sections/unit-key.ts';

describe('two units', () => {
  it.each([
    ['mg', 'Mg'],
    ['mmol/L', 'Mmol/L'],
    ['mg/L', 'µg/L'],
    ['mg/dL', 'mmol/L'],
    ['10*9/L', '10*6/L'],
    ['g/L', 'g/dL'],
    ['kg', 'lb'],
    ['mmHg', 'kPa'],
    ['IU/L', 'mIU/L'],
    ['mL', 'dL'],
    ['10*9/L', '9/L'],
    ['a10^9/L', 'a10*9/L'],
    ['1x10^9/L', '110^9/L'],
    ['10^123/L', '10*123/L'],
    ['10^9', '10*9'],
    ['xumol/L', 'xµmol/L'],
    ['umol', 'µmol'],
    ['xmcg', 'xµg'],
    ['ugh', 'µgh'],
    ['mg/lb', 'mg/Lb'],
    ['l/min', 'L/min'],
    ['cml', 'cmL'],
    ['mol', 'moL'],
    ['fl', 'fL'],
    ['', '%'],
  ])('are two: %s and %s', (one, other) => {
    expect(unitKey(one)).not.toBe(unitKey(other));
  });

  it.each([
    ['mmol/L', 'mmol/l'],
    ['µmol/L', 'umol/L'],
    ['µmol/L', 'μmol/l'],
    ['10*9/L', '×10^9/L'],
    ['10*9/L', '10⁹/L'],
    ['10*9/L', 'x10^9/l'],
    ['mm[Hg]', 'mmHg'],
    ['µg/L', 'mcg/L'],
    ['ml', 'mL'],
    ['Cel', '°C'],
    ['mm Hg', 'mmHg'],
    ['10*12/L', '10^12/L'],
    ['10*9/L', '109/L'],
    ['10*9/L', '10**9/L'],
    ['10*9/L', '10E9/L'],
    ['10*9/L', '*10^9/L'],
    ['µmol/L', 'mcmol/L'],
    ['µmol/L', 'micromol/L'],
    ['µg', 'ug'],
    ['µg', 'mcg'],
    ['L', 'l'],
    ['%', 'percent'],
    ['%', 'percentage'],
    ['mmHg', 'mmhg'],
    ['mmHg', 'mm(Hg)'],
    ['°C', 'C'],
    ['°C', 'degC'],
    ['°C', 'degrees C'],
    ['°C', 'Degrees Celsius'],
    ['/min', 'beats/min'],
    ['/min', 'beats/minute'],
    ['/min', 'bpm'],
    ['/min', '{beats}/min'],
    ['/min', 'breaths/min'],
    ['/min', 'breaths/minute'],
    ['/min', '{breaths}/min'],
    ['kg/m2', 'kg/m²'],
    ['kg/m2', 'kg/m^2'],
    ['µg/L', 'microgram/L'],
    ['µg/L', 'micrograms/L'],
  ])('are one, spelt in two ways: %s and %s', (one, other) => {
    expect(unitKey(one)).toBe(unitKey(other));
  });
});

describe('a measure written in full', () => {
  it.each([
    ['nanogram', 'ng'],
    ['microgram', 'ug'],
    ['milligram', 'mg'],
    ['gram', 'g'],
    ['millilitre', 'ml'],
  ])('%s is %s, in letters of any size, one or many', (word, code) => {
    for (const written of [word, `${word}s`, word.toUpperCase(), `${word.toUpperCase()}S`, ` ${word} `])
      expect(unitKey(written)).toBe(unitKey(code));
  });

  it('is none where a word only ends or begins so', () => {
    const others = ['mgs', 'sgram', 'programs', 'grams/day', 'kilogram', 'Mg'];
    expect(others.map(unitKey)).toEqual(others);
  });
});
