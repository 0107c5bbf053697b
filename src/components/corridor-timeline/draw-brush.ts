import type { DatedItem } from '../../record/timeline.ts';
import type { Ink } from '../pictures/ink.ts';
import { shareOf, type TimeWindow } from '../pictures/time-window.ts';
import { middleOf } from './timeline-layout.ts';

export const BRUSH_PX = 34;
const COLUMN_PX = 4;

export type BrushScene = {
  readonly items: readonly DatedItem[];
  readonly bounds: TimeWindow;
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly ink: Ink;
  readonly mirrored: boolean;
};

/** How much there is over the whole record, and which part of it is on the picture. */
export function drawBrush(context: CanvasRenderingContext2D, scene: BrushScene): void {
  const { bounds, window, widthPx, ink, mirrored } = scene;
  const at = (x: number): number => (mirrored ? widthPx - x : x);
  context.clearRect(0, 0, widthPx, BRUSH_PX);
  const counts = countsOf(scene);
  const most = Math.max(1, ...counts);
  context.fillStyle = ink.edge;
  counts.forEach((count, index) => {
    // By its root: one letter beside four hundred results is still to be seen.
    const height = count === 0 ? 0 : Math.max(2, Math.sqrt(count / most) * (BRUSH_PX - 8));
    context.fillRect(at(index * COLUMN_PX) - (mirrored ? COLUMN_PX : 0), BRUSH_PX - height, COLUMN_PX - 1, height);
  });
  const from = shareOf(bounds, window.fromMs) * widthPx;
  const until = shareOf(bounds, window.untilMs) * widthPx;
  const [left, right] = mirrored ? [at(until), at(from)] : [from, until];
  context.fillStyle = ink.action;
  context.globalAlpha = 0.16;
  context.fillRect(left, 0, right - left, BRUSH_PX);
  context.globalAlpha = 1;
  context.strokeStyle = ink.action;
  context.lineWidth = 2;
  context.strokeRect(left + 1, 1, Math.max(2, right - left - 2), BRUSH_PX - 2);
}

function countsOf({ items, bounds, widthPx }: BrushScene): readonly number[] {
  const counts = new Array<number>(Math.max(1, Math.ceil(widthPx / COLUMN_PX))).fill(0);
  for (const item of items) {
    const index = Math.floor((shareOf(bounds, middleOf(item)) * widthPx) / COLUMN_PX);
    const inside = Math.min(counts.length - 1, Math.max(0, index));
    counts[inside] = (counts[inside] ?? 0) + 1;
  }
  return counts;
}
