import { randomBytes, randomUUID } from 'node:crypto';
import type { LaunchTicket, TeamTicket, TicketUser } from '../../plugins/ticket.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';
import type { Member } from '../trust/community.ts';
import { careEvidenceOf } from './care-evidence.ts';
import type { SmartDeps } from './deps.ts';
import { contextOf, teamContextOf, type FinishedLaunch, type FinishedTeamLaunch } from './finished-launch.ts';
import type { LaunchDraft, PageHost } from './launch-context.ts';
import { auditSilence, checkedNationally } from './number-check.ts';
import { hashOf } from './transaction.ts';

/**
 * Launches that come by a plugin's proof and not through SMART: a verified link, a vendor's signed word, a host's new
 * context (`plugins/ticket.ts`). The proof is a pointer to a patient; what is shown of them is the home EPR's own.
 */
export type TicketDeps = Pick<
  SmartDeps,
  | 'community'
  | 'transactions'
  | 'sealing'
  | 'audit'
  | 'readHomePatient'
  | 'checkNumber'
  | 'linkUser'
  | 'publicUrl'
  | 'limits'
  | 'now'
> & {
  /** The member's own Patients of this number, read for this user. */
  findHomePatients(
    member: Member,
    draft: LaunchDraft,
    patient: Patient,
    signal: AbortSignal,
  ): Promise<readonly Resource[]>;
  hostOf(member: Member, ticket: LaunchTicket): PageHost | undefined;
};

type Kept = { readonly launchId: string; readonly ticket: LaunchTicket | TeamTicket };

const PURPOSE = 'ticket';
/** From the proof to the browser that opens it; the same minute as a signed link has. */
const TICKET_MS = 60_000;

/** The address carries the ticket in its fragment: no server, proxy or Referer ever sees it. */
export async function issueTicket(
  ticket: LaunchTicket,
  deps: TicketDeps,
): Promise<{ readonly ticket: string; readonly address: string }> {
  const member = deps.community.member(ticket.ods as OdsCode);
  if (!member) throw new CorridorError('launch.iss_unknown', 'ticket of no member');
  if (parseNhsNumber(ticket.patient.nhsNumber) !== ticket.patient.nhsNumber)
    throw new CorridorError('patient.nhs_invalid', 'ticket');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(ticket.patient.birthDate))
    throw new CorridorError('patient.demographics_missing', 'ticket');
  if (ticket.user === 'sign-in') throw new CorridorError('launch.no_identity', 'ticket without a user');
  checkRole(ticket.user.role, deps);
  return save(ticket, member, deps);
}

/** Only where the member's entry lets a launch without a patient open a list. */
export async function issueTeamTicket(ticket: TeamTicket, deps: TicketDeps): Promise<IssuedTicket> {
  const member = deps.community.member(ticket.ods as OdsCode);
  if (!member) throw new CorridorError('launch.iss_unknown', 'ticket of no member');
  if (member.launch?.withoutPatient !== 'inbox') throw new CorridorError('launch.no_patient', 'ticket');
  checkRole(ticket.user.role, deps);
  return save(ticket, member, deps);
}

type IssuedTicket = { readonly ticket: string; readonly address: string };

async function save(ticket: Kept['ticket'], member: Member, deps: TicketDeps): Promise<IssuedTicket> {
  const secret = randomBytes(32).toString('base64url');
  const kept: Kept = { launchId: randomUUID(), ticket };
  const nowMs = deps.now();
  const saved = await deps.transactions.save(
    {
      stateHash: hashOf(secret),
      organisation: member.ods,
      sealed: deps.sealing.seal(PURPOSE, kept),
      createdAt: new Date(nowMs).toISOString(),
      expiresAt: new Date(nowMs + TICKET_MS).toISOString(),
    },
    deps.limits.outstandingPerOrganisation,
  );
  if (!saved) throw new CorridorError('launch.too_many');
  await deps.audit.record({
    type: 'launch.started',
    at: new Date(nowMs).toISOString(),
    outcome: 'success',
    launchId: kept.launchId,
    organisation: member.ods,
    detail: { evidence: ticket.evidence },
  });
  return { ticket: secret, address: `${deps.publicUrl}/open/${member.ods}#${secret}` };
}

/** Once, within its minute, at the address of the organisation that vouched. Throws only `CorridorError`. */
export async function redeemTicket(
  given: { readonly ods: string; readonly ticket: string },
  deps: TicketDeps,
  signal: AbortSignal,
): Promise<FinishedLaunch | FinishedTeamLaunch> {
  let launchId: string | undefined;
  try {
    const stored = await deps.transactions.take(hashOf(given.ticket), new Date(deps.now()).toISOString());
    if (!stored) throw new CorridorError('launch.state_invalid', 'ticket: unknown, used or run out');
    const kept = deps.sealing.open(PURPOSE, stored.sealed) as Kept;
    launchId = kept.launchId;
    const member = deps.community.member(kept.ticket.ods as OdsCode);
    if (!member || given.ods !== member.ods) throw new CorridorError('launch.mixup', 'ticket');
    const { ticket } = kept;
    return 'opens' in ticket
      ? await openList(kept.launchId, ticket, member, deps)
      : await open(kept.launchId, ticket, member, deps, signal);
  } catch (cause) {
    const error = cause instanceof CorridorError ? cause : new CorridorError('server.fault', 'ticket', { cause });
    const member = deps.community.member(given.ods as OdsCode);
    await deps.audit.record({
      type: 'launch.refused',
      at: new Date(deps.now()).toISOString(),
      outcome: error.entry.status >= 500 ? 'failed' : 'refused',
      ...(launchId !== undefined && { launchId }),
      ...(member && { organisation: member.ods }),
      code: error.code,
      detail: { step: 'ticket', ...(error.detail !== undefined && { why: error.detail }) },
    });
    throw error;
  }
}

