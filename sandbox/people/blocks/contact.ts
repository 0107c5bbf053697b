import type { Chart } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import { words, type Reference } from './codes.ts';

export type RelativeSpec = {
  readonly relationship: readonly string[];
  readonly prefix?: string;
  readonly given: string;
  readonly family: string;
  readonly phone?: string;
  readonly on: string;
  readonly address?: string;
};

/** A family member, carer or friend (UKCore-RelatedPerson). */
export function relative(chart: Chart, spec: RelativeSpec): Reference {
  const ref = chart.add(
    'RelatedPerson',
    spec.on,
    {
      active: true,
      patient: chart.patient,
      relationship: spec.relationship.map(words),
      name: [{ use: 'usual', family: spec.family, given: [spec.given], ...(spec.prefix && { prefix: [spec.prefix] }) }],
      ...(spec.phone && { telecom: [{ system: 'phone', value: spec.phone, use: 'mobile' }] }),
      ...(spec.address && { address: [{ use: 'home', text: spec.address }] }),
      period: { start: spec.on },
    },
    { profile: 'UKCore-RelatedPerson' },
  );
  return { ...ref, display: `${spec.given} ${spec.family}` };
}

/** Who is involved: the first with the key worker's role (UKCore-CareTeam). */
export function careTeam(
  chart: Chart,
  spec: {
    readonly name: string;
    readonly on: string;
    readonly keyWorker?: string;
    readonly members: readonly { readonly key: string; readonly role: string }[];
  },
): Reference {
  return chart.add(
    'CareTeam',
    spec.on,
    {
      status: 'active',
      name: spec.name,
      subject: chart.patient,
      period: { start: spec.on },
      participant: [
        ...(spec.keyWorker
          ? [{ role: [words('Key worker')], member: chart.staff(spec.keyWorker), period: { start: spec.on } }]
          : []),
        ...spec.members.map(({ key, role }) => ({
          role: [words(role)],
          member: chart.staff(key),
          period: { start: spec.on },
        })),
      ],
      managingOrganization: [chart.organisation],
      telecom: [{ system: 'phone', value: memberOf(chart.ods).phone, use: 'work' }],
    },
    { profile: 'UKCore-CareTeam' },
  );
}
