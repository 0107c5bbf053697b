import type { Thread } from '../../src/messages/thread.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { isRestricted } from '../storage/tables/message-search.ts';
import * as table from '../storage/tables/messages.ts';
import type { Draft } from './drafts.ts';
import type { Messages, MessagesDeps } from './messages.ts';
import type { FhirType } from './fhir-names.ts';
import type { ReadMessage } from './read-fhir-parts.ts';
import type { PatientReader } from './reader.ts';
import { residentOfThread } from './resident-of-thread.ts';
import { sideOf } from './requested-act.ts';
import { isFor, sentBefore } from './sent-before.ts';
import { showThread } from './show-thread.ts';
import {
  type Asked,
  type FoundPage,
  type Judged,
  type Kept,
  searchThreads,
  type SystemClient,
} from './system-search.ts';
import { loadThreads, type LoadedThread } from './thread-log.ts';
import { ThreadMoved } from './thread-stands.ts';
import { communicationsOf, requestOf, taskOf } from './write-fhir.ts';

export type SystemMessages = {
  /** What this organisation takes part in, as resources of one type: newest first, what is open before what is closed. */
  find(client: SystemClient, type: FhirType, asked: Asked): Promise<FoundPage>;
  /** Sends it, once however often it is sent; what came of it, as the type it was sent as. */
  send(
    client: SystemClient,
    type: FhirType,
    read: ReadMessage,
    signal: AbortSignal,
  ): Promise<{ readonly resource: Resource; readonly created: boolean }>;
};

const TRIES = 3;

