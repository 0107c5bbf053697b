import { asObject, asObjects, type Json } from '../resource.ts';
import { readCoded, readConcepts, type Coded } from './coding.ts';
import { readPeriod, type Period } from './date.ts';
import { formatLimits, formatQuantity, readQuantity, readRange, type Quantity } from './quantity.ts';
import { plainText } from './text.ts';
import { readFrequency, type Frequency } from './timing.ts';

/**
 * How a medicine is taken. `text` is the source's own and is what to show; the parts are for the CUI order
 * (name, strength, form, DOSE, route, frequency) and for telling doses apart, each absent when not recorded.
 */
export type Dosage = {
  /** Its place, where several are numbered: other numbers come one after another, the same number together (R4 Dosage). */
  readonly sequence?: number;
  readonly text?: string;
  /** The amount of one dose as recorded, e.g. `5 mg`, `1 to 2 tablets`. */
  readonly dose?: string;
  /** The same as a value, when it is one value and not a range. */
  readonly doseQuantity?: Quantity;
  readonly rate?: string;
  readonly route?: string;
  readonly routeCode?: Coded;
  readonly site?: string;
  readonly method?: string;
  readonly frequency?: string;
  readonly timesADay?: number;
  /** From when and until when it is to be taken so. */
  readonly bounds?: Period;
  /** Only when needed: `true`, or for what. */
  readonly asNeeded?: true | string;
  /** What must not be gone beyond: "up to 8 tablets in 24 hours", "up to 10 mg at a time". */
  readonly maximum?: string;
  readonly instructions: readonly string[];
};

/** All instructions in their sequence; several are one regimen (first this, then that). */
export function readDosages(value: unknown): readonly Dosage[] {
  const dosages = asObjects(value).map((dosage, index) => {
    const { sequence } = dosage;
    return { dosage, sequence: typeof sequence === 'number' ? sequence : undefined, index };
  });
  return dosages
    .sort((a, b) => (a.sequence ?? a.index + 1) - (b.sequence ?? b.index + 1))
    .flatMap(({ dosage, sequence }) => {
      const read = readDosage(dosage);
      const empty = Object.keys(read).length === 1 && read.instructions.length === 0;
      return empty ? [] : [dosages.length > 1 && sequence !== undefined ? { sequence, ...read } : read];
    });
}

function readDosage(dosage: Json): Dosage {
  const text = plainText(dosage['text']);
  const amounts = asObjects(dosage['doseAndRate']);
  const doses = [...new Set(amounts.flatMap((one) => doseWords(one) ?? []))];
  // Ordered as one amount and worked out as another: both are told, and neither is taken for the dose.
  const [quantity] = amounts.flatMap((one) => readQuantity(one['doseQuantity']) ?? []);
  const doseQuantity = doses.length === 1 ? quantity : undefined;
  const dose = doses.join(' / ');
  const rate = [...new Set(amounts.flatMap((one) => rateWords(one) ?? []))].join(' / ');
  const bounds = readPeriod(asObject(asObject(dosage['timing'])?.['repeat'])?.['boundsPeriod']);
  const routeCode = readCoded(dosage['route']);
  const site = readCoded(dosage['site'])?.text;
  const method = readCoded(dosage['method'])?.text;
  const asNeeded = readAsNeeded(dosage);
  const forPatient = plainText(dosage['patientInstruction']);
  const maximum = readMaximum(dosage);
  return {
    ...(text && { text }),
    ...(dose && { dose }),
    ...(doseQuantity && { doseQuantity }),
    ...(rate && { rate }),
    ...(routeCode && { route: routeCode.text, routeCode }),
    ...(site && { site }),
    ...(method && { method }),
    ...frequencyOf(readFrequency(dosage['timing'])),
    ...(bounds && { bounds }),
    ...(asNeeded && { asNeeded }),
    ...(maximum && { maximum }),
    instructions: [
      ...readConcepts(dosage['additionalInstruction']).map((instruction) => instruction.text),
      ...(forPatient ? [forPatient] : []),
    ],
  };
}

function doseWords(amount: Json): string | undefined {
  return quantityWords(amount['doseQuantity']) ?? rangeWords(amount['doseRange']);
}

function frequencyOf({ text, timesADay }: Frequency): Pick<Dosage, 'frequency' | 'timesADay'> {
  return { ...(text !== undefined && { frequency: text }), ...(timesADay !== undefined && { timesADay }) };
}

function readAsNeeded(dosage: Json): true | string | undefined {
  const reason = readCoded(dosage['asNeededCodeableConcept'])?.text;
  return reason ?? (dosage['asNeededBoolean'] === true ? true : undefined);
}

/** Every limit that is set, each told as one: "8 tablets in 24 hours" beside a dose would be read as the dose. */
function readMaximum(dosage: Json): string {
  const atATime = quantityWords(dosage['maxDosePerAdministration']);
  const inAll = quantityWords(dosage['maxDosePerLifetime']);
  return [ratioWords(dosage['maxDosePerPeriod']), atATime && `${atATime} at a time`, inAll && `${inAll} in all`]
    .flatMap((limit) => (limit ? `up to ${limit}` : []))
    .join('; ');
}

function rangeWords(value: unknown): string | undefined {
  const range = readRange(asObject(value));
  if (!range?.low || !range.high)
    return range?.high ? `up to ${formatQuantity(range.high)}` : range?.low && `at least ${formatQuantity(range.low)}`;
  return formatLimits(range.low, range.high);
}

function rateWords(amount: Json): string | undefined {
  return quantityWords(amount['rateQuantity']) ?? ratioWords(amount['rateRatio']) ?? rangeWords(amount['rateRange']);
}

function quantityWords(value: unknown): string | undefined {
  const quantity = readQuantity(value);
  return quantity && formatQuantity(quantity);
}

function ratioWords(value: unknown): string | undefined {
  const ratio = asObject(value);
  const [top, bottom] = [quantityWords(ratio?.['numerator']), quantityWords(ratio?.['denominator'])];
  return top && bottom ? `${top} in ${bottom}` : undefined;
}
