import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../../launcher/messaging/drafts.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import type { SourceId } from '../../../src/record/source.ts';
import {
  COUNCIL,
  doctor,
  draftOf,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  readerOf,
  RESIDENT,
  signal,
  SURGERY,
} from '../../support/messaging.ts';

let world: MessagingWorld;
beforeEach(async () => {
  world = await openMessagingWorld();
});
afterEach(() => world.close());

const CONFLICT = { code: 'message.other_content' };
const OTHER = { ...RESIDENT, nhsNumber: '9990000026' as NhsNumber };
const bodies = async (): Promise<readonly unknown[]> =>
  (await world.messages.list(pharmacist())).threads.flatMap(({ messages }) => messages.map(({ body }) => body));

describe('an id that was used already', () => {
  it.each<[string, Partial<Draft>]>([
    ['words', { body: 'She is allergic to it.' }],
    ['heading', { subject: 'Allergy' }],
    ['recipient', { to: COUNCIL }],
    ['urgency', { urgency: 'routine' }],
    ['time to answer by', { dueAt: '2026-11-24T09:00:00.000Z' }],
    ['item', { about: { source: 'north' as SourceId, resource: 'MedicationRequest/m2' } }],
  ])('is refused for a message with another %s, and nothing of it is sent', async (_what, other) => {
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    await expect(world.messages.send(pharmacist(), { ...draft, ...other }, signal)).rejects.toMatchObject(CONFLICT);
    expect(world.audit.at(-1)).toMatchObject({ type: 'message.refused', code: 'message.other_content' });
    expect(await bodies()).toEqual([draft.body]);
  });

  it('is refused for the resident instead of an item of theirs', async () => {
    const { about: _item, ...draft } = draftOf();
    await world.messages.send(pharmacist(), { ...draft, ...draftOf({ id: draft.id }) }, signal);
    await expect(world.messages.send(pharmacist(), draft, signal)).rejects.toMatchObject(CONFLICT);
  });

  it('is refused for another resident, and to another person of the same organisation', async () => {
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    const ofOther = { ...draft, patient: OTHER.nhsNumber };
    await expect(world.messages.send(pharmacist(OTHER), ofOther, signal)).rejects.toMatchObject(CONFLICT);
    const colleague = readerOf('XH001', 'pharmacist', 'Paul Moss');
    await expect(world.messages.send(colleague, draft, signal)).rejects.toMatchObject(CONFLICT);
  });

  it('is refused for a new conversation where it was that of an answer', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(pharmacist(), draft, signal);
    const answer = { id: randomUUID(), version: 1, kind: 'reply', body: draft.body } as const;
    await world.messages.act(doctor(), thread.id, answer);
    const begun = draftOf({ id: answer.id, to: 'XH001/pharmacy' });
    await expect(world.messages.send(doctor(), begun, signal)).rejects.toMatchObject(CONFLICT);
  });

  it('is refused to one of two that come at once and say different things', async () => {
    const draft = draftOf();
    const both = await Promise.allSettled([
      world.messages.send(pharmacist(), draft, signal),
      world.messages.send(pharmacist(), { ...draft, body: 'Something else.' }, signal),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await bodies()).toHaveLength(1);
  });

  it('is the same message for whoever sends the same again, with a time to answer by or with none', async () => {
    for (const draft of [draftOf(), draftOf({ dueAt: '2026-11-24T09:00:00.000Z' }), draftOf({ to: SURGERY })]) {
      const first = await world.messages.send(pharmacist(), draft, signal);
      const again = await world.messages.send(pharmacist(), draft, signal);
      expect([first.created, again.created, again.thread.id]).toEqual([true, false, first.thread.id]);
    }
  });

  it('is refused for an answer of other words, and for another act than it was', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const answer = { id: randomUUID(), version: 1, kind: 'reply', body: 'Half of it.' } as const;
    const act = (given: Parameters<typeof world.messages.act>[2]) => world.messages.act(doctor(), thread.id, given);
    await act(answer);
    await expect(act({ ...answer, body: 'All of it.' })).rejects.toMatchObject(CONFLICT);
    await expect(act({ id: answer.id, version: 2, kind: 'take' })).rejects.toMatchObject(CONFLICT);
    const given = { id: randomUUID(), version: 2, kind: 'reassign', to: 'XB001/partners' } as const;
    await act(given);
    await expect(act({ ...given, to: COUNCIL })).rejects.toMatchObject(CONFLICT);
    expect((await act(answer)).version).toBe(3);
    expect((await act(given)).version).toBe(3);
  });
});
