import { randomUUID } from 'node:crypto';
import { patientName } from '../../src/messages/patient-name.ts';
import type { Thread } from '../../src/messages/thread.ts';
import { CorridorError } from '../errors.ts';
import { aboutOf, authorOf, eventOf, referenceOf } from './acting.ts';
import type { OpenAddressBook } from './address-book.ts';
import { beginThread } from './append-act.ts';
import type { Draft } from './drafts.ts';
import type { PatientReader } from './reader.ts';
import { otherNumbersOf } from './resident-of-thread.ts';
import type { SendingDeps, SendingRules } from './sending-rules.ts';
import { isBegunBy } from './sent-before.ts';
import type { LoadedThread, LogDeps, ThreadDetails } from './thread-log.ts';
import { OtherContent } from './thread-stands.ts';
import { dueFrom } from './thread-state.ts';

export type SendDeps = LogDeps &
  SendingDeps & {
    /** Whom this reader may write to about this resident. */
    readonly addressBook: OpenAddressBook;
    /** Something waits to be delivered. */
    readonly kick: () => void;
  };

type SendWith = {
  readonly rules: SendingRules;
  /** What this act has come to already. */
  readonly done: (reader: PatientReader, id: string) => Promise<LoadedThread | undefined>;
  readonly show: (thread: LoadedThread, reader: PatientReader) => Promise<Thread>;
};

export type Send = (
  reader: PatientReader,
  draft: Draft,
  signal: AbortSignal,
) => Promise<{ readonly thread: Thread; readonly created: boolean }>;

const OTHER_CONTENT = 'message.other_content';

/** Begins a conversation: once, however often it is asked for under one id. */
export function createSend(deps: SendDeps, { rules, done, show }: SendWith): Send {
  /**
   * What this very message has come to already. One that says something else under its id is refused: to show the writer
   * the old one would let them believe that the new one went.
   */
  async function found(reader: PatientReader, draft: Draft): Promise<Thread | undefined> {
    const refused = async (there?: LoadedThread): Promise<never> =>
      rules.refuse(
        reader,
        OTHER_CONTENT,
        there ? new OtherContent(await show(there, reader)) : new CorridorError(OTHER_CONTENT),
      );
    const before = await done(reader, draft.id).catch((error: unknown) => {
      // It was used for somebody else.
      if (error instanceof CorridorError && error.code === 'message.not_found') return refused();
      throw error;
    });
    if (before && !isBegunBy(before, draft, reader.user.name, deps)) return refused(before);
    return before && show(before, reader);
  }

  async function detailsOf(reader: PatientReader, draft: Draft, signal: AbortSignal): Promise<ThreadDetails> {
    const [entry] = (await deps.addressBook(reader, signal, draft.to)).entries;
    if (!entry) throw new CorridorError('message.recipient_unknown');
    const about = await rules.item(reader, draft.about, signal);
    await rules.maySee(reader, draft.to, about);
    const { patient } = reader;
    return {
      subject: draft.subject,
      ...(about && { about }),
      patient: {
        nhsNumber: patient.nhsNumber,
        ...otherNumbersOf(patient),
        name: patientName(patient),
        birthDate: patient.birthDate,
      },
      ...(entry.person !== undefined && { toPerson: entry.person }),
    };
  }

  async function write(reader: PatientReader, draft: Draft, details: ThreadDetails): Promise<void> {
    const { id, to, body, urgency } = draft;
    const team = deps.teams.find(to);
    const dueAt = draft.dueAt ?? (team && dueFrom(new Date(deps.now()).toISOString(), urgency, team));
    const author = authorOf(reader, deps);
    const first = { id, kind: 'ask', author, to, body, ...(dueAt !== undefined && { dueAt }) } as const;
    const restricted = reader.patient.restricted === true;
    const thread = { id: randomUUID(), details, restricted, urgency, first };
    await deps.database.together((queries) => beginThread(queries, thread, deps));
  }

  return async (reader, draft, signal) => {
    await rules.isOf(reader, draft);
    await rules.mayWrite(reader, draft.body, draft.about);
    const before = await found(reader, draft);
    if (before) return { thread: before, created: false };
    const details = await detailsOf(reader, draft, signal);
    await rules.hasRoom(reader);
    const { id, to, urgency, about } = draft;
    const detail = referenceOf(id, { to, urgency, ...(about && aboutOf(about)) });
    await deps.audit.record({ ...eventOf(reader, 'message.sent', deps.now()), outcome: 'success', detail });
    const failure = await write(reader, draft, details).then(
      () => undefined,
      (cause: unknown) => ({ cause }),
    );
    if (!failure) deps.kick();
    const thread = await found(reader, draft);
    // Asked twice at once: the other was first.
    if (thread) return { thread, created: !failure };
    throw new CorridorError('server.fault', 'message', failure);
  };
}
