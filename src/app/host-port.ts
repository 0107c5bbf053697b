/** Why the EPR no longer vouches for the patient on screen (plugins.md §5). */
export type ContextSignal =
  | { readonly type: 'change'; readonly epoch: number }
  | { readonly type: 'closing'; readonly epoch: number }
  | {
      readonly type: 'lost';
      readonly epoch: number;
      readonly reason: 'socket' | 'expired' | 'host-gone' | 'mismatch' | 'logout' | 'locked';
    };

export type HostCapability = 'resize' | 'close' | 'context-events' | 'theme';

/**
 * The seam to the EPR around the panel. A plugin's `host.ts` makes one; without one the launch is bound by time alone.
 * Nothing clinical goes through it.
 */
export type HostPort = {
  readonly id: string;
  readonly contract: 1;
  readonly capabilities: ReadonlySet<HostCapability>;
  /** Every signal means: the record is off the screen in this same task, before anything else happens. */
  onContext(listener: (signal: ContextSignal) => void): () => void;
  /** Sent after the old patient is off the screen, never before. */
  ack(epoch: number, result: 'shown' | 'refused'): void;
  resize(heightPx: number): void;
};

/** The port of a host that says nothing. */
export const SILENT_HOST: HostPort = {
  id: 'silent',
  contract: 1,
  capabilities: new Set(),
  onContext: () => () => undefined,
  ack: () => undefined,
  resize: () => undefined,
};
