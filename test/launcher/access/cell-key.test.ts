import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofAsking, ofItem, ofRole } from '../../../launcher/access/cell-attributes.ts';
import { createCellKeys } from '../../../launcher/access/cell-key.ts';
import type { Asking, Cell, ItemAction, ItemClass, RecordAction } from '../../../launcher/access/cell.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { OdsCode } from '../../../src/record/source.ts';

type LooksAt = Parameters<typeof createCellKeys>[0];

const NAMES = [
  'clearance sections emergency home homeKind homeCommissioner purpose own agreed relationship units consent',
  'consentKnown organisation kind commissioner section level sensitivities unit released',
].flatMap((line) => line.split(' '));

/** What a key has to tell apart, written out: everything of the question that the policy looks at. */
function questionOf({ action, asking, ...rest }: Cell, looksAt: LooksAt): string {
  const item = 'item' in rest ? rest.item : undefined;
  const looked = (all: object): unknown[] => Object.entries(all).filter(([name]) => looksAt(action, name));
  const parts = [ofRole(asking.role), ofAsking(asking, item), item ? ofItem(item) : {}].map(looked);
  return JSON.stringify([action, asking.role.id, item !== undefined, parts]);
}

// Few values of each, so that two cells are often alike; names with every mark that a key is built of.
const ods = fc.constantFrom('XB1', '1', '|', '2:XB').map((code) => code as OdsCode);
const kind = fc.constantFrom('gp', 'hospital', 'commissioner');
const names = fc.array(fc.constantFrom('HIV', 'PSY', '3:PSY', 'HIV,3:PSY', ''), { maxLength: 3 });
const member = fc.record({ ods, kind });
const asking = fc.record({
  role: fc.record({
    id: fc.constantFrom('gp', 'gp|item'),
    sections: fc.constantFrom(['problems'], ['allergies', 'problems'], ['problems', 'allergies']),
    clearance: fc.constantFrom('N', 'R'),
    emergency: fc.boolean(),
  }),
  home: member,
  purpose: fc.constantFrom('direct-care', 'research'),
  relationship: fc.constantFrom('encounter', 'none'),
  units: fc.option(names, { nil: undefined }),
  consentKnown: fc.boolean(),
  emergency: fc.boolean(),
}) as unknown as fc.Arbitrary<Asking>;
const item = fc.record({
  giver: member,
  section: fc.constantFrom('problems', 'allergies').map((id) => id as SectionId),
  level: fc.constantFrom(2, 4),
  sensitivities: names,
  unit: fc.constantFrom('', 'ward 7', '|1', '1|item', '0:'),
  released: fc.boolean(),
  agreed: fc.boolean(),
  consent: fc.constantFrom('silent', 'deny'),
}) as fc.Arbitrary<ItemClass>;

const looked = fc.subarray(NAMES).map((some): LooksAt => (action, name) => {
  // An action of its own looks at something else, as the rules of a file do.
  return some.includes(name) && !(action === 'tell' && name === 'unit');
});

/** Cells that often share an `Asking`, as those of one decision do, and often are equal without sharing it. */
const cells = fc
  .tuple(fc.array(asking, { minLength: 1, maxLength: 3 }), fc.array(item, { minLength: 1, maxLength: 4 }))
  .chain(([askings, items]) => {
    const asked = fc.constantFrom(...askings, ...askings.map((one) => ({ ...one })));
    const ofItems = fc.record({
      action: fc.constantFrom<ItemAction>('see', 'tell'),
      asking: asked,
      item: fc.constantFrom(...items).chain((one) => fc.constantFrom(one, { ...one, released: !one.released })),
    });
    const ofRecords = fc.record({ action: fc.constantFrom<RecordAction>('openRecord', 'breakGlass'), asking: asked });
    return fc.array(fc.oneof({ weight: 4, arbitrary: ofItems }, ofRecords) as fc.Arbitrary<Cell>, {
      minLength: 2,
      maxLength: 12,
    });
  });

describe('the key of a cell', () => {
  it('differs whenever anything differs that the policy looks at, and only then', () => {
    const seen = { alike: 0, different: 0 };
    fc.assert(
      fc.property(cells, looked, (asked, looksAt) => {
        const keyOf = createCellKeys(looksAt);
        const keys = asked.map((cell) => [keyOf(cell), questionOf(cell, looksAt)] as const);
        for (const [index, [key, question]] of keys.entries())
          for (const [otherKey, otherQuestion] of keys.slice(index + 1)) {
            seen[question === otherQuestion ? 'alike' : 'different']++;
            expect(key === otherKey, `${question}\n${otherQuestion}`).toBe(question === otherQuestion);
          }
      }),
      { numRuns: 3_000 },
    );
    // Otherwise it would have proved one half only.
    expect(Math.min(seen.alike, seen.different)).toBeGreaterThan(5_000);
  });

  it('is the same for one cell however it is asked again', () => {
    fc.assert(
      fc.property(cells, (asked) => {
        const keyOf = createCellKeys(() => true);
        const first = asked.map(keyOf);
        expect(asked.map(keyOf)).toEqual(first);
        expect(asked.map((cell) => keyOf(structuredClone(cell)))).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });
});
