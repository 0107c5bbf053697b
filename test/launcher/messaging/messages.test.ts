import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThreadMoved } from '../../../launcher/messaging/thread-stands.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import {
  doctor,
  draftOf,
  type MessagingWorld,
  openMessagingWorld,
  partner,
  PARTNERS,
  pharmacist,
  readerOf,
  RESIDENT,
  signal,
  SURGERY,
  WARD,
  type WorldOptions,
} from '../../support/messaging.ts';

let world: MessagingWorld;
const opened: MessagingWorld[] = [];

async function open(options: WorldOptions = {}): Promise<MessagingWorld> {
  const made = await openMessagingWorld(options);
  opened.push(made);
  return made;
}

beforeEach(async () => {
  world = await open();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const code = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error as { code?: string }).code ?? error,
  );

describe('a message', () => {
  it('is not sent when it was written for another resident, and the audit says that it was tried', async () => {
    const draft = draftOf({ patient: '9990000026' });
    expect(await code(world.messages.send(pharmacist(), draft, signal))).toBe('message.other_patient');
    expect(world.audit.map(({ type, code: rule }) => [type, rule])).toEqual([
      ['message.refused', 'message.other_patient'],
    ]);
    expect((await world.messages.list(pharmacist())).threads).toEqual([]);
  });

  it('is not sent to whom nobody knows, when it is too long, or when too many wait already', async () => {
    expect(await code(world.messages.send(pharmacist(), draftOf({ to: 'XB001/nobody' }), signal))).toBe(
      'message.recipient_unknown',
    );
    expect(await code(world.messages.send(pharmacist(), draftOf({ body: 'x'.repeat(1_001) }), signal))).toBe(
      'message.too_long',
    );
    const crowded = await open({ limits: { waiting: 1 } });
    await crowded.messages.send(pharmacist(), draftOf(), signal);
    expect(await code(crowded.messages.send(pharmacist(), draftOf(), signal))).toBe('message.busy');
    await crowded.deliverAll();
    expect((await crowded.messages.send(pharmacist(), draftOf(), signal)).created).toBe(true);
  });

  it('is not sent when a rule bars the writer, or everybody of the team it is for', async () => {
    const words = 'This person has objected to this being shared.';
    const barred = { allowed: false, rule: 'consent.objection', words } as const;
    const writer = await open({ judge: { open: () => Promise.resolve(barred) } });
    expect(await code(writer.messages.send(pharmacist(), draftOf(), signal))).toBe('message.refused');
    const team = await open({
      judge: { see: ({ ods }) => Promise.resolve(ods === 'XB001' ? barred : { allowed: true }) },
    });
    expect(await code(team.messages.send(pharmacist(), draftOf(), signal))).toBe('message.refused');
    expect(team.audit.at(-1)).toMatchObject({ type: 'message.refused', outcome: 'refused', code: 'consent.objection' });
  });

  it('is not written when the audit can’t be', async () => {
    let down = true;
    const dark = await open({ auditDown: () => down });
    await expect(dark.messages.send(pharmacist(), draftOf(), signal)).rejects.toThrow();
    down = false;
    expect((await dark.messages.list(pharmacist())).threads).toEqual([]);
  });

  it('is queued, delivered, opened and answered, each said only once it is proven', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(pharmacist(), draft, signal);
    expect(thread).toMatchObject({ state: 'queued', version: 1, may: ['reply', 'close'], about: draft.about });
    expect(thread.from).toMatchObject({
      address: WARD,
      team: 'Pharmacy',
      organisation: { name: 'Ousebridge Infirmary' },
    });
    expect(thread.dueAt).toBe('2026-11-22T13:00:00.000Z');

    await world.deliverAll();
    const state = async (): Promise<string | undefined> => (await world.messages.list(pharmacist())).threads[0]?.state;
    expect(await state()).toBe('delivered');

    const [seen] = (await world.messages.list(doctor())).threads;
    expect(seen).toMatchObject({ state: 'delivered', may: ['reply', 'reassign', 'take'] });
    expect(await state()).toBe('delivered');
    await world.messages.opened(doctor(), thread.id, [draft.id]);
    expect(await state()).toBe('opened');

    const reply = { id: randomUUID(), version: 1, kind: 'reply', body: '2.5 mg: her creatinine is 140.' } as const;
    const answered = await world.messages.act(doctor(), thread.id, reply);
    expect(answered.state).toBe('answered');
    const [whole] = (await world.messages.list(pharmacist())).threads;
    expect(whole?.messages.map(({ body, from }) => [from.person, body])).toEqual([
      ['Priya Nair', draft.body],
      ['Dr Owen Ellis', reply.body],
    ]);
    expect(whole?.messages[0]?.receipts.map(({ kind }) => kind)).toEqual(['queued', 'delivered', 'opened', 'answered']);
    expect(whole?.messages[1]?.receipts.map(({ kind }) => kind)).toEqual(['queued']);
  });

  it('is audited before each answer: sent, delivered, listed, opened', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    await world.messages.list(doctor());
    await world.messages.opened(doctor(), thread.id, [thread.messages[0]?.id ?? '']);
    expect(world.audit.map(({ type, organisation }) => [type, organisation])).toEqual([
      ['message.sent', 'XH001'],
      ['message.delivered', 'XB001'],
      ['message.listed', 'XB001'],
      ['message.opened', 'XB001'],
    ]);
    expect(world.audit.every(({ nhsNumber }) => nhsNumber === RESIDENT.nhsNumber)).toBe(true);
    expect(JSON.stringify(world.audit)).not.toContain('mg');
  });

  it('sent again under the same id is the same one, also when both come at once', async () => {
    const draft = draftOf();
    const both = await Promise.all([1, 2].map(() => world.messages.send(pharmacist(), draft, signal)));
    const again = await world.messages.send(pharmacist(), draft, signal);
    expect(new Set([...both, again].map(({ thread }) => thread.id)).size).toBe(1);
    expect(again.created).toBe(false);
    expect((await world.messages.list(pharmacist())).threads).toHaveLength(1);
  });

  it('is opened by nobody of the side that wrote it, and by nobody who was not shown it', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    const ids = [thread.messages[0]?.id ?? ''];
    await world.messages.opened(pharmacist(), thread.id, ids);
    await world.messages.opened(readerOf('XB001', 'porter', 'A Porter'), thread.id, ids);
    expect((await world.messages.list(pharmacist())).threads[0]?.state).toBe('delivered');
  });
});

