import { describe, expect, it } from 'vitest';
import { endMoment, readEvents, readObservedDate, readTiming, sortMoment } from '../../../../src/record/fhir/date.ts';
import { aDate } from '../../../support/record.ts';

describe('several moments of one observation', () => {
  it.each([
    ['nothing', undefined],
    ['words', 'each morning'],
    ['no moment at all', {}],
    ['a moment outside of any list', { event: '2024-05-06' }],
    ['an empty list', { event: [] }],
    ['words in its list', { event: ['each morning', 'last spring'] }],
  ])('are none where there is %s', (_what, timing) => {
    expect(readEvents(timing)).toBeUndefined();
    expect(readTiming({ effectiveTiming: timing }, 'effective')).toBeUndefined();
  });

  it('are the first and the last of them, in whatever order they were written', () => {
    const event = ['2024-05-07T08:00:00Z', '2024-05-06', 'no date', '2024-05-08', '2024-05-07T07:30:00+01:00'];
    expect(readEvents({ event })).toEqual({ start: '2024-05-06', end: '2024-05-08' });
    expect(readEvents({ event: ['2024-05-06'] })).toEqual({ start: '2024-05-06' });
  });

  it('give the observation its date, and its span where there are two', () => {
    const event = ['2024-05-08', '2024-05-06'];
    expect(readObservedDate({ effectiveTiming: { event } })).toEqual({
      date: '2024-05-06',
      period: { start: '2024-05-06', end: '2024-05-08' },
    });
    expect(readObservedDate({ effectiveTiming: { event: ['2024-05-06'] } })).toEqual({ date: '2024-05-06' });
  });

  it('say nothing of a date that stands by itself', () => {
    const effectiveTiming = { event: ['2024-05-08', '2024-05-06'] };
    expect(readObservedDate({ effectiveDateTime: '2024-05-07', effectiveTiming })).toEqual({ date: '2024-05-07' });
  });
});

describe('when something was observed', () => {
  it('is not known where neither that nor its issue is', () => {
    expect(readObservedDate({ issued: 'yesterday' })).toEqual({});
  });

  it('is when it was issued, and said to be so, only where nothing says when it was observed', () => {
    const issued = '2024-05-09T10:00:00Z';
    expect(readObservedDate({ issued })).toEqual({ date: issued, dateIs: 'recorded' });
    expect(readObservedDate({ issued, effectivePeriod: { end: '2024-05-08' } })).toEqual({ date: '2024-05-08' });
    expect(readObservedDate({ issued, effectiveInstant: '2024-05-08T09:00:00Z' })).toEqual({
      date: '2024-05-08T09:00:00Z',
    });
  });
});

describe('moments in order', () => {
  it.each([
    ['2024-05-06T10:00:30Z', '2024-05-06T10:00:00Z', 30_000],
    ['2024-05-06T10:00:00+01:30', '2024-05-06T10:00:00Z', -90 * 60_000],
    ['2024-05-06T10:00:00-01:30', '2024-05-06T10:00:00Z', 90 * 60_000],
    ['2024-05-06T10:00', '2024-05-06T10:00:00Z', 0],
    ['2024-05-06T10:00Z', '2024-05-06T10:00:00Z', 0],
    ['2024', '2024-01-01', 0],
    ['2024-05', '2024-05-01', 0],
  ])('%s stands from %s by %d milliseconds', (date, other, by) => {
    expect(sortMoment(aDate(date)) - sortMoment(aDate(other))).toBe(by);
  });

  it.each([
    ['2024', '2025-01-01'],
    ['2024-12', '2025-01-01'],
    ['2024-12-31', '2025-01-01'],
    ['2024-05-06T10:30:00Z', '2024-05-06T10:30:00Z'],
  ])('%s is over at %s, and a moment is over when it comes', (date, end) => {
    expect(endMoment(aDate(date))).toBe(sortMoment(aDate(end)));
  });
});
