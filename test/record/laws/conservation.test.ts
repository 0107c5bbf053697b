import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWorld, entriesOf, idsIn, IN_TIME, recordOf, SOURCES, WORLDS } from './world.ts';

/** Invariants I1, I2 and I6: nothing vanishes, nothing is anybody else's, and no source takes from another. */
describe('the merged record', IN_TIME, () => {
  it('holds every statement that was read, each once, in a line or among those withdrawn', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const entries = entriesOf(world);
        expect(idsIn(recordOf(entries))).toEqual(entries.map(({ id }) => id).sort());
      }),
      WORLDS,
    );
  });

  it('changes nothing in a statement but what the clock decides: whose it is, what it says and how it is labelled', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const entries = entriesOf(world);
        const given = new Map(entries.map((entry) => [entry.id, entry]));
        for (const { id: section, facts } of recordOf(entries).sections) {
          for (const shown of facts.flatMap((fact) => fact.entries)) {
            const { state: _state, cautions, ...rest } = shown;
            const { state: _was, cautions: had = [], ...read } = given.get(shown.id) ?? shown;
            expect(rest).toEqual(read);
            expect(shown.section).toBe(section);
            expect(cautions).toEqual(expect.arrayContaining([...had]));
          }
        }
      }),
      WORLDS,
    );
  });

  it('counts for each source its own statements and no other', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const entries = entriesOf(world);
        for (const { source, entryCount } of recordOf(entries).sources) {
          const own = entries.filter(({ origin, state }) => origin.source === source.id && state !== 'in-error');
          expect(entryCount).toBe(own.length);
        }
      }),
      WORLDS,
    );
  });

  it('loses nothing of one source when another answers', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(SOURCES.length - 1), (world, late) => {
        const before = SOURCES.filter((_, index) => index !== late);
        const after = new Set(idsIn(recordOf(entriesOf(world))));
        expect(idsIn(recordOf(entriesOf(world, before))).filter((id) => !after.has(id))).toEqual([]);
      }),
      WORLDS,
    );
  });
});
