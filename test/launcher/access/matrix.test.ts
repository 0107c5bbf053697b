import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asking, Cell, ItemClass } from '../../../launcher/access/cell.ts';
import { labelOf } from '../../../launcher/access/case.ts';
import type { ConsentStatement, Provision } from '../../../launcher/access/consent.ts';
import { voiceOf } from '../../../launcher/access/consent-voice.ts';
import { createJudge } from '../../../launcher/access/judge.ts';
import { classOf } from '../../../launcher/access/labels.ts';
import { defaultPolicies } from '../../../launcher/access/policy.ts';
import { readPolicies } from '../../../launcher/access/policy-set.ts';
import type { Role } from '../../../launcher/trust/community.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const RELATIONSHIPS = ['encounter', 'registration', 'referral', 'self-claimed', 'none'] as const;
const LABELS = [[], ['N'], ['R'], ['V'], ['HIV'], ['N', 'PSY'], ['R', 'SDV'], ['V', 'SEX']] as const;
const VOICES = ['silent', 'permit', 'deny', 'deny-always'] as const;
const SECTIONS = ['problems', 'documents'] as const;
const ROLES: readonly Role[] = (['N', 'R', 'V'] as const).flatMap((clearance) =>
  [true, false].map((emergency) => ({
    id: `${clearance}-${String(emergency)}`,
    name: clearance,
    clearance,
    emergency,
    sections: clearance === 'V' ? ['problems'] : ['problems', 'documents'],
  })),
);
/** Home, practice with an agreement, practice without one, commissioner. */
const GIVERS = [
  { ods: 'HOME', kind: 'acute', agreed: false },
  { ods: 'GP1', kind: 'gp', agreed: true },
  { ods: 'GP2', kind: 'gp', agreed: false },
  { ods: 'ICB', kind: 'commissioner', agreed: true },
] as const;

type See = Extract<Cell, { item: unknown }>;

function* everyCell(): Generator<See> {
  for (const role of ROLES)
    for (const relationship of RELATIONSHIPS)
      for (const giver of GIVERS)
        for (const section of SECTIONS)
          for (const labels of LABELS)
            for (const consent of VOICES)
              for (const emergency of [false, true])
                yield cellOf({ role, relationship, emergency }, { giver, section, labels, consent });
}

function cellOf(
  asking: Pick<Asking, 'role' | 'relationship' | 'emergency'>,
  item: Pick<ItemClass, 'section' | 'consent'> & { giver: (typeof GIVERS)[number]; labels: readonly string[] },
  action: 'see' | 'tell' = 'see',
  purpose = 'direct-care',
): See {
  const { giver, section, labels, consent } = item;
  return {
    action,
    asking: { ...asking, home: { ods: 'HOME' as OdsCode, kind: 'acute' }, purpose, consentKnown: true },
    item: {
      giver: { ods: giver.ods as OdsCode, kind: giver.kind },
      section,
      ...classOf(labels.map(labelOf)),
      unit: '',
      released: true,
      agreed: giver.agreed,
      consent,
    },
  };
}

/** The decision table as an information governance lead would write it, by hand: no line of it is shared with the policy. */
function reference({ asking, item }: See): boolean {
  if (asking.purpose !== 'direct-care' || asking.relationship === 'none') return false;
  const own = item.giver.ods === 'HOME';
  if (item.giver.ods === 'ICB' || (item.giver.ods === 'GP2' && !own)) return false;
  if (item.section === 'documents' && asking.role.clearance === 'V') return false;
  const brokeGlass = asking.emergency && asking.role.emergency === true;
  const needs =
    item.sensitivities.length > 0 || item.level === 4 ? (item.level === 5 ? 'V' : 'R') : item.level === 5 ? 'V' : 'N';
  const cleared = 'NRV'.indexOf(asking.role.clearance) >= 'NRV'.indexOf(needs) || (brokeGlass && needs !== 'V');
  const objected = !own && (item.consent === 'deny-always' || (item.consent === 'deny' && !brokeGlass));
  return cleared && !objected;
}

