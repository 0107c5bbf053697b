import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import type { KnownItem } from '../../../launcher/messaging/reader.ts';
import type { OutgoingMessage } from '../../../src/messages/delivery.ts';
import {
  COUNCIL,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  PARTNERS,
  pharmacist,
  readerOf,
  signal,
  type WorldOptions,
} from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: WorldOptions): Promise<MessagingWorld> {
  const world = await openMessagingWorld(options);
  opened.push(world);
  return world;
}

const SENSITIVE = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R';
const labelled: WorldOptions['lookAt'] = (_session, item) =>
  Promise.resolve({ ...item, labels: [SENSITIVE], sections: ['medications'] });
const words = 'It is marked as restricted.';
const barred = { allowed: false, rule: 'clearance', words } as const;
const isSensitive = (item: KnownItem | undefined): boolean => item?.labels?.includes(SENSITIVE) === true;

const code = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error as { code?: string }).code ?? error,
  );

describe('a message that hangs on an item', () => {
  it('is not sent by whom the item would not be shown, and the audit says by which rule', async () => {
    const world = await open({ lookAt: () => Promise.reject(new CorridorError('access.refused', 'label or section')) });
    expect(await code(world.messages.send(pharmacist(), draftOf(), signal))).toBe('message.refused');
    expect(world.audit.at(-1)).toMatchObject({ type: 'message.refused', code: 'message.item' });
    expect((await world.messages.list(pharmacist())).threads).toEqual([]);
  });

  it('is not sent while the item can’t be looked at: nobody knows how confidential it is', async () => {
    const world = await open({ lookAt: () => Promise.reject(new CorridorError('source.timeout', 'item')) });
    expect(await code(world.messages.send(pharmacist(), draftOf(), signal))).toBe('source.timeout');
    expect((await world.messages.list(pharmacist())).threads).toEqual([]);
    const { about: _item, ...ofTheResident } = draftOf();
    expect((await world.messages.send(pharmacist(), ofTheResident, signal)).created).toBe(true);
  });

  it('goes to no team of which nobody may see an item with these labels, first or handed on', async () => {
    const world = await open({
      lookAt: labelled,
      judge: {
        see: ({ role }, _resident, { item }) =>
          Promise.resolve(
            isSensitive(item) && (role === 'partner' || role === 'social-worker') ? barred : { allowed: true },
          ),
      },
    });
    expect(await code(world.messages.send(pharmacist(), draftOf({ to: COUNCIL }), signal))).toBe('message.refused');
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const hand = { id: randomUUID(), version: 1, kind: 'reassign', to: PARTNERS } as const;
    expect(await code(world.messages.act(doctor(), thread.id, hand))).toBe('message.refused');
    expect(world.audit.at(-1)).toMatchObject({ type: 'message.refused', code: 'clearance' });
  });

  it('is withheld, with the rule, from a colleague who may not see such an item', async () => {
    const world = await open({
      lookAt: labelled,
      judge: {
        see: ({ role }, _resident, { item }) =>
          Promise.resolve(isSensitive(item) && role === 'porter' ? barred : { allowed: true }),
      },
    });
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const [seen] = (await world.messages.list(readerOf('XB001', 'porter', 'A Porter'))).threads;
    expect(seen).toMatchObject({ id: thread.id, subject: '', about: { withheld: { rule: 'clearance', words } } });
    expect(seen?.messages[0]).toMatchObject({ unreadable: 'withheld' });
    expect(seen?.messages[0]?.body).toBeUndefined();
  });

  it('names its item by origin alone to whoever may see it, here and in the other EPR', async () => {
    const handed: OutgoingMessage[] = [];
    const world = await open({
      lookAt: labelled,
      community: messagingCommunity('north-epr'),
      deliver: (_to, message) => (handed.push(message), Promise.resolve({ outcome: 'delivered' })),
    });
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    expect((await world.messages.list(doctor())).threads[0]?.about).toEqual(draft.about);
    expect(handed[0]?.about).toEqual(draft.about);
  });
});
