import type { Caution } from '../entry.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../resource.ts';
import { readAbsenceExtension } from './extension.ts';
import { optional } from '../optional.ts';
import { DATA_ABSENT, readCode, readCoded, type Coded } from './coding.ts';
import { deniesValue, readFlag, type Flag } from './interpretation.ts';
import { readDate, type RecordedDate } from './date.ts';
import { formatLimits, formatQuantity, readDecimal, readQuantity, readRange, type Quantity } from './quantity.ts';
import { unitsDiffer } from '../units.ts';
import { saysUnsuitable } from './suitability.ts';
import { plainText, readNotes } from './text.ts';

/**
 * What an Observation, or one component of it, says: the value exactly as recorded, or why there is none, with the
 * source's own flag and reference range. Nothing here is computed from the value (safety H18).
 */
export type Observed = {
  /** One line: `<0.1 mg/L`, `Positive`, `2 to 3 mmol/L`. Absent: there is no value that could be read. */
  readonly value?: string;
  /** Kept for trends; only when the value is one number with its unit. */
  readonly quantity?: Quantity;
  readonly valueCode?: Coded;
  readonly valueDate?: RecordedDate;
  /** The source's reason for there being no value (masked, not-performed, error, unknown …). */
  readonly absent?: string;
  /** The source's interpretation, as given: `H`, "High", "Abnormal". */
  readonly flags: readonly Flag[];
  readonly ranges: readonly ReferenceRange[];
};

export type ReferenceRange = {
  /** The source's own words, else its limits with their unit. */
  readonly text: string;
  readonly low?: Quantity;
  readonly high?: Quantity;
  /** What the range means (normal, therapeutic), and for whom, when the source says. */
  readonly kind?: string;
  readonly appliesTo?: string;
};

export type ObservedPart = Observed & { readonly label: string; readonly code?: Coded };

export function readObserved(element: Json): Observed {
  const absent = readAbsent(element);
  const { valueCode, ...value } = readValue(element);
  // A code that only says why there is no value is none.
  const reason = valueCode && absenceCode(valueCode);
  return {
    ...(reason === undefined ? { ...value, ...(valueCode && { valueCode }) } : {}),
    ...optional('absent', absent ?? reason),
    flags: asObjects(element['interpretation']).flatMap((flag) => readFlag(flag)?.flag ?? []),
    ranges: asObjects(element['referenceRange']).flatMap(readReferenceRange),
  };
}

