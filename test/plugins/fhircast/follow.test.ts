import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetLaunch } from '../../../plugins/fhircast/launches.ts';
import { fhircast } from '../../../plugins/fhircast/plugin.ts';
import type { PluginAnswer } from '../../../plugins/router-face.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { startHub, type RunningHub } from '../../support/fhircast-hub.ts';
import { quiet } from '../../support/quiet.ts';

const TOPIC = 'a-topic-of-one-user-0001';
const user = { id: 'u1', name: 'Dr Example', role: 'gp', assurance: 'oidc' } as const;
const session = { launchId: 'l1', ods: 'XB001', userKey: 'u1', user };
const routes = fhircast.router?.routes ?? [];
const follow = routes.find(({ path }) => path === '/context');
const ack = routes.find(({ path }) => path === '/ack');

let hub: RunningHub;
let page: AbortController;

beforeEach(async () => {
  hub = await startHub({ answerMs: 500 });
  page = new AbortController();
});
afterEach(async () => {
  page.abort();
  forgetLaunch('l1');
  await hub.close();
});

const anne = { resourceType: 'Patient', id: 'anne' };
const ben = {
  resourceType: 'Patient',
  id: 'ben',
  birthDate: '1961-02-02',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }],
  name: [{ family: 'SAMPLE' }],
};

async function launched(hubUrl = hub.url): Promise<void> {
  const answer = { token: { 'hub.url': hubUrl, 'hub.topic': TOPIC }, claims: {} };
  const [member] = hub.tools.members;
  const launch = { launchId: 'l1', ods: 'XB001', settings: member?.settings, answer, patientId: 'anne' };
  const keep = async (what: object): Promise<void> =>
    void (await hub.tools.keep?.('XB001', what as never, 1, 'launch:l1'));
  await fhircast.follow?.launched({ ...launch, accessToken: hub.token, keep }, page.signal);
}

/** The page's side: `hello`, then one line after the other. */
async function open(): Promise<() => Promise<Record<string, unknown> | undefined>> {
  const answer = (await follow?.handle(
    request({ id: 'hello-1' }, { session, signal: page.signal }),
    hub.tools,
  )) as Extract<PluginAnswer, { lines: unknown }>;
  const lines = answer.lines[Symbol.asyncIterator]();
  return async () => (await lines.next()).value as Record<string, unknown> | undefined;
}

const say = (of: number, result: string): unknown => ack?.handle(request({ of, result }, { session }), hub.tools);

async function publish(name: string, resource?: object): Promise<void> {
  const context = resource ? [{ key: 'patient', resource }] : [];
  const event = { 'hub.topic': TOPIC, 'hub.event': name, context };
  await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.token}` },
    body: JSON.stringify({ timestamp: new Date().toISOString(), id: crypto.randomUUID(), event }),
  });
}

/** What else is on the topic hears: a SyncError is what the hub makes of a 409. */
async function watch(): Promise<string[]> {
  const form = new URLSearchParams({
    'hub.channel.type': 'websocket',
    'hub.mode': 'subscribe',
    'hub.topic': TOPIC,
    'hub.events': 'SyncError',
    'hub.lease_seconds': '600',
  });
  const headers = { authorization: `Bearer ${hub.reader}` };
  const answer = (await (await fetch(hub.url, { method: 'POST', headers, body: form })).json()) as Record<
    string,
    string
  >;
  const heard: string[] = [];
  const socket = new WebSocket(answer['hub.channel.endpoint'] ?? '');
  socket.addEventListener('message', ({ data }) => {
    const { event } = JSON.parse(String(data)) as { event?: Record<string, string> };
    if (event) heard.push(event['hub.event'] ?? '');
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  return heard;
}

describe('a page that follows a hub', () => {
  it('follows none that the settings do not name', async () => {
    await launched('https://elsewhere.example/hub');
    await expect(open()).rejects.toMatchObject({ code: 'request.not_found' });
    const told = fhircast.host?.pageSettings({
      settings: hub.tools.members[0]?.settings,
      frameAncestors: [],
      answer: { token: { 'hub.url': 'https://elsewhere.example/hub', 'hub.topic': TOPIC }, claims: {} },
    });
    expect(told).toBeUndefined();
  });

  it('is shown nobody when the hub holds another patient than the launch', async () => {
    await publish('Patient-open', ben);
    await launched();
    expect(await (await open())()).toMatchObject({ type: 'lost', payload: { reason: 'mismatch' } });
  });

  it('hears of another patient, and the hub a refusal when the page could not go along', async () => {
    await launched();
    const heard = await watch();
    const next = await open();
    expect(await next()).toMatchObject({ type: 'context', re: 'hello-1', epoch: 1 });
    await publish('Patient-open', ben);
    const line = await next();
    expect(line).toMatchObject({
      type: 'change',
      epoch: 2,
      payload: { patient: { nhsNumber: '9990000026', birthDate: '1961-02-02', family: 'SAMPLE' } },
    });
    say(2, 'refused');
    await expect.poll(() => heard).toEqual(['SyncError']);
  });

  it('answers 200 only after the page has: a late refusal is a SyncError', async () => {
    await launched();
    const heard = await watch();
    const next = await open();
    await next();
    await publish('Patient-open', ben);
    await next();
    await quiet(700);
    expect(heard).toEqual([]);
    say(2, 'refused');
    await expect.poll(() => heard).toEqual(['SyncError']);
  });

  it('says nothing of the same patient again, and is closing when that one is closed', async () => {
    await launched();
    const next = await open();
    await next();
    await publish('Patient-open', anne);
    await publish('Patient-close', ben);
    await publish('Patient-close', anne);
    expect(await next()).toMatchObject({ type: 'closing', epoch: 1 });
  });

  it.each([
    ['UserLogout', 'logout'],
    ['UserHibernate', 'locked'],
  ])('is lost at %s', async (name, reason) => {
    await launched();
    const next = await open();
    await next();
    await publish(name);
    expect(await next()).toMatchObject({ type: 'lost', payload: { reason } });
  });

  it('is lost when the socket is dropped', async () => {
    await launched();
    const next = await open();
    await next();
    await hub.close();
    expect(await next()).toMatchObject({ type: 'lost', payload: { reason: 'socket' } });
  });

  it('asks the hub again at a SyncError of another, and goes by what it says', async () => {
    await launched();
    const next = await open();
    await next();
    await publish('SyncError');
    await publish('Home-open');
    expect(await next()).toMatchObject({ type: 'change', payload: { patient: null } });
  });
});
