import { asObject, type Json } from '../resource.ts';
import { formatLimits, formatQuantity, readQuantity, readRange, type Quantity } from './quantity.ts';
import { plainText } from './text.ts';

/** An onset, an end or a death that has no date, in the source's words or as an age: "in childhood", "aged 7 years". */
export function readLooseTime(resource: Json, stem: 'onset' | 'abatement' | 'deceased'): string | undefined {
  const quantity = inWords(readQuantity(resource[`${stem}Age`]));
  const aged = quantity && `aged ${formatQuantity(quantity)}`;
  const { low, high, text } = readRange(asObject(resource[`${stem}Range`])) ?? {};
  const between = low || high ? `aged ${formatLimits(inWords(low), inWords(high))}` : undefined;
  return plainText(resource[`${stem}String`]) ?? aged ?? text ?? between;
}

/** UCUM's units of an age. "Aged 3 a" is no age to anybody. */
const AGES: { readonly [unit: string]: string } = {
  a: 'years',
  mo: 'months',
  wk: 'weeks',
  d: 'days',
  h: 'hours',
  min: 'minutes',
};

function inWords(age: Quantity | undefined): Quantity | undefined {
  const unit = age?.unit ?? age?.unitCode;
  const word = unit !== undefined && Object.hasOwn(AGES, unit) ? AGES[unit] : undefined;
  return age && word !== undefined ? { ...age, unit: word } : age;
}
