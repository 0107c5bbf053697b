import type { Vitals } from '../../blocks/vitals.ts';
import { yearsBetween } from '../../calendar.ts';
import { chance, onTrend } from '../../chance.ts';

/** Weight falls as she ages, jumps before the admission and falls again with the diuretic. */
export function weightOn(day: string, today: string): number {
  const years = yearsBetween(day, today);
  return onTrend(
    [
      [0, 65.1],
      [0.06, 65.8],
      [0.08, 70.4],
      [0.25, 66.8],
      [4, 69.5],
      [12, 74],
    ],
    years,
    0.5,
    1,
    'hero-weight',
    day,
  );
}

/** Read off a meter marked in tens. */
export function peakFlowOn(day: string, years: number): number {
  return (
    Math.round(
      onTrend(
        [
          [0, 170],
          [13, 290],
        ],
        years,
        12,
        0,
        'hero-pef',
        day,
      ) / 10,
    ) * 10
  );
}

export function observations(day: string, today: string): Vitals {
  const years = yearsBetween(day, today);
  const systolic = onTrend(
    [
      [0, 112],
      [3, 122],
      [7, 138],
      [12, 146],
    ],
    years,
    9,
    0,
    'hero-bp',
    day,
  );
  return {
    systolic,
    diastolic: Math.round(systolic * 0.56 + chance('hero-dia', day) * 6),
    pulse: Math.round(68 + chance('hero-pulse', day) * 18),
    saturation: onTrend(
      [
        [0, 93],
        [12, 97],
      ],
      years,
      1,
      0,
      'hero-sats',
      day,
    ),
    weight: weightOn(day, today),
  };
}
