import type { Community } from '../trust/community.ts';
import type { AuditPlaces } from './balp/parts.ts';

/** Addresses as the community file has them. */
export function placesOf(community: Community, url: string): AuditPlaces {
  return {
    launcher: { url },
    source: (id) => {
      const source = community.source(id);
      const base = source?.settings['base'];
      return source && { address: typeof base === 'string' ? base : `urn:corridor:source:${id}`, ods: source.ods };
    },
    home: (ods) => community.member(ods)?.launch?.iss,
    test: community.environment === 'test',
  };
}
