import type { Community, LaunchMember, LaunchSettings } from '../../launcher/trust/community.ts';
import { readConfig, type ConfigValues } from '../../launcher/config.ts';
import { readHomePatient } from '../../launcher/identity/home-patient.ts';
import { createSealing } from '../../launcher/session/seal.ts';
import { startLaunch, type StartedLaunch } from '../../launcher/smart/authorise.ts';
import type { SmartDeps } from '../../launcher/smart/deps.ts';
import { createDiscover } from '../../launcher/smart/discover.ts';
import { finishLaunch, type CallbackAnswer } from '../../launcher/smart/finish.ts';
import type { FinishedLaunch } from '../../launcher/smart/finished-launch.ts';
import { createOutbound } from '../../launcher/smart/outbound.ts';
import { makeKeys, type LauncherKeys } from '../../launcher/trust/keys.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { smartLaunch } from '../../plugins/smart-launch/plugin.ts';
import { memoryAudit, memoryTransactions } from './memory-stores.ts';
import type { PretendEpr } from './pretend-epr.ts';

/** The launcher's side of a launch, without routes: the same functions `main.ts` puts together. */
export type LaunchWorld = {
  readonly deps: SmartDeps;
  readonly audit: ReturnType<typeof memoryAudit>;
  readonly transactions: ReturnType<typeof memoryTransactions>;
  readonly keys: LauncherKeys;
  clock: { now: number };
  readonly start: (link: { readonly iss: unknown; readonly launch: unknown }) => Promise<StartedLaunch>;
  readonly finish: (answer: CallbackAnswer) => Promise<FinishedLaunch>;
  readonly close: () => Promise<void>;
};

let keys: Promise<LauncherKeys> | undefined;

export async function openLaunchWorld(community: Community, settings: ConfigValues = {}): Promise<LaunchWorld> {
  keys ??= makeKeys();
  const made = await keys;
  const { outbound, close } = createOutbound();
  const limits = readConfig({}, settings).launch;
  const clock = { now: Date.now() };
  const [audit, transactions] = [memoryAudit(), memoryTransactions()];
  const deps: SmartDeps = {
    community,
    publicUrl: 'http://127.0.0.1:8400',
    limits,
    transactions,
    sealing: createSealing(undefined),
    audit,
    outbound,
    discover: createDiscover({ outbound, limits, now: () => clock.now }),
    launchFace: (plugin) => (plugin === 'smart-launch' ? smartLaunch.launch : undefined),
    signingKey: (supported) => made.signingKey(supported),
    readHomePatient: (resource) => readHomePatient(resource, clock.now),
    now: () => clock.now,
  };
  const never = new AbortController().signal;
  return {
    deps,
    audit,
    transactions,
    keys: made,
    clock,
    start: (link) => startLaunch(link, deps, never),
    finish: (answer) => finishLaunch(answer, deps, never),
    close,
  };
}

/** A community of one member per EPR, all of one `dialect`. `changes` go into the first member's launch settings after parsing. */
export function communityOf(
  eprs: readonly { readonly ods: string; readonly iss: string; readonly issuer: string; readonly origin: string }[],
  changes: Partial<LaunchSettings> = {},
  dialect: object = {},
): Community {
  const organisations = eprs.map(
    ({ ods, iss, issuer, origin }) => `
  - ods: ${ods}
    name: Member ${ods}
    kind: gp
    launch:
      plugin: smart-launch
      iss: ${iss}
      issuers: [${issuer}]
      clientId: corridor
      clientAuthentication: private_key_jwt
      allowedOrigins: [${origin}]
      frameAncestors: [${origin}]
      allowLoopbackHttp: true
      roles: { R8000: clinician, R0260: gp }
    plugins: { smart-launch: ${JSON.stringify(dialect)} }`,
  );
  const parsed = parseCommunity(
    `corridor: 1
name: Test
environment: test
pathways: [{ id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }]
roles:
  - { id: clinician, name: Clinician, sections: all, clearance: R }
  - { id: gp, name: GP, sections: all, clearance: N }
organisations:${organisations.join('')}
`,
    [smartLaunch],
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return withChanges(parsed.community, changes);
}

function withChanges(community: Community, changes: Partial<LaunchSettings>): Community {
  const [first, ...rest] = community.members;
  if (!first?.launch) return community;
  const changed = { ...first, launch: { ...first.launch, ...changes } } as LaunchMember;
  return {
    ...community,
    members: [changed, ...rest],
    member: (ods: OdsCode) => (ods === first.ods ? changed : community.member(ods)),
    memberByIss: (iss) => (community.memberByIss(iss)?.ods === first.ods ? changed : community.memberByIss(iss)),
  };
}

/** From the click to the moment before the callback: what an EPR's sign-in would send back, and its nonce put in place. */
export async function launchAt(
  world: LaunchWorld,
  epr: PretendEpr,
  ods = 'XB001',
): Promise<CallbackAnswer & { readonly code: string }> {
  const started = await world.start({ iss: epr.iss, launch: 'opaque' });
  const parameters = new URL(started.address).searchParams;
  if (!('nonce' in epr.claims)) epr.claims['nonce'] = parameters.get('nonce');
  return { ods, state: parameters.get('state') ?? '', code: 'code-1', binding: started.binding };
}
