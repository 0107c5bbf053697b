import type { InboxCounts, InboxLine, InboxPatient, Urgency } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import { countInbox, findArrived } from '../storage/tables/message-inbox.ts';
import * as table from '../storage/tables/messages.ts';
import { type MessageJudge, partyOf, type Reader, teamsOf, type Verdict } from './reader.ts';
import { residentOfThread } from './resident-of-thread.ts';
import { isMessage, ownerOf } from './show-thread.ts';
import { correspondentOf, holderOf, type LoadedThread, loadThreads, type LogDeps } from './thread-log.ts';
import { stateOf } from './thread-state.ts';

export type InboxDeps = LogDeps & {
  readonly database: Database;
  readonly audit: Audit;
  readonly judge: MessageJudge;
  /** Handovers that nobody of these teams and roles has acknowledged. */
  readonly handovers: (places: readonly string[]) => Promise<number>;
  /** The address that opens a resident's chart in the reader's own EPR, where its plugin can. */
  readonly chartOf: (reader: Reader, nhsNumber: string) => Promise<string | undefined>;
};

export type Inbox = {
  /** What the teams of this reader have, have had and have begun. No chart needs to be open. */
  list(
    reader: Reader,
    /** So many lines, where more are wanted than are given at first. */
    most?: number,
  ): Promise<{ readonly counts: InboxCounts; readonly lines: readonly InboxLine[]; readonly more?: true }>;
  counts(reader: Reader): Promise<InboxCounts>;
  /** Where the resident of a line can be opened; nothing: in the EPR, by hand. */
  open(reader: Reader, threadId: string): Promise<{ readonly address?: string }>;
};

const FIRST_LINES = 200;
const MOST_LINES = 2_000;
const MOST_TOLD = 50_000;

export function createInbox(deps: InboxDeps): Inbox {
  const { database, audit, teams } = deps;
  const told = new Set<string>();

  async function counts(reader: Reader): Promise<InboxCounts> {
    const own = teamsOf(reader, teams);
    const nowIso = new Date(deps.now()).toISOString();
    const places = reader.team === undefined ? teams.places(reader.ods, reader.role) : own;
    const [found, handovers] = await Promise.all([countInbox(database.queries, own, nowIso), deps.handovers(places)]);
    return { ...found, handovers };
  }

  async function judged(reader: Reader, thread: LoadedThread): Promise<Verdict> {
    const { details, standing } = thread;
    if (!details) return { allowed: false, rule: `message.${thread.unreadable ?? 'tampered'}`, words: UNREADABLE };
    const giver = standing.from.split('/')[0] as OdsCode;
    return deps.judge.see(partyOf(reader), residentOfThread(thread, details), {
      giver,
      ...(details.about && { item: details.about }),
    });
  }

  /** Each line tells of a resident: said in the audit before it is shown, once for each state of it and session. */
  async function tell(reader: Reader, shown: readonly LoadedThread[]): Promise<void> {
    const fresh = shown.filter(({ row }) => !told.has(tellingOf(reader, row)));
    await audit.recordAll(fresh.map((thread) => eventOf(reader, thread, deps.now())));
    if (told.size > MOST_TOLD) told.clear();
    for (const { row } of fresh) told.add(tellingOf(reader, row));
  }

  return {
    counts,
    list: async (reader, wanted = FIRST_LINES) => {
      const most = Math.min(Math.max(wanted, FIRST_LINES), MOST_LINES);
      const own = teamsOf(reader, teams);
      const found = await table.findThreadsAt(database.queries, own, most + 1);
      const rows = found.slice(0, most);
      const threads = await loadThreads(database.queries, rows, deps);
      const arrived = await findArrived(
        database.queries,
        rows.map(({ id }) => id),
        own,
      );
      const verdicts = await Promise.all(threads.map((thread) => judged(reader, thread)));
      await tell(
        reader,
        threads.filter((_thread, index) => verdicts[index]?.allowed),
      );
      const unopened = new Set(arrived.filter(({ opened_at }) => opened_at === null).map(({ thread_id }) => thread_id));
      const nowIso = new Date(deps.now()).toISOString();
      const lines = threads.map((thread, index) =>
        lineOf(thread, verdicts[index] ?? NOT_JUDGED, unopened, nowIso, deps),
      );
      const more = found.length > most && ({ more: true } as const);
      return { counts: await counts(reader), lines: lines.sort(byNeed), ...more };
    },
    open: async (reader, threadId) => {
      const own = teamsOf(reader, teams);
      const [thread] = await loadThreads(database.queries, await table.findThreads(database.queries, [threadId]), deps);
      const theirs =
        thread && [...thread.standing.asking, ...thread.standing.passed].map((one) => teams.teamAddress(one));
      if (!thread?.details || !theirs?.some((address) => own.includes(address)))
        throw new CorridorError('message.not_found');
      const verdict = await judged(reader, thread);
      if (!verdict.allowed) throw new CorridorError('message.refused', verdict.rule);
      await tell(reader, [thread]);
      const address = await deps.chartOf(reader, thread.details.patient.nhsNumber);
      return address === undefined ? {} : { address };
    },
  };
}

