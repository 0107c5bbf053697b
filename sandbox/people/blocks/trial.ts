import type { Chart } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import type { Reference } from './codes.ts';

export type TrialSpec = {
  readonly title: string;
  /** Invented: no public register has given it to anybody. */
  readonly number: string;
  readonly start: string;
  readonly end?: string;
  readonly lead: string;
  readonly office: string;
};

/** A trial she takes part in, with whom to call (base R4 ResearchSubject and ResearchStudy). */
export function trial(chart: Chart, spec: TrialSpec): Reference {
  const study = chart.add('ResearchStudy', spec.start, {
    identifier: [{ system: 'https://trials.ousebridge.example/number', value: spec.number }],
    title: spec.title,
    status: 'active',
    principalInvestigator: chart.staff(spec.lead),
    contact: [{ name: spec.office, telecom: [{ system: 'phone', value: memberOf(chart.ods).phone, use: 'work' }] }],
  });
  return chart.add('ResearchSubject', spec.end ?? spec.start, {
    status: spec.end ? 'off-study' : 'on-study',
    period: { start: spec.start, ...(spec.end && { end: spec.end }) },
    study: { ...study, display: spec.title },
    individual: chart.patient,
  });
}
