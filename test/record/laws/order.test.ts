import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortMoment } from '../../../src/record/fhir/date.ts';
import { believableDate } from '../../../src/record/future-date.ts';
import { ResourceReader } from '../../../src/record/read-resources.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { aWorld, entriesOf, IN_TIME, recordOf, shuffled, WORLDS } from './world.ts';

/** Invariants I3, I4 and I12, and hazard H36: the record is a function of what was said, not of how it came. */
describe('the merged record, byte for byte,', IN_TIME, () => {
  it('is the same whatever the order of arrival', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(), (world, seed) => {
        const entries = entriesOf(world);
        expect(JSON.stringify(recordOf(shuffled(entries, seed)))).toBe(JSON.stringify(recordOf(entries)));
      }),
      WORLDS,
    );
  });

  it('is the same when everything comes twice, and when built twice', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const entries = entriesOf(world);
        const once = JSON.stringify(recordOf(entries));
        expect(JSON.stringify(recordOf([...entries, ...structuredClone(entries)]))).toBe(once);
        expect(JSON.stringify(recordOf(entries))).toBe(once);
      }),
      WORLDS,
    );
  });

  it('is the same however the sources are brought together: one and two, then three, or one, then two and three', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const [a, b, c] = [
          entriesOf(world, ['gp']),
          entriesOf(world, ['hospital']),
          entriesOf(world, ['hub', 'council']),
        ];
        const left = JSON.stringify(recordOf([...[...a, ...b], ...c]));
        expect(JSON.stringify(recordOf([...a, ...[...b, ...c]]))).toBe(left);
        expect(JSON.stringify(recordOf([...c, ...b, ...a]))).toBe(left);
      }),
      WORLDS,
    );
  });

  it('is the same however the pages of a source are cut', () => {
    fc.assert(
      fc.property(aWorld, fc.integer({ min: 1, max: 5 }), (world, size) => {
        const resources = world.held.filter(({ source }) => source === 'gp').map(({ resource }) => resource);
        const reader = new ResourceReader('gp' as SourceId);
        const pages = Array.from({ length: Math.ceil(resources.length / size) }, (_, page) =>
          resources.slice(page * size, (page + 1) * size),
        );
        const inPages = pages.flatMap((page) => reader.read(page).entries);
        const whole = new ResourceReader('gp' as SourceId).read(resources).entries;
        expect(JSON.stringify(recordOf(inPages))).toBe(JSON.stringify(recordOf(whole)));
      }),
      WORLDS,
    );
  });
});

describe('the newest', IN_TIME, () => {
  it('of every line is the record with the latest date, whatever came first', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(), (world, seed) => {
        const record = recordOf(shuffled(entriesOf(world), seed));
        for (const { entries } of record.sections.flatMap(({ facts }) => facts)) {
          const moments = entries.map((entry) => {
            const date = believableDate(entry);
            return date === undefined ? -Infinity : sortMoment(date);
          });
          expect(moments[0]).toBe(Math.max(...moments));
        }
      }),
      WORLDS,
    );
  });

  it('result of a test is the one with the latest date of all that are held, whatever came first', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(), (world, seed) => {
        const entries = entriesOf(world).filter(({ section }) => section === 'investigation-results');
        const facts = recordOf(shuffled(entries, seed)).sections.find(
          ({ id }) => id === 'investigation-results',
        )?.facts;
        const moment = (date: ReturnType<typeof believableDate>): number =>
          date === undefined ? -Infinity : sortMoment(date);
        const latest = Math.max(
          -Infinity,
          ...entries.filter(({ state }) => state !== 'in-error').map((one) => moment(believableDate(one))),
        );
        const first = facts?.[0]?.entries[0];
        expect(first ? moment(believableDate(first)) : -Infinity).toBe(latest);
      }),
      WORLDS,
    );
  });
});
