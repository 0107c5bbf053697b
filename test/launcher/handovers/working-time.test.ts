import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingTime } from '../../../launcher/handovers/working-time.ts';
import type { OpeningTimes } from '../../../launcher/trust/community.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = ['08:00', '18:30'] as const;
/** General practice, with the days on which England and Wales were closed round the turn of the year. */
const SURGERY: OpeningTimes = {
  zone: 'Europe/London',
  days: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY },
  closed: ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29'],
};
const WHOLE = ['00:00', '24:00'] as const;
const ALWAYS: OpeningTimes = {
  zone: 'Europe/London',
  days: { mon: WHOLE, tue: WHOLE, wed: WHOLE, thu: WHOLE, fri: WHOLE, sat: WHOLE, sun: WHOLE },
  closed: [],
};
const due = (from: string, hours: number, times = SURGERY): string =>
  new Date(addWorkingTime(Date.parse(from), hours * HOUR, times)).toISOString();

/** By what a clock on the wall says, minute by minute: the slow way to the same. */
function isOpen(ms: number, { days, closed }: OpeningTimes): boolean {
  const parts = new Map(WALL.formatToParts(ms).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const hours = days[of('weekday').toLowerCase() as 'mon'];
  if (!hours || closed.includes(`${of('year')}-${of('month')}-${of('day')}`)) return false;
  const time = `${of('hour')}:${of('minute')}`;
  return time >= hours[0] && time < hours[1];
}

const WALL = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/London', hourCycle: 'h23', weekday: 'short', hour: '2-digit', minute: '2-digit' },
  ...{ day: '2-digit', month: '2-digit', year: 'numeric' },
});

describe('working hours', () => {
  it('go over a night, a weekend and a bank holiday', () => {
    // Friday 20-Nov-2026 at 18:00: half an hour is left.
    expect(due('2026-11-20T18:00:00Z', 0.5)).toBe('2026-11-20T18:30:00.000Z');
    expect(due('2026-11-20T18:00:00Z', 2)).toBe('2026-11-23T09:30:00.000Z');
    expect(due('2026-12-24T18:00:00Z', 1)).toBe('2026-12-29T08:30:00.000Z');
  });

  it('begin when somebody comes, for what happens in the night', () => {
    expect(due('2026-11-21T02:00:00Z', 4)).toBe('2026-11-23T12:00:00.000Z');
  });

  it('are those of the wall clock on both sides of a change to and from summer time', () => {
    // Thursday before Easter 2027; clocks go forward on Easter Sunday, the 28th.
    expect(due('2027-03-25T18:00:00Z', 1)).toBe('2027-03-30T07:30:00.000Z');
    expect(due('2026-10-23T17:00:00Z', 1)).toBe('2026-10-26T08:30:00.000Z');
  });

  it('are as long as the day really was, where it is never closed: 23 and 25 hours', () => {
    for (const from of ['2027-03-27T20:15:00Z', '2026-10-24T20:15:00Z'])
      expect(Date.parse(due(from, 24, ALWAYS)) - Date.parse(from)).toBe(24 * HOUR);
  });

  it('fall back on the clock where nobody is ever there', () => {
    expect(due('2026-11-20T18:00:00Z', 2, { ...SURGERY, days: {} })).toBe('2026-11-20T20:00:00.000Z');
  });

  // About the last Sundays of March and October, and everywhere between.
  const start = fc.oneof(
    fc.integer({ min: Date.parse('2026-10-22T00:00:00Z') / MINUTE, max: Date.parse('2026-10-28T00:00:00Z') / MINUTE }),
    fc.integer({ min: Date.parse('2027-03-24T00:00:00Z') / MINUTE, max: Date.parse('2027-03-31T00:00:00Z') / MINUTE }),
    fc.integer({ min: Date.parse('2026-01-01T00:00:00Z') / MINUTE, max: Date.parse('2028-01-01T00:00:00Z') / MINUTE }),
  );

  it('are as many as were agreed, counted minute by minute on the wall clock (property)', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 22 * 60 }), (minute, length) => {
        const end = addWorkingTime(minute * MINUTE, length * MINUTE, SURGERY) / MINUTE;
        let open = 0;
        for (let at = minute; at < end; at += 1) if (isOpen(at * MINUTE, SURGERY)) open += 1;
        expect(open).toBe(length);
        expect(isOpen((end - 1) * MINUTE, SURGERY)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it('end no sooner for more of them, nor for a later start (property)', () => {
    fc.assert(
      fc.property(start, fc.nat(2_000), fc.nat(2_000), fc.nat(500), (minute, length, later, more) => {
        const end = addWorkingTime(minute * MINUTE, length * MINUTE, SURGERY);
        expect(addWorkingTime(minute * MINUTE, (length + more) * MINUTE, SURGERY)).toBeGreaterThanOrEqual(end);
        expect(addWorkingTime((minute + later) * MINUTE, length * MINUTE, SURGERY)).toBeGreaterThanOrEqual(end);
        expect(addWorkingTime(minute * MINUTE, length * MINUTE, ALWAYS)).toBe((minute + length) * MINUTE);
      }),
      { numRuns: 300 },
    );
  });
});
