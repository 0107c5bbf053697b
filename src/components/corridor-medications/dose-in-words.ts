import { readDirections } from '../../record/directions.ts';
import type { Dosage } from '../../record/fhir/dosage.ts';
import type { Words } from '../../words/words.ts';
import { dateInWords, periodInWords } from '../dates-in-words.ts';
import type { Part } from '../line.ts';

/**
 * One instruction in the CUI order; several are one regimen and are joined in their sequence, never shortened. The source's
 * own sentence stands before the parts unless it is understood to its last word: "take FOUR once a WEEK" must not be read
 * as the once a day of its coded timing (safety H14). What the sentence leaves out is added from the parts.
 */
export function dosageParts(dosages: readonly Dosage[], words: Words): readonly (Part | undefined)[] {
  const [only, ...others] = dosages;
  if (!only) return [words.medicines.doseNotRecorded];
  const { dose: label } = words.medicines;
  if (others.length > 0)
    return [{ label, value: dosages.map((dosage) => sentence(dosage, words).join(', ')).join('; ') }];
  if (!isWhole(only) || !isUnderstood(only)) {
    const [first = words.medicines.doseNotRecorded, ...rest] = sentence(only, words);
    return [{ label, value: first }, ...rest];
  }
  return [
    { label, value: only.dose ?? '' },
    only.rate,
    only.route && inSentence(only.route),
    only.frequency,
    boundsInWords(only, words),
    neededInWords(only, words),
    only.maximum,
  ];
}

/** Instructions ("with food") that the parts of the line do not hold already. */
export function instructionsBeside(dosages: readonly Dosage[]): readonly string[] {
  return dosages.flatMap((dosage) => {
    const { text, instructions } = dosage;
    if (text === undefined) return dosages.length === 1 && isWhole(dosage) ? instructions : [];
    const said = text.toLowerCase();
    return instructions.filter((instruction) => !said.includes(instruction.toLowerCase()));
  });
}

function isWhole({ dose, frequency, asNeeded }: Dosage): boolean {
  return dose !== undefined && (frequency !== undefined || asNeeded !== undefined);
}

function isUnderstood({ text, timesADay }: Dosage): boolean {
  if (text === undefined) return true;
  const read = readDirections(text);
  return read !== undefined && (read.timesADay === undefined || read.timesADay === timesADay);
}

/** The source's sentence with what it leaves out; without one, all its parts. */
function sentence(dosage: Dosage, words: Words): readonly string[] {
  const { text } = dosage;
  const parts = [
    text,
    withoutNumbersOf(text, dosage.dose),
    withoutNumbersOf(text, dosage.rate),
    text !== undefined && /oral|mouth/i.test(dosage.route ?? '') ? undefined : unsaid(text, dosage.route, dosage.route),
    unsaid(text, OFTEN, dosage.frequency),
    boundsInWords(dosage, words),
    unsaid(text, NEEDED, neededInWords(dosage, words)),
    withoutNumbersOf(text, dosage.maximum),
    ...(text === undefined ? dosage.instructions : []),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts : [words.medicines.doseNotRecorded];
}

/** A part that the sentence already speaks of is left to the sentence. */
function unsaid(text: string | undefined, spoken: RegExp | string | undefined, part: string | undefined) {
  if (text === undefined || spoken === undefined) return part;
  const says = typeof spoken === 'string' ? text.toLowerCase().includes(spoken.toLowerCase()) : spoken.test(text);
  return says ? undefined : part;
}

const OFTEN =
  /\b(day|daily|dly|od|bd|bid|tds|tid|qds|qid|mane|nocte|stat|once|twice|times|hourly|hours?|hrly|\d+h|weekly|weeks?|monthly|months?|morning|night|evening|noon|midday|lunch\w*|breakfast|bedtime|alternate|(mon|tues|wednes|thurs|fri|satur|sun)days?)\b/i;
const NEEDED = /\b(prn|(when|if|as) (needed|required|necessary))\b/i;
/** An amount is in the sentence when all its numbers are: "every 72 hours" says nothing of 25 micrograms an hour. */
function withoutNumbersOf(text: string | undefined, amount: string | undefined): string | undefined {
  if (text === undefined || amount === undefined) return amount;
  const spoken = numbersIn(text);
  return numbersIn(amount).every((number) => spoken.includes(number)) ? undefined : amount;
}

const NUMBERS = ['half', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function numbersIn(text: string): readonly number[] {
  const found = text
    .toLowerCase()
    .match(/\d+(?:\.\d+)?|\b(?:half|one|two|three|four|five|six|seven|eight|nine|ten)\b/g);
  return (found ?? []).map((word) =>
    word === 'half' ? 0.5 : NUMBERS.includes(word) ? NUMBERS.indexOf(word) : Number(word),
  );
}

function boundsInWords({ bounds }: Dosage, words: Words): string | undefined {
  if (bounds === undefined) return undefined;
  return bounds.start === undefined && bounds.end !== undefined
    ? words.fact.until(dateInWords(bounds.end, words))
    : periodInWords(bounds, words);
}

/** A word of the source's inside our sentence: its first letter small, unless it is a name or an abbreviation. */
export function inSentence(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function neededInWords(dosage: Dosage, words: Words): string | undefined {
  if (dosage.asNeeded === undefined) return undefined;
  return dosage.asNeeded === true
    ? words.medicines.asNeeded
    : `${words.medicines.asNeeded} ${words.medicines.for(dosage.asNeeded)}`;
}
