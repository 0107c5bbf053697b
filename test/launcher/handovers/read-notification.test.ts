import { describe, expect, it } from 'vitest';
import { readNotification } from '../../../launcher/handovers/read-notification.ts';

const bundle = (parameter: readonly object[], more: object = {}): object => ({
  resourceType: 'Bundle',
  type: 'history',
  entry: [{ resource: { resourceType: 'Parameters', parameter } }],
  ...more,
});

const status = (more: readonly object[] = [], type = 'event-notification', count: object = { valueString: '3' }) => [
  { name: 'subscription', valueReference: { reference: 'https://epr.example/fhir/Subscription/s1' } },
  { name: 'topic', valueCanonical: 'https://epr.example/SubscriptionTopic/care' },
  { name: 'status', valueCode: 'active' },
  { name: 'type', valueCode: type },
  { name: 'events-since-subscription-start', ...count },
  ...more,
];

const event = (number: unknown): object => ({
  name: 'notification-event',
  part: [{ name: 'event-number', valueString: number }],
});

describe('what is no notification', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'event'],
    ['a resource that is no Bundle', { resourceType: 'Parameters' }],
    ['a Bundle of another type', bundle(status(), { type: 'collection' })],
    ['a Bundle without a status', { resourceType: 'Bundle', type: 'history', entry: [] }],
    ['a Bundle that begins with something else', bundle([], { entry: [{ resource: { resourceType: 'Patient' } }] })],
    ['a status of no type', bundle(status([], 'surprise'))],
    ['a status that does not say how many', bundle(status([], 'heartbeat', {}))],
    ['a status with a number that is none', bundle(status([], 'heartbeat', { valueString: '-1' }))],
    ['a status with a number too large to count by', bundle(status([], 'heartbeat', { valueString: '9'.repeat(20) }))],
    ['an event whose number is none', bundle(status([event('first')]))],
    ['a status of no subscription', bundle(status().slice(1))],
  ])('%s', (_name, body) => {
    expect(readNotification(body)).toBeUndefined();
  });
});

describe('a notification', () => {
  it('is read for its numbers and nothing that it says of anybody', () => {
    const focus = {
      name: 'notification-event',
      part: [
        { name: 'event-number', valueString: '3' },
        { name: 'focus', valueReference: { reference: 'Patient/somebody' } },
      ],
    };
    const read = readNotification(bundle(status([event('2'), focus])));
    expect(read).toEqual({
      type: 'event-notification',
      subscription: 's1',
      topic: 'https://epr.example/SubscriptionTopic/care',
      status: 'active',
      count: 3,
      events: [2, 3],
    });
    expect(JSON.stringify(read)).not.toContain('somebody');
  });

  it('may be a handshake or a heartbeat, and count in numbers as some servers do', () => {
    expect(readNotification(bundle(status([], 'handshake', { valueUnsignedInt: 0 })))).toMatchObject({
      type: 'handshake',
      count: 0,
    });
    expect(readNotification(bundle(status([], 'heartbeat', { valueInteger: 7 })))).toMatchObject({
      type: 'heartbeat',
      count: 7,
    });
  });
});
