/** What the National Early Warning Score 2 is made of (Royal College of Physicians, 2017). */
export type Signs = {
  readonly breaths: number;
  readonly saturation: number;
  readonly systolic: number;
  readonly pulse: number;
  readonly temperature: number;
  readonly oxygen?: boolean;
  /** Scale 2 is for people with a target saturation of 88 to 92%. */
  readonly scale: 1 | 2;
  readonly alert?: boolean;
};

/** The score, computed so that no record shows one its own observations contradict. */
export function news2(signs: Signs): number {
  const parts = [
    banded(signs.breaths, [8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]),
    signs.scale === 1 ? scale1(signs.saturation) : scale2(signs.saturation, signs.oxygen === true),
    signs.oxygen ? 2 : 0,
    banded(signs.systolic, [90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]),
    banded(signs.pulse, [40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]),
    signs.alert === false ? 3 : 0,
    banded(signs.temperature, [35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]),
  ];
  return parts.reduce((total, part) => total + part, 0);
}

function scale1(saturation: number): number {
  return banded(saturation, [91, 3], [93, 2], [95, 1], [Infinity, 0]);
}

function scale2(saturation: number, oxygen: boolean): number {
  if (saturation <= 92 || !oxygen) return banded(saturation, [83, 3], [85, 2], [87, 1], [Infinity, 0]);
  return banded(saturation, [94, 1], [96, 2], [Infinity, 3]);
}

/** The points of the first band whose upper end the value does not pass. */
function banded(value: number, ...bands: readonly (readonly [upTo: number, points: number])[]): number {
  return bands.find(([upTo]) => value <= upTo)?.[1] ?? 0;
}
