import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceAgents, createSourceFetch, type SourceAgents } from '../../../launcher/federation/source-fetch.ts';
import { fhirR4 } from '../../../plugins/fhir-r4/plugin.ts';
import type { SourceConnection, SourcePage, TypeEnd } from '../../../plugins/plugin.ts';
import { allergy, bundle, openFhirServer, person, sendJson, type FhirServer } from '../../support/fhir-server.ts';
import { NHS_NUMBER, SMALL_LIMITS } from '../../support/federation.ts';
import { quiet } from '../../support/quiet.ts';

let server: FhirServer;
let trap: FhirServer;
let agents: SourceAgents;

const FLAGS = Array.from({ length: 25 }, (_, index) => ({
  resourceType: 'Flag',
  id: `f${String(index)}`,
  subject: { reference: 'Patient/p1' },
}));

beforeEach(async () => {
  server = await openFhirServer([person('p1', NHS_NUMBER), allergy('a1', 'p1'), ...FLAGS]);
  trap = await openFhirServer([]);
  agents = createSourceAgents({ connections: 8, connectMs: 1_000 });
});
afterEach(async () => {
  await Promise.all([server.close(), trap.close(), agents.close()]);
});

function connect(limits: Partial<typeof SMALL_LIMITS> = {}): SourceConnection {
  const all = { ...SMALL_LIMITS, ...limits };
  const fetch = createSourceFetch({
    base: server.base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: all,
    token: () => Promise.resolve('bearer'),
    requestId: (count) => String(count),
    correlationId: 'launch-1',
  });
  const connection = fhirR4.source?.open({ base: server.base }, { fetch, limits: all });
  if (!connection) throw new Error('no source face');
  return connection;
}

async function pages(types: readonly string[], limits: Partial<typeof SMALL_LIMITS> = {}): Promise<SourcePage[]> {
  const all: SourcePage[] = [];
  for await (const page of connect(limits).fetch({ patientId: 'p1', types }, new AbortController().signal))
    all.push(page);
  return all;
}

async function endOfFlags(
  limits: Partial<typeof SMALL_LIMITS> = {},
): Promise<{ end: TypeEnd | undefined; received: number }> {
  const all = await pages(['Flag'], limits);
  expect(all.filter(({ end }) => end !== undefined)).toHaveLength(1);
  return { end: all.at(-1)?.end, received: all.flatMap(({ resources }) => resources).length };
}

