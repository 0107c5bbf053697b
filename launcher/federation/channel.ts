/**
 * A bounded buffer between the sources and the one reader. A sender waits while it is full: a slow reader pauses the
 * fetching instead of filling the memory (safety F37).
 */
export class Channel<T> {
  readonly #limit: number;
  readonly #items: T[] = [];
  readonly #senders: (() => void)[] = [];
  #reader: (() => void) | undefined;
  /** Senders that have something ready and wait for room. */
  #blocked = 0;
  #end: { readonly error?: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Resolves once there was room, or once nobody will read any more (then the item is dropped). */
  async send(item: T, signal: AbortSignal): Promise<void> {
    this.#blocked++;
    while (this.#items.length >= this.#limit && !signal.aborted && !this.#end) await this.#room(signal);
    this.#blocked--;
    if (signal.aborted || this.#end) return;
    this.#items.push(item);
    this.#reader?.();
  }

  /** Whether more may be made ready: what is ready already goes first. */
  get free(): boolean {
    return this.#end !== undefined || (this.#items.length < this.#limit && this.#blocked === 0);
  }

  /** Resolves once it is free, or once nobody will read any more. */
  async untilFree(signal: AbortSignal): Promise<void> {
    while (!this.free && !signal.aborted) await this.#room(signal);
  }

  /** The reader sees the end once the items are used up, an error at once: nothing more may be shown. */
  close(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#reader?.();
    this.#wakeSenders();
  }

  /** The next item; `quiet` when none came in time; `ended` after the last one or once the signal aborts. */
  async take(quietMs: number, signal: AbortSignal): Promise<{ readonly item: T } | 'quiet' | 'ended'> {
    if (this.#items.length === 0 && !this.#end && !signal.aborted) await this.#arrival(quietMs, signal);
    if (signal.aborted) return 'ended';
    if (this.#end && 'error' in this.#end) throw this.#end.error;
    if (this.#items.length > 0) {
      const item = this.#items.shift() as T;
      this.#wakeSenders();
      return { item };
    }
    return this.#end ? 'ended' : 'quiet';
  }

  #room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
      this.#senders.push(wake);
    });
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

  #wakeSenders(): void {
    for (const wake of this.#senders.splice(0)) wake();
  }
}
