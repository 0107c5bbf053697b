/**
 * A while in which something would come that must not. For proving that nothing happens, and for that alone: on a slow
 * machine it proves less, and fails nothing. What must come is awaited with `until`.
 */
export function quiet(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** How long the pretended other side of a test takes to answer. */
export function answersAfter(ms: number): Promise<void> {
  return quiet(ms);
}

/** The end of this task and of every microtask that it has left. */
export function endOfTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Sizes are told in the frame after the one that lays them out, and what is asked for then is drawn in the next. */
export async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame++)
    await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
