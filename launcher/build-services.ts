import type { EprPlugin } from '../plugins/plugin.ts';
import type { RouterTools } from '../plugins/router-face.ts';
import type { OdsCode } from '../src/record/source.ts';
import type { PolicyVersion } from './access/policy.ts';
import type { AuditLog } from './audit/log.ts';
import type { Spool } from './audit/spool.ts';
import { buildAdmin } from './build-admin.ts';
import { buildLastLooks, buildSeen } from './build-audit.ts';
import { buildLocatorRoutes, buildNumberCheck, buildTrace } from './build-identity.ts';
import { buildAcknowledgementRoutes, buildChartOf, buildDeliver, readerOf } from './build-inbox.ts';
import { buildHandovers, type Handovers } from './build-handovers.ts';
import { buildFindInvolved } from './build-involved.ts';
import { buildLookAt } from './build-judge.ts';
import { buildMessaging, type MessageGround, type Messaging } from './build-messaging.ts';
import { type Config } from './config.ts';
import { buildRecord, type RecordServices } from './build-record.ts';
import { buildRouterTools, followersOf, homePatientsFinder, pageHostOf } from './build-plugins.ts';
import { buildAskServices } from './build-availability.ts';
import { CorridorError } from './errors.ts';
import type { Locator } from './identity/locate/locator.ts';
import type { createSourceAgents } from './federation/source-fetch.ts';
import { createHearings, type Hearings } from './messaging/heard.ts';
import type { InboxDeps } from './messaging/inbox.ts';
import { createLinkUser } from './identity/acting-user.ts';
import { readHomePatient } from './identity/home-patient.ts';
import { createUserIdentityStore } from './identity/user-identity-store.ts';
import { type Log } from './observability/log.ts';
import { type Metrics } from './observability/metrics.ts';
import { auditRoutes } from './routes/audit.ts';
import { requireReader } from './routes/bearer.ts';
import { breakGlassRoutes } from './routes/break-glass.ts';
import { callbackRoutes } from './routes/callback.ts';
import { documentRoutes } from './routes/document.ts';
import { exportRoutes } from './routes/export.ts';
import { keepRoutes } from './routes/keep.ts';
import { jwksRoutes } from './routes/jwks.ts';
import { lastLookRoutes } from './routes/last-look.ts';
import { launchRoutes } from './routes/launch.ts';
import { openRoutes } from './routes/open.ts';
import { pluginSockets } from './routes/plugin-sockets.ts';
import { pluginRoutes } from './routes/plugins.ts';
import { readerActRoutes } from './routes/reader-acts.ts';
import { recordRoutes } from './routes/record.ts';
import type { SecurityOptions } from './routes/security-headers.ts';
import { sessionRoutes } from './routes/session.ts';
import { type Services } from './server.ts';
import { type OpenStreams } from './session/open-streams.ts';
import { createSealing, SealBroken, type Sealing } from './session/seal.ts';
import {
  createSessions,
  createTeamSessions,
  isTeamBearer,
  type SessionDeps,
  type Sessions,
  type TeamSessions,
} from './session/sessions.ts';
import { startLaunch, startStandalone } from './smart/authorise.ts';
import type { SmartDeps } from './smart/deps.ts';
import { createDiscover } from './smart/discover.ts';
import { finishOrTrace } from './smart/finish.ts';
import { readIss } from './smart/iss.ts';
import { forgetLaunch, keepLaunch } from './smart/kept-launch.ts';
import { redeemTicket, type TicketDeps } from './smart/ticketed-launch.ts';
import { confirmTrace } from './smart/traced-launch.ts';
import { type Outbound } from './smart/outbound.ts';
import type { Database } from './storage/database.ts';
import * as launchTable from './storage/tables/launch-transactions.ts';
import { proveWritable } from './storage/tables/readiness.ts';
import * as sessionTable from './storage/tables/sessions.ts';
import { readClientSecrets } from './trust/client-secrets.ts';
import { createSourceTokens, type SourceTokens } from './trust/backend-services.ts';
import type { Community, LaunchMember, Member } from './trust/community.ts';
import { type LauncherKeys } from './trust/keys.ts';
import { createTokenRequest } from './trust/token-request.ts';

export type Ground = {
  readonly config: Config;
  readonly log: Log;
  readonly plugins: readonly EprPlugin[];
  readonly community: Community;
  readonly policies: readonly PolicyVersion[];
  readonly keys: LauncherKeys;
  readonly database: Database;
};

