import { describe, expect, it } from 'vitest';
import { remember, whileRemembering } from '../../src/record/remember.ts';

describe('what is remembered', () => {
  it('is nothing outside of a task', () => {
    let asked = 0;
    const work = remember((text: string) => `${text}${String(++asked)}`);
    expect([work('a'), work('a')]).toEqual(['a1', 'a2']);
  });

  it('is forgotten when the task ends, even where it fails', () => {
    let asked = 0;
    const work = remember((_text: string) => ++asked);
    expect(() =>
      whileRemembering(() => {
        work('a');
        throw new Error('a fault');
      }),
    ).toThrow('a fault');
    expect(whileRemembering(() => work('a'))).toBe(2);
  });

  it('is asked for once within a task, a task inside it included, and an absent result counts as one', () => {
    let asked = 0;
    const work = remember((_text: string): number | undefined => void asked++);
    whileRemembering(() => {
      work('a');
      whileRemembering(() => work('a'));
      work('a');
    });
    expect(asked).toBe(1);
  });

  it('is no more than two thousand results: then all of them are forgotten, and what comes again is kept anew', () => {
    let asked = 0;
    const work = remember((number: number) => (asked++, -number));
    whileRemembering(() => {
      for (let number = 0; number < 2_000; number++) work(number);
      for (let number = 0; number < 2_000; number++) expect(work(number)).toBe(-number);
      expect(asked).toBe(2_000);
      work(2_000);
      work(2_000);
      expect(asked).toBe(2_001);
      work(0);
      expect(asked).toBe(2_002);
    });
  });
});
