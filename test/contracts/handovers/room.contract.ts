import { beforeEach, describe, expect, it } from 'vitest';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, MARGARET, OTHER_NUMBER } from '../../support/handover-world.ts';

const DAY = 24 * HOUR;

/** Where no room is left for one more, whoever relies on being told is told so. */
export function roomContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse } = steps;
  let world: HandoverWorld;

  beforeEach(async () => {
    world = await steps.reopen(undefined, 1);
  });

  const other = (nhsNumber: NhsNumber = OTHER_NUMBER) =>
    world.session('XB001', 'gp', { careEvidence: 'registration', patient: { ...MARGARET, nhsNumber } });
  const team = async (session = gp()) => (await world.lists.ofTeams(world.reader(session))).notFollowed;
  const chart = async (session = gp()) => (await world.lists.ofPatient(world.reader(session))).notFollowed;

  describe('when there is no room for one more', () => {
    it('says to the team, its lead and whoever has their chart open that somebody is not followed, and to the metrics', async () => {
      expect(await team()).toBeUndefined();
      await world.subscribe.follow(gp());
      await world.subscribe.follow(other());
      expect(world.failures).toContain('handover.subscriptions_full');
      expect(world.rooms.at(-1)).toBe(true);
      expect(await team()).toBe(true);
      expect(await team(steps.lead())).toBe(true);
      expect(await chart(other())).toBe(true);
      // The one who is followed is; of them nothing is lacking.
      expect(await chart()).toBeUndefined();
    });

    it('lets whoever is followed already last longer', async () => {
      await world.subscribe.follow(gp());
      world.clock.ms += 2 * DAY;
      await world.subscribe.follow(gp());
      expect(world.failures).toEqual([]);
    });

    it('says so no more once they are followed after all, and lets nobody in by an old time that is over', async () => {
      await world.subscribe.follow(other());
      await world.subscribe.end(other());
      await world.subscribe.follow(gp());
      await world.subscribe.follow(other());
      expect(await chart(other())).toBe(true);
      await world.subscribe.end(gp());
      await world.subscribe.follow(other());
      expect(await chart(other())).toBeUndefined();
      expect(world.rooms.at(-1)).toBe(false);
      await world.subscribe.end(other());
      world.clock.ms += HOUR;
      expect(await team()).toBeUndefined();
    });

    it('is said by another launcher, too, for as long as it is so', async () => {
      await world.subscribe.follow(nurse());
      world = await steps.reopen(undefined, 1);
      expect(await team()).toBe(true);
    });
  });
}
