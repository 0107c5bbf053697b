/** For hosts that do not say when the patient changes (plugins.md §5 rule 6). */
export type TimeLimits = { readonly idleMs: number; readonly absoluteMs: number; readonly hiddenMs: number };

export const TIME_LIMITS: TimeLimits = { idleMs: 15 * 60_000, absoluteMs: 60 * 60_000, hiddenMs: 5 * 60_000 };

export type TimeBox = { stop(): void };

/** Deadlines are instants, not timers alone: a machine that slept, or a page the browser held still, is late all the same. */
export function startTimeBox(
  { idleMs, absoluteMs, hiddenMs }: TimeLimits,
  over: (reason: 'expired' | 'idle' | 'hidden') => void,
  deps: { readonly page: Document; readonly now: () => number } = { page: document, now: () => Date.now() },
): TimeBox {
  const { page, now } = deps;
  const opened = now();
  let touched = opened;
  let hidden: number | undefined = page.visibilityState === 'hidden' ? opened : undefined;
  const judge = (): void => {
    const at = now();
    if (at - opened >= absoluteMs) end('expired');
    else if (at - touched >= idleMs) end('idle');
    else if (hidden !== undefined && at - hidden >= hiddenMs) end('hidden');
  };
  const onTouch = (): void => {
    judge();
    touched = now();
  };
  const onVisible = (): void => {
    judge();
    hidden = page.visibilityState === 'hidden' ? (hidden ?? now()) : undefined;
  };
  const timer = setInterval(judge, Math.max(10, Math.min(5_000, idleMs / 10, hiddenMs / 10)));
  for (const kind of TOUCHES) page.addEventListener(kind, onTouch, { capture: true, passive: true });
  page.addEventListener('visibilitychange', onVisible);
  const stop = (): void => {
    clearInterval(timer);
    for (const kind of TOUCHES) page.removeEventListener(kind, onTouch, { capture: true });
    page.removeEventListener('visibilitychange', onVisible);
  };
  function end(reason: 'expired' | 'idle' | 'hidden'): void {
    stop();
    over(reason);
  }
  return { stop };
}

const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;
