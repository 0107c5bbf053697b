import type { Quantity } from './fhir/quantity.ts';
import { unitKey } from './sections/unit-key.ts';

/**
 * Turns a value of one unit into another, or says nothing. It answers only where the conversion is certain: valid UCUM on
 * both sides and the same property, or mass against amount with the molecular weight given. The pure layer knows no units
 * table: whoever has one hands it in (`src/app/unit-converter.ts`).
 */
export type ConvertUnit = (value: number, from: string, to: string, molecularWeight?: number) => number | undefined;

/** A unit as UCUM where that is certain, and in any case as something that equal units share. */
export type Axis = { readonly key: string; readonly ucum?: string };

/** Words that mean one UCUM unit beyond doubt, in the one spelling of `unitKey`. Others are only words: "M" may be many things. */
const UCUM: { readonly [unit: string]: string } = {
  mmHg: 'mm[Hg]',
  '°C': 'Cel',
  '°F': '[degF]',
  µg: 'ug',
  'µmol/L': 'umol/L',
  'µg/L': 'ug/L',
  'µg/dL': 'ug/dL',
  ...Object.fromEntries(
    [
      'kg',
      'g',
      'mg',
      'ng',
      'mL',
      'cm',
      'm',
      'mg/L',
      'mg/dL',
      'g/L',
      'g/dL',
      'ng/mL',
      'ng/L',
      'mmol/L',
      'pmol/L',
      'nmol/L',
    ]
      .concat(['kPa', 'mm/h', 'fL', 'pg', 'U/L', '10*9/L', '10*12/L', '%', 'mmol/mol', 'mg/mmol', 'pg/mL'])
      .map((unit) => [unit, unit]),
  ),
};

/** No unit at all: nothing to plot, for nobody can say that two such numbers are of one kind (safety H13). */
export function axisOf({ unit, unitCode }: Quantity): Axis | undefined {
  const written = unit === undefined ? undefined : unitKey(unit);
  const inWords = written !== undefined && Object.hasOwn(UCUM, written) ? UCUM[written] : undefined;
  // Digits are a code of SNOMED CT for a unit, not a unit of UCUM.
  if (unitCode === undefined || /^\d+$/.test(unitCode)) {
    return written === undefined ? undefined : { key: written, ...(inWords && { ucum: inWords }) };
  }
  const key = unitKey(unitCode);
  // Where words and code name two units neither is certain, and the pair is equal only to itself.
  return inWords !== undefined && written !== key ? { key: `${written}|${key}` } : { key, ucum: unitCode.trim() };
}

/** A unit that is one in words and another in its code ("mg", `ug`): which of the two was measured nobody can say (safety H13). */
export function unitsDiffer(quantity: Quantity): boolean {
  const { unit, unitCode } = quantity;
  if (unit === undefined || unitCode === undefined) return false;
  const units = unitKey(unitCode).replace(INTERNATIONAL, 'U');
  return axisOf(quantity)?.key.includes('|') === true && unitKey(unit) !== units;
}

/** Laboratories write "U/L" for international units too. */
const INTERNATIONAL = /\[?i?U\]?/i;
