import { describe, expect, it } from 'vitest';
import { ownNumber, sameMoment } from '../../../src/record/sections/one-event.ts';
import { aDate } from '../../support/record.ts';

describe('the minute in which an event began', () => {
  it.each(['2026', '2026-12', '2026-12-01', '2026-12-01T00:00:00Z', '2026-12-01T00:00:00+01:00'])(
    'names nothing where it may be any of its day: %s',
    (date) => {
      expect(sameMoment(aDate(date))).toEqual([]);
    },
  );

  it('names nothing where there is none', () => {
    expect(sameMoment(undefined)).toEqual([]);
  });

  it.each(['2026-12-01T09:00:00Z', '2026-12-01T00:01:00Z', '2026-12-01T23:59:00Z'])(
    'names an event, of which a source that tells it twice tells of two: %s',
    (date) => {
      expect(sameMoment(aDate(date))).toEqual([{ reason: 'same-moment', name: 'moment', onceASource: true }]);
    },
  );
});

describe('the number of an event', () => {
  it('names it where it has one', () => {
    expect(ownNumber(undefined)).toEqual([]);
    expect(ownNumber('urn:x|7')).toEqual([{ reason: 'identifier', name: 'number:urn:x|7' }]);
  });
});
