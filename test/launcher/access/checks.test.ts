import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asking, Cell } from '../../../launcher/access/cell.ts';
import { judgeSources, type CheckContext } from '../../../launcher/access/checks.ts';
import { createJudge, type Judge } from '../../../launcher/access/judge.ts';
import { defaultPolicies } from '../../../launcher/access/policy.ts';
import { readAsset } from '../../../launcher/access/policy-assets.ts';
import { readPolicies } from '../../../launcher/access/policy-set.ts';
import type { Session } from '../../../launcher/session/session.ts';
import type { CommunitySource, Member } from '../../../launcher/trust/community.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const SECTIONS: readonly SectionId[] = ['allergies', 'problems', 'documents', 'medications'];

/** One that tells organisations apart in each way it may: by name, by kind, and by kind for one section. */
const PARTICULAR = `${readAsset('default.cedar')}
@id("see.not-two") @words("Not two.")
forbid (principal, action == Action::"see", resource) when { resource.organisation == "XB2" };
@id("see.no-letters") @words("No letters of hospitals.") @state("not-agreed")
forbid (principal, action == Action::"see", resource)
when { resource.kind == "acute" && resource.section == "documents" };
`;
const read = readPolicies(PARTICULAR, 'v');
if ('problems' in read) throw new Error(read.problems.join('; '));
const JUDGES = [createJudge(defaultPolicies().set), createJudge(read.set)];

type World = {
  readonly members: readonly Pick<Member, 'ods' | 'kind' | 'release'>[];
  readonly agreed: readonly string[];
  readonly denied: readonly string[];
};

function contextOf({ members, agreed, denied }: World, judge: Judge, only?: string): CheckContext {
  const [home] = members;
  if (!home) throw new Error('nobody is at home');
  const sources = members.map(({ ods }) => ({ id: `at-${ods}`, ods }) as unknown as CommunitySource);
  const role = { id: 'gp', name: 'GP', sections: SECTIONS, clearance: 'N', emergency: false };
  return {
    session: {} as Session,
    ask: { kind: 'record', ...(only !== undefined && { only: [only as SourceId] }) },
    community: {
      members: members as readonly Member[],
      sources,
      member: (ods) => members.find((one) => one.ods === ods) as Member | undefined,
      source: (id) => sources.find((one) => one.id === id),
    },
    asking: {
      ...{ role, home, purpose: 'direct-care', relationship: 'encounter' },
      ...{ consentKnown: true, emergency: false },
    } as unknown as Asking,
    judge,
    policyLooksAtUnit: false,
    agreed: (_from, { ods }) => agreed.includes(ods),
    voice: (source, section) => (section !== 'problems' && denied.includes(source) ? 'deny' : 'silent'),
    nothingSaid: denied.length === 0,
    permitsSome: () => false,
  };
}

/** What is answered of each source, without what judges its items. */
function answers(context: CheckContext): readonly unknown[] {
  return [...judgeSources(context)].map(([{ id }, verdict]) =>
    'sections' in verdict ? [id, verdict.sections, [...verdict.withheld]] : [id, verdict],
  );
}

const codes = ['XB1', 'XB2', 'XB3', 'XB4', 'XB5', 'XB6'] as const;
const world: fc.Arbitrary<World> = fc
  .record({
    kinds: fc.array(fc.constantFrom('gp', 'acute', 'commissioner'), {
      minLength: codes.length,
      maxLength: codes.length,
    }),
    keepsBack: fc.subarray([...codes]),
    agreed: fc.subarray([...codes]),
    denied: fc.oneof(fc.constant([]), fc.subarray(codes.map((code) => `at-${code}`))),
  })
  .map(({ kinds, keepsBack, agreed, denied }) => ({
    members: codes.map((code, at) => ({
      ...{ ods: code as string as OdsCode, kind: (kinds[at] ?? 'gp') as Member['kind'] },
      ...(keepsBack.includes(code) && { release: { withhold: [{ sections: ['allergies' as const] }] } }),
    })),
    agreed,
    denied,
  }));

describe('what may be asked of many organisations', () => {
  it('is for each what it is when that one alone is asked', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(world, fc.constantFrom(...JUDGES), (one, judge) => {
        const together = answers(contextOf(one, judge));
        expect(together).toEqual(codes.flatMap((code) => answers(contextOf(one, judge, `at-${code}`))));
        for (const answer of together) met.add(JSON.stringify((answer as unknown[]).slice(1)));
      }),
    );
    // All of it, none of it for several reasons, and some of it: the law was not held over one kind of answer.
    expect(met.size).toBeGreaterThan(5);
  });

  it('is asked once of all that the policy treats alike', () => {
    const [judge] = JUDGES;
    const asked: Cell[] = [];
    const counting = Object.assign((cell: Cell) => (asked.push(cell), judge!(cell)), { keyOf: judge!.keyOf });
    const members = Array.from({ length: 150 }, (_, at) => ({
      ...{ ods: `XC${String(at)}` as OdsCode, kind: at % 3 === 0 ? ('acute' as const) : ('gp' as const) },
    }));
    const agreed = members.map(({ ods }) => ods as string);
    expect(answers(contextOf({ members, agreed, denied: [] }, counting))).toHaveLength(150);
    // The home's own, and the others'.
    expect(asked).toHaveLength(2 * SECTIONS.length);
    asked.length = 0;
    answers(contextOf({ members, agreed, denied: ['at-XC7'] }, counting));
    expect(asked).toHaveLength(150 * SECTIONS.length);
  });
});
