import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginMember, RouterTools } from '../router-face.ts';
import type { LaunchTicket, TicketUser } from '../ticket.ts';
import type { LinkFault, PointedUser, Pointer } from './pointer.ts';
import { profileOf } from './profiles/index.ts';
import { opensInbox, type LinkSettings } from './settings.ts';

/** A link's life from its making, and how far ahead of ours the EPR's clock may be. */
const LIFE_S = 60;
const AHEAD_S = 5;
/** A request that carries no time (mutual TLS) names itself; for so long its name is good once. */
const NAMED_MS = 86_400_000;

/** The patient a link points to, judged; the user is still to come. */
export type Judged = Pick<LaunchTicket, 'patient'> & { readonly user?: PointedUser };
/** The same of a link that opens a list: nobody, and the user is still to come. */
export type JudgedHome = { readonly patient?: undefined; readonly user?: PointedUser };

/**
 * In this order: nothing of a link is looked at before its proof holds, only one that is fresh uses up its id, and only
 * one that was never used is asked whom it is about. Throws only `PluginTrouble`.
 */
export async function judgePointer(
  read: Pointer | LinkFault,
  link: LinkSettings,
  member: PluginMember,
  tools: RouterTools,
): Promise<Judged | JudgedHome> {
  const { authentic } = profileOf(link);
  /** Where nothing shows a change, telling faults apart would tell a forger how far they got. */
  const refused = (code: string, why: string): PluginTrouble =>
    new PluginTrouble(authentic ? code : 'link.invalid', why);
  if ('fault' in read) throw new PluginTrouble('link.invalid', read.fault);
  const late = lifeFault(read, tools.now() / 1_000);
  if (late !== undefined) throw refused('link.expired', late);
  for (const nonce of read.nonces) {
    const lifeMs = read.atS === undefined ? NAMED_MS : (LIFE_S + AHEAD_S) * 1_000;
    if (!(await tools.once(`${member.ods} ${link.id} ${nonce}`, lifeMs))) throw refused('link.used', 'used before');
  }
  if (!(link.organisations ?? [member.ods]).includes(read.organisation))
    throw refused('link.organisation', 'the organisation is not in the list');
  const said = read.user && { user: read.user };
  if (opensInbox(link)) {
    // A chart was open, whatever the link is for: it is opened as one, or not at all.
    if ([read.nhsNumber, read.birthDate, read.family ?? '', read.localId ?? ''].some((one) => one !== ''))
      throw refused('link.invalid', 'a link of the home page names a patient');
    return { ...said };
  }
  const nhsNumber = parseNhsNumber(read.nhsNumber);
  if (nhsNumber === undefined) throw refused('patient.nhs_invalid', 'modulus 11');
  if (read.birthDate === '') throw refused('patient.demographics_missing', 'birth date');
  return {
    patient: {
      nhsNumber,
      birthDate: read.birthDate,
      ...(read.family !== undefined && { family: read.family }),
      ...(read.localId !== undefined && { localId: read.localId }),
    },
    ...said,
  };
}

function lifeFault({ atS, untilS }: Pointer, nowS: number): string | undefined {
  if (untilS !== undefined && !(untilS > nowS)) return 'run out';
  if (atS === undefined) return undefined;
  const ageS = nowS - atS;
  return ageS >= -AHEAD_S && ageS <= LIFE_S ? undefined : 'age';
}

/** The user whom the EPR vouches for, in a role of the community. */
export function assertedUser(user: PointedUser | undefined, { roles }: LinkSettings): TicketUser {
  if (!user) throw new PluginTrouble('launch.no_identity', 'the link names no user');
  const role = Object.hasOwn(roles, user.role) ? roles[user.role] : undefined;
  if (role === undefined) throw new PluginTrouble('launch.role_unmapped', 'the link’s role is not mapped');
  return {
    id: user.id,
    name: user.name,
    role,
    assurance: 'asserted',
    ...(user.sdsUserId !== undefined && { sdsUserId: user.sdsUserId }),
  };
}

/** A ticket for the patient's record, or for a list where the link is the home page's. */
export function issueFor(
  { patient }: Judged | JudgedHome,
  user: TicketUser,
  { member, link }: { readonly member: PluginMember; readonly link: LinkSettings },
  tools: RouterTools,
): Promise<{ readonly address: string }> {
  const proven = { ods: member.ods, user, evidence: profileOf(link).evidence };
  if (patient) return tools.issueTicket({ ...proven, patient });
  if (!tools.issueTeamTicket) throw new PluginTrouble('launch.no_patient', 'this launcher shows no lists');
  return tools.issueTeamTicket({ ...proven, opens: 'inbox' });
}
