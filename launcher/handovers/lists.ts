import type { Handover, Notice, Unheard } from '../../src/messages/handover.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { acknowledgeHandover, loadHandovers, type HandoverRow } from '../storage/tables/handovers.ts';
import { loadNoticeSubscriptions } from '../storage/tables/notice-subscriptions.ts';
import { loadNoticeWatches } from '../storage/tables/notice-watches.ts';
import { loadNoticesOfTeams } from '../storage/tables/notices.ts';
import { describeHandover, describeNotice, mayAcknowledge, teamOf, UNNAMED } from './describe.ts';
import { openResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';
import { createSight, type SightDeps } from './sight.ts';
import { handlesOf, openProven, sessionAbout } from './standing-session.ts';

export type ListsDeps = HandoverGround & SightDeps;

/** A window's session, with a patient's chart open or without. */
export type ReadingSession = Pick<Session, 'id' | 'purpose' | 'openedAt' | 'expiresAt'> & {
  readonly context: Pick<Session['context'], 'launchId' | 'home' | 'user' | 'role'> & { readonly patient?: Patient };
};

/** Who reads: the session of a window, and the teams its user belongs to. */
export type Reader = {
  readonly session: ReadingSession;
  readonly addresses: readonly string[];
  /** Whether a patient's chart is open: then of that patient only. */
  readonly patient?: Patient;
};

export type HandoverList = {
  readonly handovers: readonly Handover[];
  readonly notices: readonly Notice[];
  readonly unheard: readonly Unheard[];
};

export type Acknowledge = {
  /** Made by the page: the same again is the same act. */
  readonly id: string;
  readonly handover: string;
  readonly version: number;
  /** Of the recipient on whose behalf it is taken on. */
  readonly address: string;
};

export type Acknowledged = { readonly moved: boolean; readonly handover: Handover };

export type HandoverLists = {
  ofPatient(reader: Reader & { readonly patient: Patient }): Promise<HandoverList>;
  ofTeams(reader: Reader): Promise<HandoverList>;
  /** Handovers that wait for these teams. No patient in it. */
  waiting(addresses: readonly string[]): Promise<number>;
  acknowledge(reader: Reader, act: Acknowledge): Promise<Acknowledged>;
};

const MOST = 200;

export function createLists(deps: ListsDeps): HandoverLists {
  const { queries } = deps.database;

  async function see(row: HandoverRow, reader: Reader, sight: ReturnType<typeof createSight>): Promise<Handover> {
    const resident = openResident(row.notice, deps);
    const seen = await sight(
      await sessionOf(reader, resident, isFor(row, reader.addresses)),
      row.notice.source as SourceId,
      row.notice.kind,
    );
    return describeHandover(row, resident, { addresses: reader.addresses, sight: seen }, deps);
  }

  /** The open chart's own session, else one about this resident: as the team is told of them, or because it was given them. */
  async function sessionOf({ session, addresses, patient }: Reader, about: Patient, given: boolean): Promise<Session> {
    if (patient) return session as Session;
    const handles = handlesOf(about, deps.vault);
    for (const patientHandle of handles) {
      const told = await loadNoticeSubscriptions(queries, { patientHandle }, instant(deps.now()));
      const own = told.find(({ address }) => addresses.includes(address));
      if (own) return sessionAbout(session, openProven(own, deps));
    }
    // A transition given to a team is a referral of the person to it.
    return sessionAbout(session, { patient: about, ...(given && { careEvidence: 'referral' as const }) });
  }

  async function rowsOf({ patient, addresses }: Reader): Promise<readonly HandoverRow[]> {
    if (!patient) return loadHandovers(queries, { addresses }, MOST);
    const found = await Promise.all(
      handlesOf(patient, deps.vault).map((patientHandle) => loadHandovers(queries, { patientHandle }, MOST)),
    );
    return found.flat();
  }

  async function list(reader: Reader): Promise<HandoverList> {
    const sight = createSight(deps);
    const shown: { readonly row: HandoverRow; readonly handover: Handover }[] = [];
    for (const row of await rowsOf(reader)) {
      const handover = await see(row, reader, sight);
      // Held back from whom it was not given, nothing says that there is anything.
      if (handover.patient.withheld === undefined || isFor(row, reader.addresses)) shown.push({ row, handover });
    }
    const notices = await noticesOf(reader, sight);
    const handovers = shown.map(({ handover }) => handover);
    await deps.audit.recordAll(listedEvents(reader, shown, notices));
    return { handovers, notices: notices.map(({ notice }) => notice), unheard: await unheardOf(reader) };
  }

  async function noticesOf(reader: Reader, sight: ReturnType<typeof createSight>) {
    const { addresses, patient } = reader;
    const handles = patient ? handlesOf(patient, deps.vault) : [undefined];
    const found = await Promise.all(
      handles.map((patientHandle) =>
        loadNoticesOfTeams(queries, addresses, {
          limit: MOST,
          ...(patientHandle !== undefined && { patientHandle }),
        }),
      ),
    );
    const notices: { readonly resident: Patient; readonly notice: Notice }[] = [];
    for (const row of found.flat()) {
      if (row.withdrawnAt !== undefined) continue;
      const resident = openResident(row, deps);
      const seen = await sight(await sessionOf(reader, resident, false), row.source as SourceId, row.kind);
      if (seen.seen) notices.push({ resident, notice: describeNotice(row, resident, seen, deps) });
    }
    return notices;
  }

  /** Sources that should have been heard for these teams and were not: the list may lack what happened there. */
  async function unheardOf({ addresses, patient }: Reader): Promise<readonly Unheard[]> {
    const now = instant(deps.now());
    const told = patient
      ? (
          await Promise.all(
            handlesOf(patient, deps.vault).map((patientHandle) =>
              loadNoticeSubscriptions(queries, { patientHandle }, now),
            ),
          )
        )
          .flat()
          .filter(({ address }) => addresses.includes(address))
      : await loadNoticeSubscriptions(queries, { addresses }, now);
    const watches = await loadNoticeWatches(
      queries,
      told.slice(0, MOST_TOLD).map(({ id }) => id),
    );
    const found = new Map<string, Unheard>();
    for (const { source, state, heardAt } of watches) {
      const ods = deps.community.source(source as SourceId)?.ods;
      const member = ods && deps.community.member(ods);
      if (state !== 'failing' || !member) continue;
      const before = found.get(member.ods)?.since;
      // The longest silence is what counts for a list of many people.
      const since = found.has(member.ods) && (before === undefined || before < (heardAt ?? '')) ? before : heardAt;
      found.set(member.ods, {
        organisation: { ods: member.ods, name: member.name },
        ...(since !== undefined && { since }),
      });
    }
    // Which organisations are silent about a restricted person would say where they are known.
    return [...found.values()].map((one) => (patient?.restricted === true ? { ...one, organisation: UNNAMED } : one));
  }

  async function acknowledge(reader: Reader, act: Acknowledge): Promise<Acknowledged> {
    const sight = createSight(deps);
    const row = await find(reader, act.handover);
    const recipient = row.recipients.find(({ address }) => address === act.address);
    const { user } = reader.session.context;
    const again = recipient?.actId === act.id && recipient.owner?.key === user.key;
    const seen = await see(row, reader, sight);
    if (again) return { moved: false, handover: seen };
    const event = actEvent(reader, row, act);
    if (!recipient || !isFor(row, reader.addresses) || seen.patient.withheld !== undefined) {
      await deps.audit.record({ ...event, outcome: 'refused', code: 'handover.refused' });
      throw new CorridorError('handover.refused', seen.patient.withheld?.rule ?? 'recipient');
    }
    if (row.version !== act.version || row.withdrawnAt !== undefined || recipient.acknowledgedAt !== undefined)
      return { moved: true, handover: seen };
    if (!mayAcknowledge(row, recipient, reader.addresses)) {
      await deps.audit.record({ ...event, outcome: 'refused', code: 'handover.refused' });
      throw new CorridorError('handover.refused', 'recipient');
    }
    await deps.audit.record(event);
    const owner = { name: user.name, key: user.key, team: teamOf(actingFor(row, reader, act), deps).team };
    const done = await acknowledgeHandover(deps.database, {
      handoverId: row.id,
      address: act.address,
      version: act.version,
      actId: act.id,
      at: instant(deps.now()),
      owner,
    });
    // Somebody was quicker between the look and the act: the audit says that too.
    if (done === 'moved') await deps.audit.record({ ...event, outcome: 'refused', code: 'handover.moved' });
    return { moved: done === 'moved', handover: await see(await find(reader, act.handover), reader, sight) };
  }

  async function find(reader: Reader, id: string): Promise<HandoverRow> {
    const [row] = await loadHandovers(queries, { id }, 1);
    const handles = reader.patient && handlesOf(reader.patient, deps.vault);
    // Of another patient than the chart's it is as if there were none: nobody acts on one from the chart of another.
    if (!row || (handles && !handles.includes(row.notice.patientHandle))) throw new CorridorError('handover.not_found');
    if (!handles && !isFor(row, reader.addresses)) throw new CorridorError('handover.not_found');
    return row;
  }

  function actEvent({ session }: Reader, row: HandoverRow, act: Acknowledge): AuditEvent {
    const { user, role, home, launchId } = session.context;
    return {
      type: 'handover.acknowledged',
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
      detail: { handover: row.id, act: act.id, address: act.address, reference: row.notice.resource },
    };
  }

  /** One event for each resident on it: who was shown whom. */
  function listedEvents(
    { session }: Reader,
    shown: readonly { readonly row: HandoverRow; readonly handover: Handover }[],
    notices: readonly { readonly resident: Patient }[],
  ): readonly AuditEvent[] {
    const { user, role, home, launchId } = session.context;
    const counts = new Map<string, number>();
    const add = (nhsNumber: string): unknown => counts.set(nhsNumber, (counts.get(nhsNumber) ?? 0) + 1);
    for (const { row, handover } of shown)
      if (handover.patient.withheld === undefined) add(openResident(row.notice, deps).nhsNumber);
    for (const { resident } of notices) add(resident.nhsNumber);
    return [...counts].map(([nhsNumber, lines]) => ({
      type: 'message.listed' as const,
      at: instant(deps.now()),
      outcome: 'success' as const,
      launchId,
      user: user.key,
      userName: user.name,
      role,
      organisation: home.ods,
      purpose: session.purpose,
      nhsNumber,
      code: 'handovers',
      detail: { lines },
    }));
  }

  return {
    ofPatient: list,
    ofTeams: ({ patient: _open, ...reader }) => list(reader),
    waiting: async (addresses) => {
      const rows = await loadHandovers(queries, { addresses }, MOST);
      return rows.filter(
        (row) => row.withdrawnAt === undefined && row.recipients.some((one) => mayAcknowledge(row, one, addresses)),
      ).length;
    },
    acknowledge,
  };
}

const MOST_TOLD = 1_000;

/** The team the reader acts for: the recipient itself, or the one it has come to. */
function actingFor(row: HandoverRow, { addresses }: Reader, act: Acknowledge): string {
  if (addresses.includes(act.address)) return act.address;
  return row.escalations.find(({ address }) => addresses.includes(address))?.address ?? act.address;
}

/** Given to one of these teams, or come to one because nobody took it. */
function isFor(row: HandoverRow, addresses: readonly string[]): boolean {
  return [...row.recipients, ...row.escalations].some(({ address }) => addresses.includes(address));
}
