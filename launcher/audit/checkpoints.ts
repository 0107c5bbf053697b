export type Checkpoints = { stop(): Promise<void> };

/**
 * Signs the head of the tree now and then, and once more when the launcher stops. Between two signatures an event is
 * durable but not yet signed; the verifier says how many are. What fails is told and tried again next time.
 */
export function startCheckpoints(
  sign: () => Promise<void>,
  everyMs: number,
  onFailure: (reason: unknown) => void,
): Checkpoints {
  let running: Promise<void> | undefined;
  const once = (): Promise<void> =>
    (running ??= sign()
      .catch(onFailure)
      .finally(() => {
        running = undefined;
      }));
  const timer = setInterval(() => void once(), everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await once();
    },
  };
}
