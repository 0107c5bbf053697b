import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Thread } from '../../src/messages/thread.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { doctor, draftOf, pharmacist, signal } from '../support/messaging.ts';
import { messagingWorldOfEach } from '../support/messaging-world-of-each.ts';

/** Several acts of one moment under one id: one of them is done, and whoever is told so finds their own words there. */
export function oneIdContract(open: () => Promise<Database>): void {
  const here = messagingWorldOfEach(open);

  const textsOf = async (): Promise<readonly unknown[]> =>
    (await here.world.messages.list(pharmacist())).threads.flatMap(({ messages }) => messages.map(({ body }) => body));
  const codesOf = (all: readonly PromiseSettledResult<unknown>[]): readonly unknown[] =>
    all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []));

  describe('under one id at the same moment', () => {
    it('one of two conversations begins, and the other is refused and shown it', async () => {
      const draft = draftOf();
      const all = await Promise.allSettled(
        ['One.', 'Two.', 'Three.'].map((body) => here.world.messages.send(pharmacist(), { ...draft, body }, signal)),
      );
      expect(codesOf(all)).toEqual(['message.other_content', 'message.other_content']);
      const [text] = await textsOf();
      expect(await textsOf()).toHaveLength(1);
      for (const one of all) {
        const there = one.status === 'fulfilled' ? one.value.thread : (one.reason as { thread: Thread }).thread;
        expect(there.messages.map(({ body }) => body)).toEqual([text]);
      }
      expect(all.findIndex(({ status }) => status === 'fulfilled')).toBe(
        ['One.', 'Two.', 'Three.'].indexOf(String(text)),
      );
      expect(await here.world.deliverAll()).toBeGreaterThan(0);
      expect(await here.database.queries.selectFrom('message_inbox').select('version').execute()).toHaveLength(1);
    });

    it('the same is done once, and all who asked are told that it is done', async () => {
      const draft = draftOf();
      const sent = await Promise.all([1, 2, 3].map(() => here.world.messages.send(pharmacist(), draft, signal)));
      expect(new Set(sent.map(({ thread }) => thread.id)).size).toBe(1);
      const thread = sent[0]?.thread.id ?? '';
      const answer = { id: randomUUID(), version: 1, kind: 'reply', body: 'Half.' } as const;
      const answered = await Promise.all([1, 2, 3].map(() => here.world.messages.act(doctor(), thread, answer)));
      expect(answered.map(({ version }) => version)).toEqual([2, 2, 2]);
      expect(await textsOf()).toEqual([draft.body, 'Half.']);
    });

    it('none of two answers is taken for the other, whichever version each has seen', async () => {
      const bursts = fc.array(fc.tuple(fc.constantFrom('Half.', 'All.', 'None.'), fc.integer({ min: 1, max: 2 })), {
        minLength: 2,
        maxLength: 6,
      });
      for (const burst of fc.sample(bursts, { numRuns: 12, seed: 5 })) {
        const { thread } = await here.world.messages.send(pharmacist(), draftOf(), signal);
        const id = randomUUID();
        const all = await Promise.allSettled(
          burst.map(([body, version]) =>
            here.world.messages.act(doctor(), thread.id, { id, version, kind: 'reply', body }),
          ),
        );
        const now = (await here.world.messages.list(doctor())).threads.find((one) => one.id === thread.id);
        const [, ...answers] = (now?.messages ?? []).map(({ body }) => body);
        expect(answers.length).toBeLessThanOrEqual(1);
        for (const [index, one] of all.entries())
          if (one.status === 'fulfilled') expect(answers).toEqual([burst[index]?.[0]]);
        for (const code of codesOf(all)) expect(['message.other_content', 'message.thread_moved']).toContain(code);
        if (burst.some(([, version]) => version === 1)) expect(answers).toHaveLength(1);
      }
    });

    it('an answer that another came before is not taken for it, though it had seen what that one made', async () => {
      const { thread } = await here.world.messages.send(pharmacist(), draftOf(), signal);
      const id = randomUUID();
      const asked = here.world.judged.open;
      let first: Promise<Thread> | undefined;
      // The second has found no act of this id; the first is done before the second is written.
      here.world.judged.open = async (...given) => {
        here.world.judged.open = asked;
        first = here.world.messages.act(doctor(), thread.id, { id, version: 1, kind: 'reply', body: 'Half.' });
        await first;
        return asked(...given);
      };
      const second = here.world.messages.act(doctor(), thread.id, { id, version: 1, kind: 'reply', body: 'All.' });
      await expect(second).rejects.toMatchObject({ code: 'message.other_content' });
      expect((await first)?.messages.map(({ body }) => body).at(-1)).toBe('Half.');
      const moved = here.world.messages.act(doctor(), thread.id, {
        id: randomUUID(),
        version: 1,
        kind: 'reply',
        body: 'All.',
      });
      await expect(moved).rejects.toMatchObject({ code: 'message.thread_moved' });
    });
  });
}
