import { describe, expect, it } from 'vitest';
import { at, Calendar } from '../../../sandbox/people/calendar.ts';

describe('the calendar of the pretend records', () => {
  it('refuses a today that is not a day', () => {
    expect(() => new Calendar('20 November')).toThrow('yyyy-mm-dd');
  });

  it('keeps to the end of a shorter month', () => {
    expect(new Calendar('2026-03-31').ago(1, 'months')).toBe('2026-02-28');
    expect(new Calendar('2028-02-29').ago(1, 'years')).toBe('2027-02-28');
  });

  it('gives London’s offset, summer and winter', () => {
    expect(at('2026-07-01', '09:30')).toBe('2026-07-01T09:30:00+01:00');
    expect(at('2026-11-20', '09:30')).toBe('2026-11-20T09:30:00+00:00');
    expect(at('2026-03-29', '09:30')).toBe('2026-03-29T09:30:00+01:00');
    expect(at('2026-10-25', '09:30')).toBe('2026-10-25T09:30:00+00:00');
  });

  it('moves a weekend to Monday', () => {
    expect(new Calendar('2026-11-20').weekday('2026-11-21')).toBe('2026-11-23');
    expect(new Calendar('2026-11-20').weekday('2026-11-20')).toBe('2026-11-20');
  });
});