/** Nobody's chart: nothing is read at the EPR, and there is no patient who could be in it. */
async function openList(
  launchId: string,
  ticket: TeamTicket,
  member: Member,
  deps: TicketDeps,
): Promise<FinishedTeamLaunch> {
  const team = teamContextOf({ launchId, ...(await whoOf(ticket.user, ticket.evidence, member, deps)) });
  await deps.audit.record({
    type: 'launch.finished',
    at: new Date(deps.now()).toISOString(),
    outcome: 'success',
    launchId,
    user: team.user.key,
    role: team.role,
    organisation: member.ods,
    detail: { ...team.evidence, opens: 'inbox' },
  });
  return { team, tokenLifeMs: 0 };
}

async function open(
  launchId: string,
  ticket: LaunchTicket,
  member: Member,
  deps: TicketDeps,
  signal: AbortSignal,
): Promise<FinishedLaunch> {
  const draft = await draftOf(launchId, ticket, member, deps);
  const pointer = { ...ticket.patient, family: '', given: '' } as unknown as Patient;
  const found = await deps.findHomePatients(member, draft, pointer, signal);
  const [resource, ...others] = found;
  if (!resource || others.length > 0)
    throw new CorridorError(resource ? 'patient.ambiguous' : 'patient.unreadable', 'ticket: not one Patient at home');
  const read = deps.readHomePatient(resource);
  if ('refused' in read) throw new CorridorError(read.refused, 'ticket');
  checkAgreement(ticket, read.patient, resource);
  const careEvidence = careEvidenceOf(resource, member.ods);
  const homePatientId = typeof resource.id === 'string' ? resource.id : '';
  const { patient, evidence } = await checkedNationally(read.patient, draft, deps, signal);
  const context = contextOf({ ...draft, evidence, homePatientId, ...(careEvidence && { careEvidence }) }, patient);
  await deps.audit.record({
    type: 'launch.finished',
    at: new Date(deps.now()).toISOString(),
    outcome: 'success',
    launchId,
    user: context.user.key,
    role: context.role,
    organisation: member.ods,
    nhsNumber: context.patient.nhsNumber,
    detail: { ...context.evidence },
  });
  await auditSilence(context, deps);
  return { context, tokenLifeMs: 0 };
}

async function draftOf(launchId: string, ticket: LaunchTicket, member: Member, deps: TicketDeps): Promise<LaunchDraft> {
  const { user } = ticket;
  if (user === 'sign-in') throw new CorridorError('launch.no_identity', 'ticket without a user');
  const who = await whoOf(user, ticket.evidence, member, deps);
  const host = deps.hostOf(member, ticket);
  return {
    launchId,
    ...who,
    homePatientId: '',
    needPatientBanner: ticket.needPatientBanner !== false,
    evidence: { patient: ticket.evidence, ...who.evidence },
    ...(ticket.encounterId !== undefined && { encounterId: ticket.encounterId }),
    ...(ticket.intent !== undefined && /^[\w.-]{1,64}$/.test(ticket.intent) && { intent: ticket.intent }),
    ...(host && { host }),
  };
}

/** Who asks and from where, by the plugin's proof. */
async function whoOf(user: TicketUser, by: LaunchTicket['evidence'], member: Member, deps: TicketDeps) {
  checkRole(user.role, deps);
  const evidence = { 'user.key': `${by} (${user.assurance})`, role: by };
  const { known } = user;
  const who = {
    key: known?.key ?? `${member.ods}|${user.id}`,
    name: user.name,
    role: user.role,
    ...(user.sdsUserId !== undefined && { sdsUserId: user.sdsUserId }),
    ...(known?.sdsRoleProfileId !== undefined && { sdsRoleProfileId: known.sdsRoleProfileId }),
    ...(known?.professionalId && { professionalId: known.professionalId }),
    evidence,
  };
  // Who has a session already has been linked for it.
  const linked = known ? undefined : await deps.linkUser?.(who, member.ods);
  if (linked && 'refused' in linked) throw new CorridorError(linked.refused, linked.why);
  const { role, evidence: _evidence, ...person } = who;
  return {
    home: { ods: member.ods, iss: member.launch?.iss ?? `${deps.publicUrl}/open/${member.ods}` },
    user: linked ? { ...person, key: linked.key } : person,
    role,
    evidence,
    assurance: known?.assurance ?? { acr: user.assurance },
  };
}

function checkRole(role: string, { community }: TicketDeps): void {
  if (!community.roles.some(({ id }) => id === role)) throw new CorridorError('launch.role_unmapped', 'ticket');
}

/** Everything the pointer says must be so in the home EPR (safety H01): a number alone is one slip from another person. */
function checkAgreement({ patient }: LaunchTicket, home: Patient, resource: Resource): void {
  const agrees =
    home.nhsNumber === patient.nhsNumber &&
    home.birthDate === patient.birthDate &&
    (patient.localId === undefined || resource.id === patient.localId) &&
    (patient.family === undefined ||
      [home.family, ...(home.formerFamilies ?? [])].some((name) => fold(name) === fold(patient.family ?? '')));
  if (!agrees) throw new CorridorError('launch.patient_mismatch', 'ticket');
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\s'’.-]/gu, '')
    .toLowerCase();
}
