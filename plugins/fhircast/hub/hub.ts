import { randomUUID } from 'node:crypto';
import { asObject, asObjects, asString, type Json } from '../../../src/record/resource.ts';

/** A subscriber's open socket. */
export type HubPeer = { send(text: string): void; close(code: number, reason: string): void };

type Subscriber = { readonly key: string; events: ReadonlySet<string>; endsAt: number; peer?: HubPeer };
type Context = { readonly type: string; readonly versionId: string; readonly context: readonly Json[] };
type Topic = { readonly subscribers: Map<string, Subscriber>; context?: Context };

export type Hub = ReturnType<typeof createHub>;

const MOST_TOPICS = 5_000;
const MOST_SUBSCRIBERS = 20;
const ANSWER_MS = 10_000;

/** A FHIRcast hub as small as one can be (3.0: subscribe, notify, answer, SyncError, current context), in memory. */
export function createHub(now: () => number) {
  const topics = new Map<string, Topic>();
  const endpoints = new Map<string, { readonly topic: string; readonly name: string }>();
  const unanswered = new Map<string, NodeJS.Timeout>();

  const topicOf = (key: string): Topic | undefined => {
    const found = topics.get(key);
    if (found) return found;
    if (topics.size >= MOST_TOPICS) return undefined;
    const made: Topic = { subscribers: new Map() };
    topics.set(key, made);
    return made;
  };
  const dropped = (key: string, endpoint: string): void => {
    endpoints.delete(endpoint);
    const topic = topics.get(key);
    topic?.subscribers.delete(endpoint);
    if (topic?.subscribers.size === 0 && !topic.context) topics.delete(key);
  };
  const notify = (key: string, message: Json, except?: string): void => {
    const name = asString(asObject(message['event'])?.['hub.event'])?.toLowerCase() ?? '';
    for (const [endpoint, { events, endsAt, peer }] of topics.get(key)?.subscribers ?? []) {
      if (endsAt <= now()) {
        peer?.close(1000, 'lease');
        dropped(key, endpoint);
      } else if (peer && endpoint !== except && events.has(name)) {
        peer.send(JSON.stringify(message));
        if (name !== 'syncerror') expectAnswer(key, endpoint, message);
      }
    }
  };
  const expectAnswer = (key: string, endpoint: string, message: Json): void => {
    const id = `${endpoint} ${String(message['id'])}`;
    const timer = setTimeout(() => {
      unanswered.delete(id);
      syncError(key, endpoint, message);
    }, ANSWER_MS);
    timer.unref();
    unanswered.set(id, timer);
  };
  /** All the others learn that one of them is not where they are; which event it was, and nothing of the patient. */
  const syncError = (key: string, endpoint: string, { id, event }: Json): void => {
    const about = asObject(event);
    const code = (system: string, value: unknown): object => ({
      system: `https://fhircast.hl7.org/events/syncerror/${system}`,
      code: asString(value) ?? '',
    });
    const issue = [
      {
        severity: 'warning',
        code: 'processing',
        details: { coding: [code('eventid', id), code('eventname', about?.['hub.event'])] },
      },
    ];
    const context = [{ key: 'operationoutcome', resource: { resourceType: 'OperationOutcome', issue } }];
    notify(
      key,
      {
        timestamp: new Date(now()).toISOString(),
        id: randomUUID(),
        event: { 'hub.topic': about?.['hub.topic'], 'hub.event': 'SyncError', context },
      },
      endpoint,
    );
  };

  return {
    /** The address' last part; again with the same one, the lease begins anew. */
    subscribe(
      key: string,
      name: string,
      given: { events: ReadonlySet<string>; leaseS: number; endpoint?: string },
    ): string | undefined {
      const topic = topicOf(key);
      const known = given.endpoint === undefined ? undefined : topic?.subscribers.get(given.endpoint);
      if (!topic || (!known && topic.subscribers.size >= MOST_SUBSCRIBERS)) return undefined;
      const endpoint = known ? (given.endpoint ?? '') : randomUUID();
      const endsAt = now() + given.leaseS * 1_000;
      topic.subscribers.set(endpoint, { ...known, key, events: given.events, endsAt });
      endpoints.set(endpoint, { topic: key, name });
      const { peer } = known ?? {};
      peer?.send(JSON.stringify(confirmation(name, given.events, given.leaseS)));
      return endpoint;
    },
    unsubscribe(key: string, endpoint: string): void {
      topics.get(key)?.subscribers.get(endpoint)?.peer?.close(1000, 'unsubscribed');
      dropped(key, endpoint);
    },
    /** The socket of an endpoint; a second one takes the place of the first. */
    connect(endpoint: string, peer: HubPeer): { heard(text: string): void; gone(): void } | undefined {
      const at = endpoints.get(endpoint);
      const subscriber = at && topics.get(at.topic)?.subscribers.get(endpoint);
      if (!at || !subscriber || subscriber.endsAt <= now()) return undefined;
      subscriber.peer?.close(1000, 'elsewhere');
      subscriber.peer = peer;
      peer.send(
        JSON.stringify(confirmation(at.name, subscriber.events, Math.floor((subscriber.endsAt - now()) / 1_000))),
      );
      return {
        heard: (text) => {
          const answer = read(text);
          const id = `${endpoint} ${String(answer?.['id'])}`;
          const timer = unanswered.get(id);
          if (!timer) return;
          clearTimeout(timer);
          unanswered.delete(id);
          // Some clients say no status; a message that is answered was taken.
          const status = Number(answer?.['status'] ?? 200);
          if (!(status >= 200 && status < 300))
            syncError(at.topic, endpoint, { id: answer?.['id'], event: { 'hub.topic': at.name } });
        },
        gone: () => {
          if (subscriber.peer === peer) delete subscriber.peer;
        },
      };
    },
    publish(key: string, message: Json): boolean {
      const event = asObject(message['event']);
      const name = asString(event?.['hub.event']) ?? '';
      const topic = topicOf(key);
      if (!topic) return false;
      const opened = /^([A-Za-z]+)-(open|close)$/i.exec(name);
      if (opened?.[2]?.toLowerCase() === 'open')
        topic.context = { type: opened[1] ?? '', versionId: randomUUID(), context: asObjects(event?.['context']) };
      else if (opened && topic.context?.type.toLowerCase() === opened[1]?.toLowerCase()) delete topic.context;
      else if (/^userlogout$/i.test(name)) delete topic.context;
      const version = topic.context && { 'context.versionId': topic.context.versionId };
      notify(key, { ...message, event: { ...event, ...version } });
      return true;
    },
    current(key: string): object {
      const { type = '', versionId = '', context = [] } = topics.get(key)?.context ?? {};
      return { 'context.type': type, 'context.versionId': versionId, context };
    },
  };
}

function confirmation(topic: string, events: ReadonlySet<string>, leaseS: number): object {
  return {
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.events': [...events].join(','),
    'hub.lease_seconds': leaseS,
  };
}

function read(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Not an answer.
    return undefined;
  }
}
