import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBreaker } from '../../../launcher/federation/breaker.ts';
import { Channel } from '../../../launcher/federation/channel.ts';
import { startDeadline, untilAborted } from '../../../launcher/federation/deadline.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { quiet } from '../../support/quiet.ts';

const A = 'a' as SourceId;
const B = 'b' as SourceId;

function never(): AbortSignal {
  return new AbortController().signal;
}

/** Time goes by only as a test says: a busy machine holds none of these clocks up. */
function inOwnTime(): void {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
}

async function pause(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

describe('the breaker', () => {
  inOwnTime();

  const fail = (): Promise<string> => Promise.resolve('bad');
  const good = (): Promise<string> => Promise.resolve('good');
  const isBad = (result: string): boolean => result === 'bad';

  it('leaves a failing source alone after so many failures in a row, and only that one', async () => {
    const changes: string[] = [];
    const breaker = createBreaker({
      failures: 3,
      openMs: 10_000,
      onChange: (source, state) => changes.push(`${source} ${state}`),
    });
    for (let time = 0; time < 3; time++) expect(await breaker.run(A, fail, isBad)).toBe('bad');
    let asked = false;
    expect(await breaker.run(A, () => ((asked = true), good()), isBad)).toBe('open');
    expect(asked).toBe(false);
    expect(await breaker.run(B, good, isBad)).toBe('good');
    expect(changes).toEqual(['a open']);
  });

  it('lets one view try again after a while, tells the others at once, and closes when it went well', async () => {
    const breaker = createBreaker({ failures: 1, openMs: 60 });
    await breaker.run(A, fail, isBad);
    await pause(80);
    let answer: (said: string) => void = () => undefined;
    const trying = breaker.run(A, () => new Promise<string>((resolve) => (answer = resolve)), isBad);
    expect(await breaker.run(A, good, isBad)).toBe('open');
    answer('good');
    expect(await trying).toBe('good');
    expect(await breaker.run(A, good, isBad)).toBe('good');
  });

  it('forgets failures that were not in a row', async () => {
    const breaker = createBreaker({ failures: 2, openMs: 10_000 });
    for (let time = 0; time < 5; time++) {
      expect(await breaker.run(A, fail, isBad)).toBe('bad');
      expect(await breaker.run(A, good, isBad)).toBe('good');
    }
  });
});

describe('a deadline', () => {
  inOwnTime();

  it('passes after so much silence, each arrival starting it anew', async () => {
    const deadline = startDeadline({ totalMs: 1_000, idleMs: 80 }, never());
    for (let time = 0; time < 4; time++) {
      await pause(40);
      deadline.touch();
    }
    expect(deadline.passed).toBe(false);
    await pause(120);
    expect(deadline.passed).toBe(true);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('stands still while the reader is the slow one', async () => {
    const deadline = startDeadline({ totalMs: 100, idleMs: 100 }, never());
    deadline.pause();
    await pause(200);
    expect(deadline.signal.aborted).toBe(false);
    deadline.resume();
    await pause(150);
    expect(deadline.passed).toBe(true);
  });

  it('passes when it stood still for longer than it was let', async () => {
    const deadline = startDeadline({ totalMs: 1_000, idleMs: 1_000 }, never());
    deadline.pause(40);
    await pause(120);
    expect(deadline.passed).toBe(true);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('passes at once when its time is used up, however soon it is paused again', () => {
    const deadline = startDeadline({ totalMs: 30, idleMs: 1_000 }, never());
    // Work that lets no timer have its turn.
    const late = performance.now() + 60;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(late);
    deadline.pause();
    deadline.resume();
    clock.mockRestore();
    expect(deadline.passed).toBe(true);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('is not said to have passed when it was the reader who went', async () => {
    const reader = new AbortController();
    const deadline = startDeadline({ totalMs: 20, idleMs: 20 }, reader.signal);
    reader.abort();
    await pause(50);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.passed).toBe(false);
    deadline.end();
  });

  it('is not waited through for a promise that never ends', async () => {
    const deadline = startDeadline({ totalMs: 30, idleMs: 30 }, never());
    const ended = expect(untilAborted(new Promise(() => undefined), deadline.signal)).rejects.toThrow(
      'deadline passed',
    );
    await pause(30);
    await ended;
  });
});

describe('the buffer between sources and reader', () => {
  it('makes a sender wait while it is full, and lets it go when the reader does', async () => {
    const channel = new Channel<number>(1);
    const over = new AbortController();
    await channel.send(1, over.signal);
    let sent = false;
    const second = channel.send(2, over.signal).then(() => (sent = true));
    await quiet(20);
    expect(sent).toBe(false);
    expect(await channel.take(10, never())).toEqual({ item: 1 });
    await second;
    const third = channel.send(3, over.signal);
    over.abort();
    await third;
  });

  it('keeps the order, says quiet when nothing comes, and ended after the last', async () => {
    const channel = new Channel<number>(5);
    expect(await channel.take(10, never())).toBe('quiet');
    for (const item of [1, 2, 3]) await channel.send(item, never());
    channel.close();
    const seen = [await channel.take(10, never()), await channel.take(10, never()), await channel.take(10, never())];
    expect(seen).toEqual([{ item: 1 }, { item: 2 }, { item: 3 }]);
    expect(await channel.take(10, never())).toBe('ended');
  });

  it('gives the reader an error before anything that still lies in it', async () => {
    const channel = new Channel<number>(5);
    await channel.send(1, never());
    channel.close(new Error('audit'));
    await expect(channel.take(10, never())).rejects.toThrow('audit');
  });
});
