import type { StartOptions } from '../../sandbox/start.ts';

const SETTINGS = {
  'launch.discoveryMs': 25_000,
  'launch.exchangeMs': 25_000,
  'source.tokenMs': 25_000,
  'source.headerMs': 25_000,
  'source.idleMs': 25_000,
  'source.deadlineMs': 30_000,
};

/**
 * A community whose EPRs have half a minute, the most there is. A machine that other work holds up must not look like a
 * source that is late: what is late is proven where that is the subject.
 */
export function unhurried({ reword = (text) => text, launcher, ...options }: StartOptions = {}): StartOptions {
  return {
    port: 'free',
    ...options,
    reword: (text) => reword(text.replaceAll('deadlineMs: 8000', 'deadlineMs: 30000')),
    launcher: {
      logTo: { write: () => undefined },
      ...launcher,
      settings: { ...SETTINGS, ...launcher?.settings },
    },
  };
}
