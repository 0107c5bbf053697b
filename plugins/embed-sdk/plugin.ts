import type { EprPlugin } from '../plugin.ts';
import { vouchedLaunch } from '../vouched-launch.ts';
import { manifest } from './manifest.ts';

/** For EPRs that are web pages themselves and have no SMART server. */
export const embedSdk: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router: vouchedLaunch(manifest.id),
  host: { pageSettings: () => ({}) },
};
