/** Chance without chance: the same words always give the same number in [0, 1). Results differ a little, builds never. */
export function chance(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const letter of parts.join('|')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** One of the list, the same one for the same words. */
export function pick<T>(list: readonly [T, ...T[]], ...parts: readonly (string | number)[]): T {
  return list[Math.floor(chance(...parts) * list.length)] ?? list[0];
}

/** A value on a line through `points` (x ascending), with a spread of ± `spread`, rounded to `decimals`. */
export function onTrend(
  points: readonly (readonly [x: number, y: number])[],
  x: number,
  spread: number,
  decimals: number,
  ...seed: readonly (string | number)[]
): number {
  const noise = (chance(...seed) + chance(...seed, 'second') - 1) * spread;
  return Number((lineAt(points, x) + noise).toFixed(decimals));
}

function lineAt(points: readonly (readonly [number, number])[], x: number): number {
  const after = points.findIndex(([px]) => px >= x);
  const last = points.at(-1);
  if (after < 0) return last ? last[1] : 0;
  const right = points[after];
  const left = points[after - 1];
  if (!right || !left) return right ? right[1] : 0;
  return left[1] + ((x - left[0]) / (right[0] - left[0])) * (right[1] - left[1]);
}
