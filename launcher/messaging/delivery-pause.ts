const FIRST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/** Doubles with each attempt, up to an hour. */
function pauseMs(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
}

/** The same, or longer where the other side asked for more, spread so that no two launchers try at the same moment. */
export function spreadPauseMs(attempts: number, random: () => number, atLeastMs = 0): number {
  return Math.round(Math.min(LONGEST_MS, Math.max(atLeastMs, pauseMs(attempts)) * (0.75 + random() / 2)));
}
