import { asObject, type Json } from '../resource.ts';
import { plainText } from './text.ts';

/**
 * A value with its unit exactly as recorded. `value` is the source's own digits: 4.00 stays 4.00 (safety H14).
 * `comparator` is part of the value and is never left off: `<0.1` is not 0.1.
 */
export type Quantity = {
  readonly value: string;
  readonly comparator?: '<' | '<=' | '>' | '>=' | 'ad';
  /** Unit as the source writes it. */
  readonly unit?: string;
  /** UCUM or other code of the unit. */
  readonly unitCode?: string;
};

export type Range = { readonly low?: Quantity; readonly high?: Quantity; readonly text?: string };

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A decimal as text. `json.ts` hands decimals that a number would change over as strings, so both forms are read. */
export function readDecimal(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && DECIMAL.test(value) ? value : undefined;
}

export function readQuantity(value: unknown): Quantity | undefined {
  const quantity = asObject(value);
  const number = readDecimal(quantity?.['value']);
  if (!quantity || number === undefined) return undefined;
  const comparator = asComparator(quantity['comparator']);
  if (quantity['comparator'] !== undefined && comparator === undefined) return undefined;
  const unit = plainText(quantity['unit']);
  const unitCode = plainText(quantity['code']);
  const read: { -readonly [part in keyof Quantity]: Quantity[part] } = { value: number };
  if (comparator) read.comparator = comparator;
  if (unit) read.unit = unit;
  if (unitCode) read.unitCode = unitCode;
  return read;
}

export function readRange(value: Json | undefined): Range | undefined {
  if (!value) return undefined;
  const low = readQuantity(value['low']);
  const high = readQuantity(value['high']);
  const text = plainText(value['text']);
  return low || high || text ? { ...(low && { low }), ...(high && { high }), ...(text && { text }) } : undefined;
}

/** UCUM codes that are no way to write a unit for a reader. "IU" alone is read as "IV": it is written out. */
const UNIT_IN_WORDS: { readonly [code: string]: string } = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[iU]': 'international units',
  '[IU]': 'international units',
};

/**
 * The unit to show: the source's own words. Where it sends only the UCUM code, or the code in place of words, that code
 * as it is written by hand: the same unit, never another (safety H13). A power keeps its `^`, which no copying can lose:
 * 10⁹ pasted as plain text is 109.
 */
export function unitInWords({ unit, unitCode }: Quantity): string | undefined {
  const shown = unit ?? unitCode;
  // `1` is the unity of UCUM: a number without a unit.
  if (shown === undefined || shown === '1') return undefined;
  // A unit sent as a number of SNOMED CT would read as more digits of the value.
  if (/^\d+$/.test(shown)) return `(unit code ${shown})`;
  if (unit !== undefined && unit !== unitCode && !unit.startsWith('10*')) return shown;
  if (Object.hasOwn(UNIT_IN_WORDS, shown)) return UNIT_IN_WORDS[shown];
  // `{score}`, `{beats}/min`: what stands in braces is a remark and means no unit to UCUM, but words to a reader.
  return shown.replace(POWER, '×10^$1').replace(/\{([^{}]+)\}/g, '$1');
}

/** UCUM for a power of ten at the beginning of a unit: `10*9/L`. */
const POWER = /^10[*^](-?\d+)(?=$|[/.])/;

export function formatQuantity(quantity: Quantity): string {
  const unit = unitInWords(quantity);
  return `${quantity.comparator ?? ''}${quantity.value}${unit ? ` ${unit}` : ''}`;
}

/** `3.5 to 5.3 mmol/L`, `≥ 3.5 mmol/L`, `≤ 5.3 mmol/L`; both units are written out when they differ. */
export function formatLimits(low: Quantity | undefined, high: Quantity | undefined): string {
  if (low && high) {
    const sameUnit = low.unit === high.unit && low.unitCode === high.unitCode && !low.comparator;
    return `${sameUnit ? low.value : formatQuantity(low)} to ${formatQuantity(high)}`;
  }
  if (low) return `≥ ${formatQuantity(low)}`;
  return high ? `≤ ${formatQuantity(high)}` : '';
}

function asComparator(value: unknown): Quantity['comparator'] {
  return value === '<' || value === '<=' || value === '>' || value === '>=' || value === 'ad' ? value : undefined;
}