/** The reason in its own element, or in the extension that stands in for a value (FHIR R4 data-absent-reason). */
function readAbsent(element: Json): string | undefined {
  const stated = readCoded(element['dataAbsentReason']);
  if (stated) return readCode(element['dataAbsentReason']) ?? stated.text;
  for (const name in element) {
    const reason = VALUE_OR_ABOUT_IT.test(name) ? readAbsenceExtension(asObject(element[name])) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function absenceCode({ codings }: Coded): string | undefined {
  const [only] = codings;
  return codings.length === 1 && DATA_ABSENT.includes(only?.system ?? '') ? only?.code : undefined;
}

export function readParts(resource: Json): readonly ObservedPart[] {
  return asObjects(resource['component']).flatMap((component) => {
    const code = readCoded(component['code']);
    return code ? [{ label: code.text, code, ...readObserved(component) }] : [];
  });
}

/** Why what was observed must not be read as plain fact. */
export function observedCautions(element: Json, observed: Observed): readonly Caution[] {
  const stated = valueElements(element);
  const unreadable = stated > 0 && observed.value === undefined && !emptyQuantity(element) && !observed.absent;
  const parts = asObjects(element['component']);
  const cautions: Caution[] = [];
  if (observed.absent !== undefined || emptyQuantity(element)) cautions.push('value-missing');
  if (isMeasured(element) && saysUnsuitable(readNotes(element['note']))) cautions.push('value-unsuitable');
  if (unreadable || parts.some((part) => readCoded(part['code']) === undefined)) cautions.push('not-interpretable');
  const twice = stated > 1 || (observed.absent !== undefined && observed.value !== undefined);
  if (twice || isFlaggedAsOther(observed)) cautions.push('source-unclear');
  const differs = observed.valueCode?.disagrees || (observed.quantity && unitsDiffer(observed.quantity));
  if (differs || asObjects(element['interpretation']).some((flag) => readFlag(flag)?.disagrees))
    cautions.push('text-differs');
  for (const part of parts) cautions.push(...observedCautions({ ...part, component: undefined }, readObserved(part)));
  return cautions;
}

function isFlaggedAsOther({ value, quantity, flags }: Observed): boolean {
  return value !== undefined && quantity === undefined && flags.some((flag) => deniesValue(flag, value));
}

const VALUE = /^value[A-Z]/;
const VALUE_OR_ABOUT_IT = /^_?value[A-Z]/;

/** A wound may be contaminated; a number whose comment says so was measured from a spoilt sample, or with a bad cuff. */
function isMeasured(element: Json): boolean {
  return (
    element['valueQuantity'] !== undefined ||
    asObjects(element['component']).some((part) => part['valueQuantity'] !== undefined)
  );
}

function valueElements(element: Json): number {
  let count = 0;
  for (const name in element) {
    if (VALUE.test(name) && element[name] !== undefined && element[name] !== null) count++;
  }
  return count;
}

/** A quantity that gives a unit and no number says that there is no number. */
function emptyQuantity(element: Json): boolean {
  const quantity = asObject(element['valueQuantity']);
  return quantity !== undefined && (quantity['value'] === undefined || quantity['value'] === null);
}

function readValue(element: Json): Pick<Observed, 'value' | 'quantity' | 'valueCode' | 'valueDate'> {
  const quantity = readQuantity(element['valueQuantity']);
  if (quantity) return { value: formatQuantity(quantity), quantity };
  const valueCode = readCoded(element['valueCodeableConcept']);
  if (valueCode) return { value: valueCode.text, valueCode };
  const date = readDate(element['valueDateTime']);
  if (date) return { value: date, valueDate: date };
  const value = plainText(element['valueString']) ?? plainValue(element);
  return value === undefined ? {} : { value };
}

function plainValue(element: Json): string | undefined {
  if (typeof element['valueBoolean'] === 'boolean') return element['valueBoolean'] ? 'Yes' : 'No';
  const whole = readDecimal(element['valueInteger']);
  if (whole !== undefined) return whole;
  const range = readRange(asObject(element['valueRange']));
  if (range?.low || range?.high) return formatLimits(range.low, range.high);
  const ratio = asObject(element['valueRatio']);
  const numerator = readQuantity(ratio?.['numerator']);
  const denominator = readQuantity(ratio?.['denominator']);
  if (numerator && denominator) return `${formatQuantity(numerator)} : ${formatQuantity(denominator)}`;
  const period = asObject(element['valuePeriod']);
  const ends = [readDate(period?.['start']), readDate(period?.['end'])];
  if (ends[0] || ends[1]) return `${ends[0] ?? '…'} to ${ends[1] ?? '…'}`;
  return plainText(element['valueTime']);
}

function readReferenceRange(value: Json): readonly ReferenceRange[] {
  const range = readRange(value);
  if (!range) return [];
  const kind = readCoded(value['type'])?.text;
  const age = readRange(asObject(value['age']));
  const groups = asObjects(value['appliesTo']).flatMap((group) => readCoded(group)?.text ?? []);
  const ages = age?.low || age?.high ? [`age ${formatLimits(age.low, age.high)}`] : [];
  const appliesTo = [...groups, ...ages].join(', ');
  return [
    {
      text: range.text ?? formatLimits(range.low, range.high),
      ...(range.low && { low: range.low }),
      ...(range.high && { high: range.high }),
      ...(kind && { kind }),
      ...(appliesTo && { appliesTo }),
    },
  ];
}

/**
 * Observation.focus names somebody or something other than the patient: a donor, a fetus, a parent. Who is named as its
 * subject too is the patient. What is a thing, or another statement about the patient (the tumour whose course is observed), is nobody else; a type nobody knows may be.
 */
export function focusCautions(resource: Resource): readonly Caution[] {
  const subject = asString(asObject(resource['subject'])?.['reference']);
  const others = asObjects(resource['focus']).filter((focus) => {
    const reference = asString(focus['reference']);
    const herself = reference !== undefined && reference === subject;
    return !herself && !NOT_A_PERSON.test(reference ?? asString(focus['type']) ?? '');
  });
  return others.length > 0 ? ['about-somebody-else'] : [];
}

const NOT_A_PERSON =
  /(^|\/)((Device|Procedure|Specimen|Location|Medication)[A-Za-z]*|AllergyIntolerance|BodyStructure|CarePlan|Condition|DiagnosticReport|DocumentReference|Encounter|EpisodeOfCare|Goal|ImagingStudy|Immunization|Observation|QuestionnaireResponse|RiskAssessment|ServiceRequest|Substance)(\/|$)/;
