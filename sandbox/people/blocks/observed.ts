import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { concept, hl7, quantity, type Reference } from './codes.ts';

export type ObservedSpec = {
  readonly what: string;
  readonly day: string;
  readonly time?: string;
  readonly category?: 'survey' | 'social-history' | 'exam' | 'imaging' | 'procedure';
  /** `code|display`, words, or a number with its unit. Left out where the code says it all ("Lives alone"). */
  readonly value?: string | readonly [value: number, unit: string, ucum: string];
  readonly by?: string;
  readonly encounter?: Reference;
  readonly note?: string;
};

/** A finding that is neither a laboratory result nor a vital sign: smoking, alcohol, a score, an ejection fraction. */
export function observed(chart: Chart, spec: ObservedSpec): Reference {
  return chart.add(
    'Observation',
    spec.day,
    {
      status: 'final',
      category: [hl7('observation-category', spec.category ?? 'survey')],
      code: concept(spec.what),
      subject: chart.patient,
      ...(spec.encounter && { encounter: spec.encounter }),
      effectiveDateTime: spec.time ? at(spec.day, spec.time) : spec.day,
      ...(spec.by && { performer: [chart.staff(spec.by)] }),
      ...valueOf(spec.value),
      ...(spec.note && { note: [{ text: spec.note }] }),
    },
    { profile: 'UKCore-Observation' },
  );
}

function valueOf(value: ObservedSpec['value']): object {
  if (value === undefined) return {};
  if (typeof value === 'string') return { valueCodeableConcept: concept(value) };
  return { valueQuantity: quantity(value[0], value[1], value[2]) };
}
