import type { Json } from '../resource.ts';
import { normaliseWords, readCoded } from './coding.ts';
import { plainText } from './text.ts';

/** What a source says of a value: `H`, "High", "Abnormal". Never worked out here (safety H18). */
export type Flag = { readonly text: string; readonly code?: string };

/**
 * One interpretation. The words are shown; the code decides arrow and tone, and so is left off where the words say another
 * thing: an arrow up beside "Low" would be believed (safety H21). Then both stand in the words.
 */
export function readFlag(value: Json): { readonly flag: Flag; readonly disagrees: boolean } | undefined {
  const coded = readCoded(value);
  if (!coded) return undefined;
  const code = coded.codings.find((coding) => coding.code)?.code;
  const named = plainText(value['text']) ?? coded.codings.find((coding) => coding.display)?.display;
  if (code !== undefined && named !== undefined && contradicts(code, named)) {
    return { flag: { text: `${named} (${code})` }, disagrees: true };
  }
  return { flag: { text: named ?? code ?? coded.text, ...(code && { code }) }, disagrees: false };
}

type Sense = 'high' | 'low' | 'normal' | 'abnormal' | 'positive' | 'negative';

/** HL7 v3 ObservationInterpretation. */
const SENSES: { readonly [code: string]: Sense } = {
  H: 'high',
  HH: 'high',
  HU: 'high',
  '>': 'high',
  L: 'low',
  LL: 'low',
  LU: 'low',
  '<': 'low',
  N: 'normal',
  A: 'abnormal',
  AA: 'abnormal',
  POS: 'positive',
  DET: 'positive',
  NEG: 'negative',
  ND: 'negative',
};

/** In this order: "abnormal" holds "normal", "not detected" holds "detected", and what is denied is not the case. */
const WORDS: readonly (readonly [sense: Sense, words: RegExp])[] = [
  ['normal', /\b(no abnormal\w*|nothing abnormal|not (?:abnormal|raised|elevated|increased|high))\b/],
  ['abnormal', /\b(abnormal|not normal|outside)\b/],
  ['negative', /\b(negative|not (?:detected|present|reactive)|non[- ]?reactive|none detected|undetected|absent)\b/],
  ['positive', /\b(positive|detected|reactive|present)\b/],
  ['high', /\b(high|above|raised|elevated|increased)\b/],
  ['low', /\b(low|below|reduced|decreased)\b/],
  ['normal', /\b(normal|within)\b/],
];

function senseOf(words: string): Sense | undefined {
  return WORDS.find(([, pattern]) => pattern.test(normaliseWords(words)))?.[0];
}

function contradicts(code: string, words: string): boolean {
  const coded = SENSES[code.toUpperCase()];
  const said = senseOf(words);
  if (coded === undefined || said === undefined || coded === said) return false;
  // High and low are both abnormal; so may be a positive test, and a negative one may be normal.
  return !MAY_BE[coded].includes(said) && !MAY_BE[said].includes(coded);
}

/** "Not detected" flagged as positive. Other flags speak of what is usual ("Positive" is normal of an immunity). */
export function deniesValue({ code = '' }: Flag, value: string): boolean {
  const coded = SENSES[code.toUpperCase()];
  const said = OUTCOME.test(normaliseWords(value)) ? senseOf(value) : undefined;
  const outcomes = [coded, said];
  return coded !== said && outcomes.every((sense) => sense === 'positive' || sense === 'negative');
}

/** A result that is an outcome and nothing else. */
const OUTCOME =
  /^(?:positive|negative|(?:not )?(?:detected|reactive|present)|non[- ]?reactive|none detected|undetected)$/;

const MAY_BE: { readonly [sense in Sense]: readonly Sense[] } = {
  abnormal: ['high', 'low', 'positive', 'negative'],
  normal: ['negative'],
  high: ['positive'],
  low: [],
  positive: [],
  negative: [],
};
