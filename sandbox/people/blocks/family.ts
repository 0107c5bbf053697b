import type { Chart } from '../chart.ts';
import { concept, hl7, quantity, type Reference } from './codes.ts';

export type FamilySpec = {
  readonly relative: 'mother' | 'father' | 'brother' | 'sister';
  readonly day: string;
  readonly by: string;
  readonly illnesses: readonly {
    readonly what: string;
    readonly age?: number;
    readonly causedDeath?: true;
  }[];
  readonly diedAged?: number;
};

/** v3 RoleCode, and the word the practice writes. */
const ROLES = {
  mother: ['MTH', 'Mother'],
  father: ['FTH', 'Father'],
  brother: ['BRO', 'Brother'],
  sister: ['SIS', 'Sister'],
} as const;

/** What a relative had, as it was told to the practice (base R4 FamilyMemberHistory). */
export function family(chart: Chart, spec: FamilySpec): Reference {
  const [role, name] = ROLES[spec.relative];
  return chart.add('FamilyMemberHistory', spec.day, {
    status: 'completed',
    patient: chart.patient,
    date: spec.day,
    relationship: { ...hl7('v3-RoleCode', role, spec.relative), text: name },
    ...(spec.diedAged !== undefined && { deceasedAge: quantity(spec.diedAged, 'years', 'a') }),
    condition: spec.illnesses.map(({ what, age, causedDeath }) => ({
      code: concept(what),
      ...(age !== undefined && { onsetAge: quantity(age, 'years', 'a') }),
      ...(causedDeath && { contributedToDeath: true }),
    })),
  });
}
