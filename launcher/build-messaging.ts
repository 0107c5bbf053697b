import type { Router } from 'express';
import type { DeliverMessage } from '../src/messages/delivery.ts';
import type { OdsCode, SourceId } from '../src/record/source.ts';
import { LADDER } from '../src/record/confidentiality.ts';
import { dayOf } from './access/day.ts';
import type { Decide } from './access/decide.ts';
import { createJudgeMessage } from './access/judge-message.ts';
import type { Policy } from './access/policy.ts';
import { levelOfClearance } from './access/labels.ts';
import { sectionsReading } from '../src/record/sections/index.ts';
import type { ConsentStatement } from './access/consent.ts';
import type { Ground, Parts } from './build-services.ts';
import { ConfigError } from './config.ts';
import { createAddressBook, type Involved } from './messaging/address-book.ts';
import { startDeliveryWorker } from './messaging/delivery-worker.ts';
import { startEscalationWorker } from './messaging/escalation-worker.ts';
import type { Signing } from './messaging/envelope.ts';
import { createInbox, type InboxDeps } from './messaging/inbox.ts';
import { createMessages, type MessagesDeps } from './messaging/messages.ts';
import { createSystemMessages } from './messaging/system-messages.ts';
import { keepSigners, openVault, VaultLocked } from './messaging/open-vault.ts';
import type { MessageJudge, PatientReader } from './messaging/reader.ts';
import { createReceipts } from './messaging/receipts.ts';
import { createSigning } from './messaging/signing.ts';
import { createTeams } from './messaging/teams.ts';
import type { LogDeps } from './messaging/thread-log.ts';
import type { Vault } from './messaging/vault.ts';
import { fhirMessagingRoutes } from './routes/fhir-messaging.ts';
import { createAccess, type FhirTokenDeps, fhirTokenRoutes } from './routes/fhir-token.ts';
import { type InboxRouteDeps, inboxRoutes } from './routes/inbox.ts';
import { messageRoutes, type MessageRouteDeps } from './routes/messages.ts';
import { createSealing } from './session/seal.ts';
import { hashOf } from './smart/transaction.ts';
import { loadConsents } from './storage/tables/consents.ts';
import { saveOnce } from './storage/tables/launch-transactions.ts';
import { keysAt } from './trust/verify/index.ts';

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
  readonly findInvolved: (reader: PatientReader, signal: AbortSignal) => Promise<readonly Involved[]>;
  readonly handovers: InboxDeps['handovers'];
  readonly chartOf: InboxDeps['chartOf'];
};

export type Messaging = {
  readonly routers: readonly Router[];
  /** What an EPR says later of a message it was handed. */
  readonly receipt: ReturnType<typeof createReceipts>;
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
  const judge = buildJudge(parts, joined, now);
  const onFailure = (error: unknown): void => log.error('message.worker_failed', { error });
  const worker = startDeliveryWorker({
    ...base,
    database,
    audit,
    deliver: (to, message, signal) =>
      to.inbox === undefined ? Promise.resolve({ outcome: 'delivered' }) : joined.deliver(to, message, signal),
    limits: { ...config.message, attemptMs: ATTEMPT_MS },
    random: () => (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) / 65_536,
    onFailure,
  });
  const escalation = startEscalationWorker({
    ...base,
    database,
    audit,
    everyMs: config.message.escalateMs,
    kick: () => worker.kick(),
    onFailure,
  });
  const addressBook = createAddressBook({
    teams,
    findInvolved: joined.findInvolved,
    agreed: (reads, writes) => joined.policy.agreed({ ods: reads }, { ods: writes }, 'direct-care', dayOf(now())),
    hidesPlaces: ({ patient, role }) => {
      const clearance = joined.policy.role(role)?.clearance ?? 'N';
      return patient.restricted === true && levelOfClearance(clearance) < LADDER.V;
    },
  });
  const messagesDeps = {
    ...base,
    database,
    audit,
    judge,
    ownerOf: (source: SourceId) => community.source(source)?.ods,
    addressBook,
    limits: config.message,
    kick: () => worker.kick(),
  };
  const messages = createMessages(messagesDeps);
  const inbox = createInbox({ ...base, database, audit, judge, handovers: joined.handovers, chartOf: joined.chartOf });
  return {
    routers: [
      messageRoutes({ sessions: joined.sessions, messages, now }),
      inboxRoutes({ reader: joined.reader, inbox }),
      ...buildFhir(parts, messagesDeps, now),
    ],
    receipt: createReceipts({ ...base, database, audit }),
    async stop() {
      await Promise.all([escalation.stop(), worker.stop()]);
    },
  };
}

