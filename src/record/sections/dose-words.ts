import { normaliseWords } from '../fhir/coding.ts';
import { remember } from '../remember.ts';

const NUMBERS: { readonly [word: string]: string } = {
  half: '0.5',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
};
const NUMBER_WORD = new RegExp(String.raw`\b(${Object.keys(NUMBERS).join('|')})\b`, 'g');
const FRACTIONS: { readonly [written: string]: number } = { '1/4': 0.25, '1/2': 0.5, '3/4': 0.75 };

const N = String.raw`\d+(?:\.\d+)?`;
const MASS = String.raw`(?:mg|milligram|g|gram|mcg|[uμ]g|microgram|ng|nanogram)s?`;
/** A span of time or of times is none of doses: "every 4 to 6 hours". */
const NO_DOSE = String.raw`(?! ?(?:minute|min|hour|hr|hourly|day|week|month|year|time|am|pm)s?\b)`;

/**
 * Directions with every number in one form: "One and a half", "1½" and "1 1/2" are 1.5, "1,000" is 1000, "5 to 10 mg" and
 * "5mg-10mg" are 5-10 mg, and "2 x 5mg" is 10 mg. A number misread by its last digits is another dose ("1/2 tablet" is no two
 * tablets). What is the most that may be taken is not what is to be taken, and is left out.
 */
export const numbersInOneForm: (text: string) => string = remember((text) =>
  normaliseWords(text)
    .replace(MOST, '')
    .replace(/⁄/g, '/')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/(?<![\d.])\.(?=\d)/g, '0.')
    .replace(NUMBER_WORD, (word) => NUMBERS[word] ?? word)
    .replace(/\b(\d+) and (?:a )?0\.5\b/g, '$1.5')
    .replace(/(?<![\d/.])(?:(\d+) )?(\d*)([13]\/[24])(?![\d/])/g, fraction)
    .replace(SO_MANY_OF, (_all, count: string, x?: string, each?: string) =>
      String(rounded(Number(count) * Number(x ?? each))),
    )
    .replace(RANGE, '$1-'),
);

const MOST = /[ ,.;:(]*\b(?:max(?:imum)?|no more than|not more than|not to exceed|do not exceed)\b.*$/;
/** "2 x 5mg", and "two 5mg tablets". */
const SO_MANY_OF = new RegExp(
  String.raw`\b(${N})(?: ?[x×] ?(${N})(?= ?${MASS}\b)| (${N})(?= ?${MASS} (?:tab|cap)))`,
  'g',
);
const RANGE = new RegExp(
  String.raw`\b(${N})(?: ?(?:${MASS}|tablets?|capsules?|puffs?))? ?(?:-|–|—|to|or) ?(?=${N}(?![\d.])${NO_DOSE})`,
  'g',
);

/** "1 1/2" is one and a half; NFKC makes "11/2" of "1½", which is not eleven halves. */
function fraction(all: string, before: string | undefined, joined: string, part: string): string {
  const value = FRACTIONS[part];
  return value === undefined ? all : String(Number(before ?? joined) + value);
}

/** One amount, or the two ends of a range. */
export type Amount = { readonly low: number; readonly high?: number };

const ONE_MASS = new RegExp(String.raw`(?<![\d.,/-])(${N})(?:-(${N}))? ?(${MASS})\b(?! ?(?:\/|per\b|x ?\d))`, 'g');

/** Milligrams in a unit of mass. */
export const MILLIGRAMS: { readonly [unit: string]: number } = {
  mg: 1,
  milligram: 1,
  milligrams: 1,
  g: 1000,
  gram: 1000,
  grams: 1000,
  ug: 0.001,
  μg: 0.001,
  mcg: 0.001,
  microgram: 0.001,
  micrograms: 0.001,
  ng: 0.000001,
  nanogram: 0.000001,
  nanograms: 0.000001,
};

/** The one mass in a text, in milligrams; with none, several, or one per volume or weight there is no single dose to read. */
export function milligramsInWords(text: string): Amount | undefined {
  const found = [...numbersInOneForm(text).matchAll(ONE_MASS)];
  const [, low, high, unit = ''] = found.length === 1 ? (found[0] ?? []) : [];
  const factor = MILLIGRAMS[unit] ?? MILLIGRAMS[unit.replace(/s$/, '')];
  if (low === undefined || factor === undefined) return undefined;
  return times({ low: Number(low), ...(high !== undefined && { high: Number(high) }) }, factor);
}

const ONE_COUNT = new RegExp(
  String.raw`(?<![\d.,/-])(${N})(?:-(${N}))?(?: ?(?:of )?(?:a )?(?:tablet|capsule|caplet|to be taken|puff|sachet|cap|tab)| (?:daily|once|twice|each|every|a day|at night|in the morning|mane|nocte|od|bd|tds|qds|\d times))`,
);

/** How many units of the product, in the first place that says so. */
export function countedInWords(text: string): Amount | undefined {
  const [, low, high] = ONE_COUNT.exec(numbersInOneForm(text)) ?? [];
  return low === undefined ? undefined : { low: Number(low), ...(high !== undefined && { high: Number(high) }) };
}

/** Several steps are no single dose: "six daily then one less each week". */
export function isSeveralSteps(text: string): boolean {
  return /\b(?:then|increas\w*|reduc\w*|decreas\w*|taper\w*|titrat\w*)\b/.test(normaliseWords(text));
}

export function times({ low, high }: Amount, factor: number): Amount {
  return { low: rounded(low * factor), ...(high !== undefined && { high: rounded(high * factor) }) };
}

export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
