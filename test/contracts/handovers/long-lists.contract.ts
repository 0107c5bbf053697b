import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealResident } from '../../../launcher/handovers/open-resident.ts';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { saveHandover } from '../../../launcher/storage/tables/handovers.ts';
import { saveNotice, saveNoticeTeam } from '../../../launcher/storage/tables/notices.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, MARGARET, stay } from '../../support/handover-world.ts';

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
    });

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
    });

    describe('of an open chart', () => {
      /** So many transitions of the person at this source, each a second later than the one before, told to the practice. */
      const put = async (source: string, count: number, from = 0): Promise<void> => {
        const { ground } = world;
        await database.transaction(async (queries) => {
          for (let n = from; n < from + count; n += 1) {
            const eventKey = `${source} ${String(n)}`;
            const heardAt = new Date(world.clock.ms + n * 1_000).toISOString();
            const notice = {
              id: randomUUID(),
              eventKey,
              kind: 'discharge',
              heardAt,
              source,
              resource: `Encounter/${String(n)}`,
            };
            const patientHandle = ground.vault.handle(MARGARET.nhsNumber);
            const sealed = sealResident(MARGARET, eventKey, ground);
            const organisation = source === 'infirmary' ? 'XB101' : 'XB401';
            await saveNotice(queries, { ...notice, organisation, route: 'polling', patientHandle, sealed });
            await saveNoticeTeam(queries, notice.id, 'XB001/duty');
            const recipients = [{ address: 'XB201/intake', rule: 'discharge', dueAt: '2026-12-22T09:00:00.000Z' }];
            const times = { openedAt: heardAt, unownedAt: '2026-12-22T09:00:00.000Z' };
            await saveHandover(queries, { id: randomUUID(), noticeId: notice.id, ...times, recipients });
          }
        });
      };
      const list = () => world.lists.ofPatient(world.reader(gp()));

      it('leaves out nothing that the reader may see for what is held back from them, however much of that there is', async () => {
        await put('council', 1);
        await put('infirmary', 201, 1);
        world.barred.add('infirmary');
        const { handovers, notices, more } = await list();
        expect(handovers).toMatchObject([{ from: { ods: 'XB401' } }]);
        expect(notices).toMatchObject([{ source: 'council' }]);
        expect(more).toBeUndefined();
      });

      it('says that there are more when there are, and not when all are listed', async () => {
        await put('infirmary', 200);
        const all = await list();
        expect([all.handovers.length, all.notices.length, all.more]).toEqual([200, 200, undefined]);
        await put('infirmary', 1, 200);
        const some = await list();
        expect([some.handovers.length, some.notices.length, some.more]).toEqual([200, 200, true]);
        // The newest are listed.
        expect(some.notices[0]?.resource).toBe('Encounter/200');
      });
    });
  });
}
