import type { Router } from 'express';
import type { DeliverMessage } from '../src/messages/delivery.ts';
import type { OdsCode, SourceId } from '../src/record/source.ts';
import { dayOf } from './access/day.ts';
import type { Decide } from './access/decide.ts';
import type { Policy } from './access/policy.ts';
import { buildFhirMessaging } from './build-fhir.ts';
import { buildMessageJudge, mayLearnPlaces } from './build-judge.ts';
import type { Ground, Parts } from './build-services.ts';
import { ConfigError } from './config.ts';
import { createAgain, type TryAgain } from './messaging/again.ts';
import { type AddressBook, createAddressBook, type FoundInvolved } from './messaging/address-book.ts';
import { startDeliveryWorker } from './messaging/delivery-worker.ts';
import { startEscalationWorker } from './messaging/escalation-worker.ts';
import type { Signing } from './messaging/envelope.ts';
import { createInbox, type InboxDeps } from './messaging/inbox.ts';
import { createMessages } from './messaging/messages.ts';
import { keepSigners, openVault, VaultLocked } from './messaging/open-vault.ts';
import { patientReader, type PatientReader } from './messaging/reader.ts';
import type { SendingDeps } from './messaging/sending-rules.ts';
import { createReceipts } from './messaging/receipts.ts';
import { createSigning } from './messaging/signing.ts';
import { createTeamServices, type TeamServicesDeps } from './messaging/team-services.ts';
import { createTeams } from './messaging/teams.ts';
import type { LogDeps } from './messaging/thread-log.ts';
import type { Vault } from './messaging/vault.ts';
import { type InboxRouteDeps, inboxRoutes } from './routes/inbox.ts';
import { messageRoutes, type MessageRouteDeps } from './routes/messages.ts';
import { createSealing } from './session/seal.ts';
import type { Session } from './session/session.ts';

// What `main.ts` and `build-services.ts` join messages from.

/** Opened once, before the services: what all conversations hang on. Left out: the community has no teams, or nobody has the key to what they wrote. */
export type MessageGround = { readonly vault: Vault; readonly signing: Signing };

export async function openMessages({
  config,
  community,
  database,
  keys,
  log,
}: Ground): Promise<MessageGround | undefined> {
  if (!community.members.some(({ teams = [] }) => teams.length > 0)) return undefined;
  const sealing = createSealing(config.seal.keys);
  try {
    const vault = await openVault({
      database,
      seal: (purpose, value) => sealing.seal(purpose, value),
      open: (purpose, sealed) => sealing.open(purpose, sealed),
    });
    const signers = await keepSigners(database, vault, keys.jwks.keys);
    return {
      vault,
      signing: createSigning({
        signJwt: (...given) => keys.signJwt(...given),
        keys: signers,
        issuer: config.server.publicUrl ?? 'corridor',
      }),
    };
  } catch (cause) {
    if (!(cause instanceof VaultLocked)) throw cause;
    if (config.seal.keys !== undefined) throw new ConfigError([cause.message]);
    // A trial without keys of its own forgets them at each start. What is sealed stays as it is, for who has the key.
    log.error('message.locked', { error: cause });
    return undefined;
  }
}

type MessagingWith = {
  readonly sessions: MessageRouteDeps['sessions'];
  readonly decide: Decide;
  readonly policy: Policy;
  /** Hands over to an EPR; asked only for teams that have an inbox there. */
  readonly deliver: DeliverMessage;
  readonly reader: InboxRouteDeps['reader'];
  readonly lookAt: SendingDeps['lookAt'];
  readonly findInvolved: (reader: PatientReader, signal: AbortSignal) => Promise<FoundInvolved>;
  readonly askServices: TeamServicesDeps['ask'];
  readonly handovers: InboxDeps['handovers'];
  readonly chartOf: InboxDeps['chartOf'];
};

export type Messaging = {
  readonly routers: readonly Router[];
  /** What an EPR says later of a message it was handed. */
  readonly receipt: ReturnType<typeof createReceipts>;
  /** It could not be kept there after all. */
  readonly again: TryAgain;
  /** Whom a session's person can be written about. */
  people(session: Session, signal: AbortSignal, only?: string): Promise<AddressBook>;
  readonly stop: () => Promise<void>;
};

export function buildMessaging(
  parts: Parts,
  ground: MessageGround,
  joined: MessagingWith,
  now: () => number,
): Messaging {
  const { config, community, database, audit, log } = parts;
  const teams = createTeams(community);
  const base: LogDeps = { dialect: database.dialect, ...ground, teams, now };
  const judge = buildMessageJudge(parts, joined, now);
  const ownerOf = (source: SourceId): OdsCode | undefined => community.source(source)?.ods;
  const onFailure = (error: unknown): void => log.error('message.worker_failed', { error });
  const worker = startDeliveryWorker({
    ...base,
    database,
    audit,
    judge,
    deliver: (to, message, signal) =>
      to.inbox === undefined ? Promise.resolve({ outcome: 'delivered' }) : joined.deliver(to, message, signal),
    limits: { ...config.message, attemptMs: ATTEMPT_MS },
    random,
    onFailure,
  });
  const escalation = startEscalationWorker({
    ...base,
    database,
    audit,
    judge,
    everyMs: config.message.escalateMs,
    kick: () => worker.kick(),
    onFailure,
  });
  const addressBook = createAddressBook({
    teams,
    findInvolved: joined.findInvolved,
    services: createTeamServices({
      listed: teams.listed,
      ask: joined.askServices,
      onFailure: (source, error) => log.warn('message.services_not_heard', { source, error }),
      now,
    }),
    agreed: (reads, writes) => joined.policy.agreed({ ods: reads }, { ods: writes }, 'direct-care', dayOf(now())),
    judge,
    organisation: (ods) => {
      const member = community.member(ods);
      return member && { ods, name: member.name };
    },
    ownerOf,
    hidesPlaces: ({ patient, role }) => patient.restricted === true && !mayLearnPlaces(joined.policy, role),
  });
  const messagesDeps = {
    ...base,
    database,
    audit,
    judge,
    ownerOf,
    addressBook,
    lookAt: joined.lookAt,
    limits: config.message,
    kick: () => worker.kick(),
  };
  const messages = createMessages(messagesDeps);
  const inbox = createInbox({ ...base, database, audit, judge, handovers: joined.handovers, chartOf: joined.chartOf });
  return {
    routers: [
      messageRoutes({ sessions: joined.sessions, messages, now }),
      inboxRoutes({ reader: joined.reader, inbox }),
      ...buildFhirMessaging(parts, messagesDeps, now),
    ],
    receipt: createReceipts({ ...base, database, audit }),
    people: (session, signal, only) => addressBook(patientReader(session), signal, only),
    again: createAgain({ ...base, database, audit, limits: config.message, random }),
    async stop() {
      await Promise.all([escalation.stop(), worker.stop()]);
    },
  };
}

/** Longer than any inbox may take by the community file. */
const ATTEMPT_MS = 35_000;

const random = (): number => (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) / 65_536;
