import type { EprPlugin } from '../plugin.ts';
import { launch } from './launch.ts';
import { manifest } from './manifest.ts';
import { pageSettings } from './page-settings.ts';

/** Opens the shared record from any EPR with a SMART EHR launch. */
export const smartLaunch: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  launch,
  host: { pageSettings },
};
