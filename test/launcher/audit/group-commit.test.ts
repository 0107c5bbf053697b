import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupCommits } from '../../../launcher/audit/group-commit.ts';
import { answersAfter } from '../../support/quiet.ts';

describe('a group commit', () => {
  it('tells a caller of a bad row, and only that caller', async () => {
    const kept: number[] = [];
    const write = groupCommits<number>(async (take) => {
      await answersAfter(1);
      const rows = take();
      if (rows.includes(13)) throw new Error('bad row');
      kept.push(...rows);
    }, 100);
    const results = await Promise.allSettled([write([1, 2]), write([3, 13, 4]), write([5])]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kept).toEqual([1, 2, 5]);
  });

  it('resolves nobody before their rows are written', async () => {
    let written = 0;
    const write = groupCommits<number>(async (take) => {
      const rows = take();
      await answersAfter(5);
      written += rows.length;
    }, 100);
    const seen = await Promise.all([1, 2, 3].map((row) => write([row]).then(() => written)));
    expect(seen).toEqual([3, 3, 3]);
  });

  it('takes what is asked for while it waits for its turn into the same commit', async () => {
    const commits: number[][] = [];
    const write = groupCommits<number>(async (take) => {
      await answersAfter(5);
      commits.push([...take()]);
    }, 100);
    const first = write([1]);
    await answersAfter(1);
    await Promise.all([first, write([2]), write([3])]);
    expect(commits).toEqual([[1, 2, 3]]);
  });

  it('goes on after a failure', async () => {
    let works = false;
    const write = groupCommits<number>(() => (works ? Promise.resolve() : Promise.reject(new Error('full'))), 100);
    await expect(write([1])).rejects.toThrow('full');
    works = true;
    await expect(write([2])).resolves.toBeUndefined();
  });

  it('writes what is asked for at once together, in order, and never more than its limit unless one caller asks for more', async () => {
    const commits: number[][] = [];
    const write = groupCommits<number>((take) => Promise.resolve(void commits.push([...take()])), 4);
    await Promise.all([write([1, 2]), write([3, 4]), write([5]), write([6, 7, 8, 9, 10, 11])]);
    expect(commits).toEqual([[1, 2, 3, 4], [5], [6, 7, 8, 9, 10, 11]]);
  });

  it('writes every row once and in order, whenever callers come', async () => {
    const calls = fc.array(
      fc.record({ rows: fc.integer({ min: 1, max: 5 }), waitMs: fc.integer({ min: 0, max: 3 }) }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (plan) => {
        const kept: number[] = [];
        const write = groupCommits<number>(async (take) => {
          await answersAfter(1);
          kept.push(...take());
        }, 7);
        let next = 0;
        const done: Promise<void>[] = [];
        for (const { rows, waitMs } of plan) {
          done.push(write(Array.from({ length: rows }, () => next++)));
          if (waitMs > 0) await answersAfter(waitMs);
        }
        await Promise.all(done);
        expect(kept).toEqual(Array.from({ length: next }, (_, index) => index));
      }),
      { numRuns: 20 },
    );
  });
});
