import { parse } from 'yaml';
import { z } from 'zod';
import { buildCell, questionSchema } from './case.ts';
import { createJudge } from './judge.ts';
import type { PolicySet } from './policy-set.ts';

/** The tests of a policy, beside it: what is asked and which rule must answer. */
const testsSchema = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        ask: questionSchema,
        allowed: z.boolean(),
        /** Id of the rule that must be named. */
        rule: z.string().min(1),
      }),
    )
    .min(1),
});

export type PolicyTestResult = {
  readonly name: string;
  readonly passed: boolean;
  /** What came instead, when it failed. */
  readonly words: string;
};

/** Runs every case; a file that can't be read as tests is a failure too, never an empty success. */
export function runPolicyTests(policies: PolicySet, text: string): readonly PolicyTestResult[] {
  const read = testsSchema.safeParse(readYaml(text));
  if (!read.success)
    return [{ name: 'the file of tests', passed: false, words: z.prettifyError(read.error).replaceAll('\n', ' ') }];
  const judge = createJudge(policies);
  const results = read.data.cases.map(({ name, ask, allowed, rule }) => {
    const judgement = judge(buildCell(ask));
    const passed = judgement.allowed === allowed && judgement.rule === rule;
    return { name, passed, words: `${judgement.allowed ? 'allowed' : 'refused'} by ${judgement.rule}` };
  });
  return [...results, ...untested(policies, new Set(read.data.cases.map(({ rule }) => rule)))];
}

/** A rule that no case names could be deleted unnoticed. */
function untested({ rules }: PolicySet, named: ReadonlySet<string>): readonly PolicyTestResult[] {
  return [...rules.keys()]
    .filter((id) => !named.has(id))
    .map((id) => ({ name: `${id} is named by a case`, passed: false, words: 'no case names it' }));
}

function readYaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}
