import { readDirections } from '../directions.ts';
import type { Dosage } from '../fhir/dosage.ts';
import type { Quantity } from '../fhir/quantity.ts';
import { strengthKey } from '../product-name.ts';
import type { MedicationEntry } from './medications.ts';
import {
  countedInWords,
  isSeveralSteps,
  MILLIGRAMS,
  milligramsInWords,
  numbersInOneForm,
  rounded,
  times,
  type Amount,
} from './dose-words.ts';
import { splitRegimen, timeOfDay } from './split-regimen.ts';
import { timesADayInWords } from './times-in-words.ts';

/**
 * One dose in a form two sources can be compared by. It is never shown, and nothing is ever merged by it. `of` is the
 * strength of what is counted or poured, empty where it is not recorded; a mass has none.
 */
export type Dose = {
  readonly amount: string;
  readonly unit: string;
  readonly of?: string;
  readonly often?: number;
  readonly when?: string;
};

/**
 * The doses of a regimen. Where no dose is written the strength of the product is what there is to compare (a patch of 12
 * and one of 25 micrograms an hour); nothing when one of its steps gives none that can be read.
 */
export function dosesSaid(entry: MedicationEntry, route: string): readonly Dose[] | undefined {
  const strength = strengthAlone(entry, route);
  if (strength !== undefined) return [{ amount: strength, unit: 'strength alone' }];
  const steps = entry.dosages.map((dosage) => splitDosesIn(entry, dosage) ?? [doseIn(entry, dosage)]);
  const doses = steps.flat().flatMap((dose) => dose ?? []);
  return doses.length > 0 && doses.length === steps.flat().length ? together(doses) : undefined;
}

/** Creams are of several strengths for several places, and are not compared. */
function strengthAlone(entry: MedicationEntry, route: string): string | undefined {
  const patch = /\bpatch/i.test(`${entry.form ?? ''} ${entry.title}`);
  const written = entry.dosages.some(({ dose, text }) => dose !== undefined || AMOUNT_WRITTEN.test(text ?? ''));
  const several = entry.dosages.some(({ dose, text }) => dose !== undefined || SEVERAL_PATCHES.test(text ?? ''));
  if (entry.strength === undefined || (patch ? several : written || route === 'skin')) return undefined;
  return strengthKey(entry.strength);
}

