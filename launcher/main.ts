import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { PLUGINS } from '../plugins/index.ts';
import type { EprPlugin } from '../plugins/plugin.ts';
import { PolicyProblem, type PolicyVersion, readVersions } from './access/policy.ts';
import { startCheckpoints } from './audit/checkpoints.ts';
import type { AuditLog } from './audit/log.ts';
import { placesOf } from './audit/places.ts';
import { createStoreAudit, type StoreAudit } from './audit/store-audit.ts';
import { buildBulkWatch, openAuditLog, patientHandles } from './build-audit.ts';
import { buildLocator } from './build-identity.ts';
import { openMessages } from './build-messaging.ts';
import { buildServices, type Ground } from './build-services.ts';
import { startSpooling } from './build-spool.ts';
import { type Config, ConfigError, type ConfigValues, readConfig } from './config.ts';
import { createSourceAgents } from './federation/source-fetch.ts';
import { listen } from './listen.ts';
import { createLog } from './observability/log.ts';
import { createMetrics } from './observability/metrics.ts';
import { createServer } from './server.ts';
import { createOpenStreams } from './session/open-streams.ts';
import { createOutbound } from './smart/outbound.ts';
import { migrate } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';
import { startSweeper } from './storage/sweep.ts';
import type { Community } from './trust/community.ts';
import { KeyFileError, type LauncherKeys, loadKeys, makeKeys } from './trust/keys.ts';
import { loadCommunity } from './trust/load-community.ts';
import { loudChoices, refuseUnsafe } from './trust/unsafe-choices.ts';

// The composition root: the only file that names the plugins and the store. `build-services.ts` joins the services.

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
  readonly auditLog: AuditLog;
  /** Stops taking requests, ends streams, closes the store; done within `server.shutdownMs` and a little. */
  close(): Promise<void>;
};

/** Reads a community file as the launcher would, with every built-in plugin. */
export function readCommunity(file: string): Promise<Community> {
  return loadCommunity({ file }, PLUGINS);
}

/** What the command line checks; only this file names the list. */
export function builtInPlugins(): readonly EprPlugin[] {
  return PLUGINS;
}

/** Every policy version the community names, read beside its file; a wrong one stops the start with its own words. */
export function readCommunityPolicies(community: Community, communityFile?: string): readonly PolicyVersion[] {
  const folder = communityFile === undefined ? process.cwd() : dirname(communityFile);
  try {
    return readVersions(community.policies, (file) => readFileSync(resolve(folder, file), 'utf8'));
  } catch (cause) {
    if (cause instanceof PolicyProblem) throw new ConfigError(cause.problems);
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    if (code !== undefined) throw new ConfigError([`a policy file of the community can’t be read (${code})`]);
    throw cause;
  }
}

/** config → community → storage → services → listen. Whatever fails on the way is undone, and nothing is left open. */
export async function startLauncher(options: LauncherOptions = {}): Promise<Launcher> {
  const config = readConfig(options.environment ?? process.env, options.settings);
  const log = createLog(config.log.level, options.logTo);
  const plugins = options.plugins ?? PLUGINS;
  const community = await loadCommunity({ file: config.community.file, text: options.communityText }, plugins);
  refuseUnsafe(config, community);
  for (const { event, ...fields } of loudChoices(config, community)) log.warn(event, fields);
  const policies = readCommunityPolicies(community, config.community.file);
  const keys = await openKeys(config);
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const database = await openDatabase(config.storage, (code) => log.warn('storage.connection_lost', { code }));
    undo.push(() => database.close());
    await migrate(database);
    return await openForLaunches({ config, log, plugins, community, policies, keys, database }, undo, close);
  } catch (cause) {
    await close();
    throw cause;
  }
}

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
  const sweeper = startSweeper(
    database,
    config.storage.sweepMs,
    (error) => log.error('storage.sweep_failed', { error }),
    config.audit.asSeenDays,
    config.audit.lastLookDays,
    config.message.keepDays,
  );
  undo.push(() => sweeper.stop());
  const locator = await buildLocator(ground);
  undo.push(async () => locator?.stop());
  const messageGround = await openMessages(ground);
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
  const audit = createStoreAudit(database, placesOf(community, url));
  const spooling = await startSpooling(ground, audit);
  if (spooling) undo.splice(undo.length - 1, 0, () => spooling.stop());
  const auditLog = openAuditLog(config, database);
  const handle = patientHandles(config);
  const checkpoints = startCheckpoints(
    () => auditLog.checkpoint(),
    config.audit.checkpointMs,
    (error) => log.error('audit.checkpoint_failed', { error }),
  );
  // Before the listening in the order of undoing: the last events are signed after the last request has ended.
  undo.splice(undo.length - 1, 0, () => checkpoints.stop());
  const parts = {
    ...ground,
    url,
    streams,
    metrics,
    audit: metrics.watchAudit(buildBulkWatch(spooling?.audit ?? audit, handle, ground)),
    spool: spooling?.spool,
    auditLog,
    handle,
    outbound: outbound.outbound,
    agents,
    locator,
    messageGround,
    stopping: () => state.stopping,
  };
  const services = buildServices(parts);
  // After the listening has ended and before the last head is signed: what was handed over is in the audit.
  undo.splice(undo.length - 1, 0, async () => services.background?.stop());
  undo.push(() => Promise.resolve(services.sockets?.close()));
  listener.serve(createServer(services), services.sockets?.upgrade);
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
    auditLog,
    close: () => (closing ??= close().then(() => log.info('launcher.stopped'))),
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
