/** Median of a non-empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Bootstrap 95 % confidence interval of the median, with a fixed seed so that the same numbers give the same interval. */
export function confidence(values: readonly number[], rounds = 2000): readonly [number, number] {
  const random = mulberry32(20_261_122);
  const medians = Array.from({ length: rounds }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? NaN)),
  ).sort((a, b) => a - b);
  return [medians[Math.floor(rounds * 0.025)] ?? NaN, medians[Math.floor(rounds * 0.975)] ?? NaN];
}

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

/** A small seeded generator (mulberry32): benchmarks and their data are the same on every run. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
