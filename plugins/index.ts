import type { EprPlugin } from './plugin.ts';

/** Every built-in plugin. The list is explicit so that nothing is loaded by being lying around. */
export const PLUGINS: readonly EprPlugin[] = [];
