import type { EprPlugin } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { router } from './routes.ts';

/** Only of the template: `npm run new -- plugin NAME` copies it. It is in no list: only the shared suite runs it. */
export const templatePlugin: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router,
  host: { pageSettings: () => ({}) },
};
