import type { Dialect } from './dialect.ts';

/**
 * Epic Hyperspace and Hyperdrive. Several charts live in one embedded Chromium with one storage (client-js issue 199);
 * `fhirUser` is absolute; `aud` must be the base exactly, which the launcher sends anyway; new keys take hours to arrive.
 */
export const epic: Dialect = {
  id: 'epic',
  quirks: { sharedStorage: true, opaqueTokens: true, issuerElsewhere: false, slowKeys: true, silentSwitch: true },
};
