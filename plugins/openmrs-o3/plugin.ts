import type { EprPlugin } from '../plugin.ts';
import { vouchedLaunch } from '../vouched-launch.ts';
import { manifest } from './manifest.ts';

/** O3 has no SMART server: the site's voucher, beside it, asserts the user and the patient of their OpenMRS session. */
export const openmrsO3: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router: vouchedLaunch(manifest.id),
  host: { pageSettings: () => ({}) },
};
