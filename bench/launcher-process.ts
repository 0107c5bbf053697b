import { parse, stringify } from 'yaml';
import { startLauncher } from '../launcher/main.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { SYNTHETIC_PATIENT, syntheticPatient } from './synthetic-record.ts';

/**
 * A process of its own with the launcher, a home EPR to launch from, and any number of replayed sources as members.
 * Arguments: one JSON object. First line printed: `{ launcher, press }`: its address, and where the chart's “Shared record” button posts to.
 */
type Options = {
  /** FHIR base addresses of the members. */
  readonly bases: readonly string[];
  readonly deadlineMs?: number;
  readonly launches?: number;
};

const { bases, deadlineMs = 30_000 } = JSON.parse(process.argv[2] ?? '{}') as Options;
const HOME = 'XB001';

const sandbox = await openSandbox({
  port: 'free',
  community: {
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
  },
  startLauncher: async ({ port, communityText }) =>
    startLauncher({
      communityText: withReplayedSources(communityText),
      logTo: { write: () => undefined },
      settings: {
        'storage.url': 'sqlite::memory:',
        'server.port': port,
        'log.level': 'error',
        'server.requestsPerMinute': 100_000,
        'server.shutdownMs': 500,
      },
    }),
});

// What the chart's own button asks; each answer is one launch link.
const press = `${sandbox.epr(HOME).origin}/u/0/patients/p1/launch`;
console.log(JSON.stringify({ launcher: sandbox.launcherUrl, press }));
process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));

function withReplayedSources(text: string): string {
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
