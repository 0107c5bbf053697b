import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../../src/record/resource.ts';
import { FhirTrouble } from '../outcome.ts';

/** A topic-based subscription as this EPR has taken it on (Subscriptions R5 Backport IG 1.1). */
export type TopicSubscription = {
  readonly id: string;
  readonly patientId: string;
  readonly topic: string;
  readonly endpoint: string;
  /** Name and value of each header that goes with every notification. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly endsAtMs: number;
  readonly heartbeatMs: number;
  /** As it was asked for, with our id. */
  readonly resource: Resource;
};

const FILTER = /^(?:[A-Z][A-Za-z]+\?)?patient=(?:Patient\/)?([A-Za-z0-9\-.]{1,64})$/;

/** Reads what was asked for, or refuses it as a FHIR server does. Only the one place that this EPR is to tell may be named. */
export function readSubscription(
  body: unknown,
  id: string,
  { topic, tellOnly }: { readonly topic: string; readonly tellOnly: string },
): TopicSubscription {
  if (!isResource(body) || body.resourceType !== 'Subscription') throw refused('not a Subscription');
  const channel = asObject(body['channel']);
  const endpoint = asString(channel?.['endpoint']) ?? '';
  const filters = extensions(asObject(body['_criteria']), 'backport-filter-criteria');
  const patientId = filters.flatMap((filter) => FILTER.exec(asString(filter['valueString']) ?? '')?.[1] ?? [])[0];
  if (body['criteria'] !== topic) throw refused('this server has one topic, and this is another');
  if (channel?.['type'] !== 'rest-hook') throw refused('only rest-hook is told here');
  if (!endpoint.startsWith(tellOnly)) throw refused('this address is not registered here');
  if (patientId === undefined) throw refused('name one patient: nobody is told of all of them');
  const content = extensions(asObject(channel['_payload']), 'backport-payload-content')[0]?.['valueCode'];
  if (content !== 'empty') throw refused('only that something has happened is told here, not what');
  const end = Date.parse(asString(body['end']) ?? '');
  if (Number.isNaN(end)) throw refused('say until when');
  const given: readonly unknown[] = Array.isArray(channel['header']) ? channel['header'] : [];
  const heartbeat = extensions(channel, 'backport-heartbeat-period')[0]?.['valueUnsignedInt'];
  return {
    id,
    patientId,
    topic,
    endpoint,
    headers: given.flatMap((line) => {
      const [, name, value] = /^([A-Za-z-]{1,40}): (.{1,500})$/.exec(String(line)) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
    endsAtMs: end,
    heartbeatMs: typeof heartbeat === 'number' ? Math.max(1, heartbeat) * 1_000 : 60_000,
    resource: { ...body, id, status: 'active' },
  };
}

function extensions(element: Json | undefined, name: string): readonly Json[] {
  return asObjects(element?.['extension']).filter(({ url }) => asString(url)?.endsWith(`/${name}`));
}

function refused(why: string): FhirTrouble {
  return new FhirTrouble(422, 'business-rule', why);
}

/** The Bundle that a rest-hook carries: a SubscriptionStatus as R4 writes it, and nothing of the person. */
export function notificationOf(
  { id, topic }: TopicSubscription,
  base: string,
  told: {
    readonly type: 'handshake' | 'heartbeat' | 'event-notification';
    readonly count: number;
    readonly events: readonly { readonly number: number; readonly at: string }[];
  },
): object {
  const status = told.type === 'handshake' ? 'requested' : 'active';
  const parameter = [
    { name: 'subscription', valueReference: { reference: `${base}/Subscription/${id}` } },
    { name: 'topic', valueCanonical: topic },
    { name: 'status', valueCode: status },
    { name: 'type', valueCode: told.type },
    { name: 'events-since-subscription-start', valueString: String(told.count) },
    ...told.events.map(({ number, at }) => ({
      name: 'notification-event',
      part: [
        { name: 'event-number', valueString: String(number) },
        { name: 'timestamp', valueInstant: at },
      ],
    })),
  ];
  const resource = {
    resourceType: 'Parameters',
    id: 'status',
    meta: {
      profile: ['http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-status-r4'],
    },
    parameter,
  };
  const request = { method: 'GET', url: `${base}/Subscription/${id}/$status` };
  return {
    resourceType: 'Bundle',
    type: 'history',
    timestamp: new Date().toISOString(),
    meta: {
      profile: [
        'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-notification-r4',
      ],
    },
    entry: [{ fullUrl: 'urn:uuid:status', resource, request, response: { status: '200' } }],
  };
}
