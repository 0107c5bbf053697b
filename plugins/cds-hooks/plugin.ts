import type { EprPlugin } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { router } from './routes.ts';

/** A card in the EPR that opens the shared record. */
export const cdsHooks: EprPlugin = { id: manifest.id, name: manifest.name, manifest, router };
