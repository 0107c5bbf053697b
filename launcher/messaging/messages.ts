import { randomUUID } from 'node:crypto';
import type { Thread } from '../../src/messages/thread.ts';
import { numbersOf } from '../../src/record/patient.ts';
import type { Audit } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import { markOpened } from '../storage/tables/message-inbox.ts';
import { countWaiting } from '../storage/tables/message-outbox.ts';
import * as table from '../storage/tables/messages.ts';
import type { ActRow, ThreadRow } from '../storage/tables/messages.ts';
import type { AddressBook, OpenAddressBook } from './address-book.ts';
import { aboutOf, authorOf, eventOf, handlesOf, referenceOf, refusal, residentOf } from './acting.ts';
import { appendAct, beginThread, type NewAct } from './append-act.ts';
import type { Draft, RequestedAct } from './drafts.ts';
import { type MessageJudge, type PatientReader, type Reader, teamsOf } from './reader.ts';
import { lookAgain } from './settle-delivery.ts';
import { isMessage, type ShowDeps, showThread } from './show-thread.ts';
import { type LoadedThread, loadThreads, type LogDeps, proofOf } from './thread-log.ts';
import { type ActKind, dueAfterHandover, dueFrom, type Standing } from './thread-state.ts';
import { placesIn } from './places.ts';

export type MessagesDeps = LogDeps &
  ShowDeps & {
    readonly database: Database;
    readonly audit: Audit;
    readonly judge: MessageJudge;
    /** Whom this reader may write to about this resident. */
    readonly addressBook: OpenAddressBook;
    readonly limits: { readonly bodyChars: number; readonly threadMessages: number; readonly waiting: number };
    /** Something waits to be delivered. */
    readonly kick: () => void;
  };

export type Messages = {
  /** Of the resident whose chart is open, those the reader's organisation takes part in. Newest first. */
  list(reader: PatientReader): Promise<{ readonly threads: readonly Thread[]; readonly more?: true }>;
  addresses(reader: PatientReader, signal: AbortSignal): Promise<AddressBook>;
  send(
    reader: PatientReader,
    draft: Draft,
    signal: AbortSignal,
  ): Promise<{ readonly thread: Thread; readonly created: boolean }>;
  act(reader: PatientReader, threadId: string, act: RequestedAct): Promise<Thread>;
  /** Messages of this thread that have really been on the reader's screen. */
  opened(reader: PatientReader, threadId: string, ids: readonly string[]): Promise<void>;
};

/** Somebody else was here first: what is there now goes to whoever was too late. */
export class ThreadMoved extends CorridorError {
  readonly thread: Thread;
  constructor(thread: Thread) {
    super('message.thread_moved');
    this.thread = thread;
  }
}

const MOST_LISTED = 200;

