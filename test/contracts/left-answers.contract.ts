import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLeftAnswers, takeUpLeftAnswers } from '../../launcher/messaging/left-answers.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import {
  chief,
  CHIEF,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  withChief,
} from '../support/messaging.ts';

const HOUR = 3_600_000;

/** Answers of a launcher that writes nothing down for them to be looked at, on whichever store. */
export function leftAnswersContract(open: () => Promise<Database>): void {
  let database: Database;
  let world: MessagingWorld;

  beforeEach(async () => {
    database = await open();
    await migrate(database);
    world = await openMessagingWorld({ database, community: withChief(messagingCommunity()) });
  });
  afterEach(() => database.close());

  /** Answered through a launcher of the version before. */
  const answered = async (more: Parameters<typeof draftOf>[0] = {}): Promise<string> => {
    const { thread } = await world.messages.send(pharmacist(), draftOf(more), signal);
    await world.deliverAll();
    const reply = { id: randomUUID(), version: 1, kind: 'reply', body: 'Half.' } as const;
    await world.messages.act(doctor(), thread.id, reply);
    await world.deliverAll();
    await database.queries.updateTable('message_threads').set({ answer_check_at: null }).execute();
    return thread.id;
  };
  const holders = async () =>
    (await world.messages.list(chief())).threads.flatMap(({ escalations }) => escalations.map(({ to }) => to.address));

  describe('an answer that nobody was left to look at', () => {
    it('stays where it is when it was routine, opened, or of long ago', async () => {
      await answered({ urgency: 'routine' });
      expect(await takeUpLeftAnswers({ database, now: () => world.clock.nowMs })).toBe(0);
      await answered();
      world.clock.nowMs += 25 * HOUR;
      expect(await takeUpLeftAnswers({ database, now: () => world.clock.nowMs })).toBe(0);
      const thread = await answered();
      const [, answer] =
        (await world.messages.list(pharmacist())).threads.find(({ id }) => id === thread)?.messages ?? [];
      await world.messages.opened(pharmacist(), thread, [answer?.id ?? '']);
      await database.queries.updateTable('message_threads').set({ answer_check_at: null }).execute();
      world.clock.nowMs += 5 * HOUR;
      await takeUpLeftAnswers({ database, now: () => world.clock.nowMs });
      expect(await world.escalate()).toBe(0);
      expect(await holders()).toEqual([]);
    });

    it('goes on by the time there is to read it, once, as one of this version does', async () => {
      await answered();
      const takeUp = createLeftAnswers({ database, now: () => world.clock.nowMs });
      await takeUp();
      expect(await world.escalate()).toBe(0);
      world.clock.nowMs += 5 * HOUR;
      await takeUp();
      expect(await world.escalate()).toBe(1);
      expect(await holders()).toEqual([CHIEF]);
      await takeUp();
      expect(await world.escalate()).toBe(0);
    });
  });
}
