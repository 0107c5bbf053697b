/** Named here, so that a test in Node, which has no frames, can hold a store too. */
const page = globalThis as unknown as {
  requestAnimationFrame(task: () => void): number;
  cancelAnimationFrame(frame: number): void;
};

/** The next frame, or a tenth of a second on when the page is hidden and has no frames, or where nobody is in a hurry. */
export function nextFrame(task: () => void, calmly = false): () => void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    page.cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = calmly ? 0 : page.requestAnimationFrame(once);
  const timer = setTimeout(once, 100);
  return () => {
    done = true;
    page.cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
