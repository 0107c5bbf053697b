/** Pages that may lie ready before the readers pause: more only fills the memory and crowds out slower sources. */
const AHEAD = 2;

/**
 * Runs several page readers, at most `width` at a time and in order of the list, and yields pages as they arrive.
 * A reader asks for its next page as soon as one has come, whether or not that has been taken; with `AHEAD` pages lying
 * ready they pause: a slow consumer pauses the fetching (safety F37).
 */
export async function* interleave<T>(readers: readonly (() => AsyncGenerator<T>)[], width: number): AsyncGenerator<T> {
  const waiting = [...readers];
  const running = new Set<AsyncGenerator<T>>();
  const paused: AsyncGenerator<T>[] = [];
  const ready: T[] = [];
  const failures: unknown[] = [];
  let over = false;
  let wake = (): void => undefined;

  const start = (): void => {
    const reader = waiting.shift()?.();
    if (!reader) return;
    running.add(reader);
    pull(reader);
  };
  const pull = (reader: AsyncGenerator<T>): void => {
    reader.next().then(
      (result) => {
        if (over) return;
        if (result.done) {
          running.delete(reader);
          start();
        } else {
          ready.push(result.value);
          paused.push(reader);
          resume();
        }
        wake();
      },
      (error: unknown) => {
        running.delete(reader);
        failures.push(error);
        wake();
      },
    );
  };
  const resume = (): void => {
    while (ready.length < AHEAD) {
      const reader = paused.shift();
      if (!reader) return;
      pull(reader);
    }
  };

  for (let lane = 0; lane < width; lane++) start();
  try {
    while (running.size > 0 || ready.length > 0 || failures.length > 0) {
      if (ready.length > 0) {
        const page = ready.shift() as T;
        resume();
        yield page;
      } else if (failures.length > 0) {
        throw failures[0];
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    over = true;
    await Promise.allSettled([...running].map((reader) => reader.return(undefined)));
  }
}
