import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ukDay } from '../../../src/record/fhir/uk-day.ts';
import { aDate } from '../../support/record.ts';

it.each([
  ['2026-07-28T23:30:00Z', '2026-07-29'],
  ['2026-07-28T22:59:59Z', '2026-07-28'],
  ['2026-01-28T23:30:00Z', '2026-01-28'],
  ['2026-03-29T00:59:59Z', '2026-03-29'],
  ['2026-03-28T23:30:00Z', '2026-03-28'],
  ['2026-03-29T23:30:00Z', '2026-03-30'],
  ['2026-10-24T23:30:00Z', '2026-10-25'],
  ['2026-10-25T23:30:00Z', '2026-10-25'],
  ['2026-03-29T23:00:00Z', '2026-03-30'],
  ['2026-10-25T23:00:00Z', '2026-10-25'],
  ['2026-10-24T23:00:00Z', '2026-10-25'],
  ['2026-07-29T00:30:00+01:00', '2026-07-29'],
  ['2018-01-24T23:59:42-05:00', '2018-01-25'],
  ['2026-07-28T00:30:00+01:00', '2026-07-28'],
  ['2026-01-28T00:30:00+01:00', '2026-01-27'],
  ['2026-07-28T23:30:00+01:00', '2026-07-28'],
  ['2026-07-28T23:30:00+00:00', '2026-07-29'],
  ['2026-07-28T12:30:00-11:30', '2026-07-29'],
  ['2026-07-28T12:30:00+14:00', '2026-07-27'],
  ['2026-07-28T03:30:00+05:30', '2026-07-27'],
  ['2026-01-28T01:30:00+02:00', '2026-01-27'],
  ['2026-01-28T01:30:00+01:30', '2026-01-28'],
  ['2026-01-28T01:15:00+01:30', '2026-01-27'],
  ['2026-07-28T23:30', '2026-07-28'],
  ['2026-07-28', '2026-07-28'],
  ['2026-07', '2026-07'],
  ['2019', '2019'],
])('%s was on %s in the United Kingdom, and a day as recorded is never moved', (date, day) => {
  expect(ukDay(aDate(date))).toBe(day);
});

/** The same day by the tables of time zones that the platform brings; the rule of today has held since 1996. */
const BY_THE_TABLES = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

it('is the day of London at any moment, wherever it was written', () => {
  const moments = fc.date({ min: new Date('1996-01-02'), max: new Date('2037-12-30'), noInvalidDate: true });
  const hours = fc.integer({ min: -12, max: 14 });
  fc.assert(
    fc.property(moments, hours, (moment, offset) => {
      const there = new Date(moment.getTime() + offset * 3_600_000).toISOString().slice(0, 19);
      const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
      expect(ukDay(aDate(`${there}${zone}`))).toBe(BY_THE_TABLES.format(moment));
    }),
    { numRuns: 2_000 },
  );
});
