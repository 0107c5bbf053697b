import { describe, expect, it } from 'vitest';
import { outcome, toRunAgain, type Result } from './results.ts';

const ran = (file: string, title: string, passed: boolean): Result => ({ file, title, passed });
const [good, bad] = [true, false];

describe('a test that failed', () => {
  it('has failed when it fails again, and is not run a third time', () => {
    const tries = [[ran('a', 'one', bad), ran('b', 'two', good)], [ran('a', 'one', bad)]];
    expect(toRunAgain(tries)).toBeUndefined();
    expect(outcome(tries)).toEqual({ results: [ran('b', 'two', good), ran('a', 'one', bad)], accidents: [] });
  });

  it('has failed when it fails in two tries of three, whatever the last one says', () => {
    const tries = [
      [ran('a', 'one', bad), ran('a', 'two', good)],
      [ran('a', 'one', good), ran('a', 'two', bad)],
      [ran('a', 'one', good), ran('a', 'two', bad)],
    ];
    expect(outcome(tries).results).toEqual([ran('a', 'one', good), ran('a', 'two', bad)]);
    const swinging = [[ran('a', 'one', bad)], [ran('a', 'could not be run', bad)], [ran('a', 'one', bad)]];
    expect(outcome(swinging).results).toEqual([ran('a', 'one', bad)]);
    const back = [...tries.slice(0, 2), [ran('a', 'one', bad), ran('a', 'two', good)]];
    expect(outcome(back).results).toEqual([ran('a', 'one', bad), ran('a', 'two', good)]);
  });

  it('has failed when its file fails in every try, each time in another way', () => {
    const tries = ['one', 'two', 'three'].map((failing) =>
      ['one', 'two', 'three'].map((title) => ran('a', title, title !== failing)),
    );
    expect(toRunAgain(tries)).toBeUndefined();
    expect(outcome(tries).results.filter(({ passed }) => !passed)).toEqual([ran('a', 'three', bad)]);
    expect(outcome(tries).accidents).toEqual([ran('a', 'one', bad), ran('a', 'two', bad)]);
  });

  it('is named when it fails in one try and its file is well in the next', () => {
    const tries = [[ran('a', 'one', bad), ran('b', 'two', good)], [ran('a', 'one', good)]];
    expect(outcome(tries)).toEqual({
      results: [ran('b', 'two', good), ran('a', 'one', good)],
      accidents: [ran('a', 'one', bad)],
    });
  });

  it('is run again with its file; with everything, where the runner broke down; and not where too much fails', () => {
    expect(toRunAgain([[ran('a', 'one', good)]])).toBeUndefined();
    expect(toRunAgain([[ran('a', 'one', bad), ran('a', 'two', bad), ran('b', 'three', bad)]])).toEqual(['a', 'b']);
    expect(toRunAgain([[ran('a', 'one', good), ran('', 'ended with 1', bad)]])).toBe('everything');
    expect(toRunAgain([Array.from({ length: 11 }, (_, at) => ran(`f${String(at)}`, 'one', bad))])).toBeUndefined();
  });

  it('is no accident where the runner breaks down twice', () => {
    const broken = [ran('a', 'one', good), ran('', 'ended with 1', bad)];
    expect(toRunAgain([broken, broken])).toBeUndefined();
    expect(outcome([broken, broken]).results).toContainEqual(ran('', 'ended with 1', bad));
    expect(outcome([broken, [ran('a', 'one', good)]])).toEqual({
      results: [ran('a', 'one', good)],
      accidents: [ran('', 'ended with 1', bad)],
    });
  });

  it('stands beside what did not run again, and nothing that passed is lost', () => {
    const tries = [
      [ran('a', 'one', bad), ran('b', 'two', good)],
      [ran('a', 'one', good), ran('', 'ended with 1', bad)],
    ];
    expect(toRunAgain(tries)).toBe('everything');
    expect(outcome([...tries, [ran('a', 'one', good), ran('b', 'two', good)]]).results).toEqual([
      ran('a', 'one', good),
      ran('b', 'two', good),
    ]);
  });
});