/** For the EPRs that have a key in the community file. */
function buildFhir(parts: Parts, deps: MessagesDeps, now: () => number): readonly Router[] {
  const { community, database, keys, url, config } = parts;
  const clients = new Map(
    community.members.flatMap(({ ods, client }) =>
      client ? [[client.id, { id: client.id, ods, keys: keysAt(client.jwksUri, now) }] as const] : [],
    ),
  );
  if (clients.size === 0) return [];
  const judge: MessageJudge = {
    see: (...asked) => deps.judge.see(...asked),
    // No session is open: an EPR writes as a team of its own organisation, and as nobody else.
    open: ({ context: { home, role, patient } }, item) =>
      deps.judge.see(
        { ods: home.ods, role, names: [] },
        { nhsNumber: patient.nhsNumber, restricted: patient.restricted === true },
        { giver: home.ods, ...(item && { item }) },
      ),
  };
  const systemDeps = { ...deps, judge };
  const tokens: FhirTokenDeps = {
    client: (id) => clients.get(id),
    once: (key, expiresAtMs) =>
      saveOnce(database.queries, {
        stateHash: hashOf(`once:fhir-client:${key}`),
        organisation: 'once:fhir-client',
        sealed: '',
        createdAt: new Date(now()).toISOString(),
        expiresAt: new Date(expiresAtMs).toISOString(),
      }),
    signJwt: (...given) => keys.signJwt(...given),
    jwks: keys.jwks.keys,
    url,
    now,
  };
  const system = createSystemMessages({ ...systemDeps, messages: createMessages(systemDeps) });
  return [
    fhirTokenRoutes(tokens),
    fhirMessagingRoutes({ system, access: createAccess(tokens), url, bodyBytes: config.server.bodyBytes, now }),
  ];
}

/** Longer than any inbox may take by the community file. */
const ATTEMPT_MS = 35_000;

/** The rules of the record, asked for messages. */
function buildJudge(parts: Parts, { decide, policy }: MessagingWith, now: () => number): MessageJudge {
  const { community, database } = parts;
  const stored = async (nhsNumber: string): Promise<readonly ConsentStatement[]> =>
    (await loadConsents(database.queries, nhsNumber)).map(({ statement }) => JSON.parse(statement) as ConsentStatement);
  const see = createJudgeMessage({ community, policy, stored, now });
  return {
    see,
    open: async (session, item) => {
      const { role, home, patient } = session.context;
      const decided = await decide(session, { kind: 'record' });
      if ('code' in decided)
        return {
          allowed: false,
          rule: decided.rule,
          words: decided.words ?? 'The sharing agreement does not allow this.',
        };
      if (item && !mayName(item, decided.permitted.get(item.source)))
        return { allowed: false, rule: 'message.item', words: 'This item is not one that you may see.' };
      // What one writes is one's own organisation's: only a restricted person's whereabouts hold it back.
      return see(
        { ods: home.ods, role, names: [] },
        { nhsNumber: patient.nhsNumber, restricted: patient.restricted === true },
        { giver: home.ods as OdsCode },
      );
    },
  };
}

function mayName({ resource }: { readonly resource: string }, sections: readonly string[] | undefined): boolean {
  const reading = sectionsReading(resource.split('/')[0] ?? '');
  return sections !== undefined && (reading.length === 0 || reading.some((section) => sections.includes(section)));
}
