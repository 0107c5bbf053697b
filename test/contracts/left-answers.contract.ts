import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLeftAnswers, takeUpLeftAnswers } from '../../launcher/messaging/left-answers.ts';
import type { Database } from '../../launcher/storage/database.ts';
import {
  chief,
  CHIEF,
  doctor,
  draftOf,
  messagingCommunity,
  pharmacist,
  signal,
  withChief,
} from '../support/messaging.ts';
import { messagingWorldOfEach } from '../support/messaging-world-of-each.ts';

const HOUR = 3_600_000;

/** Answers of a launcher that writes nothing down for them to be looked at, on whichever store. */
export function leftAnswersContract(open: () => Promise<Database>): void {
  const here = messagingWorldOfEach(open, { community: withChief(messagingCommunity()) });

  /** Answered through a launcher of the version before. */
  const answered = async (more: Parameters<typeof draftOf>[0] = {}): Promise<string> => {
    const { thread } = await here.world.messages.send(pharmacist(), draftOf(more), signal);
    await here.world.deliverAll();
    const reply = { id: randomUUID(), version: 1, kind: 'reply', body: 'Half.' } as const;
    await here.world.messages.act(doctor(), thread.id, reply);
    await here.world.deliverAll();
    await here.database.queries.updateTable('message_threads').set({ answer_check_at: null }).execute();
    return thread.id;
  };
  const holders = async () =>
    (await here.world.messages.list(chief())).threads.flatMap(({ escalations }) =>
      escalations.map(({ to }) => to.address),
    );

  describe('an answer that nobody was left to look at', () => {
    it('stays where it is when it was routine, opened, or of long ago', async () => {
      await answered({ urgency: 'routine' });
      expect(await takeUpLeftAnswers({ database: here.database, now: () => here.world.clock.nowMs })).toBe(0);
      await answered();
      here.world.clock.nowMs += 25 * HOUR;
      expect(await takeUpLeftAnswers({ database: here.database, now: () => here.world.clock.nowMs })).toBe(0);
      const thread = await answered();
      const [, answer] =
        (await here.world.messages.list(pharmacist())).threads.find(({ id }) => id === thread)?.messages ?? [];
      await here.world.messages.opened(pharmacist(), thread, [answer?.id ?? '']);
      await here.database.queries.updateTable('message_threads').set({ answer_check_at: null }).execute();
      here.world.clock.nowMs += 5 * HOUR;
      await takeUpLeftAnswers({ database: here.database, now: () => here.world.clock.nowMs });
      expect(await here.world.escalate()).toBe(0);
      expect(await holders()).toEqual([]);
    });

    it('goes on by the time there is to read it, once, as one of this version does', async () => {
      await answered();
      const takeUp = createLeftAnswers({ database: here.database, now: () => here.world.clock.nowMs });
      await takeUp();
      expect(await here.world.escalate()).toBe(0);
      here.world.clock.nowMs += 5 * HOUR;
      await takeUp();
      expect(await here.world.escalate()).toBe(1);
      expect(await holders()).toEqual([CHIEF]);
      await takeUp();
      expect(await here.world.escalate()).toBe(0);
    });
  });
}
