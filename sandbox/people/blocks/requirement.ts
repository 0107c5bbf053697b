import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { hl7, words, type Concept } from './codes.ts';

/** The national flag for reasonable adjustments (NHS England Patient Flags), as a practice that takes part keeps a copy. */
const FLAG: Concept = {
  coding: [
    {
      system: 'https://fhir.nhs.uk/England/CodeSystem/RA-Flag',
      code: 'NRAF',
      display: 'National Reasonable Adjustments Flag',
    },
  ],
};

export type RequirementsSpec = {
  readonly day: string;
  readonly by: string;
  readonly adjustments: readonly string[];
  readonly impairments: readonly string[];
};

/** The flag, each adjustment, each impairment, and her consent that they are shared. */
export function requirements(chart: Chart, spec: RequirementsSpec): void {
  const flag = (code: Concept): void => {
    chart.add(
      'Flag',
      spec.day,
      {
        status: 'active',
        category: [FLAG],
        code,
        subject: chart.patient,
        period: { start: spec.day },
        author: chart.staff(spec.by),
      },
      { profile: 'UKCore-Flag' },
    );
  };
  flag(FLAG);
  for (const adjustment of spec.adjustments) flag(words(adjustment));
  for (const impairment of spec.impairments) {
    chart.add('Condition', spec.day, {
      clinicalStatus: hl7('condition-clinical', 'active'),
      category: [words('Impairment')],
      code: words(impairment),
      subject: chart.patient,
      recordedDate: spec.day,
      recorder: chart.staff(spec.by),
    });
  }
  chart.add('Consent', spec.day, {
    status: 'active',
    scope: hl7('consentscope', 'patient-privacy', 'Privacy Consent'),
    category: [FLAG],
    patient: chart.patient,
    dateTime: at(spec.day, '10:30'),
    performer: [chart.patient],
    policyRule: words('Consent to share the reasonable adjustments flag'),
    provision: { type: 'permit' },
  });
}
