import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { withoutNoDay } from '../../src/record/no-day.ts';
import { aDate, entryFrom } from '../support/record.ts';

const NONE = aDate('1900-01-01');
const NEVER = aDate('9999-12-31');
const REAL = aDate('2019-05-01');
const LATER = aDate('2020-06-02');

const plain = entryFrom({ resourceType: 'Condition', id: '1', code: { text: 'Asthma' } });
const entry = (change: Partial<Entry>): Entry => ({ ...plain, ...change });

describe('a day that stands for none', () => {
  it('is not when something was', () => {
    expect(withoutNoDay(entry({ date: NONE }))).toEqual(plain);
  });

  it('is not when something was recorded either', () => {
    const shown = withoutNoDay(entry({ date: NONE, dateIs: 'recorded' }));
    expect(shown).toEqual(plain);
    expect(Object.keys(shown)).not.toContain('dateIs');
  });

  it('is no beginning; a true end stays', () => {
    expect(withoutNoDay(entry({ period: { start: NONE, end: LATER } })).period).toStrictEqual({ end: LATER });
  });

  it('is no end where it never comes; a true beginning stays', () => {
    expect(withoutNoDay(entry({ period: { start: REAL, end: NEVER } })).period).toStrictEqual({ start: REAL });
  });

  it('leaves no period at all where both ends were none', () => {
    expect(Object.keys(withoutNoDay(entry({ period: { start: NONE, end: NEVER } })))).not.toContain('period');
    expect(Object.keys(withoutNoDay(entry({ period: { start: NONE } })))).not.toContain('period');
    expect(Object.keys(withoutNoDay(entry({ period: { end: NEVER } })))).not.toContain('period');
  });

  it('takes a true date with it from neither side', () => {
    expect(withoutNoDay(entry({ date: REAL, dateIs: 'recorded', period: { end: NEVER } }))).toStrictEqual(
      entry({ date: REAL, dateIs: 'recorded' }),
    );
    expect(withoutNoDay(entry({ date: REAL, period: { start: NONE, end: LATER } }))).toStrictEqual(
      entry({ date: REAL, period: { end: LATER } }),
    );
    expect(withoutNoDay(entry({ date: NONE, period: { start: REAL, end: LATER } }))).toStrictEqual(
      entry({ period: { start: REAL, end: LATER } }),
    );
  });
});

describe('a true day', () => {
  it.each([
    {},
    { date: REAL },
    { date: REAL, dateIs: 'recorded' },
    { period: { start: REAL, end: LATER } },
    { period: {} },
  ] as const)('changes nothing: %j', (change) => {
    const given = entry(change);
    expect(withoutNoDay(given)).toBe(given);
  });
});