const AMOUNT_WRITTEN = /[\d½¼¾]|\b(?:half|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b/i;
const SEVERAL_PATCHES = /\b(?:half|two|three|four|[2-9]) (?:patch|of)|\d ?(?:mg|micrograms?|mcg)\b/i;

/** "6 units morning, 8 night", where the unit is of both. */
function splitDosesIn({ strength }: MedicationEntry, { text, doseQuantity }: Dosage): readonly Dose[] | undefined {
  if (doseQuantity !== undefined) return undefined;
  return splitRegimen(text ?? '')?.map(({ value, unit, when }) => {
    const each =
      unit === 'counted' ? singleStrength(strength) : unit === 'ml' ? milligramsPerMl(strength) : MILLIGRAMS[unit];
    if (each !== undefined) return { amount: String(rounded(value * each)), unit: 'mg', often: 1, when };
    return { amount: String(value), unit, of: strengthOf(strength), often: 1, when };
  });
}

function strengthOf(strength: string | undefined): string {
  return (strength ?? '').toLowerCase().replace(/\s/g, '');
}

/** The same amount at several times is that amount so often; of different amounts it counts which is when. */
function together(doses: readonly Dose[]): readonly Dose[] {
  const [first, ...others] = doses;
  const alike = others.every(
    ({ amount, unit, of }) => amount === first?.amount && unit === first.unit && of === first.of,
  );
  if (first === undefined || !alike) return doses;
  const { when: _anyTime, often: _each, ...dose } = first;
  const often = doses.every((one) => one.often !== undefined)
    ? doses.reduce((sum, one) => sum + (one.often ?? 0), 0)
    : undefined;
  return [{ ...dose, ...(often !== undefined && { often: rounded(often) }) }];
}

/**
 * Milligrams where they can be known: from the dose itself, or from units counted ("two capsules") of a product of one
 * strength. Otherwise the amount in its own unit together with the strength, for 5 ml of one is not 5 ml of another.
 */
function doseIn(entry: MedicationEntry, dosage: Dosage): Dose | undefined {
  // Less than 5 mg is no 5 mg, in whatever unit.
  if (dosage.doseQuantity?.comparator !== undefined) return undefined;
  const often = timesADayInWords(dosage.text ?? '') ?? dosage.timesADay;
  const when = timeOfDay(dosage.text ?? '');
  const time = {
    ...(often !== undefined && { often: Math.round(often * 1000) / 1000 }),
    ...(when !== undefined && { when }),
  };
  const count = countedIn(dosage);
  const strength = singleStrength(entry.strength);
  const { doseQuantity } = dosage;
  const words = wordsOf(dosage);
  const mass =
    milligrams(doseQuantity) ??
    milligramsInWords(words) ??
    (count !== undefined && strength !== undefined ? times(count, strength) : undefined);
  if (mass !== undefined) return { amount: written(mass), unit: 'mg', ...time };
  const of = strengthOf(entry.strength);
  if (count !== undefined) return { amount: written(count), unit: 'counted', of, ...time };
  const unit = (doseQuantity?.unitCode ?? doseQuantity?.unit)?.toLowerCase();
  const poured = doseQuantity && unit ? { value: doseQuantity.value, unit: UNITS[unit] ?? unit } : amountInWords(words);
  if (poured === undefined) return undefined;
  const perMl = milligramsPerMl(entry.strength);
  if (poured.unit !== 'ml' || perMl === undefined)
    return { amount: String(poured.value), unit: poured.unit, of, ...time };
  return { amount: String(rounded(Number(poured.value) * perMl)), unit: 'mg', ...time };
}

/** The directions where one dose is told; of several steps the numbers say nothing by themselves. */
function wordsOf({ text = '' }: Dosage): string {
  return isSeveralSteps(text) ? '' : text;
}

function written({ low, high }: Amount): string {
  return high === undefined ? String(low) : `${low}-${high}`;
}

const UNITS: { readonly [unit: string]: string } = { units: 'unit', '[iu]': 'unit', iu: 'unit', millilitre: 'ml' };

/** Units of insulin or millilitres, in a text that is understood to its last word. */
function amountInWords(text: string): { readonly value: number; readonly unit: string } | undefined {
  const units = numbersInOneForm(text).replace(/(?<=\d) ?(?:iu|i\.u\.|u)(?= |$)/, ' units');
  return readDirections(units.replace(/^inject /, ''))?.amount;
}

/** Of a strength of one substance in a volume ("10mg/5ml"): 10 ml of it are no 10 mg. */
function milligramsPerMl(strength: string | undefined): number | undefined {
  const [, value, unit = '', volume = '1'] =
    /^(\d+(?:\.\d+)?)\s?([a-z]+)\s?\/\s?(\d+(?:\.\d+)?)?\s?ml$/i.exec(strength?.trim() ?? '') ?? [];
  const factor = MILLIGRAMS[unit.toLowerCase()];
  return value === undefined || factor === undefined ? undefined : (Number(value) * factor) / Number(volume);
}

/** Milligrams in one unit of the product; a strength of two substances, in a volume or of a range, is no single one. */
function singleStrength(strength: string | undefined): number | undefined {
  const mass = strength === undefined || strength.includes('/') ? undefined : milligramsInWords(strength);
  return mass?.high === undefined ? mass?.low : undefined;
}

function milligrams(quantity: Quantity | undefined): Amount | undefined {
  if (!quantity) return undefined;
  const [byCode, byWords] = [quantity.unitCode, quantity.unit].map((unit) => MILLIGRAMS[unit?.toLowerCase() ?? '']);
  const factor = byCode ?? byWords;
  // "125 mg" with the code of micrograms is neither.
  return factor === undefined || (byWords ?? factor) !== factor
    ? undefined
    : times({ low: Number(quantity.value) }, factor);
}

function countedIn(dosage: Dosage): Amount | undefined {
  const unit = `${dosage.doseQuantity?.unit ?? ''} ${dosage.doseQuantity?.unitCode ?? ''}`.toLowerCase();
  if (dosage.doseQuantity && /tablet|capsule|caplet|sachet|puff|dose/.test(unit))
    return { low: Number(dosage.doseQuantity.value) };
  return countedInWords(wordsOf(dosage));
}
