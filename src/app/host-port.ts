import type { HostPort } from '../../plugins/host-port.ts';

export type { ContextSignal, HostPort } from '../../plugins/host-port.ts';

/** The port of a host that says nothing. */
export const SILENT_HOST: HostPort = {
  id: 'silent',
  contract: 1,
  capabilities: new Set(),
  connect: () =>
    Promise.resolve({ epoch: 0, launchId: '', evidence: 'smart-token', assertedAt: new Date().toISOString() }),
  onContext: () => () => undefined,
  ack: () => Promise.resolve(),
  ui: {
    resize: () => undefined,
    close: () => Promise.resolve(false),
    openChart: () => Promise.resolve('unsupported'),
    banner: () => undefined,
  },
  env: { onEnv: () => () => undefined },
  error: () => undefined,
  disconnect: () => undefined,
};
