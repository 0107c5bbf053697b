import { asObject, asString, type Json } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginMember, PluginSocket, RouterTools } from '../router-face.ts';
import { readContextPatient, readEvent, type EventPatient, type HubEvent } from './hub-event.ts';
import type { HubLaunch } from './launches.ts';

export type Subscription = {
  /** Ends when the socket does, or the lease. */
  readonly events: AsyncIterable<HubEvent>;
  /** The patient the hub holds for this topic now; `undefined`: it holds none. Throws when it does not say. */
  current(): Promise<EventPatient | undefined>;
  answer(eventId: string, status: number): void;
  /** Tells the others that this screen is not where the hub thinks it is. */
  syncError(): Promise<void>;
  isExpired(): boolean;
  close(): Promise<void>;
};

const EVENTS = 'Patient-open,Patient-close,Encounter-open,UserLogout,UserHibernate,SyncError,Home-open';
const CONFIRM_MS = 10_000;
const LONGEST_LEASE_S = 86_400;

type Deps = {
  readonly member: PluginMember;
  readonly tools: RouterTools;
  readonly leaseS: number;
  readonly signal: AbortSignal;
};

/** Subscribes at the hub of a launch and connects (FHIRcast 3.0, §2.4): nothing is heard before the hub has confirmed it. */
export async function subscribe(hub: HubLaunch, { member, tools, leaseS, signal }: Deps): Promise<Subscription> {
  const { hubUrl, topic } = hub;
  const headers = { authorization: `Bearer ${hub.accessToken}`, accept: 'application/json' };
  const ask = async (mode: 'subscribe' | 'unsubscribe', endpoint?: string): Promise<string> => {
    const form = new URLSearchParams({
      'hub.channel.type': 'websocket',
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.events': EVENTS,
      'hub.lease_seconds': String(leaseS),
      'subscriber.name': 'Shared record',
      ...(endpoint !== undefined && { 'hub.channel.endpoint': endpoint }),
    });
    const deadline =
      mode === 'subscribe'
        ? AbortSignal.any([signal, AbortSignal.timeout(CONFIRM_MS)])
        : AbortSignal.timeout(CONFIRM_MS);
    const { status, text } = await tools.fetch(member, {
      url: hubUrl,
      method: 'POST',
      headers,
      form,
      signal: deadline,
    });
    if (status !== 200 && status !== 202)
      throw new PluginTrouble('access.refused', `the hub answered ${String(status)}`);
    return mode === 'subscribe' ? (asString(parse(text)?.['hub.channel.endpoint']) ?? endpoint ?? '') : '';
  };
  const endpoint = await ask('subscribe');
  if (!tools.socket || !URL.canParse(endpoint)) throw new PluginTrouble('discovery.invalid', 'the hub names no socket');
  const socket = await tools.socket(member, { url: endpoint, signal });
  const messages = socket.messages[Symbol.asyncIterator]();
  let granted = await confirmed(messages, topic, socket);
  let endsAt = tools.now() + granted * 1_000;
  let expired = false;
  let asking = false;
  /** For as long as the hub has said, which may be less than was asked for. */
  const extend = (said: number): void => {
    granted = said;
    endsAt = tools.now() + granted * 1_000;
  };
  const renewing = setInterval(
    () => {
      const left = endsAt - tools.now();
      if (left <= 0) {
        expired = true;
        clearInterval(renewing);
        socket.close(1000, 'lease');
      } else if (left < granted * 300 && !asking) {
        asking = true;
        ask('subscribe', endpoint)
          .then(
            () => extend(granted),
            // Asked again until the lease is over, which ends it.
            () => undefined,
          )
          .finally(() => (asking = false));
      }
    },
    Math.min(10_000, granted * 100),
  );
  renewing.unref();

  async function* events(): AsyncGenerator<HubEvent> {
    const seen = new Set<string>();
    for (let next = await messages.next(); !next.done; next = await messages.next()) {
      const message = parse(next.value);
      if (!message) continue;
      if (message['hub.mode'] === 'denied') return socket.close(1000, 'denied');
      const lease = leaseIn(message, topic);
      if (lease !== undefined) extend(lease);
      const event = readEvent(message, topic);
      if (!event) continue;
      // A hub may send again what it had no answer to.
      if (seen.has(event.id)) socket.send(JSON.stringify({ id: event.id, status: 200 }));
      else yield event;
      seen.add(event.id);
      if (seen.size > 1_000) seen.clear();
    }
  }

  return {
    events: events(),
    current: async () => {
      const url = `${hubUrl}/${encodeURIComponent(topic)}`;
      const { status, text } = await tools.fetch(member, { url, method: 'GET', headers, signal });
      if (status !== 200) throw new PluginTrouble('discovery.invalid', `the hub answered ${String(status)}`);
      const held = JSON.parse(text) as unknown;
      return readContextPatient(asObject(held)?.['context'] ?? held);
    },
    answer: (id, status) => socket.send(JSON.stringify({ id, status })),
    syncError: async () => {
      const resource = {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'warning', code: 'processing', diagnostics: 'The shared record could not follow' }],
      };
      const event = { 'hub.topic': topic, 'hub.event': 'SyncError', context: [{ key: 'operationoutcome', resource }] };
      const json = { timestamp: new Date(tools.now()).toISOString(), id: crypto.randomUUID(), event };
      await tools.fetch(member, {
        url: hubUrl,
        method: 'POST',
        headers,
        json,
        signal: AbortSignal.timeout(CONFIRM_MS),
      });
    },
    isExpired: () => expired,
    close: async () => {
      clearInterval(renewing);
      socket.close(1000, 'over');
      await ask('unsubscribe', endpoint).catch(() => undefined);
    },
  };
}

/** The first message says that the subscription holds, and for how many seconds. */
async function confirmed(messages: AsyncIterator<string>, topic: string, socket: PluginSocket): Promise<number> {
  const late = setTimeout(() => socket.close(1000, 'no confirmation'), CONFIRM_MS);
  const first = await messages.next();
  clearTimeout(late);
  const lease = first.done ? undefined : leaseIn(parse(first.value), topic);
  if (lease !== undefined) return lease;
  socket.close(1000, 'not confirmed');
  throw new PluginTrouble('access.refused', 'the hub did not confirm');
}

/** What a hub says of a subscription that holds; a lease longer than a day is a day's. */
function leaseIn(message: Json | undefined, topic: string): number | undefined {
  const lease = Number(message?.['hub.lease_seconds']);
  return message?.['hub.mode'] === 'subscribe' && message['hub.topic'] === topic && lease > 0
    ? Math.min(lease, LONGEST_LEASE_S)
    : undefined;
}

function parse(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Not a message of the protocol.
    return undefined;
  }
}
