import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import { buildRouterTools } from '../../launcher/build-plugins.ts';
import { createSealing } from '../../launcher/session/seal.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { openPostgres } from '../../launcher/storage/postgres.ts';
import { burnLaunchTransaction, saveLaunchTransaction } from '../../launcher/storage/tables/launch-transactions.ts';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { PluginAnswer, RouterTools } from '../../plugins/router-face.ts';
import { request } from '../contracts/plugin.contract.ts';
import { type RunningHub, startHub } from '../support/fhircast-hub.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const TOPIC = 'a-topic-of-one-user-0001';
const user = { id: 'u1', name: 'Dr Example', role: 'gp', assurance: 'oidc' } as const;
const sessionOf = (launchId: string) => ({ launchId, ods: 'XB001', userKey: 'u1', user });

/** One launcher: a memory and connections of its own, and what the launcher itself lends a plugin, over the shared database. */
type Launcher = { readonly plugin: EprPlugin; readonly tools: RouterTools; readonly database: Database };

let server: TestPostgres | undefined;
let hub: RunningHub;
let page: AbortController;
let launchers: readonly Launcher[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

beforeEach(async () => {
  if (!server) throw new Error('PostgreSQL is not running');
  hub = await startHub({ answerMs: 2_000 });
  page = new AbortController();
  const url = await server.newStore();
  launchers = [await openLauncher(url), await openLauncher(url)];
});
afterEach(async () => {
  page.abort();
  await hub.close();
  for (const { database } of launchers) await database.close();
});

async function openLauncher(url: string): Promise<Launcher> {
  vi.resetModules();
  const plugin = (await import('../../plugins/fhircast/plugin.ts')).fhircast;
  const database = await openPostgres({
    url,
    poolSize: 3,
    connectMs: 5_000,
    statementMs: 10_000,
    onIdleError: () => undefined,
  });
  await migrate(database);
  const transactions = {
    save: (row: Parameters<typeof saveLaunchTransaction>[1], limit: number) =>
      database.together((queries) => saveLaunchTransaction(queries, row, limit)),
    take: (stateHash: string, now: string) =>
      database.before((queries) => burnLaunchTransaction(queries, stateHash, now)),
  };
  const lent = buildRouterTools(
    plugin,
    {
      community: { members: [] },
      database,
      audit: createStoreAudit(database),
      url: 'https://corridor.example',
    } as never,
    {
      transactions,
      sealing: createSealing([{ id: 'k', key: new Uint8Array(Buffer.alloc(32, 7)) }]),
      limits: { outstandingPerOrganisation: 100 },
    } as never,
    () => Date.now(),
  );
  const shared: Pick<RouterTools, 'once' | 'keep' | 'take'> = {
    once: (...asked) => lent.once(...asked),
    keep: (...asked) => lent.keep?.(...asked) ?? Promise.reject(new Error('nothing is kept')),
    take: (...asked) => lent.take?.(...asked) ?? Promise.resolve(undefined),
  };
  return { plugin, database, tools: { ...hub.tools, ...shared } };
}

function at(index: number): Launcher {
  const found = launchers[index];
  if (!found) throw new Error('no such launcher');
  return found;
}

async function launched({ plugin, tools }: Launcher): Promise<void> {
  const keep = async (what: object): Promise<void> =>
    void (await tools.keep?.('XB001', what as never, 60_000, 'launch:l1'));
  const answer = { token: { 'hub.url': hub.url, 'hub.topic': TOPIC }, claims: {} };
  const settings = hub.tools.members[0]?.settings;
  const launch = { launchId: 'l1', ods: 'XB001', settings, answer, patientId: 'anne', accessToken: hub.token, keep };
  await plugin.follow?.launched(launch, page.signal);
}

type Next = () => Promise<Record<string, unknown> | undefined>;

async function open({ plugin, tools }: Launcher, body: object, launchId: string): Promise<Next> {
  const route = plugin.router?.routes.find(({ path }) => path === '/context');
  const asked = request(body, { session: sessionOf(launchId), signal: page.signal });
  const answer = (await route?.handle(asked, tools)) as Extract<PluginAnswer, { lines: unknown }>;
  const lines = answer.lines[Symbol.asyncIterator]();
  return async () => (await lines.next()).value as Record<string, unknown> | undefined;
}

const acknowledge = ({ plugin, tools }: Launcher, of: number, result: string) =>
  plugin.router?.routes
    .find(({ path }) => path === '/ack')
    ?.handle(request({ of, result }, { session: sessionOf('l1') }), tools);

async function publish(name: string, resource: object): Promise<void> {
  const event = { 'hub.topic': TOPIC, 'hub.event': name, context: [{ key: 'patient', resource }] };
  await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.token}` },
    body: JSON.stringify({ timestamp: new Date().toISOString(), id: crypto.randomUUID(), event }),
  });
}

const ben = {
  resourceType: 'Patient',
  id: 'ben',
  birthDate: '1961-02-02',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }],
};

describe('a page that follows a hub through two launchers on one PostgreSQL', () => {
  it('is followed by one of them, once, though both are asked at the same moment', async () => {
    await launched(at(0));
    const asked = await Promise.allSettled([open(at(0), { id: 'a' }, 'l1'), open(at(1), { id: 'b' }, 'l1')]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(open(at(1), { id: 'c' }, 'l1')).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('goes on with the next patient at the other launcher, once, and hears at once who was opened meanwhile', async () => {
    await launched(at(0));
    const next = await open(at(0), { id: 'hello' }, 'l1');
    await next();
    await publish('Patient-open', ben);
    const { resume } = ((await next())?.['payload'] ?? {}) as Record<string, string>;
    await acknowledge(at(0), 2, 'pending');
    await publish('Patient-open', { resourceType: 'Patient', id: 'cat' });
    const asked = await Promise.allSettled([
      open(at(1), { id: 'x', resume }, 'l2'),
      open(at(0), { id: 'y', resume }, 'l2'),
    ]);
    const going = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(going).toHaveLength(1);
    expect(await going[0]?.()).toMatchObject({ type: 'change', epoch: 3, payload: { patient: { localId: 'cat' } } });
  });

  it('keeps nothing in the shared database that names who it is or can be read there', async () => {
    await launched(at(0));
    const next = await open(at(0), { id: 'hello' }, 'l1');
    await next();
    await publish('Patient-open', ben);
    await next();
    const rows = JSON.stringify(await at(1).database.queries.selectFrom('launch_transactions').selectAll().execute());
    expect(rows).toContain('kept:fhircast');
    for (const secret of ['9990000026', '1961-02-02', hub.token, TOPIC]) expect(rows).not.toContain(secret);
  });
});
