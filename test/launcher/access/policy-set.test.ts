import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPolicy, defaultPolicies, PolicyProblem, readVersions } from '../../../launcher/access/policy.ts';
import { readPolicies } from '../../../launcher/access/policy-set.ts';
import { runPolicyTests } from '../../../launcher/access/policy-tests.ts';
import type { Role } from '../../../launcher/trust/community.ts';

const FOLDER = new URL('../../../launcher/access/policies/', import.meta.url);
const DEFAULT = readFileSync(new URL('default.cedar', FOLDER), 'utf8');
const TESTS = readFileSync(new URL('default.tests.yaml', FOLDER), 'utf8');
const RULE = '@id("see.all") @words("All.")\npermit (principal, action, resource);';
const GP: Role = { id: 'gp', name: 'GP', sections: ['problems', 'documents'], clearance: 'N' };

function setOf(text: string) {
  const read = readPolicies(text, 'v');
  if ('problems' in read) throw new Error(read.problems.join());
  return read.set;
}

describe('a policy file is refused as a whole', () => {
  it.each([
    ['that is empty', '', 'nobody would see anything'],
    ['that is not Cedar', 'permit everything', 'unexpected token'],
    ['with a rule without an id', '@words("All.") permit (principal, action, resource);', 'needs an @id'],
    ['with a rule without words', '@id("see.all") permit (principal, action, resource);', 'needs @words'],
    ['with an id used twice', `${RULE}\n${RULE}`, 'used twice'],
    ['with a state the ledger has no word for', RULE.replace('@words', '@state("gone") @words'), '@state is withheld'],
    ['with an obligation nobody can meet', RULE.replace('@words', '@oblige("pray") @words'), 'not pray'],
    [
      'that speaks of what the schema does not know',
      RULE.replace('resource);', 'resource) when { context.weather == "fine" };'),
      'weather',
    ],
  ])('%s', (_title, text, problem) => {
    const read = readPolicies(text, 'v');
    expect('problems' in read && read.problems.join(' ')).toContain(problem);
  });

  it('by the name of the file that is wrong', () => {
    expect(() => readVersions([{ file: 'ours.cedar', version: '1' }], () => '')).toThrow(PolicyProblem);
    expect(() => readVersions([{ file: 'ours.cedar', version: '1' }], () => '')).toThrow('ours.cedar: ');
  });
});

describe('the policy that comes with the launcher', () => {
  it('answers every case beside it, and every rule of it is named by one', () => {
    const failed = runPolicyTests(defaultPolicies().set, TESTS).filter(({ passed }) => !passed);
    expect(failed).toEqual([]);
  });

  it('keeps the order in which its rules are written', () => {
    const ids = [...setOf(DEFAULT).rules.keys()];
    expect(ids).toEqual([...DEFAULT.matchAll(/^@id\("([^"]+)"\)/gm)].map(([, id]) => id));
  });
});

describe('tests beside a policy', () => {
  it('fail when a rule loses its case, when the answer is another, and when they are no tests at all', () => {
    const set = setOf(DEFAULT);
    expect(runPolicyTests(set, 'cases: []').every(({ passed }) => !passed)).toBe(true);
    expect(runPolicyTests(set, ': :').every(({ passed }) => !passed)).toBe(true);
    const one = 'cases: [{ name: x, ask: {}, allowed: false, rule: see.care }]';
    expect(runPolicyTests(set, one)).toContainEqual({ name: 'x', passed: false, words: 'allowed by see.care' });
    expect(runPolicyTests(set, one)).toContainEqual({
      name: 'home.commissioner is named by a case',
      passed: false,
      words: 'no case names it',
    });
  });
});

describe('versions come into force on their day', () => {
  const community = { roles: [GP], pathways: [] };
  const read = (file: string): string => (file === 'old' ? DEFAULT : `${RULE}`);

  it('the latest that has begun counts, and before the first there is none', () => {
    const files = [
      { file: 'old', version: '1', from: '2026-01-01' },
      { file: 'new', version: '2', from: '2026-06-01' },
    ];
    const policy = createPolicy(community, readVersions(files, read));
    expect(policy.on('2025-12-31')).toBeUndefined();
    expect(policy.on('2026-05-31')?.set.version).toBe('1');
    expect(policy.on('2026-06-01')?.set.version).toBe('2');
  });
});
