import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../launcher/federation/turns.ts';
import { quiet } from '../../support/quiet.ts';

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
    await quiet(20);
    let had = false;
    void createTurns()
      .next()
      .then(() => (had = true));
    await Promise.resolve();
    expect(had).toBe(true);
  });

  it('are refused to whoever has left, and nobody waits behind them', async () => {
    const [busy, gone, next] = [createTurns(), createTurns(), createTurns()];
    void busy.next();
    const reader = new AbortController();
    const left = gone.next(reader.signal);
    const after = next.next();
    reader.abort(new Error('the reader has gone'));
    await expect(left).rejects.toThrow('the reader has gone');
    await after;
    await expect(gone.next(reader.signal)).rejects.toThrow('the reader has gone');
  });

  it('come to whoever has had many, however many new ones keep coming', async () => {
    const old = createTurns();
    for (let had = 0; had < 5; had++) await old.next();
    let passed = 0;
    let over = false;
    // Three at all times whose first turn it is: without an end, nobody else would ever be the one with the fewest.
    const crowd = Array.from({ length: 3 }, async () => {
      while (!over && passed < 2_000) {
        await createTurns().next();
        passed += 1;
      }
    });
    await new Promise((resolve) => setImmediate(resolve));
    await old.next();
    over = true;
    expect(passed).toBeLessThan(100);
    await Promise.all(crowd);
  });
});