describe('a conversation', () => {
  it('is not there for another organisation, nor under another resident’s chart', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const council = readerOf('XC001', 'social-worker', 'Sam Reed');
    expect((await world.messages.list(council)).threads).toEqual([]);
    const take = { id: randomUUID(), version: 1, kind: 'take' } as const;
    expect(await code(world.messages.act(council, thread.id, take))).toBe('message.not_found');
    const elsewhere = doctor({ ...RESIDENT, nhsNumber: '9990000026' as NhsNumber });
    expect(await code(world.messages.act(elsewhere, thread.id, take))).toBe('message.not_found');
  });

  it('is found under the number that was replaced since', async () => {
    await world.messages.send(pharmacist(), draftOf(), signal);
    const merged = { ...RESIDENT, nhsNumber: '9990000026' as NhsNumber, supersedes: RESIDENT.nhsNumber };
    expect((await world.messages.list(doctor(merged))).threads).toHaveLength(1);
  });

  it('tells the second of two who answer at once, and shows both what there is', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const colleague = readerOf('XB001', 'gp', 'Dr Ada Cole');
    const reply = (body: string) => ({ id: randomUUID(), version: 1, kind: 'reply', body }) as const;
    const both = await Promise.allSettled([
      world.messages.act(doctor(), thread.id, reply('First.')),
      world.messages.act(colleague, thread.id, reply('Second.')),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const late = both.find((one) => one.status === 'rejected')?.reason as ThreadMoved;
    expect(late).toBeInstanceOf(ThreadMoved);
    expect(late.thread.version).toBe(2);
    expect(late.thread.messages).toHaveLength(2);
  });

  it('is taken, given to another team, closed and opened again, and says whose it is', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const act = (reader: ReturnType<typeof doctor>, version: number, kind: 'take' | 'close' | 'reopen') =>
      world.messages.act(reader, thread.id, { id: randomUUID(), version, kind });
    expect(await act(doctor(), 1, 'take')).toMatchObject({ owner: { name: 'Dr Owen Ellis', team: 'Duty doctor' } });
    const given = await world.messages.act(doctor(), thread.id, {
      id: randomUUID(),
      version: 2,
      kind: 'reassign',
      to: PARTNERS,
    });
    expect(given).toMatchObject({ to: { address: PARTNERS }, may: ['reply'] });
    expect(given.owner).toBeUndefined();
    expect(await code(act(doctor(), 3, 'close'))).toBe('message.refused');
    await world.deliverAll();
    expect((await world.inbox.list(partner())).lines).toMatchObject([{ unopened: true, state: 'delivered' }]);
    expect(await code(act(partner(), 3, 'close'))).toBe('message.refused');
    const closed = await act(pharmacist(), 3, 'close');
    expect(closed).toMatchObject({
      state: 'closed',
      may: ['reopen'],
      closedBy: { name: 'Priya Nair', team: 'Pharmacy' },
    });
    const open = await act(partner(), 4, 'reopen');
    expect(open).toMatchObject({ state: 'delivered', version: 5 });
    expect(open.closedBy).toBeUndefined();
  });

  it('is given back after each act as whoever looks next finds it, with what was proven by then', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    await world.messages.opened(doctor(), thread.id, [thread.messages[0]?.id ?? '']);
    const acts = [
      [doctor(), { kind: 'take' }],
      [doctor(), { kind: 'reply', body: 'Half of it' }],
      [pharmacist(), { kind: 'reply', body: 'And after that?' }],
      [doctor(), { kind: 'reassign', to: PARTNERS }],
      [partner(), { kind: 'reply', body: 'Stop it' }],
      [pharmacist(), { kind: 'close' }],
      [pharmacist(), { kind: 'reopen' }],
    ] as const;
    for (const [at, [reader, act]] of acts.entries()) {
      const given = await world.messages.act(reader, thread.id, { ...act, id: randomUUID(), version: at + 1 });
      expect((await world.messages.list(reader)).threads, act.kind).toEqual([given]);
      await world.deliverAll();
    }
  });

  it('is ended by nobody but the side that asked while its question waits, and still goes where the rules send it', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    const close = (version: number) => ({ id: randomUUID(), version, kind: 'close' }) as const;
    expect(await code(world.messages.act(doctor(), thread.id, close(1)))).toBe('message.refused');
    expect(world.audit.at(-1)).toMatchObject({ outcome: 'refused', code: 'message.may_not_close' });
    world.clock.nowMs += 3 * 3_600_000;
    expect(await world.escalate()).toBe(1);
    expect((await world.inbox.list(pharmacist())).lines).toMatchObject([{ state: 'escalated' }]);
  });

  it('that was answered and ended stays on the list and in the number of who has not opened the answer', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const reply = { id: randomUUID(), version: 1, kind: 'reply', body: '2.5 mg' } as const;
    await world.deliverAll();
    await world.messages.opened(doctor(), thread.id, [thread.messages[0]?.id ?? '']);
    await world.messages.act(doctor(), thread.id, reply);
    await world.messages.act(doctor(), thread.id, { id: randomUUID(), version: 2, kind: 'close' });
    await world.deliverAll();
    expect((await world.inbox.list(doctor())).lines).toEqual([]);
    const { lines, counts } = await world.inbox.list(pharmacist());
    expect(lines).toMatchObject([{ unopened: true, state: 'closed' }]);
    expect(counts.unopened).toBe(1);
    const [seen] = (await world.messages.list(pharmacist())).threads;
    expect(seen?.closedBy).toMatchObject({ name: 'Dr Owen Ellis', team: 'Duty doctor' });
    await world.messages.opened(pharmacist(), thread.id, [reply.id]);
    expect(await world.inbox.list(pharmacist())).toMatchObject({ lines: [], counts: { unopened: 0 } });
  });

  it('says that it is withheld, and by which rule, when an objection comes after the message', async () => {
    let objected = false;
    const words = 'This person has objected to this being shared.';
    const judging = await open({
      judge: {
        see: ({ ods }, _resident, { giver }) =>
          Promise.resolve(
            objected && ods !== giver ? { allowed: false, rule: 'consent.objection', words } : { allowed: true },
          ),
      },
    });
    await judging.messages.send(pharmacist(), draftOf(), signal);
    await judging.deliverAll();
    objected = true;
    const [thread] = (await judging.messages.list(doctor())).threads;
    expect(thread).toMatchObject({ subject: '', messages: [{ unreadable: 'withheld' }] });
    expect(thread?.messages[0]?.body).toBeUndefined();
    const { lines } = await judging.inbox.list(doctor());
    expect(lines).toMatchObject([{ subject: '', patient: { withheld: { rule: 'consent.objection', words } } }]);
    expect(JSON.stringify(lines)).not.toContain('TESTER');
    const [own] = (await judging.messages.list(pharmacist())).threads;
    expect(own?.messages[0]?.body).toContain('2.5 mg');
    // The item is the surgery's, and the objection holds it back from the hospital.
    expect(own?.about).toEqual({ withheld: { rule: 'consent.objection', words } });
  });
});

