import type { EprPlugin } from '../plugin.ts';
import { launch } from './launch.ts';

/** Opens the shared record from any EPR with a SMART EHR launch. */
export const smartLaunch: EprPlugin = { id: 'smart-launch', name: 'SMART EHR launch', launch };
