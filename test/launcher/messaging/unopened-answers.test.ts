import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import type { DeliveryOutcome, OutgoingMessage } from '../../../src/messages/delivery.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import type { MessageJudge } from '../../../launcher/messaging/reader.ts';
import {
  CHIEF,
  chief,
  COUNCIL,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  START,
  WARD,
  withChief,
  type WorldOptions,
} from '../../support/messaging.ts';

const HOUR = 3_600_000;
/** Made once: they take longer than all the rest. */
const keys = makeKeys();
const ALLOWED = { allowed: true } as const;
const OBJECTED = { allowed: false, rule: 'consent.objection', words: 'The person objects.' } as const;
const barring =
  (...roles: readonly string[]): MessageJudge['see'] =>
  (party) =>
    Promise.resolve(roles.includes(party.role) ? OBJECTED : ALLOWED);

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

type Asked = { readonly world: MessagingWorld; readonly thread: string; readonly handed: OutgoingMessage[] };

/** The pharmacy has asked; both its teams have an EPR where `epr` says what that answers. */
async function asked(
  options: WorldOptions & { readonly epr?: (to: string) => DeliveryOutcome; readonly more?: object } = {},
): Promise<Asked> {
  const { epr, more = {}, ...rest } = options;
  const plain = withChief(messagingCommunity());
  const members = plain.members.map((member) => ({
    ...member,
    teams: (member.teams ?? []).map((team) =>
      epr && String(member.ods) === 'XH001' ? { ...team, inbox: `${team.id}-epr` as SourceId } : team,
    ),
  }));
  const handed: OutgoingMessage[] = [];
  const world = await openMessagingWorld({
    community: { ...plain, members, member: (ods) => members.find((one) => one.ods === ods) },
    deliver: (to, message) => {
      handed.push(message);
      return Promise.resolve(to.inbox === undefined || !epr ? { outcome: 'delivered' } : epr(to.address));
    },
    keys: await keys,
    ...rest,
  });
  opened.push(world);
  const draft = draftOf(more);
  const { thread } = await world.messages.send(pharmacist(), draft, signal);
  await world.deliverAll();
  return { world, thread: thread.id, handed };
}

async function answer({ world, thread }: Asked, version = 1, body = '2.5 mg.'): Promise<string> {
  const act = { id: randomUUID(), version, kind: 'reply', body } as const;
  await world.messages.act(doctor(), thread, act);
  return act.id;
}

const seenBy = async ({ world }: Asked, reader = pharmacist()) => (await world.messages.list(reader)).threads[0];

