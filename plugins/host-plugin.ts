import type { HostGiven, HostPort } from './host-port.ts';

/** What a plugin's `host.ts` exports as `host`. Loaded by the page only when its launch names it (`hosts.ts`). */
export type HostPlugin = {
  /** The plugin's id. */
  readonly id: string;
  readonly contract: 1;
  /** Whether this host is really around the page. False: the launch is bound by time alone, as with a silent host. */
  detect(window: Window, given: HostGiven): boolean;
  create(window: Window, given: HostGiven): HostPort;
};
