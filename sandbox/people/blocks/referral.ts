import type { Chart, Marks } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import { concept, hl7, SYSTEM, words, type Reference } from './codes.ts';

export type ReferralSpec = {
  /** What is asked for, e.g. "Referral to cardiology". */
  readonly what: string;
  readonly kind: string;
  readonly day: string;
  readonly by: string;
  /** Whom it is addressed to, as the referrer writes it. */
  readonly to: string;
  /** The ODS codes of who sent it and who is to see the person, where a system writes them. */
  readonly codes?: { readonly from: string; readonly to: string };
  readonly specialty?: string;
  readonly reason?: readonly string[];
  readonly priority?: 'routine' | 'urgent';
  readonly status?: 'draft' | 'active' | 'on-hold' | 'revoked' | 'completed';
  /** The booking reference on every copy of it. */
  readonly number?: string;
  /** It must not be made. */
  readonly never?: true;
  readonly note?: string;
} & Pick<Marks, 'security'>;

/** A referral as who sent it holds it, or who received it (UKCore-ServiceRequest). */
export function referral(chart: Chart, spec: ReferralSpec): Reference {
  return chart.add(
    'ServiceRequest',
    spec.day,
    {
      ...(spec.number && { identifier: [{ system: 'https://fhir.nhs.uk/Id/UBRN', value: spec.number }] }),
      status: spec.status ?? 'active',
      intent: 'order',
      category: [words(spec.kind)],
      priority: spec.priority ?? 'routine',
      ...(spec.never && { doNotPerform: true }),
      code: words(spec.what),
      subject: chart.patient,
      authoredOn: spec.day,
      requester: spec.codes ? organisation(spec.codes.from) : chart.staff(spec.by),
      ...(spec.specialty && { performerType: words(spec.specialty) }),
      performer: [spec.codes ? organisation(spec.codes.to) : { display: spec.to }],
      ...(spec.reason && { reasonCode: spec.reason.map(concept) }),
      ...(spec.note && { note: [{ text: spec.note }] }),
    },
    { profile: 'UKCore-ServiceRequest', ...(spec.security && { security: spec.security }) },
  );
}

/** By its code alone, as it travels between systems that do not hold each other's organisations. */
function organisation(ods: string): object {
  return { type: 'Organization', identifier: { system: SYSTEM.ods, value: ods }, display: memberOf(ods).name };
}

/** What became of a referral where it was received (UKCore-Task). */
export function referralProgress(
  chart: Chart,
  spec: {
    readonly of: Reference;
    readonly day: string;
    readonly by: string;
    readonly status: 'requested' | 'accepted' | 'rejected' | 'in-progress' | 'completed';
    readonly progress: string;
  },
): Reference {
  return chart.add(
    'Task',
    spec.day,
    {
      status: spec.status,
      businessStatus: words(spec.progress),
      intent: 'order',
      code: hl7('task-code', 'fulfill', 'Fulfill the focal request'),
      focus: spec.of,
      for: chart.patient,
      authoredOn: spec.day,
      owner: chart.staff(spec.by),
    },
    { profile: 'UKCore-Task' },
  );
}
