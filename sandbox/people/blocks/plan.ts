import type { Chart, Marks } from '../chart.ts';
import { words, type Reference } from './codes.ts';

export type PlanSpec = {
  readonly title: string;
  readonly kind: string;
  readonly description?: string;
  readonly start: string;
  readonly end?: string;
  readonly review?: string;
  readonly by?: string;
  readonly status?: 'active' | 'completed' | 'draft' | 'revoked';
  readonly activities: readonly (
    | string
    | { readonly what: string; readonly who?: string; readonly status?: 'in-progress' | 'scheduled' | 'completed' }
  )[];
  readonly goals?: readonly string[];
  readonly note?: string;
} & Pick<Marks, 'security'>;

/** A care plan with what is done and by whom (UKCore-CarePlan); goals are base FHIR Goals beside it. */
export function plan(chart: Chart, spec: PlanSpec): Reference {
  const goals = (spec.goals ?? []).map((text) =>
    chart.add('Goal', spec.start, {
      lifecycleStatus: 'active',
      description: words(text),
      subject: chart.patient,
      startDate: spec.start,
      ...(spec.by && { expressedBy: chart.staff(spec.by) }),
    }),
  );
  const notes = [spec.note, spec.review && `Review due ${spec.review}.`].filter(
    (text) => text !== undefined && text !== '',
  );
  return chart.add(
    'CarePlan',
    spec.start,
    {
      status: spec.status ?? 'active',
      intent: 'plan',
      category: [words(spec.kind)],
      title: spec.title,
      ...(spec.description && { description: spec.description }),
      subject: chart.patient,
      period: { start: spec.start, ...(spec.end && { end: spec.end }) },
      created: spec.start,
      ...(spec.by && { author: chart.staff(spec.by) }),
      ...(goals.length > 0 && { goal: goals }),
      activity: spec.activities.map((activity) => activityOf(chart, activity)),
      ...(notes.length > 0 && { note: notes.map((text) => ({ text })) }),
    },
    { profile: 'UKCore-CarePlan', ...(spec.security && { security: spec.security }) },
  );
}

function activityOf(chart: Chart, activity: PlanSpec['activities'][number]): object {
  if (typeof activity === 'string') return { detail: { status: 'in-progress', description: activity } };
  return {
    detail: {
      status: activity.status ?? 'in-progress',
      ...(activity.who && { performer: [chart.staff(activity.who)] }),
      description: activity.what,
    },
  };
}
