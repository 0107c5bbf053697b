import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, stay } from '../../support/handover-world.ts';

/** A list that is cut leaves out nothing of the reader’s own, and says so. */
export function longListsContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, after } = steps;
  let world: HandoverWorld;
  let database: Database;

  beforeEach(() => {
    ({ world, database } = steps);
  });

  describe('a list that is too long', () => {
    it('lists what waits for the reader’s team before what waits for others, the longest due first, and says it is cut', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay('old'), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      for (let n = 0; n < 201; n += 1) world.infirmary.put(stay(`n${String(n)}`), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const rows = await database.queries
        .selectFrom('handovers')
        .innerJoin('notices', 'notices.id', 'handovers.notice_id')
        .select(['handovers.id', 'notices.resource'])
        .execute();
      const of = (name: string) => rows.find(({ resource }) => resource === `Encounter/${name}`)?.id ?? '';
      // The practice has taken on all but two; the community team none.
      await database.queries
        .updateTable('handover_recipients')
        .set({ acknowledged_at: new Date(world.clock.ms).toISOString(), owner_name: 'Dr', owner_team: 'duty' })
        .where('address', '=', 'XB001/duty')
        .where('handover_id', 'not in', [of('old'), of('n7')])
        .execute();
      await after(30 * HOUR);
      const { handovers: listed, more, notices } = await world.lists.ofTeams(world.reader(gp()));
      expect(listed).toHaveLength(200);
      expect(notices).toHaveLength(200);
      expect(more).toBe(true);
      expect(listed.slice(0, 2).map(({ id }) => id)).toEqual([of('old'), of('n7')]);
      expect(await world.lists.waiting(['XB001/duty'])).toBe(2);
    }, 60_000);

    it('says that it is cut when only what teams are told of besides is', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const underWay = { status: 'in-progress', period: { start: '2026-11-22T08:00:00Z' } };
      const told = async (from: number, to: number) => {
        for (let n = from; n < to; n += 1) world.infirmary.put(stay(`d${String(n)}`, underWay), world.clock.ms + 1_000);
        await after(LIMITS.pollMs * 2);
        const { handovers: listed, notices, more } = await world.lists.ofTeams(world.reader(gp()));
        return [listed.length, notices.length, more];
      };
      expect(await told(0, 200)).toEqual([0, 200, undefined]);
      expect(await told(200, 201)).toEqual([0, 200, true]);
    }, 60_000);
  });
}