describe('the shipped policy', () => {
  const judge = createJudge(defaultPolicies().set);

  it('answers every cell of role × label × relationship × organisation × consent as the reference table does', () => {
    const cells = [...everyCell()];
    expect(cells.length).toBeGreaterThan(10_000);
    const wrong = cells.filter((cell) => judge(cell).allowed !== reference(cell));
    expect(wrong.slice(0, 3)).toEqual([]);
  }, 120_000);

  it('refuses every cell for any purpose but direct care', () => {
    for (const cell of everyCell())
      for (const purpose of ['research', 'planning', '']) {
        if (cell.item.consent !== 'permit' || cell.asking.relationship !== 'encounter') continue;
        expect(judge({ ...cell, asking: { ...cell.asking, purpose } }).allowed).toBe(false);
      }
  });

  it('never says how much is held back of what it may not hint at', () => {
    for (const cell of everyCell())
      if (cell.item.sensitivities.length > 0 || cell.item.level === 5)
        expect(judge({ ...cell, action: 'tell' }).allowed).toBe(false);
  });

  it('gives the same answer whatever was asked before, in whatever batch (I9)', () => {
    const cells = [...everyCell()].filter((_, index) => index % 37 === 0);
    const alone = cells.map((cell) => createJudgeOnce(cell));
    fc.assert(
      fc.property(fc.shuffledSubarray([...cells.keys()], { minLength: 1, maxLength: 60 }), (order) => {
        const batched = createJudge(defaultSet);
        for (const index of order) expect(batched(cells[index] as See)).toEqual(alone[index]);
      }),
      { numRuns: 30 },
    );
  });
});

const defaultSet = defaultPolicies().set;
const createJudgeOnce = (cell: See): unknown => createJudge(defaultSet)(cell);

describe('adding a deny never enlarges what is seen (I6)', () => {
  const text = readFileSync(new URL('../../../launcher/access/policies/default.cedar', import.meta.url), 'utf8');
  const before = createJudge(defaultPolicies().set);
  const cells = [...everyCell()].filter((_, index) => index % 11 === 0);

  it.each([
    ['of a section', 'resource.section == "documents"'],
    ['of a label', 'resource.level >= 4'],
    ['of an organisation', 'resource.organisation == "GP1"'],
    ['of a sensitivity, whatever the clearance', 'resource.sensitivities.contains("HIV")'],
    ['of whoever only claims to care', 'context.relationship == "self-claimed"'],
    ['of everything', 'true'],
  ])('as a policy: %s', (_title, condition) => {
    const read = readPolicies(
      `${text}\n@id("new.deny") @words("No.")\nforbid (principal, action == Action::"see", resource) when { ${condition} };`,
      'v',
    );
    if ('problems' in read) throw new Error(read.problems.join());
    const after = createJudge(read.set);
    for (const cell of cells) if (after(cell).allowed) expect(before(cell).allowed).toBe(true);
  });

  it('as an objection of the person, alone or as an exception to a consent', () => {
    const [A, B] = ['a', 'b'] as unknown as readonly [SourceId, SourceId];
    const provision = fc.record({
      type: fc.constantFrom('permit' as const, 'deny' as const),
      purposes: fc.subarray(['TREAT', 'BTG', 'HRESCH']),
      receivers: fc.subarray(['XB101', 'XB102']),
      givers: fc.subarray(['a', 'XB001']),
      sections: fc.subarray([...SECTIONS]),
      labels: fc.subarray(['|N', '|R', '|PSY']),
      data: fc.constant([]),
    });
    const statement = fc.record({ base: provision, exceptions: fc.array(provision, { maxLength: 2 }) });
    const rank = { permit: 0, silent: 0, deny: 1, 'deny-always': 2 };
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 3 }),
        provision,
        fc.constantFrom(...SECTIONS),
        fc.constantFrom(...LABELS),
        fc.boolean(),
        fc.constantFrom(A, B),
        (statements, added, section, labels, emergency, source) => {
          const all: ConsentStatement[] = statements.map((one, index) => ({ id: String(index), ...one }));
          const deny: Provision = { ...added, type: 'deny' };
          const ask = (said: readonly ConsentStatement[]) =>
            rank[
              voiceOf(
                said,
                { ods: 'XB101', names: [], emergency, nowMs: 0 },
                { source, ods: 'XB001', section, labels: classOf(labels.map(labelOf)) },
              )
            ];
          const plain = ask(all);
          expect(ask([...all, { id: 'new', base: deny, exceptions: [] }])).toBeGreaterThanOrEqual(plain);
          const [first, ...rest] = all;
          if (first)
            expect(ask([{ ...first, exceptions: [...first.exceptions, deny] }, ...rest])).toBeGreaterThanOrEqual(plain);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
