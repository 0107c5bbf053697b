/**
 * Runs several page readers, at most `width` at a time and in order of the list, and yields pages as they arrive.
 * Each reader is at most one page ahead of the consumer: a slow consumer pauses the fetching (safety F37).
 */
export async function* interleave<T>(readers: readonly (() => AsyncGenerator<T>)[], width: number): AsyncGenerator<T> {
  const waiting = [...readers];
  const running = new Map<AsyncGenerator<T>, Promise<Step<T>>>();
  const start = (): void => {
    const open = waiting.shift();
    if (open) advance(running, open());
  };
  for (let lane = 0; lane < width; lane++) start();
  try {
    while (running.size > 0) {
      const { reader, result } = await Promise.race(running.values());
      if (result.done) {
        running.delete(reader);
        start();
        continue;
      }
      advance(running, reader);
      yield result.value;
    }
  } finally {
    await Promise.allSettled([...running].map(([reader, step]) => step.then(() => reader.return(undefined))));
  }
}

type Step<T> = { readonly reader: AsyncGenerator<T>; readonly result: IteratorResult<T, unknown> };

function advance<T>(running: Map<AsyncGenerator<T>, Promise<Step<T>>>, reader: AsyncGenerator<T>): void {
  const step = reader.next().then((result) => ({ reader, result }));
  // A failure is seen by whoever awaits the step; this only keeps one that comes after the end from being unhandled.
  step.catch(() => undefined);
  running.set(reader, step);
}
