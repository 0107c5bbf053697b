/**
 * Asks the launcher, while the view is open, whether the EPR still vouches for its user. Only a plain no ends the view: a
 * launcher that does not answer is asked again, and its own limits hold meanwhile.
 */
export function keepAsking(
  everyMs: number,
  ask: (signal: AbortSignal) => Promise<number>,
  over: () => void,
): () => void {
  const stop = new AbortController();
  let asking = false;
  const once = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    // 0: no answer.
    const status = await ask(AbortSignal.any([stop.signal, AbortSignal.timeout(everyMs)])).catch(() => 0);
    asking = false;
    if (status !== 401 || stop.signal.aborted) return;
    end();
    over();
  };
  const timer = setInterval(() => void once(), everyMs);
  const end = (): void => {
    clearInterval(timer);
    stop.abort();
  };
  return end;
}
