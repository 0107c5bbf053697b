import { setTimeout as after } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { PLUGINS } from '../plugins/index.ts';
import type { EprPlugin } from '../plugins/plugin.ts';
import type { OdsCode, Source } from '../src/record/source.ts';
import { createDecide } from './access/decide.ts';
import { createPolicy } from './access/policy.ts';
import { ruleFor } from './access/redact.ts';
import { createStoreAudit, type StoreAudit } from './audit/store-audit.ts';
import { type Config, ConfigError, type ConfigValues, readConfig } from './config.ts';
import { CorridorError } from './errors.ts';
import { createBreaker } from './federation/breaker.ts';
import { federate } from './federation/federate.ts';
import { createSourceOpener } from './federation/open-source.ts';
import { createSourceAgents } from './federation/source-fetch.ts';
import { readHomePatient } from './identity/home-patient.ts';
import { locate } from './identity/locate.ts';
import { matchPatient } from './identity/match.ts';
import { isAbout } from './identity/subject.ts';
import { listen } from './listen.ts';
import { createLog, type Log } from './observability/log.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { callbackRoutes } from './routes/callback.ts';
import { documentRoutes } from './routes/document.ts';
import { jwksRoutes } from './routes/jwks.ts';
import { launchRoutes } from './routes/launch.ts';
import { recordRoutes, type RecordRouteDeps } from './routes/record.ts';
import type { SecurityOptions } from './routes/security-headers.ts';
import { sessionRoutes } from './routes/session.ts';
import { createServer, type Services } from './server.ts';
import { createOpenStreams, type OpenStreams } from './session/open-streams.ts';
import { createSealing, SealBroken, type Sealing } from './session/seal.ts';
import { createSessions, type Sessions } from './session/sessions.ts';
import { startLaunch } from './smart/authorise.ts';
import type { SmartDeps } from './smart/deps.ts';
import { createDiscover } from './smart/discover.ts';
import { finishLaunch } from './smart/finish.ts';
import { readIss } from './smart/iss.ts';
import { createOutbound, type Outbound } from './smart/outbound.ts';
import type { Database } from './storage/database.ts';
import { migrate } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';
import { startSweeper } from './storage/sweep.ts';
import * as launchTable from './storage/tables/launch-transactions.ts';
import { proveWritable } from './storage/tables/readiness.ts';
import * as sessionTable from './storage/tables/sessions.ts';
import { createSourceTokens } from './trust/backend-services.ts';
import type { Community, LaunchMember } from './trust/community.ts';
import { KeyFileError, type LauncherKeys, loadKeys, makeKeys } from './trust/keys.ts';
import { loadCommunity } from './trust/load-community.ts';
import { createTokenRequest } from './trust/token-request.ts';
import { loudChoices, refuseUnsafe } from './trust/unsafe-choices.ts';

// The composition root: the only file that knows every part, which makes it longer than the others.

export type LauncherOptions = {
  /** Settings by name (`'server.port': 0`); they win over the environment. */
  readonly settings?: ConfigValues;
  readonly environment?: { readonly [name: string]: string | undefined };
  /** The community file's text, instead of the file that `community.file` names. */
  readonly communityText?: string;
  readonly plugins?: readonly EprPlugin[];
  /** Where log lines go; standard output unless told. */
  readonly logTo?: DestinationStream;
};

export type Launcher = {
  /** Origin browsers reach the launcher at. */
  readonly url: string;
  /** Port that is listened on; behind a proxy not the one of `url`. */
  readonly port: number;
  /** The audit, for tests and the command line; no route leads to reading it. */
  readonly audit: StoreAudit;
  /** Stops taking requests, ends streams, closes the store; done within `server.shutdownMs` and a little. */
  close(): Promise<void>;
};

/** Reads a community file as the launcher would, with every built-in plugin. */
export function readCommunity(file: string): Promise<Community> {
  return loadCommunity({ file }, PLUGINS);
}

