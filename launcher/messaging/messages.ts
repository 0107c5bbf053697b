import type { Thread } from '../../src/messages/thread.ts';
import { CorridorError } from '../errors.ts';
import { markOpened } from '../storage/tables/message-inbox.ts';
import * as table from '../storage/tables/messages.ts';
import type { ActRow, ThreadRow } from '../storage/tables/messages.ts';
import { eventOf, handlesOf, isBy, referenceOf, residentOf } from './acting.ts';
import type { AddressBook } from './address-book.ts';
import { appendAct, type NewAct } from './append-act.ts';
import type { RequestedAct } from './drafts.ts';
import { learnNumbers } from './learn-numbers.ts';
import { placesIn } from './places.ts';
import { type PatientReader, type Reader, teamsOf } from './reader.ts';
import { actFor } from './requested-act.ts';
import { residentIn } from './resident-of-thread.ts';
import { createSend, type Send, type SendDeps } from './send.ts';
import { createSendingRules } from './sending-rules.ts';
import { isThisAct } from './sent-before.ts';
import { lookAgain } from './settle-delivery.ts';
import { OtherContent, ThreadMoved } from './thread-stands.ts';
import { isMessage, type ShowDeps, showThread } from './show-thread.ts';
import { type LoadedThread, loadThreads, openThread, proofOf } from './thread-log.ts';

export type MessagesDeps = SendDeps & ShowDeps;

export type Messages = {
  /** Of the resident whose chart is open, those the reader's organisation takes part in. Newest first. */
  list(reader: PatientReader): Promise<{ readonly threads: readonly Thread[]; readonly more?: true }>;
  addresses(reader: PatientReader, signal: AbortSignal): Promise<AddressBook>;
  readonly send: Send;
  act(reader: PatientReader, threadId: string, act: RequestedAct): Promise<Thread>;
  /** Messages of this thread that have really been on the reader's screen. */
  opened(reader: PatientReader, threadId: string, ids: readonly string[]): Promise<void>;
};

const MOST_LISTED = 200;

export function createMessages(deps: MessagesDeps): Messages {
  const { database, audit, teams } = deps;
  const rules = createSendingRules(deps);

  async function load(rows: readonly ThreadRow[]): Promise<readonly LoadedThread[]> {
    return loadThreads(database.queries, rows, deps);
  }

  const show = (thread: LoadedThread, reader: PatientReader): Promise<Thread> =>
    showThread(thread, reader, residentIn(thread, residentOf(reader)), deps);

  async function find(reader: PatientReader, threadId: string): Promise<LoadedThread> {
    const [thread] = await load(await table.findThreads(database.queries, [threadId]));
    const handles = handlesOf(reader, deps);
    const theirs = thread?.handles.some((handle) => handles.includes(handle));
    if (!thread || !theirs || !takesPart(thread, reader)) throw new CorridorError('message.not_found');
    return thread;
  }

  /** The same act twice is once: whoever asks again gets what there is. */
  async function done(reader: PatientReader, id: string, threadId?: string): Promise<LoadedThread | undefined> {
    const row = await table.findActOf(database.queries, reader.ods, id);
    if (!row) return undefined;
    if (threadId !== undefined && row.thread_id !== threadId) throw new CorridorError('request.invalid', 'id');
    return find(reader, row.thread_id);
  }

  /** What an act under this id has come to: this act, or another that only has its id. */
  async function asAsked(thread: LoadedThread, reader: PatientReader, act: RequestedAct): Promise<Thread> {
    const shown = await show(thread, reader);
    if (isThisAct(thread, reader.ods, act, reader.user.name)) return shown;
    return rules.refuse(reader, 'message.other_content', new OtherContent(shown));
  }

  /** Somebody was first, be it this very act: of two at once under one id only one is done. */
  async function late(reader: PatientReader, threadId: string, act: RequestedAct): Promise<Thread> {
    const now = await done(reader, act.id, threadId);
    if (now) return asAsked(now, reader, act);
    throw new ThreadMoved(await show(await find(reader, threadId), reader));
  }

  return {
    list: async (reader) => {
      const handles = handlesOf(reader, deps);
      await learnNumbers(database.queries, reader.patient, deps);
      if (reader.patient.restricted) await table.markRestricted(database.queries, handles);
      const rows = await table.findThreadsOf(database.queries, handles, MOST_LISTED + 1, reader.ods);
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

    send: createSend(deps, { rules, done, show }),

    act: async (reader, threadId, act) => {
      const before = await done(reader, act.id, threadId);
      if (before) return asAsked(before, reader, act);
      const thread = await find(reader, threadId);
      const shown = await show(thread, reader);
      if (thread.standing.version !== act.version) return late(reader, threadId, act);
      if (!shown.may.includes(act.kind) || thread.unreadable !== undefined)
        await rules.refuse(reader, `message.may_not_${act.kind}`, new CorridorError('message.refused', act.kind));
      const made = await actFor(reader, thread, act, deps, rules);
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
      const written = await write(thread, made, act.version).catch(async (cause: unknown) => {
        // The id was used in this moment; anything else is a fault.
        if (await done(reader, act.id, threadId)) return undefined;
        throw cause;
      });
      deps.kick();
      return written ? show(written, reader) : late(reader, threadId, act);
    },

    opened: async (reader, threadId, ids) => {
      const thread = await find(reader, threadId);
      const shown = await show(thread, reader);
      const legible = new Set(shown.messages.filter(({ body }) => body !== undefined).map(({ id }) => id));
      const own = teamsOf(reader, teams);
      const places = placesIn(thread).filter(({ address }) => own.includes(teams.teamAddress(address)));
      const acts = thread.acts.filter(
        (act) =>
          isMessage(act) &&
          ids.includes(act.head.id) &&
          legible.has(act.head.id) &&
          // Who writes to a team of their own has it before them, and nobody has read it for that.
          !isBy(reader, act),
      );
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
        const { holder, holderSince } = thread.standing;
        await table.saveOpened(
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
          { address: holder, since: holderSince },
        );
        await markOpened(queries, threadId, versions, own, at);
        await lookAgain(queries, threadId, deps);
      });
    },
  };

  /** The thread with what was written, of the very rows of that commit. Nothing: it had moved on since the reader saw it. */
  async function write(thread: LoadedThread, act: NewAct, version: number): Promise<LoadedThread | undefined> {
    const written = await database.together(async (queries) => {
      const row = await table.lockThread(queries, deps.dialect, thread.row.id);
      if (!row || row.version !== version) return undefined;
      const acts: readonly ActRow[] = await table.loadActs(queries, [row.id]);
      const receipts = await table.loadReceipts(queries, [row.id]);
      const before = { row, acts, proofs: receipts.map(proofOf), ...(thread.details && { details: thread.details }) };
      const after = await appendAct(queries, before, act, deps);
      return { row: after.row, acts: [...acts, after.act], receipts };
    });
    const { handles, learnt } = thread;
    return written && { ...openThread(written.row, written.acts, written.receipts, deps), handles, learnt };
  }

  function takesPart(thread: LoadedThread, reader: Reader): boolean {
    const addresses = [thread.row.from_address, ...thread.standing.asking, ...thread.standing.passed];
    return addresses.some((address) => address.startsWith(`${reader.ods}/`));
  }
}
