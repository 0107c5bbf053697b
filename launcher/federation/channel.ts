/**
 * A bounded buffer between the sources and the one reader. A sender waits while it is full: a slow reader pauses the
 * fetching instead of filling the memory (safety F37).
 */
export class Channel<T> {
  readonly #limit: number;
  readonly #items: T[] = [];
  /** Senders that have something ready and wait for room, in the order in which they get it. */
  readonly #senders: { readonly item: T; readonly wake: () => void }[] = [];
  /** Those who would make more ready. Woken only when they may: each of hundreds would look at every item otherwise. */
  readonly #waiting: (() => void)[] = [];
  #reader: (() => void) | undefined;
  #end: { readonly error?: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Resolves once there was room, or once nobody will read any more (then the item is dropped). */
  async send(item: T, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#end) return;
    if (this.#items.length >= this.#limit) return untilWoken(signal, this.#senders, (wake) => ({ item, wake }));
    this.#items.push(item);
    this.#reader?.();
  }

  /** Whether more may be made ready: what is ready already goes first. */
  get free(): boolean {
    return this.#end !== undefined || (this.#items.length < this.#limit && this.#senders.length === 0);
  }

  /** Resolves once it is free, or once nobody will read any more. */
  async untilFree(signal: AbortSignal): Promise<void> {
    while (!this.free && !signal.aborted) await untilWoken(signal, this.#waiting, (wake) => wake);
  }

  /** The reader sees the end once the items are used up, an error at once: nothing more may be shown. */
  close(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#reader?.();
    for (const { wake } of this.#senders.splice(0)) wake();
    this.#wakeWaiting();
  }

  /** The next item; `quiet` when none came in time; `ended` after the last one or once the signal aborts. */
  async take(quietMs: number, signal: AbortSignal): Promise<{ readonly item: T } | 'quiet' | 'ended'> {
    if (this.#items.length === 0 && !this.#end && !signal.aborted) await this.#arrival(quietMs, signal);
    if (signal.aborted) return 'ended';
    if (this.#end && 'error' in this.#end) throw this.#end.error;
    if (this.#items.length > 0) {
      const item = this.#items.shift() as T;
      this.#makeRoom();
      return { item };
    }
    return this.#end ? 'ended' : 'quiet';
  }

  /** The place goes to whoever has waited for it longest, before anybody else may see that it was empty. */
  #makeRoom(): void {
    const next = this.#senders.shift();
    if (next) {
      this.#items.push(next.item);
      next.wake();
    }
    if (this.free) this.#wakeWaiting();
  }

  #arrival(quietMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#reader = undefined;
        resolve();
      };
      const timer = setTimeout(wake, quietMs);
      signal.addEventListener('abort', wake, { once: true });
      this.#reader = wake;
    });
  }

  #wakeWaiting(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** Stands in the queue until it is woken from there; one that leaves is in nobody's way. */
function untilWoken<W>(signal: AbortSignal, queue: W[], placeOf: (wake: () => void) => W): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const place = placeOf(wake);
    const leave = (): void => {
      const at = queue.indexOf(place);
      if (at >= 0) queue.splice(at, 1);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    queue.push(place);
  });
}
