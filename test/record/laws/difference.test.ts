import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWorld, entriesOf, IN_TIME, recordOf, WORLDS } from './world.ts';

/** Invariant I5 and hazard H12, in a crowd: other records of the same things stand around the two that differ. */
describe('two records made to differ in dose, unit, route, status, date or what else matters', IN_TIME, () => {
  it('never stand in one line, whoever else tells of the same thing', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const record = recordOf(entriesOf(world));
        const lineOf = new Map<string, string>(
          record.sections.flatMap(({ id, facts }) =>
            facts.flatMap((fact) =>
              fact.entries.map((entry) => [`${id} ${entry.origin.resource.split('/')[1]}`, fact.key] as const),
            ),
          ),
        );
        for (const { section, kind, ids } of world.apart) {
          const [here, there] = ids.map((id) => lineOf.get(`${section} ${id}`));
          expect(here !== undefined && here === there, `${section}: ${kind}`).toBe(false);
        }
      }),
      { numRuns: WORLDS.numRuns * 5 },
    );
  });
});
