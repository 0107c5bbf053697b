import type { Community, Member, PolicyFile, Role } from '../trust/community.ts';
import { dayBefore } from './day.ts';
import { createJudge, type Judge } from './judge.ts';
import { readAsset } from './policy-assets.ts';
import { readPolicies, type PolicySet } from './policy-set.ts';

/** What the checks ask: the community file's own facts, and the policies in force on a day. Pure. */
export type Policy = {
  role(id: string): Role | undefined;
  /** Whether an agreement lets `home` ask `giver` for this purpose on this day (YYYY-MM-DD). */
  agreed(home: Pick<Member, 'ods'>, giver: Pick<Member, 'ods'>, purpose: string, day: string): boolean;
  /** The judge of the policies in force on a day. Before the first of them counts, there is none and nothing is allowed. */
  on(day: string): { readonly judge: Judge; readonly set: PolicySet } | undefined;
};

/** A policy file that was read, and the first day it counts. Oldest first. */
export type PolicyVersion = { readonly set: PolicySet; readonly from?: string };

export function createPolicy(
  community: Pick<Community, 'pathways' | 'roles'>,
  versions: readonly PolicyVersion[] = [defaultPolicies()],
): Policy {
  const judged = versions.map(({ set, from = '' }) => ({ from, set, judge: createJudge(set) }));
  askOnce(judged, community);
  return {
    role: (id) => community.roles.find((role) => role.id === id),
    agreed: (home, giver, purpose, day) =>
      community.pathways.some(
        (pathway) =>
          pathway.purpose === purpose &&
          pathway.askers.includes(home.ods) &&
          pathway.givers.includes(giver.ods) &&
          isInForce(pathway, day),
      ),
    on: (day) => judged.findLast(({ from }) => from <= day),
  };
}

/**
 * The first question ever put to Cedar costs a tenth of a second, for its code is only then made ready: at the start,
 * and not while the first clinician waits. What is answered does not matter.
 */
function askOnce(judged: readonly { readonly judge: Judge }[], { roles }: Pick<Community, 'roles'>): void {
  const [role] = roles;
  const section = role?.sections[0];
  if (!role || section === undefined) return;
  const nobody = { ods: '' as Member['ods'], kind: 'gp' } as const;
  const asking = {
    role,
    home: nobody,
    purpose: '',
    relationship: 'none',
    consentKnown: false,
    emergency: false,
  } as const;
  const nothing = { level: 0, sensitivities: [], unit: '', released: false, agreed: false, consent: 'deny' } as const;
  for (const { judge } of judged) judge({ action: 'see', asking, item: { giver: nobody, section, ...nothing } });
}

/** The last day a version counts: the one before its follower's first. Nothing: no other follows yet. */
export function untilOf(version: PolicyVersion, versions: readonly PolicyVersion[]): string | undefined {
  const next = versions[versions.indexOf(version) + 1]?.from;
  return next === undefined ? undefined : dayBefore(next);
}

/** The policy that comes with the launcher. */
export function defaultPolicies(): PolicyVersion {
  return { set: policiesOf(readAsset('default.cedar'), 'default') };
}

/** Every version that a community file names, or what is wrong with them. `read` gives the text of a file. */
export function readVersions(
  files: readonly PolicyFile[] | undefined,
  read: (file: string) => string,
): readonly PolicyVersion[] {
  if (!files) return [defaultPolicies()];
  return files.map(({ file, version, from }) => ({
    set: policiesOf(read(file), version, file),
    ...(from !== undefined && { from }),
  }));
}

/** One policy file that is wrong, in the words of an operator. */
export class PolicyProblem extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'PolicyProblem';
    this.problems = problems;
  }
}

function policiesOf(text: string, version: string, file = 'the policy'): PolicySet {
  const read = readPolicies(text, version);
  if ('problems' in read) throw new PolicyProblem(read.problems.map((problem) => `${file}: ${problem}`));
  return read.set;
}

/** Both days belong to the agreement. */
function isInForce({ from, to }: { readonly from?: string; readonly to?: string }, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}
