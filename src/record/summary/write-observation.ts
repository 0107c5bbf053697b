import type { Observed, ObservedPart } from '../fhir/observed.ts';
import { unitInWords } from '../fhir/quantity.ts';
import type { Json } from '../resource.ts';
import type { ExaminationEntry } from '../sections/examination-findings.ts';
import type { InvestigationEntry } from '../sections/investigation-entry.ts';
import type { ObservedStatement } from '../sections/observed-statement.ts';
import {
  base,
  coded,
  concept,
  identifiers,
  part,
  person,
  phrase,
  quantity,
  stated,
  subjectMatter,
  texts,
  UNKNOWN,
} from './elements.ts';
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
  return {
    ...writeObserved(entry, id, names),
    // A result of no discipline is told from a finding at the bedside by its specimen, of which no more is known.
    specimen: UNKNOWN,
    ...part('category', disciplineOf(entry)),
    ...phrase('method', entry.method),
    ...phrase('bodySite', entry.bodySite),
    ...specimen(entry),
    ...part('issued', entry.issued),
  };
}

const IMAGING = /imag|radiol|x-?ray|ultraso/i;
const LABORATORY = /\blab|path|ha?emat|chem|microb|virol|serol|immunol|histol|cytol|cytogen|transfusion/i;
/** HL7 v2-0074: what was seen in tissue or cells has no window, and its code may have been all that said so. */
const TISSUE = { system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'PAT' };

/** In the source's words, with HL7's code where they say what it is; of none nothing is said. */
function disciplineOf({ discipline, lasting }: InvestigationEntry): readonly Json[] {
  if (discipline === undefined) return [];
  const category = IMAGING.test(discipline) ? 'imaging' : LABORATORY.test(discipline) ? 'laboratory' : undefined;
  return [
    { ...(category && coded('observation-category', category)), text: discipline },
    ...(lasting === undefined ? [] : [{ coding: [TISSUE], text: discipline }]),
  ];
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
    ...base(saysLess(entry) ? { ...entry, cautions: ['not-interpretable'] } : entry, 'Observation', id),
    ...stated('status', entry.statusAsRecorded),
    code: subjectMatter(entry),
    subject: names.subject,
    ...whenObserved(entry),
    ...part('issued', entry.dateIs === 'recorded' ? entry.date : undefined),
    // The profile demands somebody. Whose record it stands in is not who measured it: that is in the Provenance.
    performer: [person(entry) ?? UNKNOWN],
    ...(entry.cautions.includes('about-somebody-else') && { focus: [{ display: 'somebody else' }] }),
    ...value(entry, entry.parts),
    ...(lacksNumber(entry) && { valueQuantity: { _value: UNKNOWN } }),
    ...part(
      'component',
      entry.parts.map((one) => ({ code: subjectMatter({ code: one.code, title: one.label }), ...value(one, []) })),
    ),
    ...part('hasMember', names.linked('result')),
  };
}

/** Several moments are the time that they span, and are written as the two that it has. */
function whenObserved({ dateIs, date, period }: ObservedStatement): Json {
  if (period?.start && period.end) return { effectiveTiming: { event: [period.start, period.end] } };
  return stated('effectiveDateTime', dateIs === 'recorded' ? undefined : date);
}

/** A value is missing and neither the statement nor a part of it says why: there was a unit and no number. */
function lacksNumber({ cautions, value: words, absent, parts }: ObservedStatement): boolean {
  return cautions.includes('value-missing') && words === undefined && absent === undefined && parts.length === 0;
}

/**
 * Of two values that a source gave for one thing, or of words and code of a flag that disagree, one is left by now. The
 * document can't show both, so nobody may take that one for plain fact.
 */
function saysLess({ cautions, code, ...entry }: ObservedStatement): boolean {
  const all: readonly Observed[] = [entry, ...entry.parts];
  const unclear = !all.some(({ absent, value: words }) => absent !== undefined && words !== undefined);
  const agreed = ![code, ...all.map(({ valueCode }) => valueCode)].some((concept) => concept?.disagrees);
  return (cautions.includes('source-unclear') && unclear) || (cautions.includes('text-differs') && agreed);
}

function value(observed: Observed, parts: readonly ObservedPart[]): Json {
  return {
    ...statedValue(observed, parts),
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

function statedValue(
  { value: words, quantity: amount, valueCode, valueDate }: Observed,
  parts: readonly ObservedPart[],
): Json {
  if (amount) return { valueQuantity: quantity(amount) };
  if (valueCode) return { valueCodeableConcept: concept(valueCode) };
  if (valueDate) return { valueDateTime: valueDate };
  return part('valueString', isMadeOf(parts, words) ? undefined : words);
}

/**
 * "142/94 mmHg" is made of its two parts when it is read; written once more it would be a statement of its own. "6/9
 * unaided" is one, whatever parts it has.
 */
function isMadeOf(parts: readonly ObservedPart[], words: string | undefined): boolean {
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
    ...stated('status', entry.statusAsRecorded),
    ...part('category', disciplineOf(entry)),
    code: subjectMatter(entry),
    subject: names.subject,
    ...whenObserved(entry),
    ...part('issued', entry.issued),
    ...specimen(entry),
    performer: [person(entry) ?? UNKNOWN],
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
    ...part('identifier', identifiers(entry.businessId)),
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
