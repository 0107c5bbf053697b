import type { Chart, Marks } from '../chart.ts';
import { concept, words, type Reference } from './codes.ts';

/** A risk that was assessed: of what, how likely, why, and what is done about it (base RiskAssessment). */
export function riskAssessment(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly day: string;
    readonly by: string;
    readonly outcome: string;
    readonly likelihood: string;
    readonly why?: string;
    readonly mitigation: string;
  } & Pick<Marks, 'security'>,
): Reference {
  return chart.add(
    'RiskAssessment',
    spec.day,
    {
      status: 'final',
      code: concept(spec.what),
      subject: chart.patient,
      occurrenceDateTime: spec.day,
      performer: chart.staff(spec.by),
      ...(spec.why && { reasonCode: [words(spec.why)] }),
      prediction: [{ outcome: words(spec.outcome), qualitativeRisk: words(spec.likelihood) }],
      mitigation: spec.mitigation,
    },
    { ...(spec.security && { security: spec.security }) },
  );
}
