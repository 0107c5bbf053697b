import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOMENTS, POSITIONS } from './fault.ts';
import { FAULTS } from './faults.ts';
import { AUTHORITY } from './faulty-source.ts';
import { openLane, type Lane } from './lane.ts';
import { randomPlans } from './random-plans.ts';
import { planOf, runPlan } from './run-cell.ts';

/** One cell of every fault; `npm run faults` runs all eight hundred. */
const before = tls.getCACertificates('default');
let lane: Lane;
beforeAll(async () => {
  tls.setDefaultCACertificates([...before, AUTHORITY.pem]);
  lane = await openLane();
});
afterAll(async () => {
  await lane.close();
  tls.setDefaultCACertificates(before);
});

describe('whatever goes wrong at a source, each thing it holds is shown, withheld or said to be missing', () => {
  it('there are forty faults, each once', () => {
    expect(FAULTS.map(({ id }) => id)).toEqual(
      Array.from({ length: 40 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`),
    );
  });

  it.each(FAULTS.map((fault, index) => [fault.id, fault.name, fault, index] as const))(
    '%s %s',
    async (_id, _name, fault, index) => {
      const [position, moment] = [
        POSITIONS[index % POSITIONS.length],
        MOMENTS[(index + Math.floor(index / 5)) % MOMENTS.length],
      ];
      if (!position || !moment) throw new Error('no such cell');
      expect(await runPlan(lane, planOf({ fault, position, moment, variant: index }))).toEqual([]);
    },
  );
});

describe('several faults at once', () => {
  it('are no other than each alone, whatever the schedule', async () => {
    const plans = randomPlans(1);
    for (let tried = 0; tried < 5; tried += 1) {
      const { name, plan } = plans.next().value as { name: string; plan: Parameters<typeof runPlan>[1] };
      expect([name, await runPlan(lane, plan)]).toEqual([name, []]);
    }
  });

  it('come again for the same seed, and are others for another', () => {
    const names = (seed: number): readonly string[] => {
      const plans = randomPlans(seed);
      return Array.from({ length: 3 }, () => (plans.next().value as { name: string }).name.replace(/^seed \d+ /, ''));
    };
    expect(names(7)).toEqual(names(7));
    expect(names(7)).not.toEqual(names(8));
  });
});
