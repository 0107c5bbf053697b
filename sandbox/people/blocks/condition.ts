import type { Chart, Marks } from '../chart.ts';
import { coded, concept, hl7, words, type Reference } from './codes.ts';

export type ConditionSpec = {
  /** `code|display` of SNOMED CT, or words. */
  readonly what: string;
  readonly onset?: string;
  readonly recorded?: string;
  readonly ended?: string;
  readonly by?: string;
  readonly note?: string;
  readonly encounter?: Reference;
  readonly severity?: 'mild' | 'moderate' | 'severe';
  /** A diagnosis made during one contact rather than an item of the problem list. */
  readonly kind?: 'problem' | 'diagnosis';
  readonly suspected?: true;
  /** The source's own words, when it writes them differently from the code. */
  readonly text?: string;
} & Pick<Marks, 'security'>;

const SEVERITY = {
  mild: ['255604002', 'Mild'],
  moderate: ['6736007', 'Moderate'],
  severe: ['24484000', 'Severe'],
} as const;

/** A problem or diagnosis (UKCore-Condition). */
export function condition(chart: Chart, spec: ConditionSpec): Reference {
  const recorded = spec.recorded ?? spec.onset ?? chart.calendar.ago(1, 'years');
  const filed = recorded.length === 10 ? recorded : `${recorded}-07-01`.slice(0, 10);
  const severity = spec.severity && SEVERITY[spec.severity];
  return chart.add(
    'Condition',
    spec.ended ?? filed,
    {
      clinicalStatus: hl7('condition-clinical', spec.ended ? 'resolved' : 'active'),
      verificationStatus: hl7('condition-ver-status', spec.suspected ? 'provisional' : 'confirmed'),
      category: [hl7('condition-category', spec.kind === 'diagnosis' ? 'encounter-diagnosis' : 'problem-list-item')],
      ...(severity && { severity: coded('http://snomed.info/sct', severity[0], severity[1]) }),
      code: spec.text ? { ...concept(spec.what), text: spec.text } : concept(spec.what),
      subject: chart.patient,
      ...(spec.encounter && { encounter: spec.encounter }),
      ...(spec.onset && { onsetDateTime: spec.onset }),
      ...(spec.ended && { abatementDateTime: spec.ended }),
      recordedDate: recorded,
      ...(spec.by && { recorder: chart.staff(spec.by) }),
      ...(spec.note && { note: [{ text: spec.note }] }),
    },
    { profile: 'UKCore-Condition', ...(spec.security && { security: spec.security }) },
  );
}

/** Why a council supports somebody: the primary support reason of adult social care, in its words. */
export function supportReason(chart: Chart, reason: string, start: string, by: string): Reference {
  return chart.add('Condition', start, {
    clinicalStatus: hl7('condition-clinical', 'active'),
    category: [words('Primary support reason')],
    code: words(reason),
    subject: chart.patient,
    onsetDateTime: start,
    recordedDate: start,
    recorder: chart.staff(by),
  });
}
