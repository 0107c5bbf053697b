import { openAssertions } from './assertions.ts';
import type { Door, DoorOptions } from './door.ts';

/**
 * A pretend OpenMRS chart: the page plays the shell of O3 around the real module, and this is what the site's voucher
 * would answer it (`plugins/openmrs-o3`).
 */
export function o3Door(options: DoorOptions): Door {
  const assertions = openAssertions(options, 'openmrs-o3');
  return {
    id: 'openmrs-o3',
    plugins: (roles) => ({ 'openmrs-o3': assertions.settings(roles) }),
    // The module asks the voucher itself, when it is mounted.
    open: (_chart, { place }) => Promise.resolve(place === 'frame' ? { url: 'about:blank' } : undefined),
    answer: async (question, { user }, { patient }) => {
      if (question === 'patient') return patient;
      if (question !== 'voucher') return undefined;
      const launch = await assertions.launchFor(user, patient);
      return launch === undefined ? { error: 'patient.no_number' } : { launch };
    },
  };
}
