import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resident } from '../../launcher/messaging/reader.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { destroyThreads, sweepThreads } from '../../launcher/storage/tables/messages.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import { doctor, draftOf, pharmacist, RESIDENT, signal } from '../support/messaging.ts';
import { messagingWorldOfEach } from '../support/messaging-world-of-each.ts';

const NUMBERS = ['9990000018', '9990000026', '9990000034', '9990000042'] as const;
const [NOW, OLD, OLDER] = NUMBERS;

/** As a chart names them that knows these numbers, the current one first. */
function known(numbers: readonly string[], more: Partial<Patient> = {}): Patient {
  const [nhsNumber = NOW, ...formerNumbers] = numbers as readonly NhsNumber[];
  return { ...RESIDENT, nhsNumber: nhsNumber as NhsNumber, formerNumbers, ...more };
}

/** A conversation and the numbers of whom it is about, whichever of them it began under, on whichever store. */
export function messageNumbersContract(open: () => Promise<Database>): void {
  const here = messagingWorldOfEach(open);

  const begin = async (patient: Patient): Promise<string> =>
    (await here.world.messages.send(pharmacist(patient), draftOf({ patient: patient.nhsNumber }), signal)).thread.id;
  const seenBy = async (patient: Patient, reader = doctor): Promise<readonly string[]> =>
    (await here.world.messages.list(reader(patient))).threads.map(({ id }) => id);

  describe('a conversation under a number that was replaced', () => {
    it('is not found under the new one before anybody has said that it is the same person', async () => {
      await begin(known([OLD]));
      expect(await seenBy(known([NOW]))).toEqual([]);
    });

    it('is not found under a number by the word of a chart of somebody born on another day', async () => {
      await begin(known([OLD]));
      const other = known([NOW, OLD], { birthDate: '1951-01-01' as Patient['birthDate'] });
      await seenBy(other);
      expect(await seenBy(known([NOW]))).toEqual([]);
    });

    it('is found and answered under the new one once a chart has said so, by those who know the new one alone', async () => {
      const thread = await begin(known([OLD]));
      await seenBy(known([NOW, OLD]), pharmacist);
      expect(await seenBy(known([NOW]))).toEqual([thread]);
      const act = { id: randomUUID(), version: 1, kind: 'reply', body: 'Yes.' } as const;
      const answered = await here.world.messages.act(doctor(known([NOW])), thread, act);
      expect(answered.messages).toHaveLength(2);
    });

    it('is found under each number that was known when it began', async () => {
      const thread = await begin(known([NOW, OLD]));
      expect(await seenBy(known([OLD]))).toEqual([thread]);
    });

    it('has objections looked up under every number, whichever of them its reader knows', async () => {
      const asked: Resident[] = [];
      here.world.judged.see = (_party, resident) => {
        asked.push(resident);
        return Promise.resolve({ allowed: true });
      };
      await begin(known([OLD]));
      await seenBy(known([NOW, OLD, OLDER]));
      const all = (): readonly string[][] =>
        asked.splice(0).map(({ nhsNumber, formerNumbers = [] }) => [nhsNumber, ...formerNumbers].sort());
      const every = [[NOW, OLD, OLDER].sort()];
      all();
      await seenBy(known([NOW]));
      expect([...new Set(all().map(String))]).toEqual(every.map(String));
      // With no chart open, and on the way to whoever has it.
      await here.world.inbox.list(doctor());
      await here.world.deliverAll();
      expect([...new Set(all().map(String))]).toEqual(every.map(String));
    });

    it('bears the mark of restricted whereabouts that a chart of the new number brings', async () => {
      const thread = await begin(known([OLD]));
      await seenBy(known([NOW, OLD]));
      await seenBy(known([NOW], { restricted: true }));
      const [row] = await here.database.queries.selectFrom('message_threads').select(['id', 'restricted']).execute();
      expect(row).toEqual({ id: thread, restricted: 1 });
    });

    it('keeps no number of anybody when its time of keeping is over, and nothing at all in the end', async () => {
      await begin(known([NOW, OLD]));
      await here.database.queries.updateTable('message_threads').set({ waits: 0, due_at: null }).execute();
      const later = new Date(here.world.clock.nowMs + 1_000).toISOString();
      await destroyThreads(here.database.queries, later);
      const left = () => here.database.queries.selectFrom('message_numbers').select('sealed').execute();
      expect(await left()).toEqual([{ sealed: null }]);
      await sweepThreads(here.database.queries, later);
      expect(await left()).toEqual([]);
    });

    it('is found under what its charts have joined and nothing else, in whatever order they were opened', async () => {
      const numbers = fc.subarray([...NUMBERS], { minLength: 1, maxLength: 2 });
      const steps = fc.array(fc.record({ sends: fc.boolean(), numbers }), { minLength: 1, maxLength: 8 });
      for (const [turn, plan] of fc.sample(steps, { numRuns: 6, seed: 11 }).entries()) {
        const model = new Map<string, Set<string>>();
        // Each plan has numbers of its own.
        const of = (plain: readonly string[]): Patient => known(plain.map((one) => `${one}-${String(turn)}`));
        for (const { sends, numbers: said } of plan) {
          if (sends) model.set(await begin(of(said)), new Set(said));
          else {
            await seenBy(of(said));
            for (const joined of model.values())
              if (said.some((one) => joined.has(one))) for (const one of said) joined.add(one);
          }
        }
        for (const one of NUMBERS) {
          const expected = [...model].filter(([, joined]) => joined.has(one)).map(([id]) => id);
          expect([...(await seenBy(of([one])))].sort()).toEqual(expected.sort());
        }
      }
    });
  });
}
