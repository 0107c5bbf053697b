import type { Handover, HandoverRecipient, Notice, NoticeKind } from '../../src/messages/handover.ts';
import { patientName } from '../../src/messages/patient-name.ts';
import type { Correspondent, Escalation, InboxPatient, Owner } from '../../src/messages/thread.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { HandoverRow, RecipientRow } from '../storage/tables/handovers.ts';
import type { NoticeRow } from '../storage/tables/notices.ts';
import { LATE, UNOWNED } from './escalate.ts';
import type { HandoverGround } from './ports.ts';
import type { Sight } from './sight.ts';
import { isAt } from './whose.ts';

type Ground = Pick<HandoverGround, 'community' | 'teams' | 'vault' | 'now'>;

/** A handover as one reader sees it. State comes from acts and from the clock, never from a guess. */
export function describeHandover(
  row: HandoverRow,
  patient: Patient,
  { addresses, user, own, sight }: Actor & { readonly own: readonly string[]; readonly sight: Sight },
  ground: Ground,
): Handover {
  const { notice } = row;
  const open = sight.seen && !sight.hidesPlaces;
  const actor = sight.seen && row.withdrawnAt === undefined ? { addresses, user } : NOBODY;
  // Who is asked tells where the person is registered and cared for as surely as where it comes from (safety H24).
  const name: Naming = (address) =>
    open || isAt(address, own) ? named(row, address, ground) : unnamed(row, address, ground);
  return {
    id: row.id,
    version: row.version,
    kind: notice.kind as Handover['kind'],
    patient: describePatient(patient, sight),
    from: open ? organisationOf(notice.organisation, ground) : UNNAMED,
    ...(notice.happened !== undefined && { happened: notice.happened }),
    ...(open && row.letter !== undefined && { letter: { source: notice.source as SourceId, resource: row.letter } }),
    recipients: row.recipients.map((one) => describeRecipient(row, one, actor, name, ground)),
    onLeadsList: row.onLeadsListAt !== undefined && row.ownedAt === undefined && row.withdrawnAt === undefined,
    ...(row.withdrawnAt !== undefined && { withdrawnAt: row.withdrawnAt }),
    escalations: row.escalations.map(({ at, rule, address }): Escalation => ({
      at,
      rule,
      to: name(address),
      words: WORDS[rule] ?? rule,
    })),
  };
}

/** Who acts: for these teams, as this person. */
export type Actor = { readonly addresses: readonly string[]; readonly user: string };

const NOBODY: Actor = { addresses: [], user: '' };

/** Theirs, or come to them because nobody took it in time. */
function isTheirs(row: HandoverRow, recipient: RecipientRow, { addresses }: Actor): boolean {
  const came = row.escalations.some(
    ({ about, address }) => (about === recipient.address || about === '') && isAt(address, addresses),
  );
  return came || isAt(recipient.address, addresses);
}

export function mayAcknowledge(row: HandoverRow, recipient: RecipientRow, actor: Actor): boolean {
  return recipient.acknowledgedAt === undefined && !recipient.passed && isTheirs(row, recipient, actor);
}

/** Over from a colleague; or back, for as long as nobody has acknowledged it there or passed it on. */
export function mayTake(row: HandoverRow, recipient: RecipientRow, actor: Actor): boolean {
  if (!isTheirs(row, recipient, actor)) return false;
  const { passed, owner } = recipient;
  if (!passed) return recipient.acknowledgedAt !== undefined && owner?.key !== actor.user;
  const now = row.recipients.find(({ address }) => address === passed.to);
  return now !== undefined && now.acknowledgedAt === undefined && !now.passed;
}

/** Whether they have acknowledged it or not: it is not theirs any more once who they pass it to has. */
export function mayReassign(row: HandoverRow, recipient: RecipientRow, actor: Actor): boolean {
  return !recipient.passed && isTheirs(row, recipient, actor);
}

