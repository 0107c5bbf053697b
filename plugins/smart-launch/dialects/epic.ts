import type { Dialect } from './dialect.ts';

/**
 * Epic Hyperspace and Hyperdrive. Several charts live in one embedded Chromium with one storage (client-js issue 199);
 * `fhirUser` is absolute; `aud` must be the base exactly, which the launcher sends anyway; new keys take hours to arrive.
 * Its token endpoint has refused id and secret that were form-encoded before Basic (community.fhir.org 4312).
 */
export const epic: Dialect = {
  id: 'epic',
  manner: { basicEncoding: 'raw' },
};
