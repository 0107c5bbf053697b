import type { OdsCode } from '../../src/record/source.ts';
import type { MessageJudge, Resident, Verdict } from './reader.ts';
import { residentOfThread } from './resident-of-thread.ts';
import type { KnownTeam } from './teams.ts';
import type { LoadedThread } from './thread-log.ts';

type What = Parameters<MessageJudge['see']>[2];

export type GoingDeps = {
  readonly judge: MessageJudge;
  readonly onFailure: (error: unknown) => void;
};

/** All of a round are asked at once: rules that don't answer hold up the others no longer than this. */
const JUDGE_MS = 2_000;

const NOBODY: Verdict = { allowed: false, rule: 'default.deny', words: 'No rule of the community allows this.' };

/** Whoever is to get it must be somebody who may see it: at least one of the team's roles. */
export async function judgeTeam(
  judge: MessageJudge,
  { roles, correspondent }: KnownTeam,
  resident: Resident,
  what: What,
): Promise<Verdict> {
  const { ods } = correspondent.organisation;
  const verdicts = await Promise.all(roles.map((role) => judge.see({ ods, role, names: [] }, resident, what)));
  return verdicts.find(({ allowed }) => allowed) ?? verdicts[0] ?? NOBODY;
}

/**
 * Whether a team may have a message of this thread at this moment: what was allowed when it was written may be objected
 * to since, and nobody asked when it was passed on by a rule. Nothing: the rules did not answer, and so nothing goes.
 */
export async function judgeGoing(
  { details, row, learnt }: Pick<LoadedThread, 'details' | 'row' | 'learnt'>,
  giver: string,
  team: KnownTeam,
  { judge, onFailure }: GoingDeps,
): Promise<Verdict | undefined> {
  if (!details) return NOBODY;
  const { about } = details;
  const resident = residentOfThread({ row, learnt }, details);
  const what = { giver: giver as OdsCode, ...(about && { item: about }) };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), JUDGE_MS);
  });
  try {
    return await Promise.race([judgeTeam(judge, team, resident, what), late]);
  } catch (error) {
    onFailure(error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