/** What an EPR may do with messages through FHIR: the same acts under the same rules, for the teams of its own organisation. */
export function createSystemMessages(deps: MessagesDeps & { readonly messages: Messages }): SystemMessages {
  const { database, teams, audit, messages } = deps;

  /** Each thing that is asked for narrows what is found, whichever of them it was looked for by. */
  function isWanted({ row, standing, handles }: LoadedThread, { patientHandle, recipient }: Kept): boolean {
    const all = [row.from_address, standing.holder, ...standing.passed, ...standing.asking];
    const places = all.map((one) => teams.teamAddress(one));
    return (
      (patientHandle === undefined || handles.includes(patientHandle)) &&
      (recipient === undefined || places.includes(recipient))
    );
  }

  const judgedFor =
    (client: SystemClient, type: FhirType): Judged =>
    async (loaded, kept) => {
      const nhsNumber = loaded.details?.patient.nhsNumber;
      const thread = isWanted(loaded, kept) ? await shown(client, loaded) : undefined;
      if (!thread || nhsNumber === undefined) return [];
      return resourcesOf(type, thread, nhsNumber).filter(
        ({ id }) => kept.id === undefined || type !== 'Communication' || id === kept.id,
      );
    };

  async function shown(client: SystemClient, loaded: LoadedThread): Promise<Thread | undefined> {
    const { details } = loaded;
    const address = placeOf(loaded, client);
    if (!details || address === undefined) return undefined;
    const reader = readerFor(client, address, patientOf(details.patient), '');
    return reader && showThread(loaded, reader, residentOfThread(loaded, details), deps);
  }

  function readerFor(
    client: SystemClient,
    address: string,
    patient: Patient,
    person: string,
  ): PatientReader | undefined {
    const team = teams.find(address);
    const role = team?.roles[0];
    if (!team || role === undefined || !isOf(address, client)) return undefined;
    const user = { key: `urn:corridor:client|${client.id}`, name: person };
    const context = { launchId: `client-${client.id}`, home: { ods: client.ods }, user, role, patient };
    // No session was opened: what stands here is what the rules and the audit look at.
    const session = { purpose: 'direct-care', context } as unknown as Session;
    return { user, role, ods: client.ods, team: teams.teamAddress(address), patient, session };
  }

  /** Two senders may have given two messages one id: the one that is answered is the one this organisation got. */
  async function reply(reader: PatientReader, read: ReadMessage, repeated: boolean): Promise<Thread> {
    for (const threadId of await table.findThreadIdsOf(database.queries, read.answers ?? '')) {
      const answered = await replyIn(threadId, reader, read, repeated).catch((error: unknown) => {
        if (error instanceof CorridorError && error.code === 'message.not_found') return undefined;
        throw error;
      });
      if (answered) return answered;
    }
    throw new CorridorError('message.not_found');
  }

  async function replyIn(
    threadId: string,
    reader: PatientReader,
    { draft }: ReadMessage,
    repeated: boolean,
  ): Promise<Thread> {
    for (let tries = 1; ; tries += 1) {
      const [row] = await table.findThreads(database.queries, [threadId]);
      if (!row) throw new CorridorError('message.not_found');
      if (!repeated) await isWhatItIs(row, reader, draft);
      try {
        const act = { id: draft.id, version: row.version, kind: 'reply', body: draft.body } as const;
        return await messages.act(reader, threadId, act);
      } catch (error) {
        // An EPR answers a message and not a version: what else has come in meanwhile is no reason to refuse it.
        if (!(error instanceof ThreadMoved) || tries >= TRIES) throw error;
      }
    }
  }

  /** A reply goes where its conversation goes, and is as urgent: one that says otherwise would do so in vain. */
  async function isWhatItIs(row: table.ThreadRow, reader: PatientReader, draft: Draft): Promise<void> {
    const [loaded] = await loadThreads(database.queries, [row], deps);
    const known = loaded && placeOf(loaded, reader) !== undefined;
    if (!known || !loaded.handles.includes(deps.vault.handle(reader.patient.nhsNumber)))
      throw new CorridorError('message.not_found');
    const { to } = sideOf(reader, loaded, deps);
    if (!isFor(draft.to, to, deps)) throw new CorridorError('request.invalid', 'Communication.recipient');
    if (draft.urgency === 'urgent' && row.urgency !== 'urgent')
      throw new CorridorError('request.invalid', 'Communication.priority');
  }

  /** An EPR that leaves the mark out does not lift it: once anybody has said it of somebody, it holds for what is written of them. */
  async function asKnown(patient: Patient): Promise<Patient> {
    if (patient.restricted) return patient;
    const marked = await isRestricted(database.queries, deps.vault.handle(patient.nhsNumber));
    return marked ? { ...patient, restricted: true } : patient;
  }

  return {
    find: async (client, type, asked) => {
      const { threads, ...page } = await searchThreads(client, type, asked, judgedFor(client, type), deps);
      await audit.recordAll(
        threads.map(({ row, details }) => ({
          type: 'message.listed',
          at: new Date(deps.now()).toISOString(),
          outcome: 'success',
          user: `urn:corridor:client|${client.id}`,
          organisation: client.ods,
          purpose: 'direct-care',
          ...(details && { nhsNumber: details.patient.nhsNumber }),
          detail: { thread: row.id, as: type },
        })),
      );
      return page;
    },
    send: async (client, type, read, signal) => {
      const reader = readerFor(client, read.from.address, await asKnown(read.patient), read.from.person);
      if (!reader) throw new CorridorError('message.refused', 'sender');
      const before = await sentBefore(client.ods, read, deps);
      const thread =
        read.answers === undefined
          ? (await messages.send(reader, read.draft, signal)).thread
          : await reply(reader, read, before);
      // Of two that came at once under one id the second was passed over.
      await sentBefore(client.ods, read, deps);
      const resource = resourcesOf(type, thread, read.patient.nhsNumber).find(
        ({ id }) => type !== 'Communication' || id === read.draft.id,
      );
      if (!resource) throw new CorridorError('message.not_found');
      return { resource, created: !before };
    },
  };

  function placeOf({ standing, row }: LoadedThread, client: Pick<SystemClient, 'ods'>): string | undefined {
    const places = [standing.holder, ...standing.passed, row.from_address, ...standing.asking].map((one) =>
      teams.teamAddress(one),
    );
    return places.find((address) => isOf(address, client));
  }
}

function isOf(address: string, { ods }: Pick<SystemClient, 'ods'>): boolean {
  return address.startsWith(`${ods}/`);
}

function resourcesOf(type: FhirType, thread: Thread, nhsNumber: string): readonly Resource[] {
  if (type === 'Communication') return communicationsOf(thread, nhsNumber);
  return [type === 'Task' ? taskOf(thread, nhsNumber) : requestOf(thread, nhsNumber)];
}

function patientOf({ nhsNumber, name, birthDate }: { nhsNumber: string; name: string; birthDate: string }): Patient {
  const number = parseNhsNumber(nhsNumber);
  if (number === undefined) throw new CorridorError('server.fault', 'a conversation about nobody');
  return { nhsNumber: number, family: name, given: '', birthDate: birthDate as Patient['birthDate'] };
}
