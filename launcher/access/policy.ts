import type { SectionId } from '../../src/record/section.ts';
import type { Community, CommunitySource, Member, Pathway, Role } from '../trust/community.ts';

/**
 * The judgement that the checks ask for: pure, over data of the community file. The first policy is role × section ×
 * clearance along the pathways in force; another one replaces this type's implementation and nothing else.
 */
export type Policy = {
  role(id: string): Role | undefined;
  /** The agreement under which `home` may ask `giver` for this purpose on this day (YYYY-MM-DD), if there is one. */
  pathway(home: Member, giver: Member, purpose: string, day: string): Pathway | undefined;
  /** Sections a role may see of a source. Security labels on single items are cut later, by the role's clearance. */
  sections(role: Role, source: CommunitySource): readonly SectionId[];
};

export function createPolicy(community: Pick<Community, 'pathways' | 'roles'>): Policy {
  return {
    role: (id) => community.roles.find((role) => role.id === id),
    pathway: (home, giver, purpose, day) =>
      community.pathways.find(
        (pathway) =>
          pathway.purpose === purpose &&
          pathway.askers.includes(home.ods) &&
          pathway.givers.includes(giver.ods) &&
          isInForce(pathway, day),
      ),
    sections: (role) => role.sections,
  };
}

/** Both days belong to the agreement. */
function isInForce({ from, to }: Pathway, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}
