import type { SourceId } from '../../src/record/source.ts';
import type { NoticeRow } from '../storage/tables/notices.ts';
import type { ReadingSession } from './look.ts';
import { openResident } from './open-resident.ts';
import type { HandoverGround } from './ports.ts';
import { createSight, type SightDeps } from './sight.ts';
import { sessionAbout } from './standing-session.ts';
import { placeOf } from './whose.ts';

/**
 * Whether at least one role of a team, or of a person's team, may see what a notice says, as whoever it is given to: that
 * is a referral of the person. Each role of an organisation is judged once.
 */
export function createTeamSight(
  session: ReadingSession,
  notice: NoticeRow,
  deps: HandoverGround & SightDeps,
): (address: string) => Promise<boolean> {
  const resident = openResident(notice, deps);
  const judged = new Map<string, Promise<boolean>>();

  async function judge(ods: string, role: string): Promise<boolean> {
    const home = deps.community.member(ods as Parameters<typeof deps.community.member>[0]);
    if (!home) return false;
    const context = {
      ...{ launchId: session.context.launchId, role, home: { ods: home.ods, iss: '' } },
      user: { key: `role|${ods}|${role}`, name: role },
    };
    const about = sessionAbout(
      { ...session, purpose: 'direct-care', context },
      { patient: resident, careEvidence: 'referral' },
    );
    return (await createSight(deps)(about, notice.source as SourceId, notice.kind, resident)).seen;
  }

  return async (address) => {
    const { listed, roles } = deps.teams;
    const team = [...listed, ...roles].find(({ correspondent }) => correspondent.address === placeOf(address));
    for (const role of team?.roles ?? []) {
      const [ods = ''] = address.split('/');
      const verdict = judged.get(`${ods}|${role}`) ?? judge(ods, role);
      judged.set(`${ods}|${role}`, verdict);
      if (await verdict) return true;
    }
    return false;
  };
}