describe('paging', () => {
  it('follows next to the last page and says complete', async () => {
    expect(await endOfFlags({ pageSize: 10 })).toEqual({
      end: { state: 'complete', received: 25, total: 25 },
      received: 25,
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  });

  it('is cut when next leads in a circle, to itself, or never ends', async () => {
    server.script('Flag', (_seen, response) =>
      sendJson(response, bundle(FLAGS.slice(0, 2), { next: `${server.base}/Flag?page=1` })),
    );
    expect((await endOfFlags()).end).toMatchObject({ state: 'truncated', code: 'source.truncated' });
    expect(server.seen).toHaveLength(2);
    let page = 0;
    server.script('Flag', (_seen, response) =>
      sendJson(response, bundle(FLAGS.slice(0, 2), { next: `${server.base}/Flag?page=${String(page++)}` })),
    );
    expect((await endOfFlags({ pages: 5 })).end).toMatchObject({ state: 'truncated', received: 2 });
    expect(server.seen).toHaveLength(2 + 5);
  });

  it('is cut when next leads to another server, which gets neither request nor bearer', async () => {
    server.script('Flag', (_seen, response) =>
      sendJson(response, bundle(FLAGS.slice(0, 2), { next: `${trap.base}/Flag?page=2` })),
    );
    expect((await endOfFlags()).end).toMatchObject({ state: 'truncated' });
    expect(trap.seen).toEqual([]);
  });

  it('is cut at the number of resources', async () => {
    expect((await endOfFlags({ pageSize: 10, resources: 20 })).end).toEqual({
      state: 'truncated',
      code: 'source.truncated',
      received: 20,
      total: 25,
    });
  });

  it('counts an item that is repeated once against the total', async () => {
    server.script('Flag', (seen, response) =>
      sendJson(
        response,
        bundle(FLAGS.slice(0, 2), { total: 4, ...(seen.method === 'POST' && { next: `${server.base}/Flag?page=2` }) }),
      ),
    );
    expect((await endOfFlags()).end).toEqual({ state: 'truncated', code: 'source.truncated', received: 2, total: 4 });
  });

  it('fails as a whole type when a later page fails, and keeps the earlier ones', async () => {
    server.script('?', (_seen, response) => sendJson(response, '{"resourceType":"Bun'));
    server.script('', (seen, response, usual) =>
      seen.query === '' ? usual() : sendJson(response, '{"resourceType":"Bun'),
    );
    expect(await endOfFlags({ pageSize: 10 })).toEqual({
      end: { state: 'failed', code: 'source.invalid_answer' },
      received: 10,
    });
  });
});

describe('a later page that is not there', () => {
  it('is a break in the middle, never a type the server lacks', async () => {
    server.script('', (seen, response, usual) => (seen.query === '' ? usual() : sendJson(response, {}, 404)));
    expect((await endOfFlags({ pageSize: 10 })).end).toEqual({ state: 'failed', code: 'source.invalid_answer' });
  });
});

describe('several types', () => {
  it('come side by side, and trouble with one is the end of that one only', async () => {
    server.script('Flag', (_seen, response) => void response.socket?.destroy());
    const all = await pages(['Flag', 'AllergyIntolerance', 'Condition']);
    expect(Object.fromEntries(all.map(({ type, end }) => [type, end?.state]))).toEqual({
      Flag: 'failed',
      AllergyIntolerance: 'complete',
      Condition: 'complete',
    });
  });

  it('are asked no more at once than allowed, the critical ones first', async () => {
    let now = 0;
    let most = 0;
    server.script('', (_seen, _response, usual) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        usual();
      }, 40);
    });
    await pages(['Encounter', 'Observation', 'Procedure', 'Flag', 'AllergyIntolerance', 'Condition', 'Goal'], {
      concurrency: 2,
    });
    expect(most).toBe(2);
    expect(new Set(server.seen.slice(0, 2).map(({ path }) => path))).toEqual(
      new Set(['/fhir/Flag/_search', '/fhir/AllergyIntolerance/_search']),
    );
  });

  it('are asked again without includes when the server refuses those', async () => {
    server.script('AllergyIntolerance', (seen, response, usual) =>
      seen.form.has('_include') ? sendJson(response, {}, 400) : usual(),
    );
    expect((await pages(['AllergyIntolerance'])).at(-1)?.end).toEqual({ state: 'complete', received: 1, total: 1 });
  });

  it('stop when the reader stops reading', async () => {
    for await (const page of connect({ pageSize: 5 }).fetch(
      { patientId: 'p1', types: ['Flag'] },
      new AbortController().signal,
    )) {
      expect(page.type).toBe('Flag');
      break;
    }
    const asked = server.seen.length;
    await quiet(100);
    expect(server.seen.length).toBe(asked);
  });
});

describe('a server that ignores whom it was asked about', () => {
  const withSelf = (self: string) => ({ ...bundle(FLAGS.slice(0, 2)), link: [{ relation: 'self', url: self }] });

  it('is not read: one type that says so ends the whole source', async () => {
    server.script('Flag', (_seen, response) => sendJson(response, withSelf(`${server.base}/Flag?_count=50`)));
    await expect(pages(['Flag', 'AllergyIntolerance'])).rejects.toMatchObject({ code: 'source.invalid_answer' });
  });

  it('is not believed to know the person', async () => {
    server.script('Patient', (_seen, response) => sendJson(response, withSelf(`${server.base}/Patient?_count=10`)));
    await expect(connect().findPatients(NHS_NUMBER, new AbortController().signal)).rejects.toMatchObject({
      code: 'source.invalid_answer',
    });
  });

  it('is not one whose self link says nothing', async () => {
    server.script('Flag', (_seen, response) => sendJson(response, withSelf(`${server.base}/Flag/_search`)));
    expect((await endOfFlags()).end).toMatchObject({ state: 'complete' });
  });
});

describe('finding a person', () => {
  it('asks by POST with the number in the form, and hands on everybody found', async () => {
    const found = await connect().findPatients(NHS_NUMBER, new AbortController().signal);
    expect(found.map(({ id }) => id)).toEqual(['p1']);
    expect(server.seen).toMatchObject([{ method: 'POST', path: '/fhir/Patient/_search', query: '' }]);
  });

  it.each([
    [403, 'source.withheld'],
    [401, 'source.auth'],
    [404, 'source.invalid_answer'],
    [500, 'source.unavailable'],
  ])('is trouble with the whole source when answered with %i', async (status, code) => {
    server.script('Patient', (_seen, response) => sendJson(response, {}, status));
    await expect(connect().findPatients(NHS_NUMBER, new AbortController().signal)).rejects.toMatchObject({ code });
  });
});
