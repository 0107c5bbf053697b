/** Pages that may lie ready before the readers pause: more only fills the memory and crowds out slower sources. */
const AHEAD = 2;

/**
 * Runs several page readers, at most `width` at a time and in order of the list, and gives pages as they arrive.
 * A reader asks for its next page as soon as one has come, whether or not that has been taken; with `AHEAD` pages lying
 * ready they pause: a slow consumer pauses the fetching (safety F37). Not a generator: one that waits to be asked again
 * holds the page it gave last.
 */
export function interleave<T>(readers: readonly (() => AsyncIterator<T>)[], width: number): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => new Interleaved(readers, width) };
}

class Interleaved<T> implements AsyncIterator<T> {
  readonly #waiting: (() => AsyncIterator<T>)[];
  readonly #running = new Map<AsyncIterator<T>, Promise<void>>();
  readonly #paused: AsyncIterator<T>[] = [];
  readonly #ready: T[] = [];
  readonly #failures: unknown[] = [];
  readonly #width: number;
  #begun = false;
  #over = false;
  #wake = (): void => undefined;

  constructor(readers: readonly (() => AsyncIterator<T>)[], width: number) {
    this.#waiting = [...readers];
    this.#width = width;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (!this.#begun) {
      this.#begun = true;
      for (let lane = 0; lane < this.#width; lane++) this.#start();
    }
    while (!this.#over) {
      if (this.#ready.length > 0) {
        const page = this.#ready.shift() as T;
        this.#resume();
        return { done: false, value: page };
      }
      if (this.#failures.length > 0) {
        await this.return();
        throw this.#failures[0];
      }
      if (this.#running.size === 0) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    await this.return();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    if (!this.#over) {
      this.#over = true;
      this.#ready.length = 0;
      this.#wake();
      // Whoever has asked is waited for, so that nothing is asked once we have returned.
      await Promise.allSettled(
        [...this.#running].map(async ([reader, pulling]) => {
          await reader.return?.();
          await pulling;
        }),
      );
    }
    return { done: true, value: undefined };
  }

  #start(): void {
    const reader = this.#waiting.shift()?.();
    if (!reader) return;
    this.#pull(reader);
  }

  #pull(reader: AsyncIterator<T>): void {
    const pulling = reader.next().then(
      (result) => {
        if (this.#over) return;
        if (result.done === true) {
          this.#running.delete(reader);
          this.#start();
        } else {
          this.#ready.push(result.value);
          this.#paused.push(reader);
          this.#resume();
        }
        this.#wake();
      },
      (error: unknown) => {
        this.#running.delete(reader);
        this.#failures.push(error);
        this.#wake();
      },
    );
    this.#running.set(reader, pulling);
  }

  #resume(): void {
    while (this.#ready.length < AHEAD) {
      const reader = this.#paused.shift();
      if (!reader) return;
      this.#pull(reader);
    }
  }
}
