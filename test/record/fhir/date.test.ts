import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  monthsBefore,
  dateParts,
  dayOf,
  isAfter,
  isBefore,
  isBeforeDay,
  isNever,
  isNoDay,
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
    ['a month of zero', '2019-00'],
    ['a 31st of June', '2019-06-31'],
    ['a 31st of September', '2019-09-31'],
    ['a 31st of November', '2019-11-31'],
    ['a leap day of 1900', '1900-02-29'],
    ['a leap day of 2100', '2100-02-29'],
    ['a 30th of February', '2000-02-30'],
    ['a day of zero', '2019-03-00'],
    ['a day after the last of the month', '2019-04-31'],
    ['a second that does not exist', '2019-03-07T10:00:61Z'],
    ['a second after the end of the day', '2019-03-07T24:00:01Z'],
    ['an hour alone', '2019-03-07T10'],
    ['a zone of minutes that do not exist', '2019-03-07T10:00:00+01:60'],
    ['a zone beyond the last of the earth', '2019-03-07T10:00:00+15:00'],
    ['a fraction without digits', '2019-03-07T10:00:00.Z'],
    ['a zone on a day', '2019-03-07Z'],
    ['words before it', 'in 2019'],
    ['words after it', '2019-03-07 or so'],
    ['a year of two digits', '19'],
    ['a year of five digits', '20190'],
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
    '2019-12-31',
    '2000-02-29',
    '2019-06-30',
    '2019-10-31',
    '2019-01-01',
    '2019-04-30',
    '2019-03-07T24:00:00Z',
    '2019-03-07T00:00:00-12:00',
    '2019-03-07T23:59:59.999999+14:00',
    '2019-03-07T10:00+05:59',
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
    expect(dateParts(aDate('2019'))).toStrictEqual({ year: 2019 });
    expect(dateParts(aDate('2019-03'))).toStrictEqual({ year: 2019, month: 3 });
    expect(dateParts(aDate('2019-03-07'))).toStrictEqual({ year: 2019, month: 3, day: 7 });
    expect(dateParts(aDate('2019-03-07T10:05'))).toStrictEqual({ year: 2019, month: 3, day: 7, hour: 10, minute: 5 });
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
    expect(newestFirst(undefined, aDate('2019'))).toBeGreaterThan(0);
    expect(newestFirst(aDate('2019'), undefined)).toBeLessThan(0);
    expect(newestFirst(aDate('2019'), aDate('2019-01-01'))).toBe(0);
    expect(newestFirst(aDate('2019'), aDate('2020'))).toBeGreaterThan(0);
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

  it('is over at the last moment it can mean and not before: the end of a year, a month, a day', () => {
    const ends = [
      ['2025', Date.UTC(2026, 0, 1)],
      ['2025-12', Date.UTC(2026, 0, 1)],
      ['2026-02', Date.UTC(2026, 2, 1)],
      ['2026-02-28', Date.UTC(2026, 2, 1)],
      ['2026-11-22', Date.UTC(2026, 10, 23)],
    ] as const;
    for (const [text, end] of ends) {
      expect(isBefore(aDate(text), end), text).toBe(true);
      expect(isBefore(aDate(text), end - 1), text).toBe(false);
    }
  });

  it('with a time is over after that moment; without a zone twelve hours later', () => {
    const at = Date.UTC(2026, 10, 22, 9, 30);
    expect(isBefore(aDate('2026-11-22T09:30:00Z'), at)).toBe(false);
    expect(isBefore(aDate('2026-11-22T09:30:00Z'), at + 1)).toBe(true);
    expect(isBefore(aDate('2026-11-22T09:30'), at + 12 * 3_600_000)).toBe(false);
    expect(isBefore(aDate('2026-11-22T09:30'), at + 12 * 3_600_000 + 1)).toBe(true);
    expect(isBefore(aDate('2026-11-22T00:00:00Z'), at)).toBe(true);
  });

  it('is to come before its first moment; without a zone fourteen hours before', () => {
    const at = Date.UTC(2026, 10, 22, 9, 30);
    expect(isAfter(aDate('2026-11-22T09:30:00Z'), at)).toBe(false);
    expect(isAfter(aDate('2026-11-22T09:30:00Z'), at - 1)).toBe(true);
    expect(isAfter(aDate('2026-11-22T09:30'), at - 14 * 3_600_000)).toBe(false);
    expect(isAfter(aDate('2026-11-22T09:30'), at - 14 * 3_600_000 - 1)).toBe(true);
    expect(isAfter(aDate('2026'), at)).toBe(false);
    expect(isAfter(aDate('2027'), at)).toBe(true);
  });

  it('counts its seconds and their parts', () => {
    expect(sortMoment(aDate('2026-07-01T10:00:07Z'))).toBe(Date.UTC(2026, 6, 1, 10, 0, 7));
    expect(sortMoment(aDate('2026-07-01T10:00:07.250Z'))).toBe(Date.UTC(2026, 6, 1, 10, 0, 7, 250));
    expect(sortMoment(aDate('2026-07-01T10:20'))).toBe(Date.UTC(2026, 6, 1, 10, 20));
    expect(sortMoment(aDate('2026-07-01T10:20+01:00'))).toBe(Date.UTC(2026, 6, 1, 9, 20));
    expect(sortMoment(aDate('2026-07-01T10:20:07'))).toBe(Date.UTC(2026, 6, 1, 10, 20, 7));
    expect(sortMoment(aDate('2026-07-01T10:20:07.5-01:00'))).toBe(Date.UTC(2026, 6, 1, 11, 20, 7, 500));
    expect(sortMoment(aDate('2026-07'))).toBe(Date.UTC(2026, 6, 1));
    expect(sortMoment(aDate('2026'))).toBe(Date.UTC(2026, 0, 1));
    expect(sortMoment(aDate('2026-07-01T10:20:00+05:45'))).toBe(Date.UTC(2026, 6, 1, 4, 35));
    expect(sortMoment(aDate('0001-01-01'))).toBe(Date.parse('0001-01-01'));
  });

  it('lies before a calendar day only as far as both are written', () => {
    expect(isBeforeDay(aDate('2025-11-21'), '2025-11-22')).toBe(true);
    expect(isBeforeDay(aDate('2025-11-22'), '2025-11-22')).toBe(false);
    expect(isBeforeDay(aDate('2025-11-22T23:00:00Z'), '2025-11-23')).toBe(true);
    expect(isBeforeDay(aDate('2025'), '2025-11-22')).toBe(false);
    expect(isBeforeDay(aDate('2024'), '2025-11-22')).toBe(true);
    expect(isBeforeDay(aDate('2025-10'), '2025-11-22')).toBe(true);
  });

  it.each(['0001-01-01', '1753-01-01', '1800-01-01', '1840-12-31', '1899-12-30', '1899-12-31', '1900-01-01'])(
    'of %s stands where a system had none, with a time or without',
    (day) => {
      expect(isNoDay(aDate(day))).toBe(true);
      expect(isNoDay(aDate(`${day}T00:00:00Z`))).toBe(true);
    },
  );

  it.each(['1900', '1900-01', '1900-01-02', '1970-01-01', '2000-01-01'])('of %s is one', (day) => {
    expect(isNoDay(aDate(day))).toBe(false);
  });

  it('of 2100 and later never comes', () => {
    expect(['2100', '2999-12-31', '9999-12-31'].map((text) => isNever(aDate(text)))).toEqual([true, true, true]);
    expect(isNever(aDate('2099-12-31'))).toBe(false);
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

describe('when a thing was', () => {
  it('is the first of its forms: dateTime, instant, date, period', () => {
    const all = { xDateTime: '2011', xInstant: '2012', xDate: '2013', xPeriod: { start: '2014' } };
    const { xDateTime: _dateTime, ...noDateTime } = all;
    const { xInstant: _instant, ...noInstant } = noDateTime;
    const { xDate: _date, ...onlyPeriod } = noInstant;
    expect([all, noDateTime, noInstant, onlyPeriod, {}].map((one) => readTiming(one, 'x'))).toEqual([
      '2011',
      '2012',
      '2013',
      '2014',
      undefined,
    ]);
  });

  it('is no day that stands for none at either end of a period', () => {
    expect(readPeriod({ start: '1900-01-01', end: '2019' })).toStrictEqual({ end: '2019' });
    expect(readPeriod({ start: '2018', end: '9999-12-31' })).toStrictEqual({ start: '2018' });
    expect(readPeriod({ start: '1900-01-01', end: '9999-12-31' })).toBeUndefined();
    expect(readPeriod({ start: '2018', end: '2019' })).toStrictEqual({ start: '2018', end: '2019' });
    expect(readPeriod({ end: '1900-01-01' })).toStrictEqual({ end: '1900-01-01' });
    expect(readPeriod(undefined)).toBeUndefined();
  });
});

describe('a window of months', () => {
  it('goes back to the last day of a month that is shorter', () => {
    expect(monthsBefore('2026-08-31', 6)).toBe('2026-02-28');
    expect(monthsBefore('2026-01-15', 12)).toBe('2025-01-15');
    expect(monthsBefore('2024-03-30', 1)).toBe('2024-02-29');
    expect(monthsBefore('2026-12-31', 1)).toBe('2026-11-30');
    expect(monthsBefore('2026-03-01', 3)).toBe('2025-12-01');
    expect(monthsBefore('2026-11-22', 0)).toBe('2026-11-22');
  });
});

it('parts of a second with no zone beside them are no zone', () => {
  const said = readDate('2026-01-01T10:00:00.123');
  expect(said).toBe('2026-01-01T10:00:00.123');
  expect(said && sortMoment(said)).toBe(Date.UTC(2026, 0, 1, 10, 0, 0, 123));
});