describe('a conversation handed back', () => {
  it('is unopened again for who had it, in state and number, until somebody there has it on the screen anew', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const ids = [thread.messages[0]?.id ?? ''];
    const give = (reader: ReturnType<typeof doctor>, version: number, to: string) =>
      world.messages.act(reader, thread.id, { id: randomUUID(), version, kind: 'reassign', to });
    await world.deliverAll();
    await world.messages.opened(doctor(), thread.id, ids);
    await give(doctor(), 1, PARTNERS);
    await world.deliverAll();
    world.clock.nowMs += 60_000;
    await world.messages.opened(partner(), thread.id, ids);
    expect(await give(partner(), 2, SURGERY)).toMatchObject({ state: 'delivered' });
    expect(await world.inbox.list(doctor())).toMatchObject({ counts: { unopened: 1 }, lines: [{ unopened: true }] });
    world.clock.nowMs += 60_000;
    await world.messages.opened(doctor(), thread.id, ids);
    expect((await world.messages.list(pharmacist())).threads[0]?.state).toBe('opened');
    expect(await world.inbox.counts(doctor())).toMatchObject({ unopened: 0 });
  });
});

describe('at rest', () => {
  it('nothing of what was said, of whom or about what stands in the store in clear', async () => {
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    const tables = ['message_threads', 'message_acts', 'message_receipts', 'message_outbox', 'message_inbox'];
    let all = '';
    for (const table of tables) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(world.database.queries);
      expect(rows.length + (table === 'message_receipts' ? 1 : 0)).toBeGreaterThan(0);
      all += JSON.stringify(rows);
    }
    for (const word of ['apixaban', '2.5', 'TESTER', RESIDENT.nhsNumber, 'MedicationRequest', 'Priya']) {
      expect(all).not.toContain(word);
    }
  });

  it.each([
    [
      'a sealed text is another',
      'update message_acts set sealed = (select sealed from message_threads) where version = 1',
    ],
    ['its time is another', "update message_acts set at = '2026-11-22T08:00:00.000Z' where version = 1"],
    ['it goes to somebody else', "update message_acts set from_address = 'XB001/partners' where version = 1"],
    ['one is taken away at the end', 'delete from message_acts where version = 2'],
    ['one is taken away before it', 'delete from message_acts where version = 1'],
  ])('what was changed is never shown as a message: %s', async (_what, statement) => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.messages.act(doctor(), thread.id, { id: randomUUID(), version: 1, kind: 'reply', body: 'Half.' });
    await sql.raw(statement).execute(world.database.queries);
    const [shown] = (await world.messages.list(pharmacist())).threads;
    expect(shown?.messages.some(({ unreadable }) => unreadable === 'tampered')).toBe(true);
    const clear = shown?.messages.filter(({ body }) => body !== undefined) ?? [];
    expect(clear.length).toBeLessThan(2);
    await world.deliverAll();
    expect(world.failures).toEqual([]);
  });

  it('one put there by hand is not shown: nobody of ours has signed it', async () => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    const stranger = await open();
    const forged = await stranger.messages.send(pharmacist(), draftOf({ body: 'Give 20 mg.' }), signal);
    const { rows } = await sql<{ sealed: string; chain: string }>`
      select sealed, chain from message_acts where thread_id = ${forged.thread.id}`.execute(stranger.database.queries);
    await sql`update message_acts set sealed = ${rows[0]?.sealed}, chain = ${rows[0]?.chain} where thread_id = ${thread.id}`.execute(
      world.database.queries,
    );
    const [shown] = (await world.messages.list(pharmacist())).threads;
    expect(shown?.messages).toMatchObject([{ unreadable: 'tampered' }]);
  });

  it('is read by the next launcher over the same store, whose signing keys are others', async () => {
    await world.messages.send(pharmacist(), draftOf(), signal);
    const next = await world.restart();
    expect((await next.messages.list(doctor())).threads[0]?.messages[0]?.body).toContain('2.5 mg');
    expect((await next.deliverAll()) > 0).toBe(true);
  });
});

