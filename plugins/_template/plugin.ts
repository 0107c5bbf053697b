import type { EprPlugin } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { router } from './routes.ts';

/** The plugin to copy (`npm run new -- plugin NAME`). It is in no list: only the shared suite runs it. */
export const templatePlugin: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router,
  host: { pageSettings: () => ({}) },
};
