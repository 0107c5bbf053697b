import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  monthsBefore,
  dateParts,
  dayOf,
  isBefore,
  newestFirst,
  readDate,
  readPeriod,
  readTiming,
  sortMoment,
} from '../../../src/record/fhir/date.ts';
import { aDate } from '../../support/record.ts';

const ZONES = ['UTC', 'Europe/London', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Niue'];
const home = process.env['TZ'];

describe('a recorded date', () => {
  afterEach(() => {
    process.env['TZ'] = home;
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 20190307],
    ['an empty string', ''],
    ['words', 'last spring'],
    ['the American order', '03/07/2019'],
    ['a month that does not exist', '2019-13'],
    ['a day that does not exist', '2019-02-29'],
    ['an hour that does not exist', '2019-03-07T25:00:00Z'],
    ['a minute that does not exist', '2019-03-07T10:60:00Z'],
    ['a minute after the end of the day', '2019-03-07T24:01:00Z'],
    ['a zone that does not exist', '2019-03-07T10:00:00+25:00'],
    ['a day without padding', '2019-3-7'],
  ])('is unknown, never today or 1970, when the source sends %s', (_what, value) => {
    expect(readDate(value)).toBeUndefined();
  });

  it.each([
    '2019',
    '2019-03',
    '2019-03-07',
    '2020-02-29',
    '2019-03-07T10:00:00Z',
    '2019-03-07T10:00:00.123+01:00',
    '2019-03-07T10:00',
    '1900-01-01',
    '0001-01-01',
    '2016-12-31T23:59:60Z',
  ])('is kept exactly as recorded: %s', (text) => {
    expect(readDate(text)).toBe(text);
  });

  it('is never shifted to another day by the zone of the machine, nor at the change to summer time', () => {
    const edges = [
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00+01:00',
      '2026-10-25T01:30:00+01:00',
      '2026-10-25T01:30:00Z',
      '2026-03-29',
      '1948-03-14',
    ];
    const seen = ZONES.map((zone) => {
      process.env['TZ'] = zone;
      return edges.map((edge) => [dayOf(aDate(edge)), sortMoment(aDate(edge)), dateParts(aDate(edge))]);
    });
    for (const other of seen) expect(other).toEqual(seen[0]);
    expect(seen[0]?.map(([day]) => day)).toEqual(edges.map((edge) => edge.slice(0, 10)));
  });

  it('gives only the parts that were recorded', () => {
    expect(dateParts(aDate('2019'))).toEqual({ year: 2019 });
    expect(dateParts(aDate('2019-03'))).toEqual({ year: 2019, month: 3 });
    expect(dateParts(aDate('2019-03-07T10:05:00+01:00'))).toEqual({
      year: 2019,
      month: 3,
      day: 7,
      hour: 10,
      minute: 5,
      zone: '+01:00',
    });
  });

  it('sorts by the moment, whatever the zone it was written in', () => {
    expect(sortMoment(aDate('2026-07-01T10:00:00+01:00'))).toBe(sortMoment(aDate('2026-07-01T09:00:00Z')));
    expect(sortMoment(aDate('2026-07-01T09:00:00-05:30'))).toBe(Date.UTC(2026, 6, 1, 14, 30));
  });

  it('sorts the first century where it is and not in the twentieth', () => {
    expect(sortMoment(aDate('0001-01-01'))).toBeLessThan(sortMoment(aDate('1800-01-01')));
  });

  it('puts unknown dates last, and two of them level', () => {
    const dates = [undefined, aDate('2019'), aDate('2020-01-01'), undefined].sort(newestFirst);
    expect(dates).toEqual(['2020-01-01', '2019', undefined, undefined]);
    expect(newestFirst(undefined, undefined)).toBe(0);
  });

  it('is over only when the whole of what it may mean has passed', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    expect(isBefore(aDate('2026'), now)).toBe(false);
    expect(isBefore(aDate('2026-11'), now)).toBe(false);
    expect(isBefore(aDate('2026-11-22'), now)).toBe(false);
    expect(isBefore(aDate('2026-11-21'), now)).toBe(true);
    expect(isBefore(aDate('2025'), now)).toBe(true);
    expect(isBefore(aDate('2026-11-22T11:59:00Z'), now)).toBe(true);
    expect(isBefore(aDate('2026-11-22T11:59:00'), now), 'without a zone it may not be over everywhere').toBe(false);
  });

  it('keeps the text of every real calendar day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1850-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          expect(readDate(text)).toBe(text);
          expect(sortMoment(aDate(text))).toBe(Date.parse(text));
        },
      ),
    );
  });
});

describe('a period', () => {
  it('is absent when neither end can be read', () => {
    expect(readPeriod({ start: 'soon' })).toBeUndefined();
    expect(readPeriod('2019')).toBeUndefined();
  });

  it('keeps the one end that can be read', () => {
    expect(readPeriod({ start: 'soon', end: '2019' })).toEqual({ end: '2019' });
  });

  it('gives its start as the time of the thing, else its end', () => {
    expect(readTiming({ onsetPeriod: { start: '2018', end: '2019' } }, 'onset')).toBe('2018');
    expect(readTiming({ onsetPeriod: { end: '2019' } }, 'onset')).toBe('2019');
    expect(readTiming({ onsetString: 'in childhood' }, 'onset')).toBeUndefined();
  });
});

describe('a window of months', () => {
  it('goes back to the last day of a month that is shorter', () => {
    expect(monthsBefore('2026-08-31', 6)).toBe('2026-02-28');
    expect(monthsBefore('2026-01-15', 12)).toBe('2025-01-15');
  });
});
