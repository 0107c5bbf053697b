import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from 'express';
import type { DestinationStream } from 'pino';
import { PLUGINS } from '../plugins/index.ts';
import type { EprPlugin } from '../plugins/plugin.ts';
import type { OdsCode } from '../src/record/source.ts';
import { createStoreAudit, type StoreAudit } from './audit/store-audit.ts';
import { type Config, ConfigError, type ConfigValues, readConfig } from './config.ts';
import { createLog, type Log } from './observability/log.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import type { Framing } from './routes/security-headers.ts';
import { createServer, type Services } from './server.ts';
import { createOpenStreams, type OpenStreams } from './session/open-streams.ts';
import { createSealing, type Sealing } from './session/seal.ts';
import type { Database } from './storage/database.ts';
import { migrate } from './storage/migrate.ts';
import { openPostgres } from './storage/postgres.ts';
import { openSqlite } from './storage/sqlite.ts';
import { startSweeper } from './storage/sweep.ts';
import { proveWritable } from './storage/tables/readiness.ts';
import { canonicalAddress } from './trust/addresses.ts';
import type { Community } from './trust/community.ts';
import { describeProblems, parseCommunity } from './trust/parse-community.ts';

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
  /** The audit, for tests and the command line; no route leads to reading it. */
  readonly audit: StoreAudit;
  /** Stops taking requests, ends streams, closes the store; done within `server.shutdownMs` and a little. */
  close(): Promise<void>;
};

/** config → storage → plugins → services → listen. Whatever fails on the way is undone, and nothing is left listening. */
export async function startLauncher(options: LauncherOptions = {}): Promise<Launcher> {
  const config = readConfig(options.environment ?? process.env, options.settings);
  const log = createLog(config.log.level, options.logTo);
  const plugins = options.plugins ?? PLUGINS;
  const community = await loadCommunity(config, options.communityText, plugins);
  const database = await openDatabase(config, log);
  try {
    await migrate(database);
    return await listen({ config, log, community, database, plugins });
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

type Ground = {
  readonly config: Config;
  readonly log: Log;
  readonly community: Community;
  readonly database: Database;
  readonly plugins: readonly EprPlugin[];
};

async function listen(ground: Ground): Promise<Launcher> {
  const { config, log, database } = ground;
  // The address is known only when listening (port 0); until the services stand on it, callers are told to wait.
  let serve: RequestListener = (_request, response) => response.writeHead(503, { 'Retry-After': '1' }).end();
  const server = createHttpServer(httpLimits(config), (request, response) => serve(request, response));
  server.maxConnections = config.server.connections;
  await startListening(server, config);
  const url = config.server.publicUrl ?? addressOf(server, config.server.host);
  const state = { stopping: false };
  const streams = createOpenStreams(config.stream);
  const metrics = createMetrics(() => streams.count);
  const audit = createStoreAudit(database);
  serve = createServer(
    buildServices({
      ...ground,
      url,
      streams,
      metrics,
      audit,
      sealing: makeSealing(ground),
      stopping: () => state.stopping,
    }),
  );
  const sweeper = startSweeper(database, config.storage.sweepMs, (error) =>
    log.error('storage.sweep_failed', { error }),
  );
  log.info('launcher.listening', {
    host: config.server.host,
    port: (server.address() as AddressInfo).port,
    pid: process.pid,
    count: ground.community.members.length,
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    state.stopping = true;
    streams.endAll();
    await stopServing(server, config.server.shutdownMs);
    await sweeper.stop();
    await database.close();
    log.info('launcher.stopped');
  };
  return { url, audit, close: () => (closing ??= close()) };
}

type Parts = Ground & {
  readonly url: string;
  readonly streams: OpenStreams;
  readonly metrics: Metrics;
  readonly audit: StoreAudit;
  readonly sealing: Sealing;
  readonly stopping: () => boolean;
};

function buildServices(parts: Parts): Services {
  const { config, log, metrics, database, url } = parts;
  return {
    config,
    log,
    metrics,
    publicOrigin: url,
    security: { framingOf: (request) => framingOf(parts.community, request), https: url.startsWith('https:') },
    health: {
      checks: { storage: () => proveWritable(database.queries, new Date().toISOString()) },
      stopping: parts.stopping,
      timeoutMs: config.storage.statementMs,
      onFailure: (name, error) => log.error('health.failed', { state: name, error }),
      now: () => Date.now(),
    },
    routers: [],
  };
}

/** The organisation a page belongs to: by its `iss` on the way in, by the redirect address on the way back. */
function framingOf(community: Community, request: Request): Framing | undefined {
  const { iss } = request.query;
  const [, area, ods = ''] = request.path.split('/');
  const byIss = typeof iss === 'string' && URL.canParse(iss) ? community.memberByIss(canonicalAddress(iss)) : undefined;
  const member = area === 'callback' ? community.member(ods as OdsCode) : byIss;
  return member?.launch && { ancestors: member.launch.frameAncestors, formTargets: member.launch.allowedOrigins };
}

async function loadCommunity(
  config: Config,
  given: string | undefined,
  plugins: readonly EprPlugin[],
): Promise<Community> {
  const { file } = config.community;
  if (given === undefined && file === undefined) {
    throw new ConfigError(['community.file (CORRIDOR_COMMUNITY_FILE): must name the community file']);
  }
  const parsed = parseCommunity(given ?? (await readCommunityFile(file ?? '')), plugins);
  if (!parsed.ok) throw new ConfigError([describeProblems(file ?? 'community', parsed.problems)]);
  return parsed.community;
}

/** The text of a community file, or a `ConfigError` that says why not. */
export async function readCommunityFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ConfigError([`the community file ${file} can’t be read (${code})`]);
  }
}

/** Only reads beside a running launcher when `readOnly`. */
export async function openDatabase(config: Config, log: Log, readOnly = false): Promise<Database> {
  const { url, poolSize, connectMs, statementMs } = config.storage;
  const sqlite = /^sqlite:(.+)$/.exec(url)?.[1];
  if (sqlite !== undefined) return openSqlite({ file: sqlite, busyMs: statementMs, readOnly });
  if (!/^postgres(?:ql)?:\/\//.test(url)) {
    throw new ConfigError(['storage.url (CORRIDOR_STORAGE_URL): must begin with sqlite: or postgres://']);
  }
  return openPostgres({
    url,
    poolSize,
    connectMs,
    statementMs,
    onIdleError: (code) => log.warn('storage.connection_lost', { code }),
  });
}

function makeSealing({ config, log }: Ground): Sealing {
  if (!config.seal.keys) log.warn('seal.key_made_at_start', { setting: 'seal.keys' });
  return createSealing(config.seal.keys);
}

function httpLimits(config: Config): object {
  return {
    maxHeaderSize: config.server.headerBytes,
    headersTimeout: config.server.headersMs,
    requestTimeout: config.server.requestMs,
    keepAliveTimeout: config.server.keepAliveMs,
    connectionsCheckingInterval: 1_000,
  };
}

function startListening(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.server.port, config.server.host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** Running requests may end on their own; those that haven't by then are cut. */
async function stopServing(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
