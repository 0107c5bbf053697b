import { MedplumClient, type FhircastConnection } from '@medplum/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fhircast } from '../../../plugins/fhircast/plugin.ts';
import { startHub, type RunningHub } from '../../support/fhircast-hub.ts';

const TOPIC = 'a-topic-of-one-user-0001';
const PATIENT = { key: 'patient', resource: { resourceType: 'Patient', id: 'anne' } } as never;

let hub: RunningHub;
const connections: FhircastConnection[] = [];

beforeEach(async () => {
  hub = await startHub();
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.disconnect();
  await hub.close();
});

function client(token: string): MedplumClient {
  return new MedplumClient({
    baseUrl: 'http://127.0.0.1/',
    fhircastHubUrl: hub.url,
    fetch: (url: string, init: RequestInit) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    },
  });
}

async function listen(as: MedplumClient, topic = TOPIC): Promise<Record<string, unknown>[]> {
  const request = await as.fhircastSubscribe(topic, ['Patient-open', 'Patient-close', 'syncerror'] as never);
  const connection = as.fhircastConnect(request);
  connections.push(connection);
  const heard: Record<string, unknown>[] = [];
  connection.addEventListener('message', ({ payload }) =>
    heard.push((payload as unknown as { event: Record<string, unknown> }).event),
  );
  await new Promise<void>((resolve) => connection.addEventListener('connect', () => resolve()));
  return heard;
}

function currentAs(token: string, topic = TOPIC): Promise<Response> {
  return fetch(`${hub.url}/${topic}`, { headers: { authorization: `Bearer ${token}` } });
}

async function post(body: object, token?: string): Promise<number> {
  const { status } = await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return status;
}

describe('the small hub', () => {
  it('knows nobody without a token of its list, and lets a reader publish nothing', async () => {
    const event = { timestamp: 't', id: 'e1', event: { 'hub.topic': TOPIC, 'hub.event': 'Patient-open', context: [] } };
    expect(await post(event)).toBe(403);
    expect(await post(event, 'x'.repeat(40))).toBe(403);
    expect(await post(event, hub.reader)).toBe(403);
    expect((await fetch(`${hub.url}/${TOPIC}`)).status).toBe(403);
  });

  it('lets the user of a launch that names it follow their own topic with their own token, and nothing else', async () => {
    const own = 'the-users-own-token-at-the-epr';
    const answer = { token: { 'hub.url': hub.url, 'hub.topic': TOPIC }, claims: {} };
    const [member] = hub.tools.members;
    const launch = { launchId: 'l-own', ods: 'XB001', settings: member?.settings, answer, patientId: 'anne' };
    const published = { id: 'e1', event: { 'hub.topic': TOPIC, 'hub.event': 'Patient-open', context: [] } };
    expect((await currentAs(own)).status).toBe(403);
    await fhircast.follow?.launched({ ...launch, accessToken: own }, new AbortController().signal);
    expect((await currentAs(own)).status).toBe(200);
    expect((await currentAs(own, 'a-topic-of-one-user-0002')).status).toBe(403);
    expect(await post(published, own)).toBe(403);
    await fhircast.follow?.ended('l-own');
    expect((await currentAs(own)).status).toBe(403);
  });

  it('takes no topic that could be guessed, and no event that is none', async () => {
    const event = (topic: string, name: string): object => ({
      id: 'e1',
      event: { 'hub.topic': topic, 'hub.event': name, context: [] },
    });
    expect(await post(event('short', 'Patient-open'), hub.token)).toBe(400);
    expect(await post(event(TOPIC, '<script>'), hub.token)).toBe(400);
    await expect(client(hub.reader).fhircastSubscribe('short', ['Patient-open'] as never)).rejects.toThrow();
  });

  it('opens no socket of an endpoint it never gave', async () => {
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/socket/${crypto.randomUUID()}`);
    const code = await new Promise((resolve) => socket.addEventListener('close', (event) => resolve(event.code)));
    expect(code).toBe(1008);
  });

  it('tells the client of @medplum/core what another published, and nobody of another topic', async () => {
    const heard = await listen(client(hub.reader));
    const others = await listen(client(hub.reader), 'a-topic-of-one-user-0002');
    await client(hub.token).fhircastPublish(TOPIC, 'Patient-open' as never, PATIENT);
    await expect.poll(() => heard).toMatchObject([{ 'hub.event': 'Patient-open', context: [{ key: 'patient' }] }]);
    expect(others).toEqual([]);
  });

  it('holds the current context until it is closed', async () => {
    const medplum = client(hub.token);
    await medplum.fhircastPublish(TOPIC, 'Patient-open' as never, PATIENT);
    expect(await medplum.fhircastGetContext(TOPIC)).toMatchObject({
      'context.type': 'Patient',
      context: [{ key: 'patient', resource: { id: 'anne' } }],
    });
    await medplum.fhircastPublish(TOPIC, 'Patient-close' as never, PATIENT);
    expect(await medplum.fhircastGetContext(TOPIC)).toMatchObject({ context: [] });
  });

  it('tells the others when one could not follow, and nothing of the patient', async () => {
    const heard = await listen(client(hub.reader));
    const request = await client(hub.reader).fhircastSubscribe(TOPIC, ['Patient-open'] as never);
    const socket = new WebSocket(request.endpoint ?? '');
    socket.addEventListener('message', ({ data }) => {
      const { id, event } = JSON.parse(String(data)) as { id?: string; event?: object };
      if (event) socket.send(JSON.stringify({ id, status: 409 }));
    });
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    await client(hub.token).fhircastPublish(TOPIC, 'Patient-open' as never, PATIENT);
    await expect.poll(() => heard.map((event) => event['hub.event'])).toContain('SyncError');
    expect(JSON.stringify(heard.at(-1))).not.toContain('anne');
    socket.close();
  });
});
