import type { LaunchFace } from '../../plugins/plugin.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { CorridorError, type ErrorCode } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';
import { exchangeCode, type Exchange } from './exchange.ts';
import { readCareAtHome, type CareAtHome } from './care-at-home.ts';
import { createFhirRead, createFhirSearch, type FhirRead } from './fhir-read.ts';
import { keepTokens } from './kept-launch.ts';
import { readHostLook } from './host-look.ts';
import { readHome, type HomeRead } from './home.ts';
import { contextOf, teamContextOf, type FinishedLaunch, type FinishedTeamLaunch } from './finished-launch.ts';
import type { LaunchDraft } from './launch-context.ts';
import { opensTeamList, readLaunchFacts, readTeamFacts, type CheckedFacts } from './launch-facts.ts';
import { auditSilence, checkedNationally } from './number-check.ts';
import { OutboundTrouble } from './outbound.ts';
import { beginTrace, type AwaitedTrace } from './traced-launch.ts';
import { hashOf, sameHash, type Transaction } from './transaction.ts';
import { readUser, type LaunchUser } from './user.ts';

/** What the callback page brings. All of it is untrusted. */
export type CallbackAnswer = {
  /** The organisation whose callback address was used. */
  readonly ods: string;
  readonly state: string;
  readonly code?: string;
  readonly error?: string;
  readonly iss?: string;
  /** What the launch page kept in this window. */
  readonly binding: string;
};

