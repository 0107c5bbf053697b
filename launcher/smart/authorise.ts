import { randomBytes, randomUUID } from 'node:crypto';
import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi';
import type { OdsCode } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import { callbackAddress, type SmartDeps } from './deps.ts';
import { withCareScopes } from './care-at-home.ts';
import type { Discovery } from './discover.ts';
import { readIss } from './iss.ts';
import { handleOf, hashOf, type Transaction } from './transaction.ts';

/** What the launch page does: keep `binding` in this window, then go to `address`; by a form where `post` says so. */
export type StartedLaunch = {
  readonly ods: OdsCode;
  readonly handle: string;
  readonly binding: string;
  readonly address: string;
  readonly post: boolean;
};

/** From an EPR's link to the address of its authorisation server (smart.md 1.2–1.4). Throws only `CorridorError`. */
export function startLaunch(
  link: { readonly iss: unknown; readonly launch: unknown },
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<StartedLaunch> {
  return start(
    (found) => {
      const member = found(findMember(link.iss, deps));
      return { member, launch: checkLaunchToken(link.launch, deps.limits.tokenBytes) };
    },
    hint(link.iss),
    deps,
    signal,
  );
}

/**
 * A launch that no chart begins: the member stands in our own address, and its server asks its user for the patient
 * (smart.md 1.14). Only where the member's entry says so, and its server.
 */
export function startStandalone(ods: string, deps: SmartDeps, signal: AbortSignal): Promise<StartedLaunch> {
  return start(
    (found) => {
      const member = deps.community.member(ods as OdsCode) as LaunchMember | undefined;
      if (!member?.launch) throw new CorridorError('launch.iss_unknown', 'standalone');
      return { member: checkStandalone(found(member), deps) };
    },
    {},
    deps,
    signal,
  );
}

type Wanted = { readonly member: LaunchMember; readonly launch?: string };

async function start(
  read: (found: (member: LaunchMember) => LaunchMember) => Wanted,
  about: { readonly issHash?: string },
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<StartedLaunch> {
  const launchId = randomUUID();
  let member: LaunchMember | undefined;
  try {
    const wanted = read((found) => (member = found));
    const discovery = await deps.discover(wanted.member, signal);
    if (wanted.launch === undefined && discovery.standalone !== true)
      throw new CorridorError('launch.standalone', 'its server does not offer it');
    return await openTransaction(launchId, wanted, discovery, deps);
  } catch (cause) {
    const error = cause instanceof CorridorError ? cause : new CorridorError('server.fault', 'launch', { cause });
    await deps.audit.record({
      type: 'launch.refused',
      at: new Date(deps.now()).toISOString(),
      outcome: error.entry.status >= 500 ? 'failed' : 'refused',
      launchId,
      ...(member && { organisation: member.ods }),
      code: error.code,
      detail: { step: 'start', ...(error.detail !== undefined && { why: error.detail }), ...about },
    });
    throw error;
  }
}

function checkStandalone(member: LaunchMember, deps: SmartDeps): LaunchMember {
  const { plugin } = member.launch;
  if (deps.launchFace(plugin)?.standalone?.(member.plugins?.[plugin]) !== true)
    throw new CorridorError('launch.standalone', 'its entry does not allow it');
  return member;
}

/** Exact match against the community, before anything is fetched. */
export function findMember(raw: unknown, { community }: Pick<SmartDeps, 'community'>): LaunchMember {
  const read = readIss(raw);
  if (!read.ok) throw new CorridorError('launch.iss_invalid', read.reason);
  const member = community.memberByIss(read.iss);
  if (!member || (read.iss.startsWith('http:') && !member.launch.allowLoopbackHttp))
    throw new CorridorError('launch.iss_unknown');
  return member;
}

/** Opaque to us and passed on encoded; nothing that could break out of an address, a header or a page (row 15). */
function checkLaunchToken(raw: unknown, longest: number): string {
  if (
    typeof raw !== 'string' ||
    raw.length === 0 ||
    raw.length > longest ||
    !/^[\x21-\x7e]+$/.test(raw) ||
    /[<>"'\\`]/.test(raw)
  )
    throw new CorridorError('launch.token_invalid');
  return raw;
}

async function openTransaction(
  launchId: string,
  { member, launch }: Wanted,
  discovery: Discovery,
  deps: SmartDeps,
): Promise<StartedLaunch> {
  const face = withCareScopes(deps.launchFace(member.launch.plugin), member.launch.readsCare);
  if (!face) throw new CorridorError('server.fault', 'no launch plugin');
  // 256 bits each, all minted here: nothing a link brings is taken over (rows 19, 20).
  const state = generateRandomState();
  const binding = randomBytes(32).toString('base64url');
  const transaction: Transaction = {
    launchId,
    ods: member.ods,
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
    bindingHash: hashOf(binding),
    redirectUri: callbackAddress(deps.publicUrl, member.ods),
    scopes: scopesFor(launch, face.scopes(discovery.scopesSupported, member.plugins?.[member.launch.plugin])),
  };
  await saveAudited(launchId, member, state, transaction, deps);
  const address = await authoriseAddress(member, launch, state, transaction, discovery, deps);
  const { authorisePost } = face.manner?.(member.plugins?.[member.launch.plugin]) ?? {};
  const post = authorisePost ?? (discovery.authorisePost === true || address.length > LONGEST_ADDRESS);
  return { ods: member.ods, handle: handleOf(state), binding, address, post };
}

/** SMART 2.2 §Scopes: without a chart that launches, the server is asked for its patient picker instead. */
function scopesFor(launch: string | undefined, scopes: readonly string[]): readonly string[] {
  return launch === undefined ? scopes.map((scope) => (scope === 'launch' ? 'launch/patient' : scope)) : scopes;
}

/** Every OpenID server takes a form here (Core §3.1.2.1); longer addresses than this are cut by some proxies. */
const LONGEST_ADDRESS = 1_900;

/** The launch and the event that it has begun, in one commit: nothing leaves before both are durable. */
async function saveAudited(
  launchId: string,
  member: LaunchMember,
  state: string,
  transaction: Transaction,
  deps: SmartDeps,
): Promise<void> {
  const createdAtMs = deps.now();
  const createdAt = new Date(createdAtMs).toISOString();
  let audited: Promise<void> | undefined;
  const begun = {
    type: 'launch.started',
    at: createdAt,
    outcome: 'success',
    launchId,
    organisation: member.ods,
  } as const;
  const saved = await deps.transactions.save(
    {
      stateHash: hashOf(state),
      organisation: member.ods,
      sealed: deps.sealing.seal('launch', transaction),
      createdAt,
      expiresAt: new Date(createdAtMs + deps.limits.ttlMs).toISOString(),
    },
    deps.limits.outstandingPerOrganisation,
    () => {
      audited ??= deps.audit.record(begun);
      // Looked at below; until then nobody's.
      audited.catch(() => undefined);
    },
  );
  if (!saved) throw new CorridorError('launch.too_many');
  await (audited ?? deps.audit.record(begun));
}

async function authoriseAddress(
  member: LaunchMember,
  launch: string | undefined,
  state: string,
  transaction: Transaction,
  { server }: Discovery,
  deps: Pick<SmartDeps, 'launchFace'>,
): Promise<string> {
  const address = new URL(server.authorization_endpoint);
  const own = deps.launchFace(member.launch.plugin)?.authoriseParameters?.(member.plugins?.[member.launch.plugin]);
  const parameters = {
    response_type: 'code',
    client_id: member.launch.clientId,
    redirect_uri: transaction.redirectUri,
    scope: transaction.scopes.join(' '),
    state,
    aud: member.launch.iss,
    ...(launch !== undefined && { launch }),
    nonce: transaction.nonce,
    code_challenge: await calculatePKCECodeChallenge(transaction.verifier),
    code_challenge_method: 'S256',
  };
  // The EPR's own words first: none of them may stand in the place of one of the standard's.
  for (const [name, value] of Object.entries({ ...own, ...parameters })) address.searchParams.set(name, value);
  return address.href;
}

/** Enough to see that the same wrong address keeps coming; not the address. */
function hint(iss: unknown): { readonly issHash?: string } {
  return typeof iss === 'string' ? { issHash: hashOf(iss).slice(0, 12) } : {};
}
