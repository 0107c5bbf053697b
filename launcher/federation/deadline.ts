/**
 * The time one source has. Two clocks: `totalMs` for its whole part of the record, `idleMs` for each silence. Both
 * stand still while the reader is the slow one (`pause`), so that a slow reader never makes a source look late.
 */
export type Deadline = {
  /** Aborts when a clock runs out, or with the request. */
  readonly signal: AbortSignal;
  /** Whether it was a clock that ended it, not the reader. */
  readonly passed: boolean;
  /** Something arrived: the silence starts anew. */
  touch(): void;
  /** `mostMs`: so long it may stand still; left out, for as long as the reader takes. */
  pause(mostMs?: number): void;
  /** A clock that is used up ends it here and now: a timer of no length would be cleared by the next pause, for ever. */
  resume(): void;
  /** Stops the clocks and what still runs under the signal. */
  end(): void;
};

export class DeadlinePassed extends Error {
  constructor() {
    super('deadline passed');
    this.name = 'DeadlinePassed';
  }
}

export function startDeadline(
  times: { readonly totalMs: number; readonly idleMs: number },
  outer: AbortSignal,
): Deadline {
  const own = new AbortController();
  let passed = false;
  let leftMs = times.totalMs;
  let startedAt = 0;
  let total: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let still: NodeJS.Timeout | undefined;
  // Several pages of one source may wait for the reader at once.
  let pauses = 0;

  const pass = (): void => {
    passed = !outer.aborted;
    own.abort(new DeadlinePassed());
  };
  const stop = (): void => {
    clearTimeout(total);
    clearTimeout(idle);
    clearTimeout(still);
    if (total !== undefined) leftMs -= performance.now() - startedAt;
    total = idle = still = undefined;
  };
  const start = (): void => {
    clearTimeout(still);
    if (total !== undefined || own.signal.aborted) return;
    if (leftMs <= 0) {
      pass();
      return;
    }
    startedAt = performance.now();
    total = setTimeout(pass, leftMs);
    idle = setTimeout(pass, times.idleMs);
  };

  start();
  return {
    signal: AbortSignal.any([outer, own.signal]),
    get passed() {
      return passed;
    },
    touch: () => void idle?.refresh(),
    pause: (mostMs) => {
      pauses++;
      stop();
      if (mostMs !== undefined && !own.signal.aborted) still = setTimeout(pass, mostMs);
    },
    resume: () => {
      pauses--;
      if (pauses === 0) start();
    },
    end: () => {
      stop();
      own.abort(new DeadlinePassed());
    },
  };
}

/** The promise, or a rejection with the signal's reason as soon as it aborts: a source that ignores its signal holds up nobody. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new DeadlinePassed());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
