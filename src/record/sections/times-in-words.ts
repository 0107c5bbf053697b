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
  [/\b((a|each|every|per) day|daily|od)\b/, 1],
];
/** When in a day, of what is taken once a day where nothing else says how often. */
const MORNING = /\b((each|every|in the) morning|mane)\b/;
const NIGHT = /\b(at night|nocte)\b/;
/** Texts of several steps or choices, and counts that these patterns do not know, give no single frequency. */
const SEVERAL =
  /\b(up to|as required|when required|when needed|as needed|prn|then|increas\w*|reduc\w*|or|hourly|hours?|times|am|pm|and|max\w*|at most|(no|not) more than)\b/;
/** Of some days or weeks only: "five days a week", "21 days in 28", "on days 1 to 14", "weekdays", "every 2 weeks". */
const SOME_DAYS =
  /\b(except\w*|week ?days?|days? \d+|(days|weeks) (in|out of|per|a|each|every|on|off)|(alternate|every (other|second|third|two|three|four|\d+)) weeks?)\b/;
const DAY_OF_WEEK = /\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(days?)?\b/;

/** The one frequency a text speaks of, where it leaves no doubt. */
export function timesADayInWords(text: string): number | undefined {
  const words = normaliseWords(text);
  const [spoken, count, span] = TIMES.exec(words) ?? [];
  const rest = spoken === undefined ? words.replace(/morning and (night|evening)/, 'bd') : words.replace(spoken, ' ');
  if (SEVERAL.test(rest) || SOME_DAYS.test(rest)) return undefined;
  const said = new Set(OFTEN.flatMap(([pattern, often]) => (pattern.test(rest) ? often : [])));
  const number = count?.split(' ')[0] ?? '';
  if (count !== undefined) said.add((NUMBERS[number] ?? Number(number)) / (span?.startsWith('week') ? 7 : 1));
  const [often = onceADay(rest), ...others] = said;
  // "Once daily on Mondays" is once a week, or a slip.
  return others.length > 0 || (often === 1 && DAY_OF_WEEK.test(words)) ? undefined : often;
}

/** "One mane, two nocte" is no one dose. */
function onceADay(words: string): 1 | undefined {
  return MORNING.test(words) !== NIGHT.test(words) ? 1 : undefined;
}
