import { createHash } from 'node:crypto';
import { CorridorError } from '../errors.ts';
import type { OpenedSession } from '../session/sessions.ts';
import type { TeamSession } from '../session/session.ts';
import type { FinishedTeamLaunch } from '../smart/finished-launch.ts';
import type { TeamContext } from '../smart/launch-context.ts';

export type OpenTeamSession = (context: TeamContext, lifeMs: number) => Promise<OpenedSession<TeamSession>>;

/** What the page of a team's list is told: who reads and where. Nobody's chart is open, and no patient can stand in it. */
export type TeamAnswer = {
  readonly session: string;
  readonly expiresAt: string;
  readonly team: Pick<TeamContext, 'launchId' | 'role' | 'look'> & {
    readonly ods: string;
    readonly name: string;
    readonly reader: string;
    readonly keepMs?: number;
  };
};

/** Left out: this launcher has no lists, and such a launch is refused as one that names no patient. */
export async function teamAnswer(
  { team, tokenLifeMs, kept }: FinishedTeamLaunch,
  open: OpenTeamSession | undefined,
  keepMs?: number,
): Promise<TeamAnswer> {
  if (!open) throw new CorridorError('launch.no_patient', 'no lists here');
  const { bearer, session } = await open(team, tokenLifeMs);
  const { launchId, role, look, home, user } = team;
  return {
    session: bearer,
    expiresAt: session.expiresAt,
    team: {
      launchId,
      ods: home.ods,
      role,
      name: user.name,
      reader: createHash('sha256').update(`reader|${user.key}`).digest('base64url'),
      ...(look && { look }),
      ...(kept && keepMs !== undefined && { keepMs }),
    },
  };
}
