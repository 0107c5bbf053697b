import { asObject, asObjects } from '../resource.ts';
import { readPeriod, type Period } from './date.ts';
import { asTexts } from './reference.ts';
import { plainText } from './text.ts';

/** Where somebody lives or can be written to, as recorded. */
export type Address = {
  /** What to show: lines, town and county, else the source's own text. The postcode stands by itself. */
  readonly lines: readonly string[];
  readonly postcode?: string;
  /** home, work, temp, or old: the source says it is no longer so. */
  readonly use?: string;
  readonly period?: Period;
};

/** Home first, then others, those the source calls old last. Nothing is left out: a period needs a clock and is shown. */
export function readAddresses(value: unknown): readonly Address[] {
  const rank = (address: Address): number => (address.use === 'old' ? 2 : address.use === 'home' ? 0 : 1);
  return asObjects(value)
    .flatMap(readAddress)
    .sort((a, b) => rank(a) - rank(b));
}

function readAddress(value: unknown): readonly Address[] {
  const address = asObject(value);
  if (!address) return [];
  const postcode = plainText(address['postalCode']);
  const places = ['city', 'district', 'state'].flatMap((part) => plainText(address[part]) ?? []);
  const parts = [...new Set([...asTexts(address['line']), ...places])];
  const text = plainText(address['text']);
  const lines = parts.length > 0 ? parts : text ? [text] : [];
  if (lines.length === 0 && postcode === undefined) return [];
  const use = plainText(address['use']);
  const period = readPeriod(address['period']);
  return [{ lines, ...(postcode && { postcode }), ...(use && { use }), ...(period && { period }) }];
}
