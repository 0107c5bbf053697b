import type { Chart, Marks } from '../chart.ts';
import { concept, words, type Reference } from './codes.ts';

export type AlertSpec = {
  readonly what: string;
  /** Kind of alert, e.g. "Risk to patient", "Risk to staff", "Reasonable adjustment", "Safeguarding". */
  readonly category: string;
  readonly start: string;
  readonly end?: string;
  readonly by?: string;
} & Pick<Marks, 'security'>;

/** Something everyone who meets the person must know (UKCore-Flag). */
export function alert(chart: Chart, spec: AlertSpec): Reference {
  return chart.add(
    'Flag',
    spec.end ?? spec.start,
    {
      status: spec.end ? 'inactive' : 'active',
      category: [words(spec.category)],
      code: concept(spec.what),
      subject: chart.patient,
      period: { start: spec.start, ...(spec.end && { end: spec.end }) },
      author: spec.by ? chart.staff(spec.by) : chart.organisation,
    },
    { profile: 'UKCore-Flag', ...(spec.security && { security: spec.security }) },
  );
}
