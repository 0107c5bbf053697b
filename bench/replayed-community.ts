import { parse, stringify } from 'yaml';
import type { SandboxCommunity } from '../sandbox/community.ts';
import { SYNTHETIC_PATIENT, syntheticPatient } from './synthetic-record.ts';

/** The home organisation that a benchmark's launches come from. */
export const HOME = 'XB001';

/** A home EPR with two clinicians and one resident, whose record elsewhere is replayed (`replay-source.ts`). */
export const REPLAYED_COMMUNITY: SandboxCommunity = {
  name: 'Benchmark',
  organisations: [
    {
      ods: HOME,
      name: 'Home Surgery',
      kind: 'gp',
      epr: 'full',
      users: [
        {
          practitionerId: 'dr-1',
          name: 'Dr B Mark',
          roleCode: 'R0260',
          roleName: 'General practitioner',
          sdsUserId: '555000000001',
        },
        {
          practitionerId: 'dr-2',
          name: 'Dr S Cale',
          roleCode: 'R0260',
          roleName: 'General practitioner',
          sdsUserId: '555000000002',
        },
      ],
    },
  ],
  residents: [
    {
      story: 'bench',
      shows: 'size',
      name: 'BENCHMARK, Berta',
      nhsNumber: SYNTHETIC_PATIENT.nhsNumber,
      patientIds: { [HOME]: 'p1' },
    },
  ],
  resources: new Map([[HOME, [syntheticPatient()]]]),
};

/** The sandbox's community file with one member more for each of these FHIR base addresses. */
export function withReplayedSources(text: string, bases: readonly string[], deadlineMs: number): string {
  const file = parse(text) as { organisations: unknown[] };
  for (const [index, base] of bases.entries()) {
    file.organisations.push({
      ods: `XR${String(index).padStart(3, '0')}`,
      name: `Replayed organisation ${index}`,
      kind: 'acute',
      sources: [
        {
          id: `replayed-${index}`,
          plugin: 'fhir-r4',
          base,
          authorisation: { profile: 'none', allowLoopbackHttp: true },
          deadlineMs,
        },
      ],
    });
  }
  return stringify(file);
}