describe('a team’s list', () => {
  it('counts conversations, and loses one from its number when somebody of the team has opened it', async () => {
    const draft = draftOf();
    const { thread } = await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    expect(await world.inbox.counts(doctor())).toEqual({ unopened: 1, urgent: 1, overdue: 0, handovers: 0 });
    expect(await world.inbox.counts(partner())).toEqual({ unopened: 0, urgent: 0, overdue: 0, handovers: 0 });
    await world.messages.opened(doctor(), thread.id, [draft.id]);
    expect(await world.inbox.counts(doctor())).toMatchObject({ unopened: 0, urgent: 1 });
    world.clock.nowMs += 5 * 3_600_000;
    expect(await world.inbox.counts(doctor())).toMatchObject({ overdue: 1 });
  });

  it('names the resident once in the audit for each state of a line, before it is shown', async () => {
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    world.audit.length = 0;
    await world.inbox.list(doctor());
    await world.inbox.list(doctor());
    expect(world.audit).toMatchObject([
      { type: 'message.listed', nhsNumber: RESIDENT.nhsNumber, organisation: 'XB001' },
    ]);
  });

  it('has what is addressed to the role where no team has it', async () => {
    const porter = readerOf('XH001', 'porter', 'Joe Park');
    const { thread } = await world.messages.send(porter, draftOf(), signal);
    expect(thread.from).toMatchObject({ address: 'XH001/role-porter', team: 'porter' });
    await world.messages.act(doctor(), thread.id, { id: randomUUID(), version: 1, kind: 'reply', body: 'Yes.' });
    await world.deliverAll();
    expect((await world.inbox.list(porter)).lines).toMatchObject([{ unopened: true, state: 'answered' }]);
  });

  it('counts and lists what is written to one person of the team', async () => {
    const person = { key: 'abc', name: 'Dr Owen Ellis' };
    const origin = { source: 'north', resource: 'CareTeam/1' };
    const involved = [{ ods: 'XB001', why: 'key-worker', origin, team: 'Duty doctor', person }] as never;
    const named = await open({ involved });
    const { entries } = await named.messages.addresses(pharmacist(), signal);
    const to = entries.find((entry) => entry.person !== undefined)?.address ?? '';
    expect(to.startsWith(`${SURGERY}/`)).toBe(true);
    await named.messages.send(pharmacist(), draftOf({ to }), signal);
    named.clock.nowMs += 5 * 3_600_000;
    expect(await named.inbox.list(doctor())).toMatchObject({
      counts: { urgent: 1, overdue: 1 },
      lines: [{ state: 'overdue' }],
    });
  });

  it('has what waits before whatever is answered, however much that is, and of a chart its own conversations', async () => {
    const council = readerOf('XC001', 'social-worker', 'Sam Reed');
    await world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    for (let n = 0; n < 201; n += 1) {
      const { thread } = await world.messages.send(council, draftOf(), signal);
      await world.messages.act(doctor(), thread.id, { id: randomUUID(), version: 1, kind: 'reply', body: 'x' });
    }
    world.clock.nowMs += 100 * 3_600_000;
    const list = await world.inbox.list(doctor());
    expect(list).toMatchObject({ counts: { overdue: 1 }, more: true });
    expect(list.lines.filter(({ state }) => state === 'overdue')).toHaveLength(1);
    const own = await world.messages.list(pharmacist());
    expect(own.threads).toHaveLength(1);
    expect(own.more).toBeUndefined();
  }, 60_000);

  it('leads first with what is late', async () => {
    const late = await world.messages.send(pharmacist(), draftOf({ urgency: 'urgent' }), signal);
    world.clock.nowMs += 5 * 3_600_000;
    await world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    await world.deliverAll();
    const { lines } = await world.inbox.list(doctor());
    expect(lines.map(({ thread }) => thread)[0]).toBe(late.thread.id);
    expect(lines[0]?.to.address).toBe(SURGERY);
  });
});