export function createMessages(deps: MessagesDeps): Messages {
  const { database, audit, teams } = deps;

  async function load(rows: readonly ThreadRow[]): Promise<readonly LoadedThread[]> {
    return loadThreads(database.queries, rows, deps);
  }

  const show = (thread: LoadedThread, reader: PatientReader): Promise<Thread> =>
    showThread(thread, reader, residentOf(reader), deps);

  async function find(reader: PatientReader, threadId: string): Promise<LoadedThread> {
    const [thread] = await load(await table.findThreads(database.queries, [threadId]));
    const theirs = thread && handlesOf(reader, deps).includes(thread.row.patient_handle);
    if (!thread || !theirs || !takesPart(thread, reader)) throw new CorridorError('message.not_found');
    return thread;
  }

  async function refuse(reader: PatientReader, rule: string, error: CorridorError): Promise<never> {
    await audit.record({ ...eventOf(reader, 'message.refused', deps.now()), outcome: 'refused', code: rule });
    throw error;
  }

  /** The same act twice is once: whoever asks again gets what there is. */
  async function done(reader: PatientReader, id: string, threadId?: string): Promise<LoadedThread | undefined> {
    const row = await table.findActOf(database.queries, reader.ods, id);
    if (!row) return undefined;
    if (threadId !== undefined && row.thread_id !== threadId) throw new CorridorError('request.invalid', 'id');
    return find(reader, row.thread_id);
  }

  async function checkSending(reader: PatientReader, draft: Draft): Promise<void> {
    if (!numbersOf(reader.patient).some((number) => number === draft.patient))
      await refuse(reader, 'message.other_patient', new CorridorError('message.other_patient'));
    if (draft.body.length > deps.limits.bodyChars) throw new CorridorError('message.too_long', 'body');
    const may = await deps.judge.open(reader.session, draft.about);
    if (!may.allowed) await refuse(reader, may.rule, refusal(may));
  }

  /** Whoever is to get it must be somebody who may see it: at least one of the team's roles. */
  async function checkRecipient(reader: PatientReader, draft: Pick<Draft, 'to' | 'about'>): Promise<void> {
    const team = teams.find(draft.to);
    if (!team) throw new CorridorError('message.recipient_unknown');
    const resident = residentOf(reader);
    const verdicts = await Promise.all(
      team.roles.map((role) =>
        deps.judge.see({ ods: team.correspondent.organisation.ods, role, names: [] }, resident, {
          giver: reader.ods,
          ...(draft.about && { item: draft.about }),
        }),
      ),
    );
    const [first] = verdicts;
    if (verdicts.some(({ allowed }) => allowed) || !first || first.allowed) return;
    await refuse(reader, first.rule, refusal(first));
  }

  async function checkRoom(reader: PatientReader): Promise<void> {
    const waiting = await countWaiting(database.queries, reader.ods, deps.limits.waiting);
    if (waiting >= deps.limits.waiting) throw new CorridorError('message.busy');
  }

  return {
    list: async (reader) => {
      const handles = handlesOf(reader, deps);
      if (reader.patient.restricted) await table.markRestricted(database.queries, handles);
      const rows = await table.findThreadsOf(database.queries, handles, MOST_LISTED + 1);
      const threads = (await load(rows.slice(0, MOST_LISTED))).filter((thread) => takesPart(thread, reader));
      const shown = await Promise.all(threads.map((thread) => show(thread, reader)));
      const detail = { count: shown.length };
      await audit.record({ ...eventOf(reader, 'message.listed', deps.now()), outcome: 'success', detail });
      return { threads: shown, ...(rows.length > MOST_LISTED && { more: true as const }) };
    },

    addresses: async (reader, signal) => {
      const book = await deps.addressBook(reader, signal);
      const detail = { what: 'addresses', count: book.entries.length };
      await audit.record({ ...eventOf(reader, 'message.listed', deps.now()), outcome: 'success', detail });
      return book;
    },

    send: async (reader, draft, signal) => {
      await checkSending(reader, draft);
      const before = await done(reader, draft.id);
      if (before) return { thread: await show(before, reader), created: false };
      const [entry] = (await deps.addressBook(reader, signal, draft.to)).entries;
      if (!entry) throw new CorridorError('message.recipient_unknown');
      await checkRecipient(reader, draft);
      await checkRoom(reader);
      const author = authorOf(reader, deps);
      const detail = referenceOf(draft.id, {
        to: draft.to,
        urgency: draft.urgency,
        ...(draft.about && aboutOf(draft.about)),
      });
      await audit.record({ ...eventOf(reader, 'message.sent', deps.now()), outcome: 'success', detail });
      const { patient } = reader;
      const name = `${patient.family}, ${patient.given}`;
      const team = teams.find(draft.to);
      const at = new Date(deps.now()).toISOString();
      const dueAt = draft.dueAt ?? (team && dueFrom(at, draft.urgency, team));
      const first = {
        id: draft.id,
        kind: 'ask',
        author,
        to: draft.to,
        body: draft.body,
        ...(dueAt !== undefined && { dueAt }),
      } as const;
      const threadId = randomUUID();
      const details = {
        subject: draft.subject,
        ...(draft.about && { about: draft.about }),
        patient: { nhsNumber: patient.nhsNumber, name, birthDate: patient.birthDate },
        ...(entry.person !== undefined && { toPerson: entry.person }),
      };
      const restricted = patient.restricted === true;
      const made = { id: threadId, details, restricted, urgency: draft.urgency, first };
      try {
        await database.together((queries) => beginThread(queries, made, deps));
      } catch (cause) {
        // Asked twice at once: the other was first.
        const first = await done(reader, draft.id);
        if (!first) throw cause;
        return { thread: await show(first, reader), created: false };
      }
      deps.kick();
      return { thread: await show(await find(reader, threadId), reader), created: true };
    },

    act: async (reader, threadId, act) => {
      const before = await done(reader, act.id, threadId);
      if (before) return show(before, reader);
      const thread = await find(reader, threadId);
      const shown = await show(thread, reader);
      if (thread.standing.version !== act.version) throw new ThreadMoved(shown);
      if (!shown.may.includes(act.kind) || thread.unreadable !== undefined)
        await refuse(reader, `message.may_not_${act.kind}`, new CorridorError('message.refused', act.kind));
      const made = await newActOf(reader, thread, act);
      const type = act.kind === 'reply' ? 'message.sent' : 'message.acted';
      const detail = referenceOf(act.kind === 'reply' ? act.id : threadId, {
        ...(made.to !== undefined && { to: made.to }),
      });
      await audit.record({
        ...eventOf(reader, type, deps.now()),
        outcome: 'success',
        ...(act.kind !== 'reply' && { code: act.kind }),
        detail,
      });
      const written = await write(reader, thread, made, act.version);
      const now = await find(reader, threadId);
      if (!written) throw new ThreadMoved(await show(now, reader));
      deps.kick();
      return show(now, reader);
    },

    opened: async (reader, threadId, ids) => {
      const thread = await find(reader, threadId);
      const shown = await show(thread, reader);
      const legible = new Set(shown.messages.filter(({ body }) => body !== undefined).map(({ id }) => id));
      const own = teamsOf(reader, teams);
      const places = placesIn(thread).filter(({ address }) => own.includes(teams.teamAddress(address)));
      const acts = thread.acts.filter((act) => isMessage(act) && ids.includes(act.head.id) && legible.has(act.head.id));
      const received = places.filter(({ version }) => acts.some(({ head }) => head.version === version));
      if (received.length === 0) return;
      await audit.recordAll(
        acts
          .filter(({ head }) => received.some(({ version }) => version === head.version))
          .map(({ head }) => ({
            ...eventOf(reader, 'message.opened', deps.now()),
            outcome: 'success',
            detail: referenceOf(head.id),
          })),
      );
      const at = new Date(deps.now()).toISOString();
      const versions = [...new Set(received.map(({ version }) => version))];
      await database.transaction(async (queries) => {
        await table.saveReceipts(
          queries,
          received.map(({ version, address }) => ({
            thread_id: threadId,
            version,
            address,
            kind: 'opened',
            at,
            person: reader.user.name,
            code: null,
          })),
        );
        await markOpened(queries, threadId, versions, own, at);
        await lookAgain(queries, threadId, deps);
      });
    },
  };

  async function newActOf(reader: PatientReader, thread: LoadedThread, act: RequestedAct): Promise<NewAct> {
    const { standing, row } = thread;
    const author = authorOf(reader, deps, thread);
    const urgency = row.urgency as Draft['urgency'];
    const at = new Date(deps.now()).toISOString();
    if (act.kind === 'reply') {
      if (act.body.length > deps.limits.bodyChars) throw new CorridorError('message.too_long', 'body');
      if (thread.acts.length >= deps.limits.threadMessages) throw new CorridorError('message.too_long', 'thread');
      const may = await deps.judge.open(reader.session);
      if (!may.allowed) await refuse(reader, may.rule, refusal(may));
      await checkRoom(reader);
      const kind = sideOf(reader, standing);
      const to = kind === 'ask' ? standing.holder : standing.from;
      await checkRecipient(reader, { to, ...(thread.details?.about && { about: thread.details.about }) });
      const team = teams.find(standing.holder);
      const dueAt = kind === 'ask' && !standing.waits && team ? dueFrom(at, urgency, team) : undefined;
      return { id: act.id, kind, author, to, body: act.body, ...(dueAt !== undefined && { dueAt }) };
    }
    if (act.kind !== 'reassign') return { id: act.id, kind: act.kind as ActKind, author };
    const team = teams.find(act.to);
    if (!team?.listed) throw new CorridorError('message.recipient_unknown');
    await checkRecipient(reader, { to: act.to, ...(thread.details?.about && { about: thread.details.about }) });
    const dueAt = dueAfterHandover(standing, at, urgency, team);
    const to = team.correspondent.address;
    return { id: act.id, kind: 'reassign', author, to, ...(dueAt !== undefined && { dueAt }) };
  }

  function sideOf(reader: Reader, standing: Standing): 'ask' | 'answer' {
    const own = teamsOf(reader, teams);
    const began = own.includes(standing.from);
    const had = standing.passed.some((address) => own.includes(teams.teamAddress(address)));
    if (began && had) return standing.waits ? 'answer' : 'ask';
    return began ? 'ask' : 'answer';
  }

  /** Whether it was written: the thread had not moved on since the reader saw it. */
  async function write(reader: PatientReader, thread: LoadedThread, act: NewAct, version: number): Promise<boolean> {
    try {
      return await database.together(async (queries) => {
        const row = await table.lockThread(queries, deps.dialect, thread.row.id);
        if (!row || row.version !== version) return false;
        const acts: readonly ActRow[] = await table.loadActs(queries, [row.id]);
        const proofs = (await table.loadReceipts(queries, [row.id])).map(proofOf);
        await appendAct(queries, { row, acts, proofs, ...(thread.details && { details: thread.details }) }, act, deps);
        return true;
      });
    } catch (cause) {
      if (await done(reader, act.id, thread.row.id)) return true;
      throw cause;
    }
  }

  function takesPart(thread: LoadedThread, reader: Reader): boolean {
    const addresses = [thread.row.from_address, thread.standing.from, ...thread.standing.passed];
    return addresses.some((address) => address.startsWith(`${reader.ods}/`));
  }
}
