import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPluginSocket } from '../../../launcher/routes/open-plugin-socket.ts';
import { hubLaunchOf } from '../../../plugins/fhircast/launches.ts';
import { fhircast } from '../../../plugins/fhircast/plugin.ts';
import { subscribe, type Subscription } from '../../../plugins/fhircast/subscriber.ts';
import type { PluginSocket, RouterTools } from '../../../plugins/router-face.ts';
import { pluginTools } from '../../support/plugin-tools.ts';

const HUB = 'https://hub.epr.example/fhircast';
const TOPIC = 'topic-of-one-user-01';
const launch = { hubUrl: HUB, topic: TOPIC, ods: 'XB001', patientId: 'anne', accessToken: 'the-token-of-the-user' };
const ENDPOINT = 'wss://hub.epr.example/socket/1';

/** A hub that says what the test has it say. */
type PretendHub = {
  readonly tools: RouterTools;
  readonly asked: Record<string, string>[];
  readonly closed: string[];
  say(message: object): void;
  /** What the next renewals are answered with. */
  status: number;
};

function pretendHub(lease: unknown, endpoint = ENDPOINT): PretendHub {
  const asked: Record<string, string>[] = [];
  const closed: string[] = [];
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  let isClosed = false;
  const say = (message: object): void => {
    lines.push(JSON.stringify(message));
    wake();
  };
  async function* messages(): AsyncGenerator<string> {
    for (;;) {
      const line = lines.shift();
      if (line !== undefined) yield line;
      else if (isClosed) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const socket: PluginSocket = {
    send: () => undefined,
    close: (_code, reason) => {
      closed.push(reason);
      isClosed = true;
      wake();
    },
    messages: messages(),
  };
  const hub: PretendHub = { asked, closed, say, status: 202, tools: {} as RouterTools };
  const { tools } = pluginTools(
    fhircast,
    { hubs: [HUB] },
    {
      now: () => Date.now(),
      fetch: (_member, { form }) => {
        asked.push(Object.fromEntries(form ?? []) as Record<string, string>);
        return Promise.resolve({ status: hub.status, text: JSON.stringify({ 'hub.channel.endpoint': endpoint }) });
      },
      socket: () => {
        say({ 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.lease_seconds': lease });
        return Promise.resolve(socket);
      },
    },
  );
  return Object.assign(hub, { tools });
}

async function follow(hub: PretendHub, leaseS = 600): Promise<Subscription> {
  const [member] = hub.tools.members;
  if (!member) throw new Error('no member');
  const subscription = await subscribe(launch, { member, tools: hub.tools, leaseS, signal: AbortSignal.timeout(1e8) });
  // Somebody has to listen for the hub's own words to be heard.
  void (async () => {
    for await (const event of subscription.events) expect(event).toBeDefined();
  })();
  return subscription;
}

const renewals = ({ asked }: PretendHub): number => asked.filter((form) => form['hub.mode'] === 'subscribe').length - 1;
const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1_000);

describe('the lease of a subscription', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([0, -5, 'soon', undefined])('of %s is none: nothing is followed', async (lease) => {
    const hub = pretendHub(lease);
    await expect(follow(hub)).rejects.toMatchObject({ code: 'access.refused' });
    expect(hub.closed).toEqual(['not confirmed']);
  });

  it('ends the following when the hub renews it no more, and says that it has run out', async () => {
    const hub = pretendHub(600);
    const subscription = await follow(hub);
    hub.status = 403;
    await seconds(500);
    expect(renewals(hub)).toBeGreaterThan(1);
    expect(subscription.isExpired()).toBe(false);
    await seconds(120);
    expect([subscription.isExpired(), hub.closed]).toEqual([true, ['lease']]);
  });

  it('is as long as the hub has granted, not as was asked for', async () => {
    const hub = pretendHub(60);
    const subscription = await follow(hub, 7_200);
    hub.status = 500;
    await seconds(70);
    expect(subscription.isExpired()).toBe(true);
  });

  it('is renewed when three tenths are left, at the same socket, and again', async () => {
    const hub = pretendHub(600);
    await follow(hub);
    await seconds(410);
    expect(renewals(hub)).toBe(0);
    await seconds(30);
    expect(renewals(hub)).toBe(1);
    expect(hub.asked.at(-1)).toMatchObject({ 'hub.channel.endpoint': ENDPOINT, 'hub.topic': TOPIC });
    await seconds(440);
    expect(renewals(hub)).toBe(2);
  });

  it('is what the hub says last', async () => {
    const hub = pretendHub(600);
    const subscription = await follow(hub);
    hub.say({ 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.lease_seconds': 30 });
    hub.say({ 'hub.mode': 'subscribe', 'hub.topic': 'another-topic-000001', 'hub.lease_seconds': 9_000 });
    hub.status = 500;
    await seconds(50);
    expect(subscription.isExpired()).toBe(true);
  });

  it('is over when the hub denies it', async () => {
    const hub = pretendHub(600);
    await follow(hub);
    hub.say({ 'hub.mode': 'denied', 'hub.topic': TOPIC });
    await seconds(1);
    expect(hub.closed).toEqual(['denied']);
  });
});

describe('where a hub may lead the launcher', () => {
  const settings = { hubs: [HUB], leaseS: 600, answerMs: 5_000 };
  const named = (hubUrl: unknown): unknown =>
    hubLaunchOf(settings, { token: { 'hub.url': hubUrl, 'hub.topic': TOPIC }, claims: {} });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://hub.epr.example/fhircast/../../admin',
    'https://hub.epr.example/fhircast?x=1',
    'https://hub.epr.example@evil.example/fhircast',
    'https://hub.epr.example.evil.example/fhircast',
    'https://hub.epr.example:8443/fhircast',
    'file:///etc/passwd',
    ['https://hub.epr.example/fhircast'],
  ])('is no hub of a launch: %j', (hubUrl) => {
    expect(named(hubUrl)).toBeUndefined();
  });

  it('is the hub of the settings, to the letter', () => {
    expect(named(`${HUB}/`)).toEqual({ hubUrl: HUB, topic: TOPIC });
  });

  it.each(['../hub', 'a b', 'a/b', 'a?b', 'x'.repeat(201)])('is no topic: %j', (topic) => {
    expect(hubLaunchOf(settings, { token: { 'hub.url': HUB, 'hub.topic': topic }, claims: {} })).toBeUndefined();
  });

  it.each([
    'ws://169.254.169.254/socket',
    'wss://evil.example/socket',
    'wss://hub.epr.example@evil.example/socket',
    'wss://hub.epr.example.evil.example/socket',
    'wss://hub.epr.example:444/socket',
    'ws://hub.epr.example/socket',
    'https://hub.epr.example/socket',
    'file:///etc/passwd',
    'ws://127.0.0.1:22/',
  ])('is no socket: %s, and no connection is tried', async (url) => {
    const reach = {
      allowedOrigins: ['https://hub.epr.example'],
      allowLoopbackHttp: true,
      signal: AbortSignal.timeout(500),
    };
    await expect(openPluginSocket(url, reach)).rejects.toMatchObject({ code: 'discovery.endpoint_origin' });
  });

  it('is no socket on this machine where the member’s entry does not allow it', async () => {
    const reach = {
      allowedOrigins: ['http://127.0.0.1:9'],
      allowLoopbackHttp: false,
      signal: AbortSignal.timeout(500),
    };
    await expect(openPluginSocket('ws://127.0.0.1:9/', reach)).rejects.toMatchObject({
      code: 'discovery.endpoint_origin',
    });
  });

  it('follows nothing where the hub names no socket', async () => {
    for (const endpoint of ['', 'not an address']) {
      await expect(follow(pretendHub(600, endpoint))).rejects.toMatchObject({ code: 'discovery.invalid' });
    }
  });
});