/** config → community → storage → services → listen. Whatever fails on the way is undone, and nothing is left open. */
export async function startLauncher(options: LauncherOptions = {}): Promise<Launcher> {
  const config = readConfig(options.environment ?? process.env, options.settings);
  const log = createLog(config.log.level, options.logTo);
  const plugins = options.plugins ?? PLUGINS;
  const community = await loadCommunity({ file: config.community.file, text: options.communityText }, plugins);
  refuseUnsafe(config, community);
  for (const { event, ...fields } of loudChoices(config, community)) log.warn(event, fields);
  const keys = await openKeys(config);
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const database = await openDatabase(config.storage, (code) => log.warn('storage.connection_lost', { code }));
    undo.push(() => database.close());
    await migrate(database);
    return await openForLaunches({ config, log, plugins, community, keys, database }, undo, close);
  } catch (cause) {
    await close();
    throw cause;
  }
}

type Ground = {
  readonly config: Config;
  readonly log: Log;
  readonly plugins: readonly EprPlugin[];
  readonly community: Community;
  readonly keys: LauncherKeys;
  readonly database: Database;
};

/** `undo` is what stopping does, last first: end the streams and the listening, then what they used, then the store. */
async function openForLaunches(
  ground: Ground,
  undo: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Launcher> {
  const { config, log, database, community } = ground;
  const outbound = createOutbound();
  const agents = createSourceAgents({ connections: config.source.connections, connectMs: config.source.headerMs });
  undo.push(
    () => outbound.close(),
    () => agents.close(),
  );
  const sweeper = startSweeper(database, config.storage.sweepMs, (error) =>
    log.error('storage.sweep_failed', { error }),
  );
  undo.push(() => sweeper.stop());
  const listener = await listen(config.server);
  const streams = createOpenStreams(config.stream);
  const state = { stopping: false };
  undo.push(async () => {
    state.stopping = true;
    // A cut stream still has to write how its sources ended: the store waits for that, within the same limit.
    const ended = Promise.race([streams.endAll(), after(config.server.shutdownMs, undefined, { ref: false })]);
    await Promise.all([ended, listener.stop(config.server.shutdownMs)]);
  });
  const url = config.server.publicUrl ?? listener.origin;
  const metrics = createMetrics(() => streams.count);
  const audit = createStoreAudit(database);
  const parts = {
    ...ground,
    url,
    streams,
    metrics,
    audit: metrics.watchAudit(audit),
    outbound: outbound.outbound,
    agents,
    stopping: () => state.stopping,
  };
  listener.serve(createServer(buildServices(parts)));
  log.info('launcher.listening', {
    host: config.server.host,
    port: listener.port,
    pid: process.pid,
    count: community.members.length,
  });
  let closing: Promise<void> | undefined;
  return {
    url,
    port: listener.port,
    audit,
    close: () => (closing ??= close().then(() => log.info('launcher.stopped'))),
  };
}

type Parts = Ground & {
  readonly url: string;
  readonly streams: OpenStreams;
  readonly metrics: Metrics;
  readonly audit: ReturnType<Metrics['watchAudit']>;
  readonly outbound: Outbound;
  readonly agents: ReturnType<typeof createSourceAgents>;
  readonly stopping: () => boolean;
};

const now = (): number => Date.now();

function buildServices(parts: Parts): Services {
  const { config, log, metrics, database, url, community, audit } = parts;
  const sealing = buildSealing(config);
  const sessions = buildSessions(parts, sealing);
  const smart = buildSmart(parts, sealing);
  const record = buildRecord(parts, sessions);
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
    routers: [
      launchRoutes({ start: (link, signal) => startLaunch(link, smart, signal) }),
      callbackRoutes({
        finish: (answer, signal) => finishLaunch(answer, smart, signal),
        openSession: (context, lifeMs) => sessions.open(context, lifeMs),
        isMember: (ods) => community.member(ods as OdsCode)?.launch !== undefined,
        publicOrigin: url,
      }),
      sessionRoutes(sessions),
      jwksRoutes(parts.keys),
      recordRoutes(record),
      documentRoutes({ ...record, audit }),
    ],
  };
}

function buildSmart(parts: Parts, sealing: Sealing): SmartDeps {
  const { config, community, plugins, keys, outbound, audit, url, database } = parts;
  const { queries } = database;
  return {
    community,
    publicUrl: url,
    limits: config.launch,
    transactions: {
      save: (transaction, limit) => launchTable.saveLaunchTransaction(queries, transaction, limit),
      take: (stateHash, at) => launchTable.burnLaunchTransaction(queries, stateHash, at),
    },
    sealing,
    audit,
    outbound,
    discover: createDiscover({ outbound, limits: config.launch, now }),
    launchFace: (id) => plugins.find((plugin) => plugin.id === id)?.launch,
    signingKey: (supported) => keys.signingKey(supported),
    readHomePatient: (resource) => readHomePatient(resource, now()),
    now,
  };
}

