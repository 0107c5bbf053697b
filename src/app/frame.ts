import { CorridorFrame } from './corridor-frame.ts';
import { register } from './register-elements.ts';

/** Registers `<corridor-frame>` alone: a host that keeps the record in a frame needs nothing else of the bundle. */
if (typeof document !== 'undefined') register(new Map([['corridor-frame', CorridorFrame]]));

export { CorridorFrame };
