import { whileRemembering } from '../record/remember.ts';

/** How long drawing may hold the page before others get their turn: a key press must not wait for it (safety H32). */
const SLICE_MS = 8;

/** Resolves once whatever else waits has had its turn. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Runs the steps a slice at a time, the first of them in a task of its own. */
export async function betweenTasks<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    await othersFirst();
    const slice = whileRemembering(() => runUntil(steps, performance.now() + SLICE_MS));
    if (slice.done) return slice.value;
  }
}

function runUntil<T>(steps: Generator<undefined, T>, moment: number): IteratorResult<undefined, T> {
  for (;;) {
    const step = steps.next();
    if (step.done || performance.now() >= moment) return step;
  }
}

/** Runs the steps in one go. */
export function atOnce<T>(steps: Generator<undefined, T>): T {
  return whileRemembering(() => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
}
