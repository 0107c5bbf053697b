import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EprPlugin } from '../../../plugins/plugin.ts';
import type { PluginAnswer } from '../../../plugins/router-face.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { startHub, type RunningHub } from '../../support/fhircast-hub.ts';

const TOPIC = 'a-topic-of-one-user-0001';
const user = { id: 'u1', name: 'Dr Example', role: 'gp', assurance: 'oidc' } as const;
const session = { launchId: 'l1', ods: 'XB001', userKey: 'u1', user };

let hub: RunningHub;
let page: AbortController;
/** Each with a memory of its own; what they share is the store behind `keep` and `take`. */
let first: EprPlugin;
let second: EprPlugin;

async function launcher(): Promise<EprPlugin> {
  vi.resetModules();
  return (await import('../../../plugins/fhircast/plugin.ts')).fhircast;
}

beforeEach(async () => {
  hub = await startHub({ answerMs: 2_000 });
  page = new AbortController();
  [first, second] = [await launcher(), await launcher()];
});
afterEach(async () => {
  page.abort();
  await hub.close();
});

const route = (of: EprPlugin, path: string) => of.router?.routes.find((one) => one.path === path);

async function launched(at: EprPlugin): Promise<void> {
  const answer = { token: { 'hub.url': hub.url, 'hub.topic': TOPIC }, claims: {} };
  const settings = hub.tools.members[0]?.settings;
  const keep = async (what: object): Promise<void> =>
    void (await hub.tools.keep?.('XB001', what as never, 1, 'launch:l1'));
  const launch = { launchId: 'l1', ods: 'XB001', settings, answer, patientId: 'anne', accessToken: hub.token, keep };
  await at.follow?.launched(launch, page.signal);
}

type Next = () => Promise<Record<string, unknown> | undefined>;

async function open(at: EprPlugin, body: object = { id: 'hello-1' }, as: typeof session = session): Promise<Next> {
  const answer = (await route(at, '/context')?.handle(
    request(body, { session: as, signal: page.signal }),
    hub.tools,
  )) as Extract<PluginAnswer, { lines: unknown }>;
  const lines = answer.lines[Symbol.asyncIterator]();
  return async () => (await lines.next()).value as Record<string, unknown> | undefined;
}

const ack = (at: EprPlugin, of: number, result: unknown, as: typeof session = session) =>
  route(at, '/ack')?.handle(request({ of, result }, { session: as }), hub.tools);

const ben = {
  resourceType: 'Patient',
  id: 'ben',
  birthDate: '1961-02-02',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }],
};

async function publish(name: string, resource?: object): Promise<void> {
  const event = { 'hub.topic': TOPIC, 'hub.event': name, context: resource ? [{ key: 'patient', resource }] : [] };
  await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.token}` },
    body: JSON.stringify({ timestamp: new Date().toISOString(), id: crypto.randomUUID(), event }),
  });
}

/** Others on the topic hear a SyncError where the hub was told 409. */
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

describe('a page that follows a hub through several launchers', () => {
  it('is followed by one of them, once: a second asking finds nothing', async () => {
    await launched(first);
    await open(second);
    for (const at of [first, second]) await expect(open(at)).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it.each([
    [1.5, 'shown'],
    ['1', 'shown'],
    [1, 'seen'],
    [1, undefined],
  ])('answers with nothing but an epoch and a result: %j, %j', async (of, result) => {
    await expect(ack(second, of as number, result)).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('hears its hub at a launcher that did not finish its launch', async () => {
    await launched(first);
    const next = await open(second);
    expect(await next()).toMatchObject({ type: 'context', epoch: 1 });
    await publish('Home-open');
    expect(await next()).toMatchObject({ type: 'change', epoch: 2, payload: { patient: null } });
  });

  it('is heard by its hub when its answer reaches another launcher than its stream', async () => {
    await launched(first);
    const heard = await watch();
    const next = await open(first);
    await next();
    await publish('Patient-open', { resourceType: 'Patient', id: 'ben' });
    expect(await next()).toMatchObject({ type: 'change', epoch: 2 });
    await ack(second, 2, 'refused');
    // A second answer changes nothing.
    await ack(second, 2, 'shown');
    await expect.poll(() => heard).toEqual(['SyncError']);
  });

  it('goes on with the next patient at another launcher, from the epoch it is at, and hears what it missed', async () => {
    await launched(first);
    const next = await open(first);
    await next();
    await publish('Patient-open', ben);
    const change = await next();
    expect(change).toMatchObject({ type: 'change', epoch: 2, payload: { ticket: 't'.repeat(43) } });
    const { resume } = change?.['payload'] as Record<string, string>;
    await ack(first, 2, 'pending');
    const then = { ...session, launchId: 'l2' };
    await expect(open(second, { id: 'ack-2', resume }, { ...then, userKey: 'u2' })).rejects.toMatchObject({
      code: 'request.not_found',
    });
    // That asking has burnt it: the page is lost, and nobody else can have it.
    await expect(open(second, { id: 'ack-2', resume }, then)).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('shows the next patient, and hears at once of the one after who was opened meanwhile', async () => {
    await launched(first);
    const next = await open(first);
    await next();
    await publish('Patient-open', ben);
    const { resume } = (await next())?.['payload'] as Record<string, string>;
    await ack(first, 2, 'pending');
    await publish('Patient-open', { resourceType: 'Patient', id: 'cat' });
    const then = { ...session, launchId: 'l2' };
    const after = await open(second, { id: 'ack-2', resume }, then);
    expect(await after()).toMatchObject({ type: 'change', epoch: 3, payload: { patient: { localId: 'cat' } } });
  });

  it('goes on quietly where nothing has changed, and is closing where nobody is open any more', async () => {
    for (const closes of [false, true]) {
      const [at, then] = [`l-${String(closes)}`, `l-${String(closes)}-2`];
      const answer = { token: { 'hub.url': hub.url, 'hub.topic': TOPIC }, claims: {} };
      const keep = async (what: object): Promise<void> =>
        void (await hub.tools.keep?.('XB001', what as never, 1, `launch:${at}`));
      const settings = hub.tools.members[0]?.settings;
      await publish('Patient-open', { resourceType: 'Patient', id: 'anne' });
      const launch = { launchId: at, ods: 'XB001', settings, answer, patientId: 'anne', accessToken: hub.token, keep };
      await first.follow?.launched(launch, page.signal);
      const next = await open(first, { id: 'h' }, { ...session, launchId: at });
      await next();
      await publish('Patient-open', ben);
      const { resume } = (await next())?.['payload'] as Record<string, string>;
      if (closes) await publish('Patient-close', ben);
      const after = await open(second, { id: 'a', resume }, { ...session, launchId: then });
      if (!closes) await publish('UserLogout');
      expect(await after()).toMatchObject(
        closes ? { type: 'closing', epoch: 2 } : { type: 'lost', payload: { reason: 'logout' } },
      );
    }
  });
});