/** What stands before the services do: opened by `main.ts`, which also closes it. */
export type Parts = Ground & {
  readonly url: string;
  readonly streams: OpenStreams;
  readonly metrics: Metrics;
  readonly audit: ReturnType<Metrics['watchAudit']>;
  /** Where an emergency goes on while the store can't be written. */
  readonly spool?: Spool | undefined;
  readonly auditLog: AuditLog;
  /** A patient's name in alerts and counts (`audit/patient-handle.ts`). */
  readonly handle: (nhsNumber: string) => string;
  readonly outbound: Outbound;
  readonly agents: ReturnType<typeof createSourceAgents>;
  readonly stopping: () => boolean;
  /** Who holds a record of whom; none where nobody pushes pointers. */
  readonly locator?: Locator | undefined;
  /** What conversations hang on; none where nobody can be written to. */
  readonly messageGround?: MessageGround | undefined;
};

const now = (): number => Date.now();

/** Joins the services to each other. They never import one another: what one needs of another is handed to it here. */
export function buildServices(parts: Parts): Services {
  const { config, log, metrics, database, url, community, audit } = parts;
  const sealing = buildSealing(config);
  const sessions = createSessions(sessionDeps(parts, sealing));
  const teamSessions = parts.messageGround && createTeamSessions(sessionDeps(parts, sealing));
  const tokens = buildTokens(parts);
  const unfollowed = buildSmart(parts, sealing, tokens);
  const onFailure = (error: unknown): void => log.error('plugin.follow_failed', { error });
  const followers = followersOf(parts.plugins, onFailure, { deps: unfollowed, now });
  const smart: SmartDeps = { ...unfollowed, follow: (...told) => followers.launched(...told) };
  const tickets = buildTickets(parts, smart, tokens);
  const toolsOf = (plugin: EprPlugin): RouterTools => buildRouterTools(plugin, parts, tickets, now);
  const hearings = parts.messageGround && createHearings(now);
  const record = buildRecord(parts, sessions, tokens, hearings, now);
  const seen = buildSeen(parts, (purpose, value) => sealing.seal(purpose, value));
  // Each asks the other: how many handovers wait, and whom one can be given to.
  const waiting: InboxDeps['handovers'] = (places) => handovers?.waiting(places) ?? Promise.resolve(0);
  const messaging = joinMessaging(parts, { sessions, teamSessions }, tokens, record, waiting, hearings);
  const handovers = joinHandovers(parts, { sessions, teamSessions }, record, messaging);
  return {
    config,
    log,
    metrics,
    publicOrigin: url,
    security: { framingOf: framingFor(community), https: url.startsWith('https:') },
    health: {
      checks: {
        storage: () => proveWritable(database.queries, new Date(now()).toISOString()),
        community: () => (community.members.length > 0 ? Promise.resolve() : Promise.reject(new Error('no members'))),
      },
      stopping: parts.stopping,
      timeoutMs: config.storage.statementMs,
      onFailure: (name, error) => log.error('health.failed', { state: name, error }),
      now,
    },
    admin: buildAdmin(parts, record.policy, now),
    plugins: pluginRoutes({
      plugins: parts.plugins,
      toolsOf,
      sessions,
      streams: parts.streams,
      publicOrigin: url,
      limits: {
        bodyBytes: config.server.bodyBytes,
        requestMs: config.server.requestMs,
        recheckMs: config.session.recheckMs,
      },
    }),
    sockets: pluginSockets({
      plugins: parts.plugins,
      toolsOf,
      limits: { sockets: config.server.connections },
      onFailure: (error) => log.error('plugin.socket_failed', { error }),
    }),
    background: { stop: async () => void (await Promise.all([messaging?.stop(), handovers?.stop()])) },
    ...(handovers && { notify: handovers.notify }),
    routers: [
      launchRoutes({
        start: (link, signal) => startLaunch(link, smart, signal),
        startStandalone: (ods, signal) => startStandalone(ods, smart, signal),
      }),
      callbackRoutes({
        finish: (answer, signal, opened) => finishOrTrace(answer, smart, signal, opened),
        confirm: (answer) => confirmTrace(answer, smart),
        openSession: (context, lifeMs) => sessions.open(context, lifeMs),
        openTeamSession: teamSessions && ((context, lifeMs) => teamSessions.open(context, lifeMs)),
        isMember: (ods) => community.member(ods as OdsCode)?.launch !== undefined,
        publicOrigin: url,
      }),
      openRoutes({
        redeem: (given, signal) => redeemTicket(given, tickets, signal),
        openSession: (context, lifeMs) => sessions.open(context, lifeMs),
        openTeamSession: teamSessions && ((context, lifeMs) => teamSessions.open(context, lifeMs)),
        isMember: (ods) => community.member(ods as OdsCode) !== undefined,
        publicOrigin: url,
      }),
      keepRoutes({
        sessions,
        ...(teamSessions && { teamSessions }),
        keep: (launchId, signal) => keepLaunch(launchId, smart, signal),
        audit,
        now,
      }),
      sessionRoutes({
        end: async (bearer) => {
          const ending = isTeamBearer(bearer) ? teamSessions : sessions;
          const found = await ending?.find(bearer);
          const ended = (await ending?.end(bearer)) ?? false;
          if (found) {
            followers.ended(found.context.launchId);
            await forgetLaunch(found.context.launchId, smart);
          }
          return ended;
        },
      }),
      ...buildLocatorRoutes(parts, now),
      jwksRoutes(parts.keys),
      readerActRoutes({ sessions, audit, emergency: (session) => record.breakGlass.until(session), now }),
      auditRoutes({ log: parts.auditLog, audit, exportToken: config.audit.exportToken, now }),
      recordRoutes({ ...record, seen, ...(handovers && { opened: (session) => void handovers.follow(session) }) }),
      lastLookRoutes({ sessions, looks: buildLastLooks(parts, sealing) }),
      documentRoutes({ ...record, audit, seen }),
      exportRoutes({ ...record, audit }),
      breakGlassRoutes(record),
      ...(messaging ? [...messaging.routers, buildAcknowledgementRoutes(parts, messaging, now)] : []),
      ...(handovers?.routers ?? []),
    ],
  };
}

