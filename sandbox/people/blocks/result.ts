import { at } from '../calendar.ts';
import type { Chart, Marks } from '../chart.ts';
import { ANALYTES, PANELS, type Analyte, type AnalyteKey, type PanelName } from './analyte-catalogue.ts';
import { coded, hl7, quantity, SYSTEM, type Coding, type Concept, type Reference } from './codes.ts';

/** Which code system a copy of the result is filed under: the laboratory and the practice rarely agree. */
export type Dialect = 'snomed' | 'loinc' | 'both';

export type LabSpec = {
  readonly panel: PanelName;
  /** When the sample was taken. */
  readonly day: string;
  readonly time?: string;
  /** The laboratory's number of the request: the same on every copy, which is how copies are told from repeats. */
  readonly accession: string;
  readonly values: { readonly [key in AnalyteKey]?: number };
  readonly comment?: string;
  readonly status?: 'final' | 'preliminary' | 'amended';
  /** Analytes without a value, and why. */
  readonly failed?: { readonly [key in AnalyteKey]?: string };
} & Pick<Marks, 'security'>;

/** A laboratory report and its results as one organisation holds them (UKCore-DiagnosticReport-Lab, -Observation-Lab). */
export function labReport(chart: Chart, spec: LabSpec, dialect: Dialect, performer?: Reference): Reference {
  const keys: readonly AnalyteKey[] = PANELS[spec.panel];
  const security = spec.security && { security: spec.security };
  const results = keys
    .filter((key) => spec.values[key] !== undefined || spec.failed?.[key])
    .map((key) => result(chart, spec, key, dialect, performer));
  return chart.add(
    'DiagnosticReport',
    spec.day,
    {
      identifier: [accession(spec)],
      status: spec.status ?? 'final',
      category: [hl7('v2-0074', 'LAB', 'Laboratory')],
      code: { text: spec.panel },
      subject: chart.patient,
      effectiveDateTime: at(spec.day, spec.time ?? '09:20'),
      issued: at(spec.day, '16:40'),
      ...(performer && { performer: [performer] }),
      result: results,
      ...(spec.comment && { conclusion: spec.comment }),
    },
    { profile: 'UKCore-DiagnosticReport-Lab', ...security },
  );
}

function result(
  chart: Chart,
  spec: LabSpec,
  key: AnalyteKey,
  dialect: Dialect,
  performer: Reference | undefined,
): Reference {
  const analyte: Analyte = ANALYTES[key];
  const value = spec.values[key];
  return chart.add(
    'Observation',
    spec.day,
    {
      identifier: [{ system: accession(spec).system, value: `${spec.accession}-${key}` }],
      status: spec.status ?? 'final',
      category: [hl7('observation-category', 'laboratory', 'Laboratory')],
      code: codeOf(analyte, dialect),
      subject: chart.patient,
      effectiveDateTime: at(spec.day, spec.time ?? '09:20'),
      issued: at(spec.day, '16:40'),
      ...(performer && { performer: [performer] }),
      ...(value === undefined ? absent() : measured(analyte, value)),
      ...(spec.failed?.[key] && { note: [{ text: spec.failed[key] }] }),
      ...range(analyte),
    },
    { profile: 'UKCore-Observation-Lab', ...(spec.security && { security: spec.security }) },
  );
}

function accession(spec: LabSpec): { readonly system: string; readonly value: string } {
  return { system: 'https://pathology.xb101.example/accession', value: spec.accession };
}

function absent(): object {
  return { dataAbsentReason: hl7('data-absent-reason', 'not-performed', 'Not Performed') };
}

function measured(analyte: Analyte, value: number): object {
  if (analyte.ceiling !== undefined && value > analyte.ceiling) {
    return { valueQuantity: { ...quantity(analyte.ceiling, analyte.unit, analyte.ucum), comparator: '>' } };
  }
  const flag = interpretation(analyte, value);
  return {
    valueQuantity: quantity(Number(value.toFixed(analyte.decimals)), analyte.unit, analyte.ucum),
    ...(flag && { interpretation: [flag] }),
  };
}

function interpretation(analyte: Analyte, value: number): Concept | undefined {
  if (analyte.high !== undefined && value > analyte.high) return hl7('v3-ObservationInterpretation', 'H', 'High');
  if (analyte.low !== undefined && value < analyte.low) return hl7('v3-ObservationInterpretation', 'L', 'Low');
  return undefined;
}

function range(analyte: Analyte): object {
  if (analyte.low === undefined && analyte.high === undefined) return {};
  return {
    referenceRange: [
      {
        ...(analyte.low !== undefined && { low: quantity(analyte.low, analyte.unit, analyte.ucum) }),
        ...(analyte.high !== undefined && { high: quantity(analyte.high, analyte.unit, analyte.ucum) }),
      },
    ],
  };
}

/** A copy without a code in its own system keeps the laboratory's, as messages between them do. */
function codeOf(analyte: Analyte, dialect: Dialect): Concept {
  const codings: readonly Coding[] = [
    ...(analyte.snomed && (dialect !== 'loinc' || !analyte.loinc)
      ? (coded(SYSTEM.snomed, analyte.snomed, analyte.name).coding ?? [])
      : []),
    ...(analyte.loinc && (dialect !== 'snomed' || !analyte.snomed)
      ? [{ system: SYSTEM.loinc, code: analyte.loinc }]
      : []),
  ];
  return { ...(codings.length > 0 && { coding: codings }), text: analyte.name };
}
