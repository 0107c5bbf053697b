import { createHash, timingSafeEqual } from 'node:crypto';
import { asObject, asString } from '../../../src/record/resource.ts';
import { PluginTrouble } from '../../plugin.ts';
import type { PluginAnswer, PluginRequest, PluginRoute, PluginSocketRoute, RouterTools } from '../../router-face.ts';
import type { FhircastSettings } from '../manifest.ts';
import { findFollower } from '../launches.ts';
import { createHub, type Hub } from './hub.ts';

export const hubRoutes: readonly PluginRoute[] = [
  { method: 'POST', path: '/hub', caller: 'machine', body: 'form-or-json', handle: take },
  {
    method: 'GET',
    path: '/hub/:topic',
    caller: 'machine',
    handle: (...asked) => Promise.resolve().then(() => current(...asked)),
  },
];

export const hubSocket: PluginSocketRoute = { path: '/hub/socket/:endpoint', accept };

/** By the launcher's address: several launchers in one process share nothing. */
const HUBS = new Map<string, Hub>();

function hubOf(tools: RouterTools): Hub {
  const hub = HUBS.get(tools.address) ?? createHub(() => tools.now());
  HUBS.set(tools.address, hub);
  return hub;
}

/** A subscription (form) or an event (JSON): one address for both, as the standard has it. */
async function take(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const body = asObject(request.body) ?? {};
  return asObject(body['event']) ? publish(request, tools) : subscription(request, tools);
}

async function subscription(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const form = asObject(request.body) ?? {};
  const topic = topicIn(form['hub.topic']);
  const { ods } = followerOf(request, tools, topic);
  const mode = form['hub.mode'];
  const given = asString(form['hub.channel.endpoint']) ?? asString(form['endpoint']);
  const endpoint = given?.split('/').at(-1);
  const events = new Set(
    (asString(form['hub.events']) ?? '')
      .toLowerCase()
      .split(',')
      .filter((name) => /^[a-z-]{1,60}$/.test(name)),
  );
  const leaseS = Math.min(86_400, Number(asString(form['hub.lease_seconds']) ?? 7_200));
  const hub = hubOf(tools);
  if (mode === 'unsubscribe' && endpoint !== undefined) {
    hub.unsubscribe(`${ods} ${topic}`, endpoint);
    return { status: 202, json: {} };
  }
  if (mode !== 'subscribe' || form['hub.channel.type'] !== 'websocket' || events.size === 0 || !(leaseS > 0))
    throw new PluginTrouble('request.invalid', 'not a subscription');
  const made = hub.subscribe(`${ods} ${topic}`, topic, { events, leaseS, ...(endpoint !== undefined && { endpoint }) });
  if (made === undefined) throw new PluginTrouble('request.too_many', 'topics or subscribers');
  await tools.audit({ outcome: 'success', what: 'hub-subscribed', ods });
  const address = `${tools.address.replace(/^http/, 'ws')}/hub/socket/${made}`;
  return { status: 202, json: { 'hub.channel.endpoint': address } };
}

async function publish(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const { ods, id } = callerOf(request, tools, 'publish');
  const message = asObject(request.body) ?? {};
  const event = asObject(message['event']);
  const topic = topicIn(event?.['hub.topic']);
  const name = asString(event?.['hub.event']) ?? '';
  if (
    !/^[A-Za-z]{1,40}(?:-[a-z]{1,20})?$/.test(name) ||
    asString(message['id']) === undefined ||
    !Array.isArray(event?.['context'])
  )
    throw new PluginTrouble('request.invalid', 'not an event');
  if (!hubOf(tools).publish(`${ods} ${topic}`, message)) throw new PluginTrouble('request.too_many', 'topics');
  await tools.audit({ outcome: 'success', what: 'hub-event', ods, detail: { client: id, event: name } });
  return { status: 202, json: {} };
}

function current(request: PluginRequest, tools: RouterTools): PluginAnswer {
  const topic = topicIn(request.parameters['topic']);
  const { ods } = followerOf(request, tools, topic);
  return { json: hubOf(tools).current(`${ods} ${topic}`) };
}

/** The endpoint is a capability: unguessable, of one subscription, and gone with its lease. */
async function accept(...[socket, { parameters }, tools]: Parameters<PluginSocketRoute['accept']>): Promise<void> {
  const connected = hubOf(tools).connect(parameters['endpoint'] ?? '', socket);
  if (!connected) return socket.close(1008, 'no subscription');
  try {
    for await (const text of socket.messages) connected.heard(text);
  } finally {
    connected.gone();
  }
}

/** The user of a launch that names this hub follows its own topic, with its own token, for as long as its session lives. */
function followerOf(request: PluginRequest, tools: RouterTools, topic: string): { readonly ods: string } {
  const launch = findFollower(bearerOf(request) ?? '', `${tools.address}/hub`);
  return launch?.topic === topic ? launch : callerOf(request, tools, 'follow');
}

function bearerOf(request: PluginRequest): string | undefined {
  return /^Bearer (\S{20,4096})$/.exec(request.header('authorization') ?? '')?.[1];
}

/** A topic belongs to one member: two members’ topics of one name are two. */
function callerOf(
  request: PluginRequest,
  { members }: RouterTools,
  may: 'follow' | 'publish',
): { readonly ods: string; readonly id: string } {
  const token = bearerOf(request);
  const given = createHash('sha256')
    .update(token ?? '')
    .digest();
  for (const { ods, settings } of members)
    for (const client of (settings as FhircastSettings).hub?.clients ?? [])
      if (token !== undefined && timingSafeEqual(given, Buffer.from(client.tokenSha256, 'hex'))) {
        if (client.may.includes(may)) return { ods, id: client.id };
        throw new PluginTrouble('request.forbidden', `hub: may not ${may}`);
      }
  throw new PluginTrouble('request.forbidden', 'hub: not a client of ours');
}

function topicIn(value: unknown): string {
  const topic = asString(value);
  if (topic === undefined || !/^[A-Za-z0-9._~:-]{16,200}$/.test(topic))
    throw new PluginTrouble('request.invalid', 'a topic of fewer than 16 characters, or of others');
  return topic;
}
