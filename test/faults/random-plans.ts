import { FAULTS } from './faults.ts';
import { MOMENTS } from './fault.ts';
import { SOURCES } from './lane.ts';
import type { Plan } from './run-cell.ts';

/** Schedules of several faults at once, one after another, always the same ones for a seed. */
export function* randomPlans(seed: number): Generator<{ readonly name: string; readonly plan: Plan }> {
  // What is done to the reader or by many views at once is done to the whole view: the matrix has it.
  const faults = FAULTS.filter((fault) => !('reader' in fault) && !('storm' in fault));
  for (let index = 0; ; index += 1) {
    const chance = chanceOf(seed * 1_000_003 + index);
    const plan = new Map<
      number,
      { fault: (typeof faults)[number]; moment: (typeof MOMENTS)[number]; variant: number }
    >();
    for (let source = 0; source < SOURCES; source += 1) {
      if (chance() < 0.35) continue;
      const fault = faults[Math.floor(chance() * faults.length)];
      const moment = MOMENTS[Math.floor(chance() * MOMENTS.length)];
      if (fault && moment) plan.set(source, { fault, moment, variant: Math.floor(chance() * 12) });
    }
    const words = [...plan].map(
      ([source, { fault, moment, variant }]) => `s${String(source)}:${fault.id}@${moment}#${String(variant)}`,
    );
    yield { name: `seed ${String(seed)} schedule ${String(index)}: ${words.join(' ')}`, plan };
  }
}

/** mulberry32: small, even, and the same everywhere. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
