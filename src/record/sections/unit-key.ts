import { remember } from '../remember.ts';

/**
 * Spellings of one unit, for seeing two copies of one number as one: the source's own spelling is what is shown, and no
 * value is ever converted (that is for trends, `../units`). Only letters, powers and the micro sign are evened out; case
 * is not, for mmol and Mmol, or mg and Mg, are not one unit (UCUM §3), but for the litre, which UCUM writes both ways.
 */
export const unitKey: (unit: string) => string = remember((unit) => {
  const plain = unit
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^[x×*](?=10)/, '')
    .replace(/^10(?:\*\*|[*^e])?(?=\d{1,2}\/)/i, '10*')
    .replace(/μ/g, 'µ')
    .replace(/^(?:umol|mcmol|micromol)(?=\/)/, 'µmol')
    .replace(/^(?:ug|mcg)(?=$|\/)/, 'µg')
    .replace(/\/l$/, '/L')
    .replace(/(?<=^m|^)l$/, 'L');
  return SPELLINGS.get(plain) ?? MEASURES.get(plain.toLowerCase().replace(/s$/, '')) ?? plain;
});

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '%': ['percent', 'percentage'],
    mmHg: ['mm[Hg]', 'mmhg', 'mm(Hg)'],
    '°C': ['Cel', 'C', 'degC', 'degreesC', 'DegreesCelsius'],
    '/min': ['beats/min', 'beats/minute', 'bpm', '{beats}/min', 'breaths/min', 'breaths/minute', '{breaths}/min'],
    'kg/m2': ['kg/m²', 'kg/m^2'],
    'µg/L': ['microgram/L', 'micrograms/L'],
  }).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit] as const)),
);

/** Written in full, in letters of any size: no word stands for two of them. */
const MEASURES: ReadonlyMap<string, string> = new Map([
  ['nanogram', 'ng'],
  ['microgram', 'µg'],
  ['milligram', 'mg'],
  ['gram', 'g'],
  ['millilitre', 'mL'],
]);
