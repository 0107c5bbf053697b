import { normaliseWords } from '../fhir/coding.ts';

/** One part of a day's doses: so much of a unit at a time of the day. */
export type PartDose = { readonly value: number; readonly unit: string; readonly when: string };

const UNITS: { readonly [word: string]: string } = {
  mg: 'mg',
  milligram: 'mg',
  g: 'g',
  gram: 'g',
  mcg: 'microgram',
  microgram: 'microgram',
  ml: 'ml',
  millilitre: 'ml',
  unit: 'unit',
  iu: 'unit',
  tablet: 'counted',
  tab: 'counted',
  capsule: 'counted',
  cap: 'counted',
};
const TIMES: readonly (readonly [words: string, when: string])[] = [
  ['morning|mane|om|am|breakfast', 'morning'],
  ['lunch|lunchtime|midday|noon', 'midday'],
  ['teatime|tea|evening|pm|dinner|supper', 'evening'],
  ['night|nocte|on|bedtime', 'night'],
];
const ALL_TIMES = TIMES.map(([words]) => words).join('|');
const PART = new RegExp(
  String.raw`^(?:(?:take|inject|give) )?(\d+(?:\.\d+)?) ?(?:(${Object.keys(UNITS).join('|')})s?)?(?: (?:in the|at|with|before|each|every))?(?: (?:the|each|every))? ?(${ALL_TIMES})$`,
);
const LAST_TIME = new RegExp(String.raw`(?:in the|at|each|every|with|before) (${ALL_TIMES})$`);

/** A text of several doses in a day, where every part of it is understood; nothing where one is not, or there is only one. */
export function splitRegimen(text: string): readonly PartDose[] | undefined {
  const parts = normaliseWords(text).split(/\s*(?:,(?: and)?|;|\+|&|\/| and | then )\s*/);
  const matches = parts.map((part) => PART.exec(part)).filter((match) => match !== null);
  if (parts.length < 2 || matches.length < parts.length) return undefined;
  const [unit, another] = new Set(matches.flatMap(([, , word]) => (word === undefined ? [] : UNITS[word])));
  if (unit === undefined || another !== undefined) return undefined;
  return matches.flatMap(([, value, , word]) => {
    const when = timeNamed(word);
    return when === undefined ? [] : [{ value: Number(value), unit, when }];
  });
}

/** The one time of day that an instruction ends in. */
export function timeOfDay(text: string): string | undefined {
  return timeNamed(LAST_TIME.exec(normaliseWords(text))?.[1]);
}

function timeNamed(word: string | undefined): string | undefined {
  return TIMES.find(([words]) => words.split('|').some((one) => one === word))?.[1];
}
