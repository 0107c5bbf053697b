/** Named here, so that a test in Node, which has no frames, can hold a store too. */
const page = globalThis as unknown as {
  requestAnimationFrame(task: () => void): number;
  cancelAnimationFrame(frame: number): void;
};

/** The next frame, or soon when the page is hidden and has no frames. */
export function nextFrame(task: () => void): () => void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    page.cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = page.requestAnimationFrame(once);
  const timer = setTimeout(once, 100);
  return () => {
    done = true;
    page.cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
