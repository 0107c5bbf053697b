import { normaliseWords } from './fhir/coding.ts';
import { remember } from './remember.ts';

/**
 * What a written instruction says, where every word of it is understood; nothing where one is not. It is used to see that
 * "One capsule to be taken once a day" and a dose of 5 mg once a day of 5 mg capsules are one instruction, so a text is
 * read whole or not at all: "one daily, increasing to two" is compared by its words.
 */
export type Directions = {
  /** So many units of the product, or an amount with its unit. */
  readonly count?: number;
  readonly amount?: { readonly value: number; readonly unit: string };
  readonly timesADay?: number;
  /** In the morning, at night, with food: only where said. */
  readonly when?: string;
  readonly asNeeded?: true;
};

const COUNTS: { readonly [word: string]: number } = {
  half: 0.5,
  'half a': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
};

const AMOUNT_UNITS: { readonly [word: string]: string } = {
  mg: 'mg',
  milligram: 'mg',
  milligrams: 'mg',
  g: 'g',
  gram: 'g',
  grams: 'g',
  mcg: 'microgram',
  microgram: 'microgram',
  micrograms: 'microgram',
  ml: 'ml',
  millilitre: 'ml',
  millilitres: 'ml',
  unit: 'unit',
  units: 'unit',
};

const MASS = String.raw`\d+(?:\.\d+)? ?(?:mg|milligrams?|g|grams?|mcg|micrograms?|ml|millilitres?|units?)`;
const COUNT = String.raw`(?:half(?: a)?|an?|one|two|three|four|\d+(?:\.\d+)?)`;
const NOUN = String.raw`(?: (?:tablets?|tabs?|capsules?|caps?|puffs?|sachets?|doses?|drops?)(?:\(s\))?)`;
const OFTEN: readonly (readonly [words: string, timesADay: number, when?: string])[] = [
  ['once a day|once daily|once each day|once every day|daily|od|each day|every day|a day|one time a day', 1],
  ['twice a day|twice daily|twice each day|bd|two times a day|2 times a day|two times daily', 2],
  ['three times a day|three times daily|tds|tid|3 times a day|3 times daily', 3],
  ['four times a day|four times daily|qds|4 times a day|4 times daily', 4],
  [
    'in the morning|each morning|every morning|mane|om|once a day in the morning|once daily in the morning',
    1,
    'morning',
  ],
  ['at night|each night|every night|nocte|on|at bedtime|once a day at night|once daily at night', 1, 'night'],
  ['once a week|once weekly|weekly|each week|every week', 1 / 7],
];
const NEEDED = String.raw`(?:when|if|as) (?:required|needed)|prn`;

const PARTS = String.raw`(?:in the )?morning and (?:lunchtime|midday|noon|teatime|evening|night)`;
const FOOD = String.raw`(?:with|after|before) (?:food|meals|breakfast)`;

const WHOLE = new RegExp(
  String.raw`^(?:(?:take|inhale|give|use|swallow) )?(?:(?<mass>${MASS})|(?<count>${COUNT})${NOUN}?)` +
    String.raw`(?: \((?<also>${MASS})\))?(?:(?: to be)? (?:taken|inhaled|given|used))?(?: by mouth| orally| po)?` +
    String.raw`(?: (?<often>${OFTEN.map(([words]) => words).join('|')}))?(?:,? (?<parts>${PARTS}))?(?:,? (?<food>${FOOD}))?` +
    String.raw`(?:,? (?<needed>${NEEDED}))?$`,
);

export const readDirections: (text: string) => Directions | undefined = remember((text) => {
  const groups = WHOLE.exec(
    normaliseWords(text)
      .replace(/\.(?=\s)/g, '')
      .replace(/\bb\.d\b/g, 'bd'),
  )?.groups;
  if (!groups) return undefined;
  const { mass, count, also, often, parts, food, needed } = groups;
  const when = [frequencyOf(often)?.[2], parts, food].filter((part) => part !== undefined).join(', ');
  const frequency = frequencyOf(often);
  const measured = mass ?? also;
  const amount = measured === undefined ? undefined : amountIn(measured);
  const counted = count === undefined ? undefined : (COUNTS[count] ?? Number(count));
  return {
    ...(counted !== undefined && { count: counted }),
    ...(amount && { amount }),
    ...(frequency && { timesADay: frequency[1] }),
    ...(when !== '' && { when }),
    ...(needed && { asNeeded: true as const }),
  };
});

function frequencyOf(often: string | undefined): (typeof OFTEN)[number] | undefined {
  return OFTEN.find(([words]) => words.split('|').some((one) => one === often));
}

/** Of what `MASS` has found: a number, and a unit of the list. */
function amountIn(text: string): Directions['amount'] {
  const unit = AMOUNT_UNITS[text.replace(/[\d. ]+/, '')];
  return unit === undefined ? undefined : { value: Number.parseFloat(text), unit };
}
