import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  claimMessages,
  leastDeaths,
  type OutboxRow,
  settleMessage,
} from '../../launcher/storage/tables/message-outbox.ts';
import { putInInbox } from '../../launcher/storage/tables/message-inbox.ts';
import { destroyThreads, findThreadsAt, sweepThreads } from '../../launcher/storage/tables/messages.ts';
import type { Database } from '../../launcher/storage/database.ts';
import {
  chief,
  CHIEF,
  doctor,
  draftOf,
  messagingCommunity,
  openMessagingWorld,
  partner,
  PARTNERS,
  pharmacist,
  signal,
  START,
  SURGERY,
  WARD,
  withChief,
} from '../support/messaging.ts';
import { messagingWorldOfEach } from '../support/messaging-world-of-each.ts';

const HOUR = 3_600_000;

/** What conversations rely on of their store, whichever engine it is. `open` gives a new and empty one. */
export function messagesContract(open: () => Promise<Database>): void {
  const here = messagingWorldOfEach(open);

  const claim = (lease: string, nowMs = START, limit = 10): Promise<readonly OutboxRow[]> =>
    claimMessages(here.database.queries, here.database.dialect, { lease, nowMs, untilMs: nowMs + 4_000, limit });

  const send = async (body = 'One.', world = here.world): Promise<string> =>
    (await world.messages.send(pharmacist(), draftOf({ body }), signal)).thread.id;

  const follow = async (thread: string, version: number, body: string): Promise<void> => {
    await here.world.messages.act(pharmacist(), thread, { id: randomUUID(), version, kind: 'reply', body });
  };

  describe('messages that wait', () => {
    it('are given to one worker only, however many ask at once', async () => {
      for (let sent = 0; sent < 6; sent += 1) await send();
      const claimed = await Promise.all(['a', 'b', 'c'].map((lease) => claim(lease)));
      const threads = claimed.flat().map(({ thread_id }) => thread_id);
      expect(threads).toHaveLength(6);
      expect(new Set(threads).size).toBe(6);
    });

    it('are taken up by another when the lease of a killed one has run out, and not before', async () => {
      await send();
      expect(await claim('killed')).toHaveLength(1);
      expect(await claim('other', START + 3_999)).toEqual([]);
      expect(await claim('other', START + 4_000)).toHaveLength(1);
    });

    it('count who was killed with them, and how often they were tried, each by itself', async () => {
      await send();
      await claim('killed');
      const [again] = await claim('killed too', START + 5_000);
      expect(again).toMatchObject({ attempts: 1, deaths: 1 });
      const [third] = await claim('alive', START + 10_000);
      expect(third).toMatchObject({ attempts: 1, deaths: 2 });
      if (third) await settleMessage(here.database.queries, third, { state: 'waiting', next_ms: START, deaths: null });
      const [fourth] = await claim('alive', START + 11_000);
      expect(fourth).toMatchObject({ attempts: 2, deaths: null });
    });

    it('are given out apart by how often launchers have died of them, those first of which they died least', async () => {
      const [often, once] = [await send(), await send()];
      const only = (thread: string, lease: string, nowMs: number) =>
        claimMessages(here.database.queries, here.database.dialect, {
          lease,
          nowMs,
          untilMs: nowMs + 4_000,
          limit: 10,
          died: 0,
        }).then((rows) => rows.filter(({ thread_id }) => thread_id === thread));
      expect(await only(often, 'killed', START)).toHaveLength(1);
      const died = (count: number, nowMs: number) =>
        claimMessages(here.database.queries, here.database.dialect, {
          lease: randomUUID(),
          nowMs,
          untilMs: nowMs + 4_000,
          limit: 1,
          died: count,
        });
      expect(await leastDeaths(here.database.queries, START)).toBeUndefined();
      expect(await leastDeaths(here.database.queries, START + 5_000)).toBe(1);
      const [first] = await died(1, START + 5_000);
      const fresh = await send();
      const other = first?.thread_id === often ? once : often;
      // One of two is out for the second time; the other stands where it stood, and what is new is apart from both.
      expect(await leastDeaths(here.database.queries, START + 10_000)).toBe(1);
      expect((await died(1, START + 10_000)).map(({ thread_id }) => thread_id)).toEqual([other]);
      expect((await only(fresh, 'alive', START + 10_000)).map(({ deaths }) => deaths)).toEqual([null]);
      expect(await died(3, START + 10_000)).toEqual([]);
    });

    it('are settled by whoever holds the lease now, and by nobody who held it before', async () => {
      await send();
      const [slow] = await claim('slow');
      const [quick] = await claim('quick', START + 5_000);
      if (!slow || !quick) throw new Error('nothing was claimed');
      expect(await settleMessage(here.database.queries, slow, { state: 'delivered' })).toBe(false);
      expect(await settleMessage(here.database.queries, quick, { state: 'delivered' })).toBe(true);
      expect(await claim('other', START + HOUR)).toEqual([]);
    });

    it('go one after another in their thread, and past each other in different ones', async () => {
      const thread = await send();
      await follow(thread, 1, 'Two.');
      await send('Another.');
      const first = await claim('a');
      expect(first.map(({ version }) => version)).toEqual([1, 1]);
      expect(await claim('a')).toEqual([]);
      const [row] = first.filter(({ thread_id }) => thread_id === thread);
      if (row) await settleMessage(here.database.queries, row, { state: 'delivered' });
      expect((await claim('a')).map(({ version, thread_id }) => [thread_id, version])).toEqual([[thread, 2]]);
    });

    it('are in an inbox once, however often they are put there', async () => {
      const row = {
        address: SURGERY,
        sender: 'XH001',
        message_id: randomUUID(),
        thread_id: 't',
        version: 1,
        at: 'now',
        opened_at: null,
      };
      const put = await Promise.all([1, 2, 3].map(() => putInInbox(here.database.queries, row)));
      expect(put.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('conversations', () => {
    it('let one of two launchers write, and tell the other what there is', async () => {
      const other = await here.world.restart();
      const thread = await send();
      const reply = (body: string) => ({ id: randomUUID(), version: 1, kind: 'reply', body }) as const;
      const both = await Promise.allSettled([
        here.world.messages.act(doctor(), thread, reply('First.')),
        other.messages.act(doctor(), thread, reply('Second.')),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await here.world.messages.list(doctor())).threads[0]?.messages).toHaveLength(2);
    });

    it('go to whom the community file says, once, though several launchers look', async () => {
      const other = await here.world.restart();
      await send();
      await here.world.deliverAll();
      for (const one of [here.world, other]) one.clock.nowMs = START + 2 * HOUR;
      const moved = await Promise.all([here.world.escalate(), other.escalate()]);
      expect(moved.reduce((sum, count) => sum + count)).toBe(1);
      const [thread] = (await here.world.messages.list(pharmacist())).threads;
      expect(thread).toMatchObject({
        state: 'escalated',
        to: { address: PARTNERS },
        dueAt: '2026-11-22T13:00:00.000Z',
      });
      expect(thread?.escalations).toMatchObject([{ rule: 'message.urgent-unopened', to: { address: PARTNERS } }]);
      await here.world.deliverAll();
      expect((await here.world.inbox.list(partner())).lines).toHaveLength(1);
    });

    it('tell who asked, or whom they name, of an urgent answer that nobody opens: once, though several launchers look', async () => {
      const world = await openMessagingWorld({ database: here.database, community: withChief(messagingCommunity()) });
      const other = await world.restart();
      const thread = await send('One.', world);
      const answer = { id: randomUUID(), version: 1, kind: 'reply', body: '2.5 mg.' } as const;
      await world.messages.act(doctor(), thread, answer);
      await world.deliverAll();
      world.clock.nowMs = START + 4 * HOUR - 1;
      expect(await world.escalate()).toBe(0);
      world.clock.nowMs = START + 4 * HOUR;
      const moved = await Promise.all([world.escalate(), other.escalate()]);
      expect(moved.reduce((sum, count) => sum + count)).toBe(1);
      await world.deliverAll();
      const [line] = (await world.inbox.list(chief())).lines;
      expect(line).toMatchObject({ thread, state: 'escalated', unopened: true, urgency: 'urgent' });
      const [seen] = (await world.messages.list(chief())).threads;
      expect(seen?.escalations).toMatchObject([{ rule: 'message.answer-unopened', to: { address: CHIEF } }]);
      await world.messages.opened(chief(), thread, [answer.id]);
      world.clock.nowMs = START + 40 * HOUR;
      expect(await world.escalate()).toBe(0);
      expect((await world.messages.list(pharmacist())).threads[0]?.state).toBe('answered');
    });

    it('are let go once when the rule that held one back no longer holds, though several launchers look', async () => {
      const other = await here.world.restart();
      const thread = await send();
      here.world.judged.see = () =>
        Promise.resolve({ allowed: false, rule: 'consent.objection', words: 'They object.' });
      await here.world.deliverAll();
      here.world.judged.see = () => Promise.resolve({ allowed: true });
      expect(await here.world.release()).toBe(0);
      here.world.clock.nowMs = START + HOUR / 2;
      const gone = await Promise.all([here.world.release(), other.release()]);
      expect(gone.reduce((sum, count) => sum + count)).toBe(1);
      await here.world.deliverAll();
      expect((await here.world.messages.list(pharmacist())).threads[0]).toMatchObject({
        id: thread,
        state: 'delivered',
      });
      expect(await other.release()).toBe(0);
    });

    it('are not destroyed while they wait for an answer, nor before their time to answer is over, however old', async () => {
      const thread = await send();
      await here.world.deliverAll();
      const far = new Date(START + 400 * 24 * HOUR).toISOString();
      expect(await destroyThreads(here.database.queries, far)).toBe(0);
      const [row] = await here.database.queries.selectFrom('message_threads').select(['waits', 'sealed_key']).execute();
      expect([row?.waits, row?.sealed_key === null]).toEqual([1, false]);
      await here.world.messages.act(pharmacist(), thread, { id: randomUUID(), version: 1, kind: 'close' });
      const due = new Date(START + 100 * 24 * HOUR).toISOString();
      await here.database.queries.updateTable('message_threads').set({ due_at: due }).execute();
      expect(await destroyThreads(here.database.queries, new Date(START + 99 * 24 * HOUR).toISOString())).toBe(0);
      expect(await destroyThreads(here.database.queries, far)).toBe(1);
    });

    it('are destroyed when their time is over: first what was said, later that there was something', async () => {
      const asked = await send();
      await here.world.deliverAll();
      await here.world.messages.act(doctor(), asked, { id: randomUUID(), version: 1, kind: 'reply', body: 'Done.' });
      expect(await destroyThreads(here.database.queries, new Date(START).toISOString())).toBe(0);
      expect(await destroyThreads(here.database.queries, new Date(START + 1).toISOString())).toBe(1);
      const [thread] = (await here.world.messages.list(pharmacist())).threads;
      expect(thread).toMatchObject({
        subject: '',
        may: [],
        messages: [{ unreadable: 'destroyed' }, { unreadable: 'destroyed' }],
      });
      expect(await sweepThreads(here.database.queries, new Date(START + 1).toISOString())).toBe(1);
      const left = ['message_threads', 'message_acts', 'message_receipts', 'message_outbox', 'message_inbox'];
      for (const table of left) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(here.database.queries);
        expect(rows).toEqual([]);
      }
    });

    it('push no answer that nobody has opened off the list of the team, and all of it can be reached', async () => {
      const ids: string[] = [];
      for (let sent = 0; sent < 4; sent += 1) ids.push(await send());
      const { queries } = here.database;
      // The pharmacy waits for three, and has not opened the answer to the fourth.
      const answered = ids[3] ?? '';
      await here.world.deliverAll();
      await here.world.messages.act(doctor(), answered, { id: randomUUID(), version: 1, kind: 'reply', body: 'Done.' });
      await here.world.deliverAll();
      const at = async (limit: number) => (await findThreadsAt(queries, [WARD], limit)).map(({ id }) => id);
      expect(await at(2)).toContain(answered);
      expect((await at(2)).length).toBe(2);
      expect((await at(10)).sort()).toEqual([...ids].sort());
      // What is answered and opened, or nobody there need open, comes last.
      await queries
        .updateTable('message_inbox')
        .set({ opened_at: new Date(START).toISOString() })
        .execute();
      expect((await at(10)).at(-1)).toBe(answered);
    });

    it('are all or nothing: what can’t be queued is not written', async () => {
      await sql`alter table message_outbox rename to message_outbox_away`.execute(here.database.queries);
      await expect(send()).rejects.toThrow();
      await sql`alter table message_outbox_away rename to message_outbox`.execute(here.database.queries);
      expect((await here.world.messages.list(pharmacist())).threads).toEqual([]);
      await send();
      expect(await here.world.deliverAll()).toBeGreaterThan(0);
    });
  });
}
