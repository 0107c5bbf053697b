import { readDirections, type Directions } from '../directions.ts';
import { codeIn, normaliseWords, SNOMED } from '../fhir/coding.ts';
import type { Dosage } from '../fhir/dosage.ts';
import type { Quantity } from '../fhir/quantity.ts';
import { ROUTE_BY_WORDS } from '../medicine-relations.ts';
import type { KeyPart } from './key-of-parts.ts';
import { timesADayInWords } from './times-in-words.ts';

type Dosed = { readonly strength?: string; readonly dosages: readonly Dosage[] };

/**
 * The instructions in the form used for grouping (safety H12). An amount and a frequency decide, whether they stand as
 * numbers or in a text that is understood to its last word (`directions.ts`): 5 mg and one capsule of 5 mg are one dose.
 * Where numbers and words contradict each other, or words say more than the numbers (another step, a last day, "or"), the
 * words stay in the key. Nothing recorded is a dose of its own and never joins one that is recorded.
 */
export function dosagesKey(entry: Dosed): readonly KeyPart[] {
  const strength = onlyMass(entry.strength);
  return entry.dosages.map((dosage) => instructionKey(dosage, strength));
}

/** What an instruction may leave out: the route, the time of day, what it is needed for. */
export function dosageDetails(entry: Dosed): readonly (string | undefined)[] {
  const said = (of: (dosage: Dosage) => string | undefined): string | undefined => {
    const all = entry.dosages.map(of);
    return all.every((one) => one === undefined) ? undefined : all.map((one) => one ?? '').join(';');
  };
  return [
    said(routeKey),
    said((dosage) => (dosage.text === undefined ? undefined : readDirections(dosage.text)?.when)),
    said(({ asNeeded }) => (typeof asNeeded === 'string' ? normaliseWords(asNeeded) : undefined)),
  ];
}

function routeKey({ routeCode, route }: Dosage): string | undefined {
  if (route === undefined) return undefined;
  const words = normaliseWords(route);
  return codeIn(routeCode, SNOMED) ?? ROUTE_BY_WORDS.get(words) ?? words;
}

/** The numbers say one amount or frequency and the words another: the words count, and that they differ is said. */
export function contradictsItself(entry: Dosed): boolean {
  const strength = onlyMass(entry.strength);
  return entry.dosages.some((dosage) => {
    const read = dosage.text === undefined ? undefined : readDirections(dosage.text);
    const agreed = agree(dosage, read, statedAmount(dosage, strength), read && spokenAmount(read, strength));
    return !agreed || unitsOf(dosage.doseQuantity).filter((unit) => KNOWN_UNITS.has(unit)).length > 1;
  });
}

function agree(
  dosage: Dosage,
  read: Directions | undefined,
  stated: string | undefined,
  spoken: string | undefined,
): boolean {
  const said = saidOften(dosage, read);
  const often = dosage.timesADay;
  return !contradict(stated, spoken) && (often === undefined || said === undefined || said === often);
}

function instructionKey(dosage: Dosage, strength: number | undefined): readonly KeyPart[] {
  const read = dosage.text === undefined ? undefined : readDirections(dosage.text);
  const stated = statedAmount(dosage, strength);
  const spoken = read && spokenAmount(read, strength);
  const amount = stated ?? spoken;
  const often = dosage.timesADay ?? read?.timesADay;
  const asNeeded = dosage.asNeeded !== undefined || read?.asNeeded === true;
  const exact = amount !== undefined && often !== undefined;
  const agreed = agree(dosage, read, stated, spoken);
  const wordsMatter = !agreed || (read === undefined ? !exact || SAYS_MORE.test(dosage.text ?? '') : !exact);
  const words = wordsMatter ? normaliseWords(dosage.text ?? '') : '';
  const more = exact ? beyondNumbers(dosage.frequency) : dosage.frequency;
  const raw = stated === undefined || !agreed ? dosage.dose?.toLowerCase().replace(/\s/g, '') : undefined;
  return [
    amount,
    raw,
    often,
    asNeeded,
    dosage.rate,
    dosage.maximum,
    dosage.site,
    more,
    words,
    dosage.bounds?.start,
    dosage.bounds?.end,
  ];
}

/** Two masses, or two counts, that differ; a mass and a count of a product of unknown strength cannot be compared. */
function contradict(stated: string | undefined, spoken: string | undefined): boolean {
  if (stated === undefined || spoken === undefined || stated === spoken) return false;
  return stated.endsWith(' of it') === spoken.endsWith(' of it');
}

