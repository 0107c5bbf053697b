import type { Channel } from './channel.ts';
import type { Deadline } from './deadline.ts';

/** Whether the reader has taken what was ready. A wait stops the source's clocks: a slow reader makes nobody late (safety F37). */
export type ReaderRoom = { readonly free: boolean; untilFree(signal: AbortSignal): Promise<void> };

/** The clocks of one source, once they run. */
export type SourceClocks = { deadline?: Deadline };

export function roomOf(channel: Channel<unknown>, clocks: SourceClocks): ReaderRoom {
  return {
    get free() {
      return channel.free;
    },
    untilFree: async (signal) => {
      if (channel.free) return;
      const { deadline } = clocks;
      deadline?.pause();
      try {
        await channel.untilFree(signal);
      } finally {
        deadline?.resume();
      }
    },
  };
}

/** So many at once; whoever comes later waits in order. */
export class Permits {
  #left: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#left = most;
  }

  /** Gives back what to call when done; whoever leaves while waiting takes none. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#left > 0) this.#left--;
    else await this.#place(signal);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#left++;
    };
  }

  #place(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('left'));
      };
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      if (signal.aborted) {
        reject(signal.reason instanceof Error ? signal.reason : new Error('left'));
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(go);
    });
  }
}
