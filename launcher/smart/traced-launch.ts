import { randomBytes } from 'node:crypto';
import type { Patient } from '../../src/record/patient.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { SmartDeps } from './deps.ts';
import { contextOf, type FinishedLaunch } from './finished-launch.ts';
import type { LaunchDraft } from './launch-context.ts';
import { hashOf, sameHash } from './transaction.ts';

type Unnumbered = Omit<Patient, 'nhsNumber'>;

/** A launch that waits for a human being to say who it is about. `ticket` is single use and tied to the window. */
export type AwaitedTrace = {
  readonly ticket: string;
  readonly home: Unnumbered;
  readonly candidates: readonly Patient[];
};

/** What the page sends back: which of the people shown it is, or that it is none of them. All of it is untrusted. */
export type TraceAnswer = {
  readonly ods: string;
  readonly ticket: string;
  readonly binding: string;
  readonly choice: number | 'none';
};

type Waiting = { readonly draft: LaunchDraft; readonly tokenLifeMs: number; readonly bindingHash: string };
type Kept = Waiting & Pick<AwaitedTrace, 'home' | 'candidates'>;

const PURPOSE = 'trace';

/** Looks for the person, and stops there: a number is never taken silently, not even when only one fits (safety H05). */
export async function beginTrace(
  waiting: Waiting,
  home: Unnumbered,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<AwaitedTrace> {
  const { draft } = waiting;
  const found = await looked(home, draft, deps, signal);
  await deps.audit.record(event('patient.traced', 'success', draft, deps, { detail: { found: found.length } }));
  const candidates = found.map(({ patient }) => patient);
  if (candidates.length === 0) throw new CorridorError('patient.no_nhs_number', 'traced: nobody found');
  const ticket = randomBytes(32).toString('base64url');
  const nowMs = deps.now();
  const kept: Kept = { ...waiting, home, candidates };
  const saved = await deps.transactions.save(
    {
      stateHash: hashOf(ticket),
      organisation: draft.home.ods,
      sealed: deps.sealing.seal(PURPOSE, kept),
      createdAt: new Date(nowMs).toISOString(),
      expiresAt: new Date(nowMs + deps.limits.ttlMs).toISOString(),
    },
    deps.limits.outstandingPerOrganisation,
  );
  if (!saved) throw new CorridorError('request.too_many', 'launches under way');
  return { ticket, home, candidates };
}

/** What was told about the person left the launcher, whether or not an answer came: the audit says so either way. */
async function looked(
  home: Unnumbered,
  draft: LaunchDraft,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<readonly { readonly patient: Patient }[]> {
  try {
    return (await deps.trace?.(home, draft, signal)) ?? [];
  } catch (cause) {
    const code = cause instanceof CorridorError ? cause.code : 'server.fault';
    await deps.audit.record(event('patient.traced', 'failed', draft, deps, { code }));
    throw cause;
  }
}

/** The human being's word, once: from the window that was asked, about one of the people it was shown. */
export async function confirmTrace(answer: TraceAnswer, deps: SmartDeps): Promise<FinishedLaunch> {
  const stored = await deps.transactions.take(hashOf(answer.ticket), new Date(deps.now()).toISOString());
  if (!stored) throw new CorridorError('launch.state_invalid', 'trace: unknown, used or run out');
  const { draft, tokenLifeMs, bindingHash, home, candidates } = deps.sealing.open(PURPOSE, stored.sealed) as Kept;
  if (answer.ods !== draft.home.ods) throw new CorridorError('launch.mixup', 'trace');
  if (!sameHash(answer.binding, bindingHash)) throw new CorridorError('launch.binding_missing');
  const chosen = answer.choice === 'none' ? undefined : candidates[answer.choice];
  if (!chosen) {
    const code = 'patient.no_nhs_number';
    await deps.audit.record(event('patient.confirmed', 'refused', draft, deps, { code }));
    throw new CorridorError(code, 'traced: none of those found');
  }
  const patient = traced(home, chosen);
  const evidence = {
    ...draft.evidence,
    patient: 'trace',
    'patient.confirmedBy': draft.user.key,
    // The person's own report of who looked must name nobody then.
    ...(patient.restricted && { 'patient.restricted': home.restricted ? 'Patient' : 'national' }),
  };
  const context = contextOf({ ...draft, evidence }, patient);
  const about = { nhsNumber: chosen.nhsNumber };
  await deps.audit.recordAll([
    event('patient.confirmed', 'success', draft, deps, { ...about, detail: { of: candidates.length } }),
    event('launch.finished', 'success', draft, deps, { ...about, detail: evidence }),
  ]);
  return { context, tokenLifeMs };
}

/** The home EPR's own words of the person, the number that was confirmed, and whatever of the other's must not be lost. */
function traced(home: Unnumbered, { nhsNumber, family, formerFamilies = [], ...found }: Patient): Patient {
  const others = [...(home.formerFamilies ?? []), family, ...formerFamilies].filter((name) => name !== home.family);
  const { postcode, deceased = found.deceased, ...rest } = home;
  const restricted = home.restricted === true || found.restricted === true;
  return {
    ...rest,
    nhsNumber,
    ...(others.length > 0 && { formerFamilies: [...new Set(others)] }),
    ...(deceased !== undefined && { deceased }),
    ...(postcode !== undefined && !restricted && { postcode }),
    ...(restricted && { restricted: true as const }),
  };
}

function event(
  type: 'patient.traced' | 'patient.confirmed' | 'launch.finished',
  outcome: AuditEvent['outcome'],
  draft: LaunchDraft,
  deps: SmartDeps,
  more: Partial<AuditEvent>,
): AuditEvent {
  return {
    type,
    outcome,
    at: new Date(deps.now()).toISOString(),
    launchId: draft.launchId,
    user: draft.user.key,
    role: draft.role,
    organisation: draft.home.ods,
    ...more,
  };
}
