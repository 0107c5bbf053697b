import type { Dialect } from './dialect.ts';

/**
 * Oracle Health Millennium. The tenant stands in every address and the issuer is another host than the FHIR base, so
 * `issuers` and `allowedOrigins` must name both; provider apps get `online_access` and no other. PowerChart's embedded
 * browsers share their storage.
 */
export const oracle: Dialect = {
  id: 'oracle',
  scopes: (standard) => [...standard.filter((scope) => scope !== 'offline_access'), 'online_access'],
};
