import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, stay } from '../../support/handover-world.ts';

/** Who is told of whom, and what a source tells by itself. */
export function whoIsToldContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, after, handovers, count } = steps;
  let world: HandoverWorld;
  let database: Database;

  beforeEach(() => {
    ({ world, database } = steps);
  });

  describe('who is told of whom', () => {
    it('is nobody who has only opened a chart, and no role that has no team', async () => {
      await world.subscribe.follow(world.session('XB001', 'gp'));
      await world.subscribe.follow(world.session('XB001', 'nurse', { careEvidence: 'referral' }));
      await after(AFTER_VIEW_MS);
      expect(world.infirmary.asks).toEqual([]);
      expect(count('notice.subscribed')).toBe(0);
    });

    it('is nobody any more after the last day, or once the team has said so; the source is told', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const asked = world.infirmary.asks.length;
      expect(await world.subscribe.end(gp())).toBe(1);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 3);
      expect(world.infirmary.asks.length).toBe(asked);
      expect(world.infirmary.ended).toEqual(['sub1']);
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const before = world.council.asks.length;
      await after(31 * 24 * HOUR);
      expect(world.council.asks.length).toBe(before);
    });

    it('is a team with a relationship that a launch has proven, and every source is asked as that team', async () => {
      await world.subscribe.follow(gp());
      await after(LIMITS.pollMs);
      expect(world.infirmary.asks.length).toBeGreaterThan(0);
      expect(world.council.asks.length).toBeGreaterThan(0);
      const asked = world.audit.filter(({ type }) => type === 'source.asked');
      expect(new Set(asked.map(({ user, role, purpose }) => `${user ?? ''} ${role ?? ''} ${purpose ?? ''}`))).toEqual(
        new Set(['team|XB001/duty gp direct-care']),
      );
    });
  });

  describe('what a source tells by itself', () => {
    it('leads to asking at once, and a gap in its numbers loses nothing', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const told = await world.tell.find(world.infirmary.orders[0]?.endpoint.split('/').at(-1) ?? '');
      if (!told) throw new Error('no watch');
      const take = (n: number) =>
        world.tell.take(told, {
          type: 'event-notification',
          subscription: 'sub1',
          status: 'active',
          count: n,
          events: [n],
        });
      await take(1);
      await after(10);
      // The second and third never arrive.
      world.infirmary.put(stay('e2'), world.clock.ms);
      world.infirmary.put(stay('e3'), world.clock.ms);
      world.infirmary.put(stay('e4'), world.clock.ms);
      await take(4);
      await after(10);
      expect(await handovers()).toHaveLength(3);
      expect(
        world.audit.find(({ type, code }) => type === 'notice.told' && code === 'notice.gap')?.detail,
      ).toMatchObject({
        missed: 2,
      });
    });

    it('by a heartbeat that counts more than was told leads to asking too, and one that counts the same does not', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const told = await world.tell.find(world.infirmary.orders[0]?.endpoint.split('/').at(-1) ?? '');
      if (!told) throw new Error('no watch');
      const asked = world.infirmary.asks.length;
      const beat = (n: number) =>
        world.tell.take(told, { type: 'heartbeat', subscription: 'sub1', status: 'active', count: n, events: [] });
      await beat(0);
      await after(10);
      expect(world.infirmary.asks.length).toBe(asked);
      await beat(1);
      await after(10);
      expect(world.infirmary.asks.length).toBe(asked + 1);
    });

    it('is not waited for when it falls silent: it is asked, and asked to tell anew', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.heartbeatMs * 2);
      expect(await handovers()).toHaveLength(1);
      expect(world.infirmary.ended).toEqual(['sub1']);
      expect(world.infirmary.orders).toHaveLength(2);
    });

    it('has a secret of its own for each team and resident, of which the store keeps no more than a hash', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const secrets = world.infirmary.orders.map(({ secret }) => secret);
      expect(new Set(secrets).size).toBe(2);
      const rows = JSON.stringify(await database.queries.selectFrom('notice_watches').selectAll().execute());
      for (const secret of secrets) expect(rows).not.toContain(secret);
    });
  });
}
