import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffPolicies, type PolicyDiff } from '../../../launcher/access/policy-diff.ts';
import { readPolicies, type PolicySet } from '../../../launcher/access/policy-set.ts';
import { tableOf } from '../../../launcher/access/policy-table.ts';
import type { Role } from '../../../launcher/trust/community.ts';

const DEFAULT = readFileSync(new URL('../../../launcher/access/policies/default.cedar', import.meta.url), 'utf8');
const GP: Role = { id: 'gp', name: 'GP', sections: ['problems', 'documents'], clearance: 'N' };
const DOCTOR: Role = { ...GP, id: 'doctor', emergency: true };

function setOf(text: string): PolicySet {
  const read = readPolicies(text, 'v');
  if ('problems' in read) throw new Error(read.problems.join());
  return read.set;
}

/** The default policy against one that this change makes of it. */
function changed(change: (text: string) => string, roles: readonly Role[] = [GP]): PolicyDiff {
  const text = change(DEFAULT);
  expect(text).not.toBe(DEFAULT);
  return diffPolicies(setOf(DEFAULT), setOf(text), roles);
}

const without =
  (id: string) =>
  (text: string): string =>
    text.replace(new RegExp(`@id\\("${id.replaceAll('.', '\\.')}"\\)[\\s\\S]*?;\\n`), '');

describe('the diff of two policies', () => {
  it('changes nothing for anybody where only words changed, and says that they did', () => {
    const { cells, rules } = changed((text) => text.replace('This person has objected', 'The person has objected'));
    expect(cells).toEqual([]);
    expect(rules).toEqual([{ id: 'consent.objection', change: 'worded anew', seen: true }]);
  });

  it('says nothing of a policy and its copy', () => {
    expect(diffPolicies(setOf(DEFAULT), setOf(`// A remark.\n${DEFAULT}`), [GP])).toEqual({ cells: [], rules: [] });
  });

  it('names every cell that a new rule closes, and by which rule', () => {
    const { cells, rules } = changed(
      (text) =>
        `${text}\n@id("role.no-letters") @words("No letters.")\nforbid (principal == Role::"gp", action == Action::"see", resource) when { resource.section == "documents" };`,
    );
    const closed = cells.filter(({ before, after }) => before.allowed && !after.allowed);
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.every(({ section, after }) => section === 'documents' && after.rule === 'role.no-letters')).toBe(
      true,
    );
    expect(rules).toEqual([{ id: 'role.no-letters', change: 'added', seen: true }]);
  });

  it('says whose record no longer opens on their own word alone', () => {
    const { cells, rules } = changed(without('open.self-claimed'));
    expect(rules).toEqual([{ id: 'open.self-claimed', change: 'removed', seen: true }]);
    const closed = cells.filter(({ before, after }) => before.allowed && !after.allowed);
    expect(closed.map(({ role, action, situation }) => [role, action, situation])).toEqual([
      ['gp', 'openRecord', 'on their own word'],
      ['gp', 'openDocument', 'on their own word'],
    ]);
  });

  it('says who may break the glass no more, and of what the number is told no more', () => {
    const glass = changed(without('emergency.role'), [GP, DOCTOR]).cells;
    expect(glass.map(({ role, action }) => `${role} ${action}`)).toContain('doctor breakGlass');
    const told = changed(without('tell.count')).cells;
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ action }) => action === 'tell')).toBe(true);
  });

  it('says that nobody is told any more where a duty is taken out of a rule', () => {
    const { cells, rules } = changed((text) =>
      text.replace('@oblige("alert")\npermit (principal, action in', 'permit (principal, action in'),
    );
    expect(rules).toEqual([{ id: 'open.self-claimed', change: 'changed', seen: true }]);
    expect(cells.map(({ action, before, after }) => [action, before.obligations, after.obligations])).toEqual([
      ['openRecord', ['alert'], []],
      ['openDocument', ['alert'], []],
    ]);
  });

  it('names a rule about one unit, which no cell is of, as one to be tried by hand', () => {
    const { cells, rules } = changed(
      (text) =>
        `${text}\n@id("unit.own-only") @words("Own staff only.")\nforbid (principal, action == Action::"see", resource) when { resource.unit == "sexual health clinic" };`,
    );
    expect(cells).toEqual([]);
    expect(rules).toEqual([{ id: 'unit.own-only', change: 'added', seen: false }]);
  });

  it('sees every rule of the policy that comes with the launcher, were it taken out', () => {
    const clerks: readonly Role[] = [
      { ...GP, id: 'clerk', sections: ['problems'] },
      { ...GP, id: 'guest', sections: [] },
    ];
    const roles = [GP, DOCTOR, ...clerks];
    const unseen = [...setOf(DEFAULT).rules.keys()].filter((id) =>
      changed(without(id), roles).rules.some((rule) => !rule.seen),
    );
    expect(unseen).toEqual([]);
  });

  it('tells how far it is, to the last cell', () => {
    const told: number[] = [];
    diffPolicies(setOf(DEFAULT), setOf(DEFAULT), [GP], { progress: (done, of) => told.push(done / of) });
    expect([told[0], told.at(-1)]).toEqual([0, 1]);
    expect(tableOf([GP]).length).toBeGreaterThan(0);
  });
});