function buildSessions({ config, audit, database: { queries } }: Parts, sealing: Sealing): Sessions {
  return createSessions({
    store: {
      save: (session) => sessionTable.saveSession(queries, session),
      find: (bearerHash) => sessionTable.findSession(queries, bearerHash),
      touch: (sessionId, idleExpiresAt) => sessionTable.touchSession(queries, sessionId, idleExpiresAt),
      end: (sessionId, endedAt) => sessionTable.endSession(queries, sessionId, endedAt),
    },
    sealing,
    audit,
    limits: config.session,
    now,
  });
}

function buildRecord(parts: Parts, sessions: Sessions): RecordRouteDeps {
  const { config, community, plugins, agents, keys, log, metrics, audit, streams } = parts;
  const tokens = createSourceTokens({
    community,
    keys,
    send: createTokenRequest(agents, config.source.tokenBytes),
    limits: config.source,
    now,
  });
  const open = createSourceOpener({
    source: (id) => community.source(id),
    plugins,
    token: (...asked) => tokens.token(...asked),
    agents,
    limits: config.source,
  });
  const policy = createPolicy(community);
  return {
    sessions,
    streams,
    decide: createDecide({ community, policy, now }),
    locate,
    ruleOf: ({ session: { context } }) => {
      const role = policy.role(context.role);
      if (!role) throw new CorridorError('access.refused', 'role');
      return ruleFor(role, context.patient);
    },
    sourceIds: () => community.sources.map(({ id }) => id),
    // Which source is "home" depends on who asks, so it is described per view.
    federate: (located, deps, signal) => {
      const home = located.request.session.context.home.ods;
      return metrics.watchRecord(
        federate(located, { ...deps, describe: (id) => describe(community, id, home) }, signal),
      );
    },
    federation: {
      open,
      describe: (id) => describe(community, id),
      deadlineMs: (id) => community.source(id)?.deadlineMs ?? config.source.deadlineMs,
      match: (asked, found) => matchPatient(asked, found, now()),
      isAbout,
      breaker: createBreaker({
        failures: config.source.breakerFailures,
        openMs: config.source.breakerOpenMs,
        onChange: (source, to) => log.warn('source.breaker', { source, state: to }),
      }),
      limits: {
        heartbeatMs: config.stream.heartbeatMs,
        idleMs: config.source.deadlineMs,
        buffer: config.stream.buffer,
      },
      audit,
      now,
    },
    audit,
    now,
    recheckMs: config.session.recheckMs,
  };
}

function describe(community: Community, id: Source['id'], home?: OdsCode): Source {
  const ods = community.source(id)?.ods;
  const member = ods === undefined ? undefined : community.member(ods);
  if (!member) throw new CorridorError('server.fault', 'a source of no member');
  return { id, organisation: { ods: member.ods, name: member.name, kind: member.kind }, home: member.ods === home };
}

/** The organisation a page belongs to: by its `iss` on the way in, by the redirect address on the way back. */
function framingFor(community: Community): SecurityOptions['framingOf'] {
  const memberOf = (area: string, ods: string, iss: unknown): LaunchMember | undefined => {
    if (area === 'callback') return community.member(ods as OdsCode) as LaunchMember | undefined;
    const read = readIss(iss);
    return read.ok ? community.memberByIss(read.iss) : undefined;
  };
  return ({ path, query }) => {
    const [, area = '', ods = ''] = path.split('/');
    const launch = memberOf(area, ods, query['iss'])?.launch;
    return launch && { ancestors: launch.frameAncestors, formTargets: launch.allowedOrigins };
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
        throw new CorridorError(purpose === 'session' ? 'session.expired' : 'launch.state_invalid', 'seal', { cause });
      }
    },
  };
}

async function openKeys(config: Config): Promise<LauncherKeys> {
  if (config.keys.file === undefined) return makeKeys();
  try {
    return await loadKeys(config.keys.file);
  } catch (cause) {
    const words = cause instanceof KeyFileError ? cause.message : 'the file can’t be read';
    throw new ConfigError([`keys.file (CORRIDOR_KEYS_FILE): ${words}`]);
  }
}
