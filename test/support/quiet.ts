import { setTimeout as after } from 'node:timers/promises';

/**
 * A while in which something would come that must not, or in which a time runs out. On a slow machine it proves less,
 * and fails nothing. What must come is awaited with `until`, or `expect.poll`.
 */
export function quiet(ms: number): Promise<void> {
  return after(ms);
}

/** How long the pretended other side of a test takes to answer. */
export function answersAfter(ms: number): Promise<void> {
  return after(ms);
}
