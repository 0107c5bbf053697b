import type { Chart } from '../chart.ts';
import { concept, ukCore, words, type Reference } from './codes.ts';

export type VaccineSpec = {
  /** The vaccine, as recorded. */
  readonly what: string;
  readonly day: string;
  /** The procedure: `code|display` of SNOMED CT, where certain. */
  readonly procedure?: string;
  readonly by?: string;
  readonly dose?: number;
  readonly against?: string;
  readonly lot?: string;
  readonly site?: string;
  readonly notDone?: string;
};

/** A vaccination given, or recorded as not given with the reason (UKCore-Immunization). */
export function vaccine(chart: Chart, spec: VaccineSpec): Reference {
  return chart.add(
    'Immunization',
    spec.day,
    {
      ...(spec.procedure && {
        extension: [
          { url: ukCore('Extension-UKCore-VaccinationProcedure'), valueCodeableConcept: concept(spec.procedure) },
        ],
      }),
      status: spec.notDone ? 'not-done' : 'completed',
      ...(spec.notDone && { statusReason: words(spec.notDone) }),
      vaccineCode: words(spec.what),
      patient: chart.patient,
      occurrenceDateTime: spec.day,
      primarySource: true,
      ...(spec.lot && { lotNumber: spec.lot }),
      ...(spec.site && { site: words(spec.site) }),
      ...(spec.by && { performer: [{ actor: chart.staff(spec.by) }] }),
      ...(spec.dose && {
        protocolApplied: [
          { ...(spec.against && { targetDisease: [words(spec.against)] }), doseNumberPositiveInt: spec.dose },
        ],
      }),
    },
    { profile: 'UKCore-Immunization' },
  );
}