describe('an answer that nobody of the side that asked opens', () => {
  it('goes nowhere when it is routine', async () => {
    const routine = await asked({ more: { urgency: 'routine' } });
    await answer(routine);
    await routine.world.deliverAll();
    routine.world.clock.nowMs += 400 * HOUR;
    expect(await routine.world.escalate()).toBe(0);
  });

  it('goes nowhere when somebody has had it on the screen', async () => {
    const read = await asked();
    const id = await answer(read);
    await read.world.deliverAll();
    await read.world.messages.opened(pharmacist(), read.thread, [id]);
    read.world.clock.nowMs += 40 * HOUR;
    expect(await read.world.escalate()).toBe(0);
    expect((await seenBy(read))?.state).toBe('answered');
  });

  it('goes nowhere when they have acted on the conversation since', async () => {
    const more = await asked();
    await answer(more);
    await more.world.messages.act(pharmacist(), more.thread, { id: randomUUID(), version: 2, kind: 'close' });
    more.world.clock.nowMs += 40 * HOUR;
    expect(await more.world.escalate()).toBe(0);
  });

  it('is said to be answered and no more where the team that asked has nobody to pass it to', async () => {
    const it = await asked({ community: messagingCommunity() });
    await answer(it);
    await it.world.deliverAll();
    it.world.clock.nowMs += 40 * HOUR;
    expect(await it.world.escalate()).toBe(0);
    expect((await seenBy(it))?.state).toBe('answered');
    expect((await it.world.inbox.list(pharmacist())).lines[0]).toMatchObject({ unopened: true });
  });

  it('goes to whom that team names by the time there is to read it, both sides see it, and the audit says so', async () => {
    const it = await asked();
    await answer(it);
    await it.world.deliverAll();
    it.world.clock.nowMs = START + 4 * HOUR;
    expect(await it.world.escalate()).toBe(1);
    await it.world.deliverAll();
    for (const reader of [pharmacist(), doctor(), chief()])
      expect(await seenBy(it, reader)).toMatchObject({
        state: 'escalated',
        escalations: [{ rule: 'message.answer-unopened', to: { address: CHIEF, team: 'Chief pharmacist' } }],
      });
    expect(it.world.audit.filter(({ type }) => type === 'message.escalated')).toMatchObject([
      { outcome: 'success', code: 'message.answer-unopened', organisation: 'XH001', detail: { from: WARD, to: CHIEF } },
    ]);
    expect(await it.world.inbox.counts(chief())).toMatchObject({ unopened: 1 });
    // Who was asked has it no longer than before: nothing was taken from the pharmacy, nor given to be answered.
    expect((await seenBy(it))?.to.organisation.ods).toBe('XB001');
  });

  it('leaves who asks for an answer within half an hour no longer than that to read it', async () => {
    const dueAt = new Date(START + HOUR / 2).toISOString();
    const it = await asked({ more: { dueAt } });
    it.world.clock.nowMs = START + HOUR / 6;
    await answer(it);
    it.world.clock.nowMs = START + HOUR / 6 + HOUR / 2 - 1;
    expect(await it.world.escalate()).toBe(0);
    it.world.clock.nowMs += 1;
    expect(await it.world.escalate()).toBe(1);
  });

  it('goes on at once when the EPR of who asked refuses it, however routine it is, and is not delivered until they have it', async () => {
    const it = await asked({
      epr: (to) => (to === WARD ? { outcome: 'refused', code: 'inbox.patient_moved' } : { outcome: 'delivered' }),
      more: { urgency: 'routine' },
    });
    const id = await answer(it);
    await it.world.deliverAll();
    expect((await seenBy(it))?.state).toBe('undeliverable');
    expect(await it.world.escalate()).toBe(1);
    expect((await seenBy(it))?.state).toBe('escalated');
    await it.world.deliverAll();
    // By a name of its own there: an EPR that both teams share would drop it as one it has.
    expect(it.handed.map((message) => message.body).slice(-2)).toEqual(['2.5 mg.', '2.5 mg.']);
    const wireId = it.handed.at(-1)?.id ?? '';
    expect(wireId).not.toBe(id);
    const at = new Date(it.world.clock.nowMs).toISOString();
    const receipt = { messageId: wireId, by: 'XH001' as OdsCode, inbox: 'chief-epr' as SourceId, at } as const;
    expect(await it.world.receipt({ ...receipt, kind: 'opened', person: 'Bea Holt' })).toBe(true);
    expect((await seenBy(it))?.state).toBe('answered');
  });

  it('is not delivered when its last reader refuses it too', async () => {
    const it = await asked({ epr: () => ({ outcome: 'refused', code: 'inbox.patient_moved' }) });
    await answer(it);
    await it.world.deliverAll();
    await it.world.escalate();
    await it.world.deliverAll();
    expect((await seenBy(it))?.state).toBe('undeliverable');
    it.world.clock.nowMs += 40 * HOUR;
    expect(await it.world.escalate()).toBe(0);
  });

  it('passes by who may not see it, and waits where nobody further on may', async () => {
    const it = await asked();
    await answer(it);
    await it.world.deliverAll();
    it.world.judged.see = barring('chief');
    it.world.clock.nowMs = START + 5 * HOUR;
    expect(await it.world.escalate()).toBe(0);
    expect(it.world.audit.filter(({ type }) => type === 'message.escalated')).toMatchObject([
      { outcome: 'refused', code: 'consent.objection', detail: { from: WARD, to: CHIEF } },
    ]);
    expect((await seenBy(it))?.escalations).toEqual([]);
    it.world.judged.see = () => Promise.resolve(ALLOWED);
    it.world.clock.nowMs += HOUR;
    expect(await it.world.escalate()).toBe(1);
  });

  it('goes to the next who may see it when a rule holds it back from who asked', async () => {
    const it = await asked();
    await answer(it);
    it.world.judged.see = barring('pharmacist');
    await it.world.deliverAll();
    expect(await it.world.escalate()).toBe(1);
    await it.world.deliverAll();
    expect((await seenBy(it, chief()))?.escalations).toMatchObject([
      { rule: 'message.withheld', to: { address: CHIEF } },
    ]);
  });

  it('goes to nobody of those who were asked: to them it is no news', async () => {
    const plain = withChief(messagingCommunity());
    const members = plain.members.map((member) => ({
      ...member,
      teams: (member.teams ?? []).map((team) =>
        team.id === 'pharmacy' ? { ...team, escalatesTo: 'XB001/duty-doctor' } : team,
      ),
    }));
    const community = { ...plain, members, member: (ods: string) => members.find((one) => one.ods === ods) };
    const it = await asked({ community });
    await answer(it);
    await it.world.deliverAll();
    it.world.clock.nowMs = START + 5 * HOUR;
    // Past the doctor who wrote it, to whom the doctor’s own team passes what it leaves.
    expect(await it.world.escalate()).toBe(1);
    expect((await seenBy(it))?.escalations).toMatchObject([{ to: { address: 'XB001/partners' } }]);
  });

  it('goes on though who answered has ended the conversation, and is on the list of whom it went to', async () => {
    const it = await asked();
    await answer(it);
    await it.world.messages.act(doctor(), it.thread, { id: randomUUID(), version: 2, kind: 'close' });
    await it.world.deliverAll();
    it.world.clock.nowMs = START + 4 * HOUR;
    expect(await it.world.escalate()).toBe(1);
    await it.world.deliverAll();
    expect((await it.world.inbox.list(chief())).lines).toMatchObject([{ state: 'closed', unopened: true }]);
  });

  it('is every answer since the question that nobody opened, and none that somebody did', async () => {
    const it = await asked({ epr: () => ({ outcome: 'delivered' }) });
    const first = await answer(it, 1, 'Half of it.');
    await answer(it, 2, 'No: a quarter.');
    await it.world.deliverAll();
    await it.world.messages.opened(pharmacist(), it.thread, [first]);
    it.handed.length = 0;
    it.world.clock.nowMs = START + 4 * HOUR;
    expect(await it.world.escalate()).toBe(1);
    await it.world.deliverAll();
    expect(it.handed.map(({ body }) => body)).toEqual(['No: a quarter.']);
  });

  it('is taken up by whom it went to: they ask on, and the answer to that comes to them', async () => {
    const it = await asked();
    await answer(it);
    await it.world.deliverAll();
    it.world.clock.nowMs = START + 4 * HOUR;
    await it.world.escalate();
    await it.world.deliverAll();
    const seen = await seenBy(it, chief());
    expect(seen?.may).toEqual(['reply', 'close']);
    const more = { id: randomUUID(), version: seen?.version ?? 0, kind: 'reply', body: 'From tonight?' } as const;
    expect((await it.world.messages.act(chief(), it.thread, more)).state).toBe('queued');
    await it.world.deliverAll();
    const last = await answer(it, more.version + 1, 'From tonight.');
    await it.world.deliverAll();
    await it.world.messages.opened(chief(), it.thread, [last]);
    it.world.clock.nowMs += 40 * HOUR;
    expect(await it.world.escalate()).toBe(0);
    expect((await seenBy(it, doctor()))?.state).toBe('answered');
  });

  it('says nothing of the question after it: that goes on by its own time', async () => {
    const it = await asked();
    await answer(it);
    await it.world.deliverAll();
    it.world.clock.nowMs = START + 4 * HOUR;
    await it.world.escalate();
    const more = { id: randomUUID(), version: 3, kind: 'reply', body: 'And at night?' } as const;
    expect((await it.world.messages.act(pharmacist(), it.thread, more)).state).toBe('queued');
    it.world.clock.nowMs += 2 * HOUR;
    expect(await it.world.escalate()).toBe(1);
    expect((await seenBy(it))?.escalations.at(-1)).toMatchObject({
      rule: 'message.urgent-unopened',
      to: { address: 'XB001/partners' },
    });
  });

  it('has gone to nobody of another organisation unless the team that asked names them', async () => {
    const it = await asked();
    await answer(it);
    it.world.clock.nowMs = START + 40 * HOUR;
    await it.world.escalate();
    expect((await seenBy(it))?.escalations.map(({ to }) => to.address)).not.toContain(COUNCIL);
  });
});
