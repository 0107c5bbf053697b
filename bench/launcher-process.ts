import { startLauncher } from '../launcher/main.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { HOME, REPLAYED_COMMUNITY, withReplayedSources } from './replayed-community.ts';

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

const sandbox = await openSandbox({
  port: 'free',
  community: REPLAYED_COMMUNITY,
  startLauncher: async ({ port, communityText }) =>
    startLauncher({
      communityText: withReplayedSources(communityText, bases, deadlineMs),
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
