/** How long work may hold the page before others get their turn: a key press must not wait for it (safety H32). */
export const SLICE_MS = 8;

type Scheduler = { yield?(): Promise<void> };

/** Resolves once the browser has had its turn: input, a frame, somebody else's task. */
export function letOthersRun(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: Scheduler };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve, 0));
}
