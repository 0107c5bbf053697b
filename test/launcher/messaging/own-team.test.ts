import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import { parseDraft } from '../../../launcher/messaging/drafts.ts';
import {
  COUNCIL,
  doctor,
  draftOf,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  readerOf,
  signal,
  START,
  SURGERY,
} from '../../support/messaging.ts';

const HOUR = 3_600_000;
const keys = makeKeys();
let world: MessagingWorld;
beforeEach(async () => {
  world = await openMessagingWorld({ keys: await keys });
});
afterEach(() => world.close());

const colleague = () => readerOf('XB001', 'gp', 'Dr Mina Patel');
const stateNow = async (): Promise<unknown> => (await world.messages.list(doctor())).threads[0]?.state;

describe('what somebody writes to a team of their own', () => {
  it('is opened by no look of theirs, and goes on when it is urgent and nobody else has it on the screen', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(doctor(), draft, signal);
    await world.deliverAll();
    await world.messages.opened(doctor(), thread.id, [draft.id]);
    expect(await stateNow()).toBe('delivered');
    expect((await world.inbox.counts(doctor())).unopened).toBe(1);
    expect(world.audit.some(({ type }) => type === 'message.opened')).toBe(false);
    world.clock.nowMs = START + 2 * HOUR;
    expect(await world.escalate()).toBe(1);
  });

  it('is opened by a colleague', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(doctor(), draft, signal);
    await world.deliverAll();
    await world.messages.opened(colleague(), thread.id, [draft.id]);
    expect(await stateNow()).toBe('opened');
  });

  it('is answered by no further word of theirs, which waits with it, and by a colleague’s', async () => {
    const { thread } = await world.messages.send(doctor(), draftOf(), signal);
    const more = { id: randomUUID(), version: 1, kind: 'reply', body: 'She weighs 58 kg.' } as const;
    const { state, dueAt } = await world.messages.act(doctor(), thread.id, more);
    expect({ state, dueAt }).toEqual({ state: 'queued', dueAt: thread.dueAt });
    const answer = { id: randomUUID(), version: 2, kind: 'reply', body: '2.5 mg.' } as const;
    expect((await world.messages.act(colleague(), thread.id, answer)).state).toBe('answered');
  });
});

describe('giving a question away', () => {
  it('is refused where nobody of the team may see what was asked, though they may see what the giver writes', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const none = { allowed: false, rule: 'default.deny', words: 'No rule of the community allows this.' } as const;
    world.judged.see = ({ ods }, _resident, { giver }) =>
      Promise.resolve(ods === 'XC001' && giver !== 'XB001' ? none : { allowed: true });
    const act = { id: randomUUID(), version: 1, kind: 'reassign', to: COUNCIL } as const;
    await expect(world.messages.act(doctor(), thread.id, act)).rejects.toMatchObject({ code: 'message.refused' });
    const [now] = (await world.messages.list(doctor())).threads;
    expect(now?.to.address).toBe(SURGERY);
    expect(world.audit.at(-2)).toMatchObject({ type: 'message.refused', code: 'default.deny' });
  });
});

describe('a time an answer is asked for', () => {
  const due = (dueAt: string): unknown => parseDraft({ ...draftOf({ patient: '9990000018' }), dueAt }, START).dueAt;

  it.each(['2026-11-23T09:00:00', '2026-11-23', '2026-11-23T09:00:00 GMT', '2026-11-23T09:00:00+1'])(
    'is none without its zone: %s',
    (given) => {
      expect(() => due(given)).toThrow('request.invalid');
    },
  );

  it('is the same instant in every zone', () => {
    expect([due('2026-11-23T09:00Z'), due('2026-11-23T10:00:00+01:00')]).toEqual(
      Array.from({ length: 2 }, () => '2026-11-23T09:00:00.000Z'),
    );
  });
});
