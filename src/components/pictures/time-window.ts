/** The stretch of time on screen, in milliseconds of UTC; `untilMs` is the first moment outside it. */
export type TimeWindow = { readonly fromMs: number; readonly untilMs: number };

export const DAY_MS = 86_400_000;
/** No closer than this: below it a day has no finer parts that records tell of. */
export const LEAST_MS = 4 * DAY_MS;

/** The window inside the bounds, as long as it was where they have room for it. */
export function within({ fromMs, untilMs }: TimeWindow, bounds: TimeWindow): TimeWindow {
  const all = bounds.untilMs - bounds.fromMs;
  const length = Math.min(all, Math.max(LEAST_MS, untilMs - fromMs));
  const from = Math.min(Math.max(fromMs, bounds.fromMs), bounds.untilMs - length);
  return { fromMs: from, untilMs: from + length };
}

/** `factor` above 1 shows more time; what is at `atMs` stays where it is, unless the bounds are in the way. */
export function zoomed(window: TimeWindow, factor: number, atMs: number, bounds: TimeWindow): TimeWindow {
  const length = window.untilMs - window.fromMs;
  const next = Math.min(bounds.untilMs - bounds.fromMs, Math.max(LEAST_MS, length * factor));
  const share = (atMs - window.fromMs) / length;
  return within({ fromMs: atMs - share * next, untilMs: atMs + (1 - share) * next }, bounds);
}

export function panned(window: TimeWindow, byMs: number, bounds: TimeWindow): TimeWindow {
  return within({ fromMs: window.fromMs + byMs, untilMs: window.untilMs + byMs }, bounds);
}

/** The window moved, no more than it must be, so that a moment is in it with some room beside it. */
export function showing(window: TimeWindow, atMs: number, bounds: TimeWindow): TimeWindow {
  const room = (window.untilMs - window.fromMs) * 0.06;
  if (atMs < window.fromMs + room) return panned(window, atMs - room - window.fromMs, bounds);
  return atMs > window.untilMs - room ? panned(window, atMs + room - window.untilMs, bounds) : window;
}

/** Where a moment stands, from 0 at the beginning of the window to 1 at its end. */
export function shareOf({ fromMs, untilMs }: TimeWindow, atMs: number): number {
  return (atMs - fromMs) / (untilMs - fromMs);
}

export type Tick = { readonly atMs: number; readonly year: number; readonly month?: number; readonly day?: number };

const DAY_STEPS = [1, 2, 7, 14] as const;
const MONTH_STEPS = [1, 3, 6] as const;
const YEAR_STEPS = [1, 2, 5, 10, 20, 50] as const;
const ROOM = { day: 92, month: 72, year: 48 };

/** Days, months or years with room for their words, which always have their year. */
export function ticksOf(window: TimeWindow, widthPx: number): readonly Tick[] {
  const pxPerDay = widthPx / ((window.untilMs - window.fromMs) / DAY_MS);
  const days = DAY_STEPS.find((step) => step * pxPerDay >= ROOM.day);
  if (days !== undefined) return dayTicks(window, days);
  const months = MONTH_STEPS.find((step) => step * 30 * pxPerDay >= ROOM.month);
  if (months !== undefined) return monthTicks(window, months);
  const years = YEAR_STEPS.find((step) => step * 365 * pxPerDay >= ROOM.year) ?? 100;
  return monthTicks(window, years * 12).map(({ atMs, year }) => ({ atMs, year }));
}

function dayTicks({ fromMs, untilMs }: TimeWindow, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const stepMs = step * DAY_MS;
  for (let atMs = Math.ceil(fromMs / stepMs) * stepMs; atMs < untilMs; atMs += stepMs) {
    const date = new Date(atMs);
    ticks.push({ atMs, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
  }
  return ticks;
}

function monthTicks({ fromMs, untilMs }: TimeWindow, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(fromMs);
  const months = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let index = Math.floor(months / step) * step; ; index += step) {
    const year = Math.floor(index / 12);
    const month = (index % 12) + 1;
    const atMs = Date.UTC(year, month - 1, 1);
    if (atMs >= untilMs) return ticks;
    if (atMs >= fromMs) ticks.push({ atMs, year, month });
  }
}
