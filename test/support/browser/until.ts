import { waitUntil } from '@open-wc/testing';

/** How long a condition may take to come true: far longer than it does, and shorter than a test may. */
const PATIENCE_MS = 20_000;

/**
 * Waits until `holds` says something true. The library's own patience is one second, which a busy machine overruns
 * while it loads a part of the page; what is awaited here is that it comes, not how fast.
 */
export function until(holds: () => unknown, what?: string, { timeout = PATIENCE_MS } = {}): Promise<void> {
  return waitUntil(() => Boolean(holds()), what, { timeout, interval: 20 });
}
