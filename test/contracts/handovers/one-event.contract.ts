import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, stay } from '../../support/handover-world.ts';

/** An event is one, by whatever route and however often it comes. */
export function oneEventContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, council, after, handovers, count, discharged, second, watchesOf } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
  });

  describe('an event', () => {
    it('is not told to a team whose role may not see it, and is to one that may', async () => {
      await world.subscribe.follow(council());
      await world.subscribe.follow(gp());
      const sealed = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
      world.infirmary.put(stay('e1', { meta: sealed }), world.clock.ms);
      await after(AFTER_VIEW_MS);
      expect((await world.lists.ofPatient(world.reader(council()))).notices).toEqual([]);
      expect((await world.lists.ofPatient(world.reader(gp()))).notices).toMatchObject([{ kind: 'discharge' }]);
    });

    it('is no news when it is older than what a team can want to be told, and history is not told at all', async () => {
      world.infirmary.put(stay('old', { period: { end: '2026-05-01' } }), world.clock.ms);
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      expect(await handovers()).toEqual([]);
    });

    it('is one event by whatever route it comes, however often, and whoever hears it first', async () => {
      const handover = await discharged();
      for (let round = 0; round < 5; round += 1) {
        const [watch] = world.infirmary.orders.map(({ endpoint }) => endpoint.split('/').at(-1) ?? '');
        const told = await world.tell.find(watch ?? '');
        if (!told) throw new Error('no watch');
        await world.tell.take(told, {
          type: 'event-notification',
          subscription: 'sub1',
          status: 'active',
          count: 1,
          events: [1],
        });
        world.infirmary.put(stay('e1', { period: { end: '2026-11-22T08:45:00Z' } }), world.clock.ms);
        await after(LIMITS.pollMs * 2);
      }
      expect(await handovers()).toHaveLength(1);
      expect((await handovers())[0]?.id).toBe(handover.id);
      expect(count('handover.opened')).toBe(handover.recipients.length);
    });

    it('that its source takes back is withdrawn, and waits again when it is said again', async () => {
      const handover = await discharged();
      world.infirmary.put(stay('e1', { status: 'entered-in-error' }), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      const [withdrawn] = await handovers();
      expect(withdrawn).toMatchObject({ id: handover.id, withdrawnAt: expect.any(String) as string });
      expect(withdrawn?.recipients.some(({ mayAcknowledge }) => mayAcknowledge)).toBe(false);
      await after(72 * HOUR);
      expect((await handovers())[0]?.onLeadsList).toBe(false);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      await after(10);
      expect((await handovers())[0]?.withdrawnAt).toBeUndefined();
      expect((await handovers())[0]?.onLeadsList).toBe(true);
    });

    it('that happened while its source was down is told once it answers, and until then the list says who is unheard', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      world.infirmary.down = true;
      world.infirmary.put(stay(), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const silent = await world.lists.ofPatient(world.reader(gp()));
      expect(silent.handovers).toEqual([]);
      expect(silent.unheard).toMatchObject([{ organisation: { ods: 'XB101' } }]);
      world.infirmary.down = false;
      await after(LIMITS.pollMs);
      const heard = await world.lists.ofPatient(world.reader(gp()));
      expect(heard.handovers).toHaveLength(1);
      expect(heard.unheard).toEqual([]);
    });

    it('on a page that was cut off is asked for again: what was not heard whole does not count as heard', async () => {
      await world.subscribe.follow(gp());
      world.infirmary.cut = true;
      await after(AFTER_VIEW_MS);
      const [watch] = await watchesOf('infirmary');
      expect(watch).toMatchObject({ state: 'failing' });
      expect(watch?.heardAt).toBeUndefined();
    });

    it('comes in any order and number and ends as one each (exactly once)', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const happening = fc.record({ id: fc.integer({ min: 1, max: 6 }), by: fc.constantFrom('told', 'asked', 'both') });
      let events = 0;
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 6 }), async (happenings) => {
          for (const { id, by } of happenings) {
            seen.add(id);
            world.clock.ms += 1_000;
            world.infirmary.put(stay(`e${String(id)}`), world.clock.ms);
            events += 1;
            if (by !== 'asked')
              for (const { endpoint } of world.infirmary.orders) {
                const told = await world.tell.find(endpoint.split('/').at(-1) ?? '');
                if (told)
                  await world.tell.take(told, {
                    type: 'event-notification',
                    subscription: 'sub1',
                    status: 'active',
                    count: events,
                    events: [events],
                  });
              }
            if (by !== 'told') world.clock.ms += LIMITS.pollMs * 2;
            await Promise.all([world.worker.tick(), second().tick()]);
          }
          await after(LIMITS.pollMs * 2);
          expect(await handovers()).toHaveLength(seen.size);
        }),
        { numRuns: 8 },
      );
      expect(new Set((await handovers()).map(({ id }) => id)).size).toBe(seen.size);
    }, 180_000);
  });
}
