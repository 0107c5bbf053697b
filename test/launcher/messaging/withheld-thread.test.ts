import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { Thread } from '../../../src/messages/thread.ts';
import {
  doctor,
  draftOf,
  openMessagingWorld,
  pharmacist,
  readerOf,
  RESIDENT,
  signal,
} from '../../support/messaging.ts';

let world: Awaited<ReturnType<typeof openMessagingWorld>>;
afterEach(() => world.close());

const restricted = { ...RESIDENT, restricted: true as const };

async function withheld(): Promise<Thread> {
  world = await openMessagingWorld();
  const { thread } = await world.messages.send(pharmacist(restricted), draftOf(), signal);
  await world.deliverAll();
  await world.messages.opened(doctor(restricted), thread.id, [thread.messages[0]?.id ?? '']);
  const reply = { id: randomUUID(), version: thread.version, kind: 'reply', body: 'Stop it.' } as const;
  const answered = await world.messages.act(doctor(restricted), thread.id, reply);
  world.judged.see = () =>
    Promise.resolve({ allowed: false, rule: 'message.restricted', words: 'Only a cleared role sees who writes.' });
  return answered;
}

it('offers nothing to whom it is withheld, and refuses what is done all the same', async () => {
  const { id, version } = await withheld();
  const [seen] = (await world.messages.list(doctor(restricted))).threads;
  expect(seen).toMatchObject({ id, may: [], subject: '' });
  for (const kind of ['close', 'take'] as const)
    await expect(world.messages.act(doctor(restricted), id, { id: randomUUID(), version, kind })).rejects.toMatchObject(
      { code: 'message.refused' },
    );
});

it('names to whom it is withheld neither who writes, nor who had it on screen, but the reader’s own team', async () => {
  const before = await withheld();
  const names = (thread: Thread | undefined, own: string): readonly string[] =>
    [before.from, before.to, ...before.messages.map(({ from }) => from)]
      .filter(({ organisation }) => organisation.ods !== own)
      .flatMap((one) => [one.organisation.ods, one.organisation.name, one.team, one.person ?? one.team])
      .filter((name) => JSON.stringify(thread).includes(`"${name}`));
  const [asker] = (await world.messages.list(pharmacist(restricted))).threads;
  const [porter] = (await world.messages.list(readerOf('XB001', 'porter', 'Joe', restricted))).threads;
  expect(asker?.messages.map(({ unreadable }) => unreadable)).toEqual(['withheld', 'withheld']);
  expect(asker?.from).toEqual(before.from);
  expect(names(asker, before.from.organisation.ods)).toEqual([]);
  expect(names(porter, '')).toEqual([]);
  for (const { receipts } of [...(asker?.messages ?? []), ...(porter?.messages ?? [])])
    for (const receipt of receipts) expect(receipt).not.toHaveProperty('by');
});