/** How often the words say, where they leave no doubt, although the rest of them is not understood. */
function saidOften(dosage: Dosage, read: Directions | undefined): number | undefined {
  return read ? read.timesADay : timesADayInWords(dosage.text ?? '');
}

/** Words that add to what the numbers say: a change, a choice, an end, a condition, or days of the week. */
const SAYS_MORE =
  /\b(then|and|or|increas\w*|reduc\w*|titrat\w*|taper\w*|wean\w*|until|unless|if|for \d+|for (?:one|two|three|five|seven|ten)|days|stop|hold|withh\w*|omit|alternate|every other|up to|may|max\w*|weekly|weeks?|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b/i;

/** "once a day, for 7 days": the last day is no part of how often. */
function beyondNumbers(frequency: string | undefined): string | undefined {
  return /\bfor \d.*$/.exec(frequency ?? '')?.[0];
}

const COUNTED_UNIT = /^\{?(tablet|capsule|caplet|tab|cap|puff|sachet|dose)s?\}?$/i;

/** `5mg`, `2 puff`; with a comparator or two contradicting units only as written. */
function statedAmount(dosage: Dosage, strength: number | undefined): string | undefined {
  const quantity = dosage.doseQuantity;
  if (quantity === undefined) return undefined;
  const units = unitsOf(quantity);
  const [unit] = units;
  if (quantity.comparator || units.length !== 1 || unit === undefined) return asWritten(quantity);
  const value = Number(quantity.value);
  if (unit === 'counted') return countKey(value, strength);
  return massKey(value, unit) ?? `${value} ${unit}`;
}

/** One in words and in its code; two where these differ ("mg", `ug`): then nobody can say which was meant. */
function unitsOf(quantity: Quantity | undefined): readonly string[] {
  return [...new Set([quantity?.unit, quantity?.unitCode].flatMap((unit) => (unit ? unitKey(unit) : [])))];
}

function asWritten({ comparator, value, unit, unitCode }: Quantity): string {
  return `"${[comparator, value, unit, unitCode].map((part) => part ?? '').join(' ')}"`;
}

function spokenAmount({ count, amount }: Directions, strength: number | undefined): string | undefined {
  if (count !== undefined) {
    // "One capsule (2.5 mg)" of a 5 mg capsule contradicts itself.
    const counted = countKey(count, strength);
    const also = amount && massKey(amount.value, amount.unit);
    return also === undefined || also === counted ? counted : `${counted} ${also}`;
  }
  return amount && (massKey(amount.value, amount.unit) ?? `${amount.value} ${amount.unit}`);
}

function countKey(count: number, strength: number | undefined): string {
  return strength === undefined ? `${count} of it` : `${round(count * strength)}mg`;
}

const MG: { readonly [unit: string]: number } = { g: 1000, mg: 1, microgram: 0.001, nanogram: 0.000001 };

function massKey(value: number, unit: string): string | undefined {
  const factor = MG[unit];
  return factor === undefined ? undefined : `${round(value * factor)}mg`;
}

const UNITS: { readonly [unit: string]: string } = {
  mg: 'mg',
  milligram: 'mg',
  milligrams: 'mg',
  g: 'g',
  gram: 'g',
  grams: 'g',
  ug: 'microgram',
  mcg: 'microgram',
  μg: 'microgram',
  microgram: 'microgram',
  micrograms: 'microgram',
  ng: 'nanogram',
  nanogram: 'nanogram',
  nanograms: 'nanogram',
  ml: 'ml',
  millilitre: 'ml',
  millilitres: 'ml',
  unit: 'unit',
  units: 'unit',
  '[iu]': 'unit',
};

const KNOWN_UNITS: ReadonlySet<string> = new Set(['counted', ...Object.values(UNITS)]);

function unitKey(unit: string): string {
  // Both signs for micro are one letter to Unicode (NFKC).
  const words = unit.normalize('NFKC').toLowerCase().trim();
  return COUNTED_UNIT.test(words) ? 'counted' : (UNITS[words] ?? words);
}

/** Milligrams in one unit of a product of one substance; nothing where the strength is per volume, per dose or of two. */
function onlyMass(strength: string | undefined): number | undefined {
  const [, value, unit = ''] = /^(\d+(?:\.\d+)?)\s?([a-zµ]+)(?:\/1 ?(?:tablet|capsule))?$/i.exec(strength ?? '') ?? [];
  const factor = MG[unitKey(unit)];
  return value === undefined || factor === undefined ? undefined : Number(value) * factor;
}

/** 3 × 0.1 is 0.3; as many digits of a nanogram as of a gram. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
