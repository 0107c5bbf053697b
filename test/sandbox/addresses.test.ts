import { describe, expect, it } from 'vitest';
import { findFreePorts } from '../../sandbox/addresses.ts';

describe('ports for tests that run beside each other', () => {
  it('are nobody else’s from here, though nobody listens at them yet', async () => {
    const firsts = await Promise.all(Array.from({ length: 30 }, () => findFreePorts(24)));
    const all = firsts.flatMap((first) => [
      first,
      first + 1,
      first + 2,
      ...Array.from({ length: 24 }, (_, at) => first + 10 + at),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are none that the system hands out by itself, however many are wanted', async () => {
    for (const eprs of [0, 24, 400]) {
      const first = await findFreePorts(eprs);
      expect(first).toBeGreaterThanOrEqual(20_000);
      expect(first + 10 + eprs).toBeLessThan(32_768);
    }
  });
});
