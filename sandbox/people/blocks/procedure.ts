import { at } from '../calendar.ts';
import type { Chart, Marks } from '../chart.ts';
import { concept, hl7, words, type Reference } from './codes.ts';

/** An operation or intervention (UKCore-Procedure). */
export function procedure(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly day: string;
    readonly by?: string;
    readonly reason?: string;
    readonly note?: string;
    readonly encounter?: Reference;
    /** Why it was not done. */
    readonly notDone?: string;
  } & Pick<Marks, 'security'>,
): Reference {
  return chart.add(
    'Procedure',
    spec.day,
    {
      status: spec.notDone ? 'not-done' : 'completed',
      ...(spec.notDone && { statusReason: words(spec.notDone) }),
      code: concept(spec.what),
      subject: chart.patient,
      ...(spec.encounter && { encounter: spec.encounter }),
      performedDateTime: spec.day,
      ...(spec.by && { performer: [{ actor: chart.staff(spec.by) }] }),
      ...(spec.reason && { reasonCode: [concept(spec.reason)] }),
      ...(spec.note && { note: [{ text: spec.note }] }),
    },
    { profile: 'UKCore-Procedure', ...(spec.security && { security: spec.security }) },
  );
}

/** A report that is words rather than numbers: imaging, echocardiography, endoscopy, spirometry. */
export function report(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly day: string;
    readonly by: string;
    readonly conclusion: string;
    readonly category?: 'RAD' | 'CUS' | 'PF' | 'GE';
    readonly number?: string;
    readonly result?: readonly Reference[];
    readonly status?: 'final' | 'preliminary';
  },
): Reference {
  const category = spec.category ?? 'RAD';
  return chart.add(
    'DiagnosticReport',
    spec.day,
    {
      ...(spec.number && { identifier: [{ system: 'https://imaging.xb101.example/accession', value: spec.number }] }),
      status: spec.status ?? 'final',
      category: [hl7('v2-0074', category, CATEGORIES[category])],
      code: concept(spec.what),
      subject: chart.patient,
      effectiveDateTime: at(spec.day, '11:40'),
      issued: at(spec.day, '15:10'),
      performer: [chart.staff(spec.by)],
      ...(spec.result && { result: spec.result }),
      conclusion: spec.conclusion,
    },
    { profile: 'UKCore-DiagnosticReport' },
  );
}

const CATEGORIES = { RAD: 'Radiology', CUS: 'Cardiac Ultrasound', PF: 'Pulmonary function', GE: 'Genetics' } as const;
