import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../launcher/federation/turns.ts';

describe('turns', () => {
  it('never fall to two at once, and let whoever had fewest go first', async () => {
    const order: string[] = [];
    const [busy, slow] = [createTurns(), createTurns()];
    const first = busy.next().then(() => order.push('busy'));
    const rest = [1, 2, 3].map(() => busy.next().then(() => order.push('busy')));
    const late = slow.next().then(() => order.push('slow'));
    await first;
    expect(order).toEqual(['busy']);
    await Promise.all([...rest, late]);
    expect(order).toEqual(['busy', 'slow', 'busy', 'busy', 'busy']);
  });

  it('come at once when nobody is at work', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    let had = false;
    void createTurns()
      .next()
      .then(() => (had = true));
    await Promise.resolve();
    expect(had).toBe(true);
  });
});
