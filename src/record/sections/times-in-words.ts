import { normaliseWords } from '../fhir/coding.ts';

const NUMBERS: { readonly [word: string]: number } = { once: 1, twice: 2, two: 2, three: 3, four: 4, five: 5, six: 6 };
const TIMES =
  /\b(once|twice|(?:\d+|two|three|four|five|six) times) (?:a |an |each |every |per )?(day|daily|week|weekly)\b/;
const OFTEN: readonly (readonly [words: RegExp, timesADay: number])[] = [
  [/\b(one weekly|(every|each|a|per) week|weekly)\b/, 1 / 7],
  [/\bqds\b/, 4],
  [/\btds\b/, 3],
  [/\b(bd|morning and (night|evening))\b/, 2],
  [/\b(alternate days?|every other day)\b/, 0.5],
  [/\b((a|each|every|per) day|daily|od|at night|nocte|(each|every|in the) morning|mane)\b/, 1],
];
/** Texts of several steps or choices, and counts that these patterns do not know, give no single frequency. */
const SEVERAL =
  /\b(up to|as required|when required|when needed|as needed|prn|then|increas\w*|reduc\w*|or|hourly|hours?|times|am|pm|and)\b/;

/** The one frequency a text speaks of, where it leaves no doubt. */
export function timesADayInWords(text: string): number | undefined {
  const words = normaliseWords(text);
  const [spoken, count, span] = TIMES.exec(words) ?? [];
  const rest = spoken === undefined ? words.replace(/morning and (night|evening)/, 'bd') : words.replace(spoken, ' ');
  if (SEVERAL.test(rest)) return undefined;
  if (count === undefined) return OFTEN.find(([pattern]) => pattern.test(rest))?.[1];
  const number = count.split(' ')[0] ?? '';
  return (NUMBERS[number] ?? Number(number)) / (span?.startsWith('week') ? 7 : 1);
}
