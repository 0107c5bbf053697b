import { describe, expect, it } from 'vitest';
import { remember, rememberAlike, whileRemembering } from '../../src/record/remember.ts';

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

describe('what is remembered of copies', () => {
  const nameOf = (value: unknown): string | undefined => (value as { readonly code?: string }).code;

  /** Says how often each value was really looked at. */
  function looking(): { readonly look: (value: unknown) => string; readonly seen: unknown[] } {
    const seen: unknown[] = [];
    return { seen, look: rememberAlike((value) => `${String(seen.push(value))} ${JSON.stringify(value)}`, nameOf) };
  }

  it('is nothing outside of a task, and nothing of what has no name', () => {
    const { look, seen } = looking();
    look({ code: 'a' });
    look({ code: 'a' });
    whileRemembering(() => [look({ text: 'a' }), look({ text: 'a' })]);
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['another word', { code: 'a', text: 'right' }],
    ['a word more', { code: 'a', text: 'left', said: 'by somebody else' }],
    ['a word less', { code: 'a' }],
    ['a list for one', { code: 'a', text: ['left'] }],
    ['nothing in its place', { code: 'a', text: null }],
  ])('is never given to one of the same name with %s', (_difference, other) => {
    const { look } = looking();
    whileRemembering(() => {
      look({ code: 'a', text: 'left' });
      expect(look(other)).toBe(`2 ${JSON.stringify(other)}`);
      expect(look({ code: 'a', text: 'left' })).toContain('"left"');
    });
  });

  it('is given to a copy, in whatever order its parts stand, and to the very same one', () => {
    const { look, seen } = looking();
    const one = { code: 'a', text: 'left' };
    whileRemembering(() => {
      expect([look(one), look({ text: 'left', code: 'a' }), look(one), look(one)]).toEqual([
        look(one),
        look(one),
        look(one),
        look(one),
      ]);
    });
    expect(seen).toHaveLength(1);
  });

  it('is kept while others are looked at', () => {
    const { look, seen } = looking();
    whileRemembering(() => [look({ code: 'a' }), look({ code: 'b' }), look({ code: 'a' }), look({ code: 'b' })]);
    expect(seen).toHaveLength(2);
  });

  it('is forgotten when the task ends', () => {
    const { look } = looking();
    whileRemembering(() => look({ code: 'a' }));
    expect(whileRemembering(() => look({ code: 'a' }))).toBe('2 {"code":"a"}');
  });

  it('is no more than two thousand results', () => {
    const { look, seen } = looking();
    whileRemembering(() => {
      for (let number = 0; number <= 2_000; number++) look({ code: String(number) });
      look({ code: '2000' });
      expect(seen).toHaveLength(2_001);
      look({ code: '0' });
      expect(seen).toHaveLength(2_002);
    });
  });
});
