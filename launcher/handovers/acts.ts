import type { Handover } from '../../src/messages/handover.ts';
import type { Correspondent } from '../../src/messages/thread.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import {
  acknowledgeHandover,
  isActOf,
  passHandover,
  takeHandover,
  type Done,
} from '../storage/tables/handover-acts.ts';
import { loadHandovers } from '../storage/tables/handover-lists.ts';
import type { HandoverRow, RecipientRow } from '../storage/tables/handovers.ts';
import { hiddenAddress, mayAcknowledge, mayReassign, mayTake, teamOf } from './describe.ts';
import { dueAfter } from './due.ts';
import { createLook, isFor, type Reader } from './look.ts';
import { openResident } from './open-resident.ts';
import { instant } from './ports.ts';
import { handlesOf } from './standing-session.ts';
import { createWhom, type Whom, type WhomDeps } from './whom.ts';
import { isAt, placeOf } from './whose.ts';

export type ActsDeps = WhomDeps;

/** `acknowledge` takes it on; `take` takes it over from a colleague or back; `reassign` gives it to somebody else. */
export type HandoverAct = {
  readonly kind: 'acknowledge' | 'take' | 'reassign';
  /** Made by the page: the same again is the same act. */
  readonly id: string;
  readonly handover: string;
  readonly version: number;
  /** Of the recipient on whose behalf. */
  readonly address: string;
  /** Of `reassign`: the team or role it is given to, or the person of a team. */
  readonly to?: string;
};

export type Acted = { readonly moved: boolean; readonly handover: Handover };

export type HandoverActs = {
  act(reader: Reader, act: HandoverAct, signal?: AbortSignal): Promise<Acted>;
  /** Whom a handover can be given to: those that may learn of it, and have it not already. */
  targets(reader: Reader, handover: string, signal?: AbortSignal): ReturnType<Whom['all']>;
};

/** No act waits longer for a source that may name a person. */
const LOOK_MS = 20_000;

const TYPES = {
  acknowledge: 'handover.acknowledged',
  take: 'handover.taken',
  reassign: 'handover.reassigned',
} as const;
const MAY = { acknowledge: mayAcknowledge, take: mayTake, reassign: mayReassign } as const;

/**
 * What people do with handovers. Who has one stays its owner until whoever it is given to has acknowledged it: a handover is
 * never put down before somebody has picked it up. Each act is audited before it is done, and so is that it was refused.
 */