/** For an EPR whose patients all have numbers: a launch that would have to wait for a person to choose is refused. */
export async function finishLaunch(
  answer: CallbackAnswer,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<FinishedLaunch> {
  const finished = await finishOrTrace(answer, deps, signal);
  if ('ticket' in finished) throw new CorridorError('patient.no_nhs_number');
  if ('team' in finished) throw new CorridorError('launch.no_patient');
  return finished;
}

/**
 * From the authorisation server's answer to a proven launch (smart.md 1.5, 1.6). Throws only `CorridorError`. `opening`
 * keeps the view in the store while the audit is written, in one commit; nobody learns of it before both are durable.
 */
export async function finishOrTrace(
  answer: CallbackAnswer,
  deps: SmartDeps,
  signal: AbortSignal,
  opening: (finished: FinishedLaunch | FinishedTeamLaunch) => Promise<void> = () => Promise.resolve(),
): Promise<FinishedLaunch | FinishedTeamLaunch | AwaitedTrace> {
  let transaction: Transaction | undefined;
  try {
    transaction = await takeTransaction(answer, deps);
    const member = checkOrganisation(answer, transaction, deps);
    checkBinding(answer, transaction);
    const discovery = await deps.discover(member, signal);
    checkIssuer(
      answer,
      discovery.server.issuer,
      discovery.server.authorization_response_iss_parameter_supported === true,
    );
    const code = checkCode(answer);
    const callback = { state: answer.state, code, ...(answer.iss !== undefined && { iss: answer.iss }) };
    const exchange = await exchangeCode(callback, { member, discovery, transaction, deps, signal });
    const finished = await buildContext(transaction, member, exchange, deps, signal);
    if ('ticket' in finished) return finished;
    const proven = 'team' in finished ? finished.team : finished.context;
    const audited = audit('launch.finished', 'success', answer, deps, proven.launchId, {
      user: proven.user.key,
      role: proven.role,
      ...('context' in finished && { nhsNumber: finished.context.patient.nhsNumber }),
      // Which EPR said what of the user, and how: the audit keeps it with the launch.
      detail: { ...proven.evidence, ...('team' in finished && { opens: 'inbox' }) },
    });
    const keeping = keepTokens(transaction.launchId, exchange, member, discovery, deps);
    const whole = keeping ? { ...finished, kept: true as const } : finished;
    const silence = 'context' in finished ? auditSilence(finished.context, deps) : undefined;
    await Promise.all([audited, silence, opening(whole), keeping]);
    return whole;
  } catch (cause) {
    const error = asCorridorError(cause);
    const outcome = error.entry.status >= 500 ? 'failed' : 'refused';
    await audit('launch.refused', outcome, answer, deps, transaction?.launchId, {
      code: error.code,
      detail: { step: 'finish', ...(error.detail !== undefined && { why: error.detail }) },
    });
    throw error;
  }
}

/** Single use: it is gone from the store before it is looked at (rows 16, 17). */
async function takeTransaction({ state }: CallbackAnswer, deps: SmartDeps): Promise<Transaction> {
  const stored = await deps.transactions.take(hashOf(state), new Date(deps.now()).toISOString());
  if (!stored) throw new CorridorError('launch.state_invalid', 'unknown, used or run out');
  return deps.sealing.open('launch', stored.sealed) as Transaction;
}

/** One callback address per organisation: an answer at another one's is a mix-up (row 21). */
function checkOrganisation({ ods }: CallbackAnswer, transaction: Transaction, { community }: SmartDeps): LaunchMember {
  if (ods !== transaction.ods) throw new CorridorError('launch.mixup', 'callback address');
  const member = community.member(ods as OdsCode);
  if (!member?.launch) throw new CorridorError('launch.iss_unknown', 'no longer a member');
  return member as LaunchMember;
}

/** The answer must come back to the window that asked, or it may be somebody else's sign-in (row 19). */
function checkBinding({ binding }: CallbackAnswer, transaction: Transaction): void {
  if (!sameHash(binding, transaction.bindingHash)) throw new CorridorError('launch.binding_missing');
}

/** RFC 9207: required where it is advertised, compared wherever it comes (row 22). */
function checkIssuer({ iss }: CallbackAnswer, issuer: string, advertised: boolean): void {
  if (iss === undefined ? advertised : iss !== issuer) throw new CorridorError('launch.mixup', 'iss');
}

/** An error wins over a code (row 24). Its description is never read. */
function checkCode({ error, code }: CallbackAnswer): string {
  if (error !== undefined) throw new CorridorError('launch.denied', KNOWN_ERRORS.has(error) ? error : 'other');
  if (code === undefined || code === '') throw new CorridorError('launch.state_invalid', 'no code');
  return code;
}

const KNOWN_ERRORS = new Set([
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'consent_required',
  'interaction_required',
]);

async function buildContext(
  transaction: Transaction,
  member: LaunchMember,
  exchange: Exchange,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<FinishedLaunch | FinishedTeamLaunch | AwaitedTrace> {
  const face = deps.launchFace(member.launch.plugin);
  if (!face) throw new CorridorError('server.fault', 'no launch plugin');
  if (opensTeamList(face, exchange, member)) return buildTeam(face, transaction, member, exchange, deps, signal);
  const facts = readLaunchFacts(face, exchange, member);
  const answer = { token: exchange.answer, claims: exchange.claims };
  const looking = readHostLook(face, answer, member, deps, signal);
  const read = createFhirRead(member, exchange.accessToken, deps, signal);
  const user = await linked(await readUser(facts.fhirUser, exchange.claims, member, read), member, deps);
  const home = await readHome(facts.patientId, read, deps, member.ods);
  const care =
    member.launch.readsCare === true && (await careAtHome({ facts, home, exchange, read, member }, deps, signal));
  const { role, assurance, evidence, ...who } = user;
  const host = deps.pageHost?.(member, answer);
  const look = await looking;
  const draft: LaunchDraft = {
    launchId: transaction.launchId,
    home: { ods: member.ods, iss: member.launch.iss },
    user: who,
    role,
    homePatientId: home.id,
    needPatientBanner: facts.needPatientBanner,
    evidence,
    ...(assurance && { assurance }),
    ...(care || careSaid(facts, home)),
    ...(facts.intent !== undefined && { intent: facts.intent }),
    ...(host && { host }),
    ...(look && { look }),
  };
  await deps.follow?.(member, {
    launchId: draft.launchId,
    answer,
    accessToken: exchange.accessToken,
    patientId: home.id,
  });
  const tokenLifeMs = exchange.expiresInS * 1000;
  const { bindingHash } = transaction;
  if ('unnumbered' in home) return beginTrace({ draft, tokenLifeMs, bindingHash }, home.unnumbered, deps, signal);
  const { patient, evidence: said } = await checkedNationally(home.patient, draft, deps, signal);
  return { context: contextOf({ ...draft, evidence: said }, patient), tokenLifeMs };
}

/** From an EPR's home page: the same proof of the user, and nothing that could name a patient is read or kept. */
async function buildTeam(
  face: LaunchFace,
  { launchId }: Transaction,
  member: LaunchMember,
  exchange: Exchange,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<FinishedTeamLaunch> {
  const { fhirUser } = readTeamFacts(face, exchange, member);
  const answer = { token: exchange.answer, claims: exchange.claims };
  const looking = readHostLook(face, answer, member, deps, signal);
  const read = createFhirRead(member, exchange.accessToken, deps, signal);
  const found = await linked(await readUser(fhirUser, exchange.claims, member, read), member, deps);
  const { role, assurance, evidence, ...user } = found;
  const look = await looking;
  const home = { ods: member.ods, iss: member.launch.iss };
  const optional = { ...(assurance && { assurance }), ...(look && { look }) };
  return {
    team: teamContextOf({ launchId, home, user, role, evidence, ...optional }),
    tokenLifeMs: exchange.expiresInS * 1000,
  };
}

type CareParts = {
  readonly facts: CheckedFacts;
  readonly home: HomeRead;
  readonly exchange: Exchange;
  readonly read: FhirRead;
  readonly member: LaunchMember;
};

/** An EPR that is slow or silent here shows no more care than the launch itself says; it does not end the launch. */
async function careAtHome(parts: CareParts, deps: SmartDeps, signal: AbortSignal): Promise<CareAtHome> {
  const { facts, home, exchange, read, member } = parts;
  const said = careSaid(facts, home);
  try {
    return await readCareAtHome({
      encounterId: facts.encounterId,
      patientIds: [...new Set([facts.patientId, home.id])],
      careEvidence: said.careEvidence,
      ods: member.ods,
      granted: exchange.granted,
      read,
      search: createFhirSearch(member, exchange.accessToken, deps, signal),
    });
  } catch (cause) {
    if (signal.aborted || !(cause instanceof OutboundTrouble)) throw cause;
    return said;
  }
}

function careSaid({ encounterId }: CheckedFacts, home: HomeRead): CareAtHome {
  const careEvidence = 'careEvidence' in home ? home.careEvidence : undefined;
  return { ...(encounterId !== undefined && { encounterId }), ...(careEvidence && { careEvidence }) };
}

/** Under the key by which this person is known, wherever they launch from. */
async function linked(user: LaunchUser, member: LaunchMember, deps: SmartDeps): Promise<LaunchUser> {
  const found = await deps.linkUser?.(user, member.ods);
  if (!found) return user;
  if ('refused' in found) throw new CorridorError(found.refused, found.why);
  const link = found.unlinked ? { 'user.unlinked': found.unlinked } : { 'user.linkedTo': found.linkedTo.join(' ') };
  return { ...user, key: found.key, evidence: { ...user.evidence, 'user.account': user.key, ...link } };
}

function asCorridorError(cause: unknown): CorridorError {
  if (cause instanceof CorridorError) return cause;
  const code: ErrorCode =
    cause instanceof OutboundTrouble
      ? cause.kind === 'timeout'
        ? 'discovery.timeout'
        : 'patient.unreadable'
      : 'server.fault';
  return new CorridorError(code, 'finish', { cause });
}

async function audit(
  type: 'launch.finished' | 'launch.refused',
  outcome: 'success' | 'refused' | 'failed',
  { ods }: CallbackAnswer,
  deps: SmartDeps,
  launchId: string | undefined,
  more: {
    readonly code?: string;
    readonly user?: string;
    readonly role?: string;
    readonly nhsNumber?: string;
    readonly detail?: { readonly [name: string]: string };
  },
): Promise<void> {
  const member = deps.community.member(ods as OdsCode);
  const at = new Date(deps.now()).toISOString();
  await deps.audit.record({
    type,
    at,
    outcome,
    ...(launchId !== undefined && { launchId }),
    ...(member && { organisation: member.ods }),
    ...more,
  });
}