/** Conversations, where the community has teams one can write to. */
function joinMessaging(
  parts: Parts,
  { sessions, teamSessions }: { readonly sessions: Sessions; readonly teamSessions: TeamSessions | undefined },
  tokens: SourceTokens,
  record: RecordServices,
  handovers: InboxDeps['handovers'],
  hearings: Hearings | undefined,
): Messaging | undefined {
  if (!parts.messageGround || !hearings) return undefined;
  return buildMessaging(
    parts,
    parts.messageGround,
    {
      sessions,
      decide: (...asked) => record.decide(...asked),
      policy: record.policy,
      deliver: buildDeliver(parts, tokens, now),
      reader: async (request) => readerOf(await requireReader(request, sessions, teamSessions)),
      lookAt: buildLookAt(record),
      findInvolved: buildFindInvolved(parts, record, hearings),
      askServices: buildAskServices(parts, tokens, now),
      handovers,
      chartOf: buildChartOf(parts, tokens, now),
    },
    now,
  );
}

/** Notices and handovers, where the community has agreed who must take on what. */
function joinHandovers(
  parts: Parts,
  { sessions, teamSessions }: { readonly sessions: Sessions; readonly teamSessions: TeamSessions | undefined },
  record: RecordServices,
  messaging: Messaging | undefined,
): Handovers | undefined {
  if (!parts.messageGround || !messaging) return undefined;
  return buildHandovers(
    parts,
    parts.messageGround,
    {
      sessions,
      reader: (request) => requireReader(request, sessions, teamSessions),
      decide: (session, ask) => record.decide(session, ask),
      policy: record.policy,
      locate: (request) => record.locate(request),
      federation: record.federation,
      people: (...asked) => messaging.people(...asked),
    },
    now,
  );
}

function buildTickets(parts: Parts, smart: SmartDeps, tokens: SourceTokens): TicketDeps {
  const hostOf = pageHostOf(parts.plugins);
  return {
    ...smart,
    findHomePatients: homePatientsFinder(parts, tokens, now),
    hostOf: (member, { host }) => hostOf(member, undefined, host),
  };
}

function buildTokens({ community, keys, url, agents, config }: Parts): SourceTokens {
  return createSourceTokens({
    community,
    keys,
    issuer: url,
    send: createTokenRequest(agents, config.source.tokenBytes),
    limits: config.source,
    now,
  });
}

