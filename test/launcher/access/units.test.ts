import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildCell, questionSchema } from '../../../launcher/access/case.ts';
import { createJudge } from '../../../launcher/access/judge.ts';
import { readPolicies } from '../../../launcher/access/policy-set.ts';

const DEFAULT = readFileSync(new URL('../../../launcher/access/policies/default.cedar', import.meta.url), 'utf8');
/** As docs/rules.md writes it. */
const OWN_UNIT = `
@id("unit.own-only")
@words("This unit shares what it makes with its own staff only.")
forbid (principal, action == Action::"see", resource)
when { resource.unit == "sexual health clinic" }
unless { context.units.contains(resource.unit) };
`;

function judged(acting: readonly string[], unit: string): string {
  const read = readPolicies(DEFAULT + OWN_UNIT, 'v');
  if ('problems' in read) throw new Error(read.problems.join());
  const judge = createJudge(read.set);
  const judgement = judge(buildCell(questionSchema.parse({ section: 'problems', acting, unit })));
  return judgement.allowed ? 'seen' : judgement.rule;
}

it('a unit that keeps to itself is not seen from another unit, or from none', () => {
  expect(judged([], 'sexual health clinic')).toBe('unit.own-only');
  expect(judged(['cardiology', 'ward 7'], 'sexual health clinic')).toBe('unit.own-only');
});

it('it is seen by whoever acts in an encounter of it, and the others are seen as before', () => {
  expect(judged(['ward 7', 'sexual health clinic'], 'sexual health clinic')).toBe('seen');
  expect(judged([], 'cardiology')).toBe('seen');
});
