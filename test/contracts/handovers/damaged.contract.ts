import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, LIMITS, stay } from '../../support/handover-world.ts';

/** What is damaged in the store is counted, and keeps nothing else back. */
export function damagedContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, council, after } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
  });

  const spoil = (resource: string): Promise<unknown> =>
    sql`update notices set sealed = 'c3BvaWx0' where resource = ${resource}`.execute(steps.database.queries);
  const discharges = async (): Promise<void> => {
    await world.subscribe.follow(gp());
    await world.subscribe.follow(nurse());
    await after(AFTER_VIEW_MS);
    for (const id of ['e1', 'e2', 'e3']) world.infirmary.put(stay(id), world.clock.ms + 1_000);
    await after(LIMITS.pollMs * 2);
  };

  describe('a notice that can’t be opened any more', () => {
    it('says nothing to whom it was not given and who could not have seen it', async () => {
      await discharges();
      await spoil('Encounter/e2');
      world.barred.add('infirmary');
      const { handovers, unreadable } = await world.lists.ofPatient(world.reader(council()));
      expect([handovers.length, unreadable]).toEqual([0, undefined]);
    });

    it('keeps no other from the team’s list, nor from the chart’s, and is counted in both', async () => {
      await discharges();
      await spoil('Encounter/e2');
      for (const list of [
        await world.lists.ofTeams(world.reader(gp())),
        await world.lists.ofPatient(world.reader(gp())),
        await world.lists.ofPatient(world.reader(council())),
      ]) {
        expect(list.handovers.map(({ kind }) => kind)).toEqual(['discharge', 'discharge']);
        expect(list.unreadable).toBeGreaterThan(0);
      }
      expect((await world.lists.ofTeams(world.reader(nurse()))).unreadable).toBe(2);
    });

    it('keeps nothing new of that person from being heard, which is marked as the damaged one may have been', async () => {
      await discharges();
      await spoil('Encounter/e2');
      world.infirmary.put(stay('e4'), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const heard = await steps.database.queries.selectFrom('notices').select('resource').execute();
      expect(heard.map(({ resource }) => resource)).toContain('Encounter/e4');
      // A nurse may not learn the whereabouts of somebody restricted; the practice may.
      const listed = (await world.lists.ofTeams(world.reader(nurse()))).handovers;
      expect(listed.filter(({ from }) => from.ods === '')).toHaveLength(1);
      expect((await world.lists.ofTeams(world.reader(gp()))).handovers).toHaveLength(3);
    });

    it('is said of a team’s own ground to be told, too: what hangs on it is counted and not left out', async () => {
      await discharges();
      await sql`update notice_subscriptions set sealed = 'c3BvaWx0' where address = 'XB001/duty'`.execute(
        steps.database.queries,
      );
      const list = await world.lists.ofTeams(teamOnly(world));
      expect(list.unreadable).toBe(6);
      await world.subscribe.follow(gp());
      expect(world.failures).not.toContain('handover.follow_failed');
    });
  });
}

/** Without a chart. */
function teamOnly(world: HandoverWorld) {
  const { patient: _patient, ...reader } = world.reader(world.session('XB001', 'gp'));
  return reader;
}
