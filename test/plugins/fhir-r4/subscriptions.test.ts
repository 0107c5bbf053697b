import { describe, expect, it } from 'vitest';
import { openSource } from '../../../plugins/fhir-r4/source.ts';
import type { SourceRequest, SourceResponse, TopicOrder } from '../../../plugins/plugin.ts';

const BASE = 'https://epr.example/fhir';
const ORDER: TopicOrder = {
  patientId: 'p1',
  topics: ['https://epr.example/SubscriptionTopic/stays', 'https://epr.example/SubscriptionTopic/results'],
  endpoint: 'https://corridor.example/notify/w1',
  secret: 'not-a-real-secret',
  endsAt: '2026-12-31T00:00:00.000Z',
  heartbeatMs: 300_000,
};
const signal = new AbortController().signal;

function source(answers: readonly { status: number; headers?: Record<string, string>; body?: unknown }[]) {
  const asked: SourceRequest[] = [];
  const fetch = (request: SourceRequest): Promise<SourceResponse> => {
    const answer = answers[asked.length] ?? { status: 500 };
    asked.push(request);
    return Promise.resolve({
      status: answer.status,
      header: (name: string) => answer.headers?.[name],
      text: () => Promise.resolve(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {})),
      bytes: () => Promise.resolve(new Uint8Array()),
    });
  };
  const limits = { pageSize: 50, pages: 5, resources: 100, concurrency: 1 };
  return { asked, connection: openSource({ base: BASE }, { fetch, limits }) };
}

describe('asking a source to tell by itself', () => {
  it.each([
    [401, 'source.auth'],
    [403, 'source.withheld'],
    [404, 'source.unavailable'],
    [422, 'source.unavailable'],
  ])('ends with its code when it is answered with %s', async (status, code) => {
    await expect(source([{ status }]).connection.subscribe?.(ORDER, signal)).rejects.toMatchObject({ code });
  });

  it('ends when what was made has no id, or is no JSON', async () => {
    const json = { 'content-type': 'application/fhir+json' };
    for (const body of [{ resourceType: 'Subscription' }, { resourceType: 'Patient', id: 'p1' }, '{"half'])
      await expect(
        source([{ status: 201, headers: json, body }]).connection.subscribe?.(ORDER, signal),
      ).rejects.toMatchObject({ code: 'source.invalid_answer' });
  });

  it('names one patient and one topic each, an end, and asks for no content at all', async () => {
    const { asked, connection } = source([
      { status: 201, headers: { location: `${BASE}/Subscription/s1/_history/1` } },
      {
        status: 201,
        headers: { 'content-type': 'application/fhir+json' },
        body: { resourceType: 'Subscription', id: 's2' },
      },
    ]);
    expect(await connection.subscribe?.(ORDER, signal)).toEqual(['s1', 's2']);
    expect(asked.map(({ url, method }) => `${method} ${url}`)).toEqual(Array(2).fill(`POST ${BASE}/Subscription`));
    expect(asked[0]?.json).toMatchObject({
      resourceType: 'Subscription',
      criteria: ORDER.topics[0],
      end: ORDER.endsAt,
      channel: { type: 'rest-hook', endpoint: ORDER.endpoint, header: [`Authorization: Bearer ${ORDER.secret}`] },
    });
    expect(JSON.stringify(asked[0]?.json)).toContain('"valueCode":"empty"');
    expect(JSON.stringify(asked[0]?.json)).toContain('Encounter?patient=Patient/p1');
  });

  it('is taken back by the ids it gave, and what is gone already is no trouble', async () => {
    const { asked, connection } = source([{ status: 204 }, { status: 404 }]);
    await connection.unsubscribe?.(['s1', 's2'], signal);
    expect(asked.map(({ url, method }) => `${method} ${url}`)).toEqual([
      `DELETE ${BASE}/Subscription/s1`,
      `DELETE ${BASE}/Subscription/s2`,
    ]);
    await expect(source([{ status: 503 }]).connection.unsubscribe?.(['s1'], signal)).rejects.toMatchObject({
      code: 'source.unavailable',
    });
  });
});

describe('asking what has changed', () => {
  it('says since when, and asks plainly a server that refuses that', async () => {
    const empty = { resourceType: 'Bundle', type: 'searchset', total: 0 };
    const json = { 'content-type': 'application/fhir+json' };
    const { asked, connection } = source([{ status: 400 }, { status: 200, headers: json, body: empty }]);
    const ask = { patientId: 'p1', types: ['EpisodeOfCare'], changedSince: '2026-11-22T09:00:00.000Z' };
    for await (const page of connection.fetch(ask, signal)) expect(page.resources).toEqual([]);
    expect(asked.map(({ form }) => form?.get('_lastUpdated'))).toEqual(['ge2026-11-22T09:00:00.000Z', null]);
  });
});