function buildSmart(parts: Parts, sealing: Sealing, tokens: SourceTokens): SmartDeps {
  const { config, community, plugins, keys, outbound, audit, url, database } = parts;
  const trace = buildTrace(parts, tokens, now);
  const checkNumber = buildNumberCheck(parts, tokens, now);
  return {
    community,
    ...(trace && { trace }),
    ...(checkNumber && { checkNumber }),
    publicUrl: url,
    limits: config.launch,
    transactions: {
      save: (transaction, limit, saved) =>
        database.together(async (queries) => {
          const room = await launchTable.saveLaunchTransaction(queries, transaction, limit);
          if (room) saved?.();
          return room;
        }),
      // Whatever the burnt state buys is committed after the burning, and so never outlives it.
      take: (stateHash, at) => database.before((queries) => launchTable.burnLaunchTransaction(queries, stateHash, at)),
    },
    sealing,
    audit,
    outbound,
    discover: createDiscover({ outbound, limits: config.launch, now }),
    launchFace: (id) => plugins.find((plugin) => plugin.id === id)?.launch,
    pageHost: pageHostOf(plugins),
    signingKey: (supported) => keys.signingKey(supported),
    keepsMs: config.session.absoluteMs,
    clientSecret: readClientSecrets(config.launch.secretsFile, community),
    readHomePatient: (resource) => readHomePatient(resource, now()),
    linkUser: createLinkUser({ store: createUserIdentityStore(database), now }),
    now,
  };
}

/** Views of a patient and lists of a team are kept in one place, each sealed for what it is. */
function sessionDeps({ config, audit, log, database }: Parts, sealing: Sealing): SessionDeps {
  const { queries } = database;
  return {
    store: {
      save: (session) => database.together((shared) => sessionTable.saveSession(shared, session)),
      find: (bearerHash) => sessionTable.findSession(queries, bearerHash),
      // A store that can't be written ends the view sooner, and keeps nobody from the emergency path.
      touch: (sessionId, idleExpiresAt) =>
        sessionTable
          .touchSession(queries, sessionId, idleExpiresAt)
          .catch((error: unknown) => log.error('session.touch_failed', { error })),
      extend: (sessionId, expiresAt) => sessionTable.extendSession(queries, sessionId, expiresAt),
      end: (sessionId, endedAt) => sessionTable.endSession(queries, sessionId, endedAt),
    },
    sealing,
    audit,
    limits: config.session,
    now,
  };
}

/** The organisation a page belongs to: by its `iss` on the way in, by the redirect address on the way back. */
function framingFor(community: Community): SecurityOptions['framingOf'] {
  const memberOf = (area: string, ods: string, iss: unknown): LaunchMember | undefined => {
    if (area === 'callback' || area === 'open' || (area === 'launch' && ods !== ''))
      return community.member(ods as OdsCode) as LaunchMember | undefined;
    const read = readIss(iss);
    return read.ok ? community.memberByIss(read.iss) : undefined;
  };
  return ({ path, query }) => {
    const [, area = '', ods = ''] = path.split('/');
    const member = memberOf(area, ods, query['iss']) as Member | undefined;
    const { launch, pluginAncestors = [] } = member ?? {};
    if (!launch && pluginAncestors.length === 0) return undefined;
    const ancestors = [...new Set([...(launch?.frameAncestors ?? []), ...pluginAncestors])];
    // A ticket's page may have another host than the launches of the organisation.
    const unchecked =
      area !== 'open' && launch?.host !== undefined && member?.uncheckedAncestors?.includes(launch.host);
    return { ancestors, formTargets: launch?.allowedOrigins ?? [], ...(unchecked && { unchecked: true as const }) };
  };
}

/** What can't be opened (a restart with a key made at start, a row that was touched) is over, not a fault of ours. */
function buildSealing(config: Config): Sealing {
  const sealing = createSealing(config.seal.keys);
  return {
    seal: (purpose, value) => sealing.seal(purpose, value),
    open: (purpose, sealed) => {
      try {
        return sealing.open(purpose, sealed);
      } catch (cause) {
        if (!(cause instanceof SealBroken)) throw cause;
        throw new CorridorError(purpose.endsWith('session') ? 'session.expired' : 'launch.state_invalid', 'seal', {
          cause,
        });
      }
    },
  };
}
