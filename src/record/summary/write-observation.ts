import type { Observed, ObservedPart } from '../fhir/observed.ts';
import { unitInWords } from '../fhir/quantity.ts';
import type { Json } from '../resource.ts';
import type { ExaminationEntry } from '../sections/examination-findings.ts';
import type { InvestigationEntry } from '../sections/investigation-entry.ts';
import type { ObservedStatement } from '../sections/observed-statement.ts';
import { base, coded, concept, dateOrAbsent, part, phrase, quantity, texts } from './elements.ts';
import type { Names } from './write-entry.ts';

const DATA_ABSENT = 'data-absent-reason';
const ABSENT_CODES = [
  'unknown',
  'asked-unknown',
  'temp-unknown',
  'not-asked',
  'asked-declined',
  'masked',
  'not-applicable',
  'unsupported',
  'as-text',
  'error',
  'not-a-number',
  'negative-infinity',
  'positive-infinity',
  'not-performed',
  'not-permitted',
];

export function writeFinding(entry: ExaminationEntry, id: string, names: Names): Json {
  return {
    ...writeStatement(entry, id, names, entry.kind === 'vital-sign' ? 'vital-signs' : 'exam'),
    ...phrase('method', entry.method),
    ...phrase('bodySite', entry.bodySite),
  };
}

/** An Observation of one of HL7's categories: social history, a survey's score, a vital sign. */
export function writeStatement(entry: ObservedStatement, id: string, names: Names, category: string): Json {
  return { ...writeObserved(entry, id, names), category: [coded('observation-category', category)] };
}

export function writeResult(entry: InvestigationEntry, id: string, names: Names): Json {
  const category = /imag|radiol|x-?ray|ultraso/i.test(entry.discipline ?? '') ? 'imaging' : 'laboratory';
  return {
    ...writeObserved(entry, id, names),
    category: [{ ...coded('observation-category', category), text: entry.discipline ?? category }],
    ...phrase('method', entry.method),
    ...phrase('bodySite', entry.bodySite),
    ...specimen(entry),
    ...part('issued', entry.issued),
  };
}

/** What was measured, and that it was spoilt, stay with the value (safety: value-unsuitable). */
function specimen(entry: InvestigationEntry): Json {
  const spoilt = entry.cautions.includes('value-unsuitable');
  if (entry.specimen === undefined && entry.collected === undefined && !spoilt) return {};
  return {
    contained: [
      {
        resourceType: 'Specimen',
        id: 'specimen',
        ...(spoilt && { status: 'unsatisfactory' }),
        ...phrase('type', entry.specimen),
        ...(entry.collected && { collection: { collectedDateTime: entry.collected } }),
      },
    ],
    specimen: { reference: '#specimen' },
  };
}

function writeObserved(entry: ObservedStatement, id: string, names: Names): Json {
  return {
    ...base(entry, 'Observation', id),
    status: entry.statusAsRecorded ?? 'unknown',
    code: concept(entry.code, entry.title),
    subject: names.subject,
    ...dateOrAbsent('effectiveDateTime', entry.dateIs === 'recorded' ? undefined : entry.date),
    ...part('issued', entry.dateIs === 'recorded' ? entry.date : undefined),
    performer: [...(entry.origin.by ? [{ display: entry.origin.by }] : []), names.organisation],
    ...(entry.cautions.includes('about-somebody-else') && { focus: [{ display: 'somebody else' }] }),
    ...value(entry, entry.parts),
    ...part(
      'component',
      entry.parts.map((one) => ({ code: concept(one.code, one.label), ...value(one, []) })),
    ),
    ...part('hasMember', names.linked('result')),
  };
}

function value(observed: Observed, parts: readonly ObservedPart[]): Json {
  return {
    ...stated(observed, parts),
    ...(observed.absent !== undefined && { dataAbsentReason: absentReason(observed.absent) }),
    ...part(
      'interpretation',
      observed.flags.map(({ text, code }) => ({ ...(code && { coding: [{ code }] }), text })),
    ),
    ...part(
      'referenceRange',
      observed.ranges.map(({ text, low, high, kind, appliesTo }) => ({
        ...(low && { low: quantity(low) }),
        ...(high && { high: quantity(high) }),
        ...phrase('type', kind),
        ...part('appliesTo', appliesTo === undefined ? [] : texts([appliesTo])),
        text,
      })),
    ),
  };
}

function stated(
  { value: words, quantity: amount, valueCode, valueDate }: Observed,
  parts: readonly ObservedPart[],
): Json {
  if (amount) return { valueQuantity: quantity(amount) };
  if (valueCode) return { valueCodeableConcept: concept(valueCode) };
  if (valueDate) return { valueDateTime: valueDate };
  return words === undefined || isMadeOf(parts, words) ? {} : { valueString: words };
}

/**
 * "142/94 mmHg" is made of its two parts when it is read; written once more it would be a statement of its own. "6/9
 * unaided" is one, whatever parts it has.
 */
function isMadeOf(parts: readonly ObservedPart[], words: string): boolean {
  return parts.some((a) =>
    parts.some((b) => {
      const unit = b.quantity && unitInWords(b.quantity);
      return `${a.quantity?.value}/${b.quantity?.value}${unit ? ` ${unit}` : ''}` === words;
    }),
  );
}

function absentReason(reason: string): Json {
  return ABSENT_CODES.includes(reason) ? coded(DATA_ABSENT, reason) : { text: reason };
}

export function writeReport(entry: InvestigationEntry, id: string, names: Names): Json {
  return {
    ...base({ ...entry, notes: [] }, 'DiagnosticReport', id),
    status: entry.statusAsRecorded ?? 'unknown',
    ...part('category', entry.discipline === undefined ? [] : texts([entry.discipline])),
    code: concept(entry.code, entry.title),
    subject: names.subject,
    ...dateOrAbsent('effectiveDateTime', entry.dateIs === 'recorded' ? undefined : entry.date),
    ...part('issued', entry.issued),
    ...specimen(entry),
    performer: [...(entry.origin.by ? [{ display: entry.origin.by }] : []), names.organisation],
    ...part('result', names.linked('result')),
    ...part('conclusion', entry.conclusion),
    ...part(
      'presentedForm',
      entry.attachments.map(({ title, contentType, sizeBytes, created }) => ({
        ...part('contentType', contentType),
        ...part('size', sizeBytes),
        ...part('title', title),
        ...part('creation', created),
      })),
    ),
    ...(entry.businessId && { identifier: [businessId(entry.businessId)] }),
    // R4 gives a report no notes; R5 does, and this is its way back (cross-version extension).
    ...part(
      'extension',
      entry.notes.map((text) => ({
        url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note',
        valueAnnotation: { text },
      })),
    ),
  };
}

function businessId(joined: string): Json {
  const at = joined.lastIndexOf('|');
  return at < 0 ? { value: joined } : { system: joined.slice(0, at), value: joined.slice(at + 1) };
}
