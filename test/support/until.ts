import { setTimeout as after } from 'node:timers/promises';

/** Far longer than anything takes, and shorter than a test may. */
const PATIENCE_MS = 30_000;

/** Waits until `holds` says something true: that it comes counts, not how fast. */
export async function until(holds: () => unknown, what = 'it did not come about'): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(what);
    await after(10);
  }
}
