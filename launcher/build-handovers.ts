import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { createConsents } from './access/known-consents.ts';
import { dayOf } from './access/day.ts';
import { createDecide, type Decide } from './access/decide.ts';
import type { PermittedRequest } from './access/decision.ts';
import { createRedaction, hidesPlaces, ruleFor, type RedactionRule } from './access/redact.ts';
import { wordsOfRule } from './access/rules.ts';
import type { Policy } from './access/policy.ts';
import type { MessageGround } from './build-messaging.ts';
import type { Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import type { FederationDeps } from './federation/deps.ts';
import { findPerson } from './federation/find-person.ts';
import type { ActsDeps } from './handovers/acts.ts';
import type { AttendDeps } from './handovers/attend.ts';
import { createLists } from './handovers/lists.ts';
import type { HandoverGround } from './handovers/ports.ts';
import type { WhomDeps } from './handovers/whom.ts';
import { createRoom } from './handovers/room.ts';
import { createSubscribe, type Subscribe } from './handovers/subscribe.ts';
import { createTell } from './handovers/tell.ts';
import { startWorker } from './handovers/worker.ts';
import type { LocatedRequest } from './identity/located-request.ts';
import { createTeams } from './messaging/teams.ts';
import { handoverRoutes, type HandoverRouteDeps } from './routes/handovers.ts';
import { notifyRoutes } from './routes/notify.ts';
import { sameSecret } from './routes/same-secret.ts';
import { hashOf } from './smart/transaction.ts';
import { loadConsents } from './storage/tables/consents.ts';
import { saveOnce } from './storage/tables/launch-transactions.ts';
import { keysAt } from './trust/verify/index.ts';

// What `build-services.ts` joins notices and handovers from.

export type HandoversWith = {
  readonly sessions: HandoverRouteDeps['sessions'];
  readonly reader: HandoverRouteDeps['reader'];
  readonly decide: Decide;
  readonly policy: Policy;
  locate(request: PermittedRequest): LocatedRequest | Promise<LocatedRequest>;
  readonly federation: Pick<FederationDeps, 'open' | 'match' | 'isAbout' | 'deadlineMs' | 'knownPatientId'>;
  readonly people: WhomDeps['people'];
};

export type Handovers = {
  readonly routers: readonly Router[];
  /** Where sources tell: not for our own pages, and so mounted before what only they may call. */
  readonly notify: Router;
  /** After a record was opened (`subscribe.ts`). */
  follow: Subscribe['follow'];
  /** Handovers that wait for these teams. */
  waiting(addresses: readonly string[]): Promise<number>;
  /** One round now, for tests and the sandbox. */
  tick(): Promise<void>;
  stop(): Promise<void>;
};

/** `undefined`: the community has agreed on no handovers, and nothing is watched. */
export function buildHandovers(
  parts: Parts,
  { vault }: Pick<MessageGround, 'vault'>,
  joined: HandoversWith,
  now: () => number,
): Handovers | undefined {
  const { community, config, audit, database, log } = parts;
  const { handovers: agreement } = community;
  if (!agreement) return undefined;
  const teams = createTeams(community);
  const ground: HandoverGround = { community, agreement, teams, vault, database, audit, newId: randomUUID, now };
  const onFailure = (event: string, error?: unknown): void => log.error(event, { error });
  const sights = buildSights(parts, joined.policy, now);
  const agreed: ActsDeps['agreed'] = (asker, giver) =>
    joined.policy.agreed({ ods: asker }, { ods: giver }, 'direct-care', dayOf(now()));
  const worker = startWorker({
    ...ground,
    ...joined.federation,
    findPerson: (source, located, connection, signal) =>
      findPerson(source, located, connection, joined.federation, signal),
    decide: joined.decide,
    locate: (request) => joined.locate(request),
    redactor: (request) => createRedaction(sights.ruleOf(request)),
    agreed,
    limits: config.handover,
    endpoint: (watchId) => notifyAddress(parts, watchId),
    onFailure,
  } satisfies AttendDeps & Parameters<typeof startWorker>[0]);
  const room = createRoom({
    ...ground,
    most: config.handover.subscriptions,
    onRoom: (full) => parts.metrics.notFollowed(full),
  });
  const lists = createLists({ ...ground, room, ...sights, agreed, people: joined.people });
  const subscribe = createSubscribe({
    ...ground,
    room,
    pollMs: config.handover.pollMs,
    onFailure,
  });
  const { heartbeatMs } = config.handover;
  const tell = createTell({ ...ground, heartbeatMs, sameSecret, nudge: () => worker.nudge() });
  const teamsOf: HandoverRouteDeps['teamsOf'] = ({ context }) => teams.places(context.home.ods, context.role);
  return {
    routers: [handoverRoutes({ sessions: joined.sessions, reader: joined.reader, lists, subscribe, teamsOf })],
    notify: buildNotify(parts, tell, now),
    follow: (session) => subscribe.follow(session),
    waiting: (addresses) => lists.waiting(addresses),
    tick: () => worker.tick(),
    stop: () => worker.stop(),
  };
}

/** The rules of the record, asked for lists: by what is stored of the person's wishes, without asking any keeper. */
function buildSights({ community, database }: Parts, policy: Policy, now: () => number) {
  const { queries } = database;
  const consents = createConsents({
    askKeepers: () => Promise.resolve({ answered: new Map(), silent: [] }),
    load: (nhsNumber) => loadConsents(queries, nhsNumber),
    replace: () => Promise.resolve(),
    newId: randomUUID,
    now,
  });
  const decide = createDecide({ community, policy, consents, now });
  const ruleOf = ({ session: { context }, standings }: PermittedRequest): RedactionRule => {
    const role = policy.role(context.role);
    if (!role) throw new CorridorError('access.refused', 'role');
    return ruleFor(role, context.patient, standings);
  };
  return {
    ruleOf,
    decide: (session: Parameters<Decide>[0]) => decide(session, { kind: 'record' }),
    hidesPlaces: (request: PermittedRequest) => hidesPlaces(ruleOf(request)),
    wordsOf: (rule: string) => wordsOfRule(rule, policy.on(dayOf(now()))?.set),
  };
}

function buildNotify(parts: Parts, tell: Parameters<typeof notifyRoutes>[0]['tell'], now: () => number): Router {
  const { community, config, database } = parts;
  const keys = new Map(
    community.sources.flatMap(({ id, notices }) =>
      notices?.by === 'subscription' && notices.jwksUri !== undefined ? [[id, keysAt(notices.jwksUri, now)]] : [],
    ),
  );
  return notifyRoutes({
    tell,
    source: (id) => community.source(id),
    keysOf: ({ id }) => keys.get(id),
    // In the store: several launchers have one memory of what was shown.
    once: (key, expiresAtMs) =>
      saveOnce(database.queries, {
        stateHash: hashOf(`once:notify:${key}`),
        organisation: 'once:notify',
        sealed: '',
        createdAt: new Date(now()).toISOString(),
        expiresAt: new Date(expiresAtMs).toISOString(),
      }),
    addressOf: (watchId) => notifyAddress(parts, watchId),
    bodyBytes: config.server.bodyBytes,
    now,
  });
}

function notifyAddress({ url }: Pick<Parts, 'url'>, watchId: string): string {
  return `${url}/notify/${watchId}`;
}
