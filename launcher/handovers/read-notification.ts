import { asObject, asObjects, asString, isResource, type Json } from '../../src/record/resource.ts';

/**
 * A notification of a topic-based subscription as FHIR R4 writes it (Subscriptions R5 Backport IG 1.1): a Bundle of type
 * history whose first entry is a Parameters, the SubscriptionStatus. What it says of resources is left unread: it is
 * believed for one thing only, that it is time to ask.
 */
export type Notification = {
  readonly type: 'handshake' | 'heartbeat' | 'event-notification';
  /** The source's own id of the Subscription. */
  readonly subscription: string;
  readonly topic?: string;
  readonly status: string;
  /** Events since the subscription began, this one with them. */
  readonly count: number;
  /** Of the events that are in it. */
  readonly events: readonly number[];
};

const TYPES = ['handshake', 'heartbeat', 'event-notification'] as const;
const MOST_EVENTS = 1_000;

/** `undefined`: it is none. */
export function readNotification(body: unknown): Notification | undefined {
  if (!isResource(body) || body.resourceType !== 'Bundle' || body['type'] !== 'history') return undefined;
  const status = asObject(asObjects(body['entry'])[0]?.['resource']);
  if (status?.['resourceType'] !== 'Parameters') return undefined;
  const parameters = asObjects(status['parameter']);
  const value = (name: string): Json | undefined => parameters.find((one) => one['name'] === name);
  const type = TYPES.find((one) => one === asString(value('type')?.['valueCode']));
  const reference = asString(asObject(value('subscription')?.['valueReference'])?.['reference']);
  const subscription = /(?:^|\/)Subscription\/([A-Za-z0-9\-.]{1,64})$/.exec(reference ?? '')?.[1];
  const count = readCount(value('events-since-subscription-start'));
  if (!type || subscription === undefined || count === undefined) return undefined;
  const told = parameters.filter((one) => one['name'] === 'notification-event').slice(0, MOST_EVENTS);
  const events = told.map((event) =>
    readCount(asObjects(event['part']).find((part) => part['name'] === 'event-number')),
  );
  if (events.includes(undefined)) return undefined;
  const topic = asString(value('topic')?.['valueCanonical']);
  return {
    type,
    subscription,
    status: asString(value('status')?.['valueCode']) ?? '',
    count,
    events: events.filter((event) => event !== undefined),
    ...(topic !== undefined && { topic }),
  };
}

/** R4 has no integer64: the profile writes these as strings, and some servers as numbers. */
function readCount(parameter: Json | undefined): number | undefined {
  const given = parameter?.['valueString'] ?? parameter?.['valueUnsignedInt'] ?? parameter?.['valueInteger'];
  const count = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
