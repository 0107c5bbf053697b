import type { EprPlugin } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { router } from './routes.ts';

/** For EPRs that are web pages themselves and have no SMART server. */
export const embedSdk: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router,
  host: { pageSettings: () => ({}) },
};
