import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../launcher/storage/database.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, LIMITS, MARGARET } from '../../support/handover-world.ts';

/** Several launchers on one store. */
export function severalLaunchersContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, after, discharged, second, third } = steps;
  let world: HandoverWorld;
  let database: Database;

  beforeEach(() => {
    ({ world, database } = steps);
  });

  describe('several launchers', () => {
    it('ask each source once between them, and one that was killed holds nobody up for long', async () => {
      await world.subscribe.follow(gp());
      world.clock.ms += LIMITS.pollMs;
      await Promise.all([world.worker.tick(), second().tick(), third().tick()]);
      expect(world.council.asks).toHaveLength(1);
      const due = new Date(world.clock.ms).toISOString();
      // A launcher took the watch and was killed.
      await database.queries
        .updateTable('notice_watches')
        .set({ due_at: due, lease: 'dead', lease_until: new Date(world.clock.ms + LIMITS.leaseMs).toISOString() })
        .where('source', '=', 'council')
        .execute();
      await after(LIMITS.leaseMs - 1_000);
      expect(world.council.asks).toHaveLength(1);
      await after(2_000);
      expect(world.council.asks).toHaveLength(2);
    });

    it('keep no resident’s name or number in the tables', async () => {
      await discharged();
      for (const table of [
        'notices',
        'notice_subscriptions',
        'notice_watches',
        'handovers',
        'handover_recipients',
      ] as const) {
        const rows = JSON.stringify(await database.queries.selectFrom(table).selectAll().execute());
        expect(rows).not.toContain('Bedford');
        expect(rows).not.toContain(MARGARET.nhsNumber);
      }
    });
  });
}
