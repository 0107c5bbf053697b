import type { DatedItem } from '../../record/timeline.ts';
import { shareOf, type TimeWindow } from '../pictures/time-window.ts';
import { BAR_PX, bracketsOf, HEADER_PX, heapsOf, isIn, lastMoment, type LaneLayout } from './timeline-layout.ts';

/** One thing drawn: a bar from beginning to end, a mark or a heap of marks, or a bracket over a month or a year. */
export type Glyph = {
  readonly shape: 'bar' | 'mark' | 'bracket';
  readonly items: readonly [DatedItem, ...DatedItem[]];
  readonly fromPx: number;
  readonly untilPx: number;
  /** Its middle from the top of the picture. */
  readonly y: number;
  /** From and until where words beside a bar may stand. */
  readonly clearPx: number;
  readonly roomPx: number;
};

const LEAST_BAR_PX = 5;

/** What is drawn for a window this wide, lane by lane; every item of the window is in exactly one glyph. */
export function glyphsOf(lanes: readonly LaneLayout[], window: TimeWindow, widthPx: number): readonly Glyph[] {
  return lanes.flatMap((lane) => [
    ...barsOf(lane, window, widthPx),
    ...marksOf(lane, window, widthPx),
    ...bracketed(lane, window, widthPx),
  ]);
}

function barsOf(lane: LaneLayout, window: TimeWindow, widthPx: number): readonly Glyph[] {
  const before = new Map<number, Glyph>();
  const bars: Glyph[] = [];
  for (const item of lane.items) {
    const place = lane.places.get(item);
    if (place?.row !== 'bar' || !isIn(window, item)) continue;
    // What began yesterday is still to be seen beside today's edge.
    const from = Math.min(widthPx - LEAST_BAR_PX - 2, shareOf(window, item.when.start.fromMs) * widthPx);
    const fromPx = Math.max(-LEAST_BAR_PX, from);
    const end = shareOf(window, lastMoment(item)) * widthPx;
    const untilPx = Math.max(fromPx + LEAST_BAR_PX, Math.min(widthPx, end));
    const y = lane.top + HEADER_PX + (place.index + 0.5) * BAR_PX;
    const last = before.get(place.index);
    const bar = {
      shape: 'bar',
      items: [item],
      fromPx,
      untilPx,
      y,
      clearPx: last?.untilPx ?? 0,
      roomPx: widthPx,
    } as const;
    // What is before it in the row has room for words as far as here.
    if (last) bars[bars.indexOf(last)] = { ...last, roomPx: fromPx };
    bars.push(bar);
    before.set(place.index, bar);
  }
  return bars;
}

function marksOf(lane: LaneLayout, window: TimeWindow, widthPx: number): readonly Glyph[] {
  const inside = lane.marks.filter((item) => isIn(window, item));
  return heapsOf(inside, window, widthPx).map((heap) => ({
    ...heap,
    shape: 'mark',
    y: lane.markY,
    clearPx: 0,
    roomPx: widthPx,
  }));
}

function bracketed(lane: LaneLayout, window: TimeWindow, widthPx: number): readonly Glyph[] {
  return (['month', 'year'] as const).flatMap((row) => {
    const items = lane.items.filter((item) => lane.places.get(item)?.row === row && isIn(window, item));
    return bracketsOf(items).map((group): Glyph => {
      const { fromMs, untilMs } = group[0].when.start;
      const fromPx = Math.max(0, shareOf(window, fromMs) * widthPx);
      const untilPx = Math.min(widthPx, shareOf(window, untilMs) * widthPx);
      const y = row === 'month' ? lane.monthY : lane.yearY;
      return {
        shape: 'bracket',
        items: group,
        fromPx,
        untilPx: Math.max(untilPx, fromPx + 6),
        y,
        clearPx: 0,
        roomPx: widthPx,
      };
    });
  });
}

/** How far from a mark a finger or a pointer may be. */
const REACH_PX = 13;

/** What is under a point, the nearest first; bars and brackets reach as far as they are drawn. */
export function glyphAt(glyphs: readonly Glyph[], x: number, y: number): Glyph | undefined {
  let best: Glyph | undefined;
  let least = Infinity;
  for (const glyph of glyphs) {
    const away = Math.abs(y - glyph.y);
    if (away > REACH_PX) continue;
    const beside = Math.max(0, glyph.fromPx - x, x - glyph.untilPx);
    if (beside > REACH_PX) continue;
    const distance = beside * 2 + away;
    if (distance < least) [best, least] = [glyph, distance];
  }
  return best;
}