export function createActs(deps: ActsDeps): HandoverActs {
  const { queries } = deps.database;
  const whom = createWhom(deps);

  async function act(reader: Reader, asked: HandoverAct, signal = AbortSignal.timeout(LOOK_MS)): Promise<Acted> {
    const look = createLook(reader, 'chart', deps);
    const row = await find(reader, asked.handover);
    const recipient = row.recipients.find(
      ({ address }) => address === asked.address || hiddenAddress(row, address, deps) === asked.address,
    );
    const act = { ...asked, ...(recipient && { address: recipient.address }) };
    const { user } = reader.session.context;
    if (isActOf(recipient, act.id, user.key)) return { moved: false, handover: await look.see(row) };
    const event = eventOf(reader, row, act);
    const refuse = async (why: string): Promise<never> => {
      await deps.audit.record({ ...event, outcome: 'refused', code: 'handover.refused' });
      throw new CorridorError('handover.refused', why);
    };
    const seen = await look.see(row);
    const { withheld } = seen.patient;
    if (!recipient || !isFor(row, reader.addresses) || withheld !== undefined)
      return refuse(withheld?.rule ?? 'recipient');
    if (row.version !== act.version || row.withdrawnAt !== undefined) return { moved: true, handover: seen };
    // As it was seen it was nobody's to do, unless somebody has done it meanwhile.
    if (!MAY[act.kind](row, recipient, { addresses: reader.addresses, user: user.key }))
      return act.kind === 'acknowledge' && recipient.acknowledgedAt !== undefined
        ? { moved: true, handover: seen }
        : refuse('recipient');
    const to =
      act.kind === 'reassign' ? await whom.one({ reader, row, seen, from: [recipient] }, act.to, signal) : undefined;
    if (act.kind === 'reassign' && !to) return refuse('to');
    await deps.audit.record(event);
    const done = await perform(reader, row, recipient, act, to);
    const now = await find(reader, act.handover);
    const again = isActOf(
      now.recipients.find(({ address }) => address === act.address),
      act.id,
      user.key,
    );
    const moved = done === 'moved' && !again;
    // Somebody was quicker between the look and the act: the audit says that too.
    if (moved) await deps.audit.record({ ...event, outcome: 'refused', code: 'handover.moved' });
    return { moved, handover: await look.see(now) };
  }

  function perform(
    reader: Reader,
    row: HandoverRow,
    recipient: RecipientRow,
    act: HandoverAct,
    given: Correspondent | undefined,
  ): Promise<Done> {
    const { user } = reader.session.context;
    const by = { name: user.name, key: user.key, team: teamOf(actingFor(row, reader, act.address), deps).team };
    const shared = { handoverId: row.id, address: act.address, version: act.version, actId: act.id };
    const at = instant(deps.now());
    if (act.kind === 'acknowledge') return acknowledgeHandover(deps.database, { ...shared, at, owner: by });
    const { passed } = recipient;
    if (act.kind === 'take')
      return takeHandover(deps.database, { ...shared, at, owner: by, ...(passed && { backFrom: passed.to }) });
    const { rule } = recipient;
    const { dueAt, unownedAt } = dueAfter(recipient, deps);
    const to = { to: given?.address ?? '', ...(given?.person !== undefined && { person: given.person }) };
    return passHandover(deps.database, { ...shared, at, by, ...to, rule, dueAt, unownedAt });
  }

  async function targets(
    reader: Reader,
    handover: string,
    signal = AbortSignal.timeout(LOOK_MS),
  ): ReturnType<Whom['all']> {
    const row = await find(reader, handover);
    const seen = await createLook(reader, 'chart', deps).see(row);
    const from = row.recipients.filter((_one, index) => seen.recipients[index]?.mayReassign === true);
    if (from.length === 0) throw new CorridorError('handover.refused', 'recipient');
    return whom.all({ reader, row, seen, from }, signal);
  }

  async function find(reader: Reader, id: string): Promise<HandoverRow> {
    const [row] = await loadHandovers(queries, { id }, 1);
    const handles = reader.patient && handlesOf(reader.patient, deps.vault);
    // Of another patient than the chart's it is as if there were none: nobody acts on one from the chart of another.
    if (!row || (handles && !handles.includes(row.notice.patientHandle))) throw new CorridorError('handover.not_found');
    if (!handles && !isFor(row, reader.addresses)) throw new CorridorError('handover.not_found');
    return row;
  }

  function eventOf({ session }: Reader, row: HandoverRow, act: HandoverAct): AuditEvent {
    const { user, role, home, launchId } = session.context;
    return {
      type: TYPES[act.kind],
      at: instant(deps.now()),
      outcome: 'success',
      launchId,
      user: user.key,
      userName: user.name,
      role,
      organisation: home.ods,
      purpose: session.purpose,
      nhsNumber: openResident(row.notice, deps).nhsNumber,
      source: row.notice.source as SourceId,
      detail: {
        handover: row.id,
        act: act.id,
        address: act.address,
        reference: row.notice.resource,
        ...(act.to !== undefined && { to: act.to }),
      },
    };
  }

  return { act, targets };
}

/** The team the reader acts for: the recipient itself, or the one it has come to. */
function actingFor(row: HandoverRow, { addresses }: Reader, address: string): string {
  if (isAt(address, addresses)) return placeOf(address);
  return row.escalations.find((one) => addresses.includes(one.address))?.address ?? address;
}
