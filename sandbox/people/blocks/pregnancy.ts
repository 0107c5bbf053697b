import type { Chart } from '../chart.ts';
import { coded, snomed, SYSTEM, words } from './codes.ts';

/** That she is pregnant, on the day it was found and with the date the scan gave (IPS pregnancy status and EDD). */
export function pregnancy(
  chart: Chart,
  spec: { readonly found: string; readonly due: string; readonly dated: string; readonly by: string },
): void {
  const observe = (day: string, body: { readonly [element: string]: unknown }): void => {
    chart.add(
      'Observation',
      day,
      {
        status: 'final',
        subject: chart.patient,
        effectiveDateTime: day,
        performer: [chart.staff(spec.by)],
        ...body,
      },
      { profile: 'UKCore-Observation' },
    );
  };
  observe(spec.found, {
    code: coded(SYSTEM.loinc, '82810-3', 'Pregnancy status'),
    valueCodeableConcept: snomed('77386006', 'Pregnant'),
  });
  observe(spec.dated, {
    code: coded(SYSTEM.loinc, '11778-8', 'Estimated date of delivery'),
    valueDateTime: spec.due,
  });
}

/** Maternity care as an episode of its own. */
export function maternity(
  chart: Chart,
  spec: { readonly start: string; readonly end?: string; readonly by: string },
): void {
  chart.add('EpisodeOfCare', spec.end ?? spec.start, {
    status: spec.end ? 'finished' : 'active',
    type: [words('Maternity care')],
    patient: chart.patient,
    managingOrganization: chart.organisation,
    period: { start: spec.start, ...(spec.end && { end: spec.end }) },
    careManager: chart.staff(spec.by),
  });
}
