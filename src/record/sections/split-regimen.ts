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

/** A text of several doses in a day, where every part of it is understood; nothing where one is not, or there is only one. */
export function splitRegimen(text: string): readonly PartDose[] | undefined {
  const parts = normaliseWords(text).split(/\s*(?:,(?: and)?|;|\+|&|\/| and | then )\s*/);
  if (parts.length < 2) return undefined;
  const matches = parts.map((part) => PART.exec(part));
  const stated = matches.flatMap((match) => match?.[2] ?? []).map((word) => UNITS[word]);
  const units = new Set(stated);
  const [unit] = units;
  if (unit === undefined || units.size !== 1) return undefined;
  const doses = matches.flatMap((match) => {
    const when = match?.[3] === undefined ? undefined : timeNamed(match[3]);
    return match?.[1] !== undefined && when !== undefined ? [{ value: Number(match[1]), unit, when }] : [];
  });
  return doses.length === parts.length ? doses : undefined;
}

/** The one time of day that an instruction ends in. */
export function timeOfDay(text: string): string | undefined {
  const [, word] =
    new RegExp(String.raw`(?:in the|at|each|every|with|before) (${ALL_TIMES})$`).exec(normaliseWords(text)) ?? [];
  return word === undefined ? undefined : timeNamed(word);
}

function timeNamed(word: string): string | undefined {
  return TIMES.find(([words]) => words.split('|').includes(word))?.[1];
}
