import { sql } from 'kysely';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepNotices } from '../../../launcher/storage/tables/handover-changes.ts';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, stay } from '../../support/handover-world.ts';

const DAY = 24 * HOUR;
const DEADLINE = { timeout: 30_000 };

/** What is late goes on, whatever is slow, damaged or long over besides. */
export function goesOnContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, after, count, discharged, watchesOf } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
  });

  describe('what goes on', () => {
    it('is what is late, though a source keeps the launcher waiting that was to be asked', async () => {
      await discharged();
      let answer = (): void => undefined;
      const slow = new Promise<void>((resolve) => (answer = resolve));
      const plain = world.council.connection();
      const asked = vi.fn();
      world.council.connection = () => ({
        ...plain,
        findPatients: async () => {
          asked();
          await slow;
          return [];
        },
      });
      const asking = after(LIMITS.pollMs + 1);
      await vi.waitFor(() => expect(asked).toHaveBeenCalled(), DEADLINE);
      expect(count('handover.escalated')).toBe(0);
      const next = after(10 * DAY);
      await vi.waitFor(() => expect(count('handover.escalated')).toBeGreaterThan(0), DEADLINE);
      answer();
      await Promise.all([asking, next]);
      // Once, though it was looked for in several ways.
      expect(count('handover.escalated')).toBe((await steps.handovers())[0]?.escalations.length);
    });

    it('is everything else, though what one team was told by can’t be opened any more; nobody was heard for it', async () => {
      await discharged();
      await sql`update notice_subscriptions set sealed = 'c3BvaWx0' where address = 'XB001/duty'`.execute(
        steps.database.queries,
      );
      await after(LIMITS.pollMs * 3);
      expect(world.failures).toContain('notice.ask_failed');
      expect((await watchesOf('council')).some(({ state }) => state === 'failing')).toBe(true);
    });

    it('is what is late, though nobody can open any more of whom it is', async () => {
      const handover = await discharged();
      await sql`update notices set sealed = 'c3BvaWx0'`.execute(steps.database.queries);
      await after(10 * DAY);
      const told = world.audit.filter(({ type }) => type === 'handover.escalated');
      expect(told.length).toBeGreaterThan(0);
      expect(
        told.every(({ nhsNumber, detail }) => nhsNumber === undefined && detail?.['handover'] === handover.id),
      ).toBe(true);
    });

    it('is a handover that nobody owns or whose time lies ahead, however old; it goes so long after it is over', async () => {
      await discharged();
      const { queries } = steps.database;
      const left = async () => (await queries.selectFrom('notices').select('id').execute()).length;
      const far = new Date(world.clock.ms + 400 * DAY).toISOString();
      await sweepNotices(queries, far, 10);
      expect(await left()).toBe(1);
      await after(10 * DAY);
      await sweepNotices(queries, far, 10);
      expect(await left()).toBe(1);
      const owned = new Date(world.clock.ms).toISOString();
      await queries.updateTable('handovers').set({ owned_at: owned }).execute();
      await sweepNotices(queries, owned, 10);
      expect(await left()).toBe(1);
      const due = new Date(world.clock.ms + 20 * DAY).toISOString();
      await queries.updateTable('handover_recipients').set({ due_at: due }).execute();
      await sweepNotices(queries, new Date(world.clock.ms + DAY).toISOString(), 10);
      expect(await left()).toBe(1);
      expect(await sweepNotices(queries, new Date(world.clock.ms + 21 * DAY).toISOString(), 10)).toBe(1);
      expect(await left()).toBe(0);
      expect(await queries.selectFrom('handovers').select('id').execute()).toEqual([]);
    });

    it('is one that its source has taken back no longer than it is kept, though nobody ever owned it', async () => {
      await discharged();
      const { queries } = steps.database;
      const at = new Date(world.clock.ms + HOUR).toISOString();
      await queries.updateTable('handovers').set({ withdrawn_at: at }).execute();
      await sweepNotices(queries, at, 10);
      expect(await queries.selectFrom('notices').select('id').execute()).toHaveLength(1);
      await sweepNotices(queries, new Date(world.clock.ms + 400 * DAY).toISOString(), 10);
      expect(await queries.selectFrom('notices').select('id').execute()).toEqual([]);
    });

    it('is not what happened while nobody was told: a team that is told again after a year hears no old stay as news', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      await world.subscribe.end(gp());
      await after(400 * DAY);
      const from = new Date(world.clock.ms - 200 * DAY).toISOString();
      const old = { period: { start: from, end: from } };
      world.infirmary.put(stay('old', old), world.clock.ms + 1_000);
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      await after(LIMITS.pollMs * 2);
      expect((await world.lists.ofTeams(world.reader(gp()))).handovers).toEqual([]);
      world.infirmary.put(
        stay('new', { period: { start: from, end: new Date(world.clock.ms).toISOString() } }),
        world.clock.ms + 1_000,
      );
      await after(LIMITS.pollMs * 2);
      expect((await world.lists.ofTeams(world.reader(gp()))).handovers).toHaveLength(1);
    });

    it('keeps since when it was told of somebody whose record is only opened again', async () => {
      await world.subscribe.follow(gp());
      const since = async () =>
        (await steps.database.queries.selectFrom('notice_subscriptions').select('since').execute()).map(
          (row) => row.since,
        );
      const first = await since();
      world.clock.ms += 2 * DAY;
      await world.subscribe.follow(gp());
      expect(await since()).toEqual(first);
    });

    it('is not what nobody is told of any more: it goes when its time of keeping is over, and not before', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await world.subscribe.end(gp());
      await after(LIMITS.pollMs);
      const { queries } = steps.database;
      const left = async () =>
        (await queries.selectFrom('notice_subscriptions').select('address').execute()).map(({ address }) => address);
      const ended = new Date(world.clock.ms - LIMITS.pollMs).toISOString();
      await sweepNotices(queries, ended, 10);
      expect(await left()).toHaveLength(2);
      await sweepNotices(queries, new Date(world.clock.ms).toISOString(), 10);
      expect(await left()).toEqual(['XB201/intake']);
      const watches = await queries.selectFrom('notice_watches').select('subscription_id').execute();
      const kept = await queries.selectFrom('notice_subscriptions').select('id').execute();
      expect(new Set(watches.map(({ subscription_id }) => subscription_id))).toEqual(new Set(kept.map(({ id }) => id)));
    });
  });
}
