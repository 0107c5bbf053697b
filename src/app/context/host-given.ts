import type { HostGiven } from '../../../plugins/host-port.ts';
import type { OpenedLaunch } from '../launch/callback-page.ts';

export type GivenFor = {
  readonly host: NonNullable<OpenedLaunch['context']['host']>;
  readonly launchId: string;
  /** Of the record that is on the screen now: a change of patient brings another. */
  readonly bearer: () => string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
};

/** What a port is lent: it asks its plugin's own routes as the session that is open, until the view is over. */
export function givenFor({ host, launchId, bearer, fetch, signal }: GivenFor): HostGiven {
  return {
    launchId,
    origins: host.origins,
    settings: host.settings,
    request: (path, init = {}) =>
      fetch(`/plugins/${host.plugin}${path}`, {
        method: init.method ?? 'GET',
        headers: {
          authorization: `Bearer ${bearer()}`,
          ...(init.json && { 'content-type': 'application/json' }),
        },
        ...(init.json && { body: JSON.stringify(init.json) }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: init.signal ? AbortSignal.any([init.signal, signal]) : signal,
      }),
  };
}
