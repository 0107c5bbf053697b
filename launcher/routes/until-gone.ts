import type { Response } from 'express';

/** Aborts when the browser goes away before it has its answer: nothing is worth waiting for then. */
export function untilGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