const UNREADABLE = 'It can’t be read any more.';
const NOT_JUDGED: Verdict = { allowed: false, rule: 'default.deny', words: 'No rule of the community allows this.' };

function lineOf(
  thread: LoadedThread,
  verdict: Verdict,
  unopened: ReadonlySet<string>,
  nowIso: string,
  { teams }: InboxDeps,
): InboxLine {
  const { row, standing, details, proofs, acts } = thread;
  const owner = ownerOf(thread, teams);
  const last = acts.filter(isMessage).at(-1);
  return {
    thread: row.id,
    version: standing.version,
    patient: patientOf(thread, verdict),
    subject: verdict.allowed && details ? details.subject : '',
    from: correspondentOf(standing.from, teams),
    to: holderOf(thread, teams),
    urgency: row.urgency as Urgency,
    ...(standing.waits && standing.dueAt !== undefined && { dueAt: standing.dueAt }),
    state: stateOf(standing, proofs, nowIso),
    lastAt: last?.head.at ?? row.changed_at,
    ...(owner && { owner }),
    unopened: unopened.has(row.id),
  };
}

function patientOf({ details }: LoadedThread, verdict: Verdict): InboxPatient {
  if (!verdict.allowed) return { withheld: { rule: verdict.rule, words: verdict.words } };
  if (!details) return { withheld: { rule: 'message.destroyed', words: UNREADABLE } };
  const { nhsNumber, name, birthDate } = details.patient;
  return { nhsNumber, name, birthDate };
}

/** What is late or escalated, then what is urgent, then what nobody opened, then the newest. */
function byNeed(a: InboxLine, b: InboxLine): number {
  return need(b) - need(a) || (a.lastAt < b.lastAt ? 1 : -1);
}

function need({ state, urgency, unopened }: InboxLine): number {
  const waits = state !== 'answered' && state !== 'closed';
  const late = state === 'overdue' || state === 'escalated' || state === 'undeliverable';
  return (late ? 4 : 0) + (urgency === 'urgent' && (waits || unopened) ? 2 : 0) + (unopened ? 1 : 0);
}

function tellingOf({ user, launchId }: Reader, row: table.ThreadRow): string {
  return `${launchId ?? user.key}|${row.id}|${String(row.version)}`;
}

function eventOf(reader: Reader, { details, row }: LoadedThread, nowMs: number): AuditEvent {
  return {
    type: 'message.listed',
    at: new Date(nowMs).toISOString(),
    outcome: 'success',
    user: reader.user.key,
    userName: reader.user.name,
    role: reader.role,
    organisation: reader.ods,
    purpose: 'direct-care',
    ...(details && { nhsNumber: details.patient.nhsNumber }),
    ...(reader.launchId !== undefined && { launchId: reader.launchId }),
    detail: { thread: row.id, version: row.version },
  };
}
