import type { EprPlugin } from '../plugin.ts';
import { linkMaker } from './make-link.ts';
import { manifest } from './manifest.ts';
import { router } from './routes.ts';

/** Opens the shared record from a signed, encrypted or posted link. */
export const urlLaunch: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  router,
  links: linkMaker,
};