function describeRecipient(
  handover: HandoverRow,
  row: RecipientRow,
  actor: Actor,
  name: Naming,
  ground: Ground,
): HandoverRecipient {
  const { address, organisation, team, person: asked } = name(row.address);
  const who = ({ name: person, team: theirs, key }: NonNullable<RecipientRow['owner']>, since: string): Owner =>
    organisation === UNNAMED && key !== actor.user
      ? { name: '', team: '', since }
      : { name: person, team: theirs, since };
  const { passed, owner, acknowledgedAt } = row;
  const owns = owner && acknowledgedAt !== undefined && !isPickedUp(handover, row);
  return {
    address,
    organisation,
    team,
    ...(asked !== undefined && { person: asked }),
    dueAt: row.dueAt,
    state: stateOf(handover, row, ground),
    ...(owns && { owner: who(owner, acknowledgedAt) }),
    ...(passed && { passedTo: { ...name(passed.to), by: who(passed.by, passed.at) } }),
    mayAcknowledge: mayAcknowledge(handover, row, actor),
    ...(mayTake(handover, row, actor) && { mayTake: true }),
    ...(mayReassign(handover, row, actor) && { mayReassign: true }),
  };
}

function stateOf(handover: HandoverRow, row: RecipientRow, ground: Ground): HandoverRecipient['state'] {
  if (row.passed && (row.acknowledgedAt === undefined || isPickedUp(handover, row))) return 'passed';
  if (row.acknowledgedAt !== undefined) return 'acknowledged';
  return row.lateAt !== undefined || Date.parse(row.dueAt) <= ground.now() ? 'late' : 'waiting';
}

/** Who it was passed to has acknowledged it, be it to pass it on again later. */
function isPickedUp({ recipients }: HandoverRow, { passed }: RecipientRow): boolean {
  if (!passed) return false;
  const next = recipients.find(({ address }) => address === passed.to);
  return next !== undefined && (next.acknowledgedAt !== undefined || isPickedUp({ recipients } as HandoverRow, next));
}

export function describeNotice(row: NoticeRow, patient: Patient, sight: Sight, ground: Ground): Notice {
  const open = sight.seen && !sight.hidesPlaces;
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    ...(row.happened !== undefined && { happened: row.happened }),
    heardAt: row.heardAt,
    source: (open ? row.source : '') as SourceId,
    resource: open ? row.resource : '',
    organisation: open ? organisationOf(row.organisation, ground) : UNNAMED,
    route: row.route,
    patient: describePatient(patient, sight),
  };
}

function describePatient(patient: Patient, sight: Sight): InboxPatient {
  if (!sight.seen) return { withheld: { rule: sight.rule, words: sight.words } };
  const { nhsNumber, birthDate } = patient;
  return { name: patientName(patient), nhsNumber, birthDate };
}

type Naming = (address: string) => Correspondent;

/** A team or role, or one person there by the name under which it was given to them. */
function named({ recipients }: HandoverRow, address: string, ground: Ground): Correspondent {
  const person = recipients.find((one) => one.address === address)?.person;
  return { ...teamOf(address, ground), address, ...(person !== undefined && { person }) };
}

function unnamed(row: Pick<HandoverRow, 'id'>, address: string, ground: Ground): Correspondent {
  return { address: hiddenAddress(row, address, ground), organisation: UNNAMED, team: '' };
}

/** What stands for an address that must not be learnt: the same for one handover, of no use for any other. */
export function hiddenAddress(
  { id }: Pick<HandoverRow, 'id'>,
  address: string,
  { vault }: Pick<HandoverGround, 'vault'>,
): string {
  const name = Buffer.from(vault.handle(`recipient|${id}|${address}`), 'base64url').toString('hex');
  return `HIDDEN/${name.slice(0, 32)}`;
}

export const UNNAMED = { ods: '' as OdsCode, name: 'An organisation' };

const WORDS: { readonly [rule: string]: string } = {
  [LATE]: 'Somebody who was asked did not acknowledge it in time.',
  [UNOWNED]: 'Not everybody who was asked had taken it on after the agreed hours.',
};

function organisationOf(ods: string, { community }: Ground): { readonly ods: OdsCode; readonly name: string } {
  return { ods: ods as OdsCode, name: community.member(ods as OdsCode)?.name ?? ods };
}

export function teamOf(address: string, ground: Ground): Correspondent {
  const [ods = ''] = address.split('/');
  return (
    ground.teams.find(address)?.correspondent ?? { address, organisation: organisationOf(ods, ground), team: address }
  );
}
