import type { Correspondent } from '../../src/messages/thread.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { Community, Team, TeamServiceReference } from '../trust/community.ts';
import type { TeamPromise } from './thread-state.ts';

/** A team that can be written to, or that has written. */
export type KnownTeam = TeamPromise & {
  readonly correspondent: Correspondent;
  readonly roles: readonly string[];
  readonly takes?: string;
  readonly inbox?: SourceId;
  /** Where its own system says when it takes anything. */
  readonly service?: TeamServiceReference;
  /** In the community file, and so in the address book. */
  readonly listed: boolean;
};

/** Addresses are `ods/team-id`, or `ods/team-id/person-key` for one person there. */
export type Teams = {
  /** Whose address it is; the team of a person's address is the team. */
  find(address: string): KnownTeam | undefined;
  /** Of an address of a person, the team's own. */
  teamAddress(address: string): string;
  /** The teams somebody belongs to who has this role at this organisation. Never none. */
  of(ods: OdsCode, role: string): readonly string[];
  /** Every address under which they are asked: their teams', and their role's own. */
  places(ods: OdsCode, role: string): readonly string[];
  readonly listed: readonly KnownTeam[];
  /** Roles that an organisation gives its users: each is everybody there with that role, in a team or not. */
  readonly roles: readonly KnownTeam[];
  /** As the community file calls it. */
  roleName(role: string): string;
};

const DEFAULT_HOURS = { urgent: 4, routine: 72 };
const ROLE_TEAM = 'role-';

export function createTeams(community: Pick<Community, 'members' | 'member' | 'roles'>): Teams {
  const listed = community.members.flatMap((member) =>
    (member.teams ?? []).map((team) => knownTeam(member.ods, member.name, team)),
  );
  const byAddress = new Map(listed.map((team) => [team.correspondent.address, team]));

  /** Somebody whose role no team has can still write and be answered: everybody there with that role. */
  function roleTeam(ods: string, id: string): KnownTeam | undefined {
    const member = community.member(ods as OdsCode);
    const role = id.startsWith(ROLE_TEAM)
      ? community.roles.find((one) => one.id === id.slice(ROLE_TEAM.length))
      : undefined;
    if (!member || !role || member.kind === 'commissioner') return undefined;
    return {
      correspondent: {
        address: `${ods}/${id}`,
        organisation: { ods: member.ods, name: member.name },
        team: role.name,
      },
      roles: [role.id],
      deadlineHours: DEFAULT_HOURS,
      listed: false,
    };
  }

  function of(ods: OdsCode, role: string): readonly string[] {
    const own = listed.filter(
      ({ correspondent, roles }) => correspondent.organisation.ods === ods && roles.includes(role),
    );
    return own.length > 0 ? own.map(({ correspondent }) => correspondent.address) : [roleAddress(ods, role)];
  }

  return {
    listed,
    roles: community.members.flatMap(({ ods, launch }) =>
      [...new Set(Object.values(launch?.roleMap ?? {}))].flatMap((role) => roleTeam(ods, `${ROLE_TEAM}${role}`) ?? []),
    ),
    of,
    places: (ods, role) => [...new Set([...of(ods, role), roleAddress(ods, role)])],
    roleName: (role) => community.roles.find(({ id }) => id === role)?.name ?? role,
    teamAddress: (address) => address.split('/').slice(0, 2).join('/'),
    find: (address) => {
      const [ods = '', id = ''] = address.split('/');
      return byAddress.get(`${ods}/${id}`) ?? roleTeam(ods, id);
    },
  };
}

function roleAddress(ods: OdsCode, role: string): string {
  return `${ods}/${ROLE_TEAM}${role}`;
}

function knownTeam(ods: OdsCode, name: string, team: Team): KnownTeam {
  const { id, takes, inbox, service, escalatesTo, deadlineHours, roles } = team;
  return {
    correspondent: { address: `${ods}/${id}`, organisation: { ods, name }, team: team.name },
    roles,
    deadlineHours,
    listed: true,
    ...(takes !== undefined && { takes }),
    ...(inbox !== undefined && { inbox }),
    ...(service && { service }),
    ...(escalatesTo !== undefined && { escalatesTo }),
  };
}
