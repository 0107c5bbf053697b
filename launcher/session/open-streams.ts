import { CorridorError } from '../errors.ts';

export type OpenStreams = {
  /** Takes a place for one record stream, or throws `request.too_many` (this user) or `server.busy` (all of us). */
  open(userKey: string): StreamPlace;
  readonly count: number;
  /** The launcher is stopping: every stream's signal aborts and no new one opens. Resolves when all places are given back. */
  endAll(): Promise<void>;
};

export type StreamPlace = {
  readonly signal: AbortSignal;
  /** Gives the place back; more than once is harmless. */
  close(): void;
};

/** Record streams hold memory and sources' attention for seconds, so they are counted, per user and in all. */
export function createOpenStreams(limits: { readonly perLauncher: number; readonly perUser: number }): OpenStreams {
  const ending = new AbortController();
  const byUser = new Map<string, number>();
  let count = 0;
  let emptied: () => void = () => undefined;
  return {
    open(userKey) {
      const mine = byUser.get(userKey) ?? 0;
      if (mine >= limits.perUser) throw new CorridorError('request.too_many', 'streams of one user');
      if (ending.signal.aborted || count >= limits.perLauncher)
        throw new CorridorError('server.busy', 'streams of this launcher');
      byUser.set(userKey, mine + 1);
      count += 1;
      let open = true;
      return {
        signal: ending.signal,
        close() {
          if (!open) return;
          open = false;
          count -= 1;
          const left = (byUser.get(userKey) ?? 1) - 1;
          if (left > 0) byUser.set(userKey, left);
          else byUser.delete(userKey);
          if (count === 0) emptied();
        },
      };
    },
    get count() {
      return count;
    },
    endAll: () => {
      ending.abort(new CorridorError('server.busy', 'the launcher is stopping'));
      return count === 0 ? Promise.resolve() : new Promise((resolve) => (emptied = resolve));
    },
  };
}
