import { TIMELINE_LANES, type TimelineLane } from '../../record/timeline-kinds.ts';
import type { DatedItem } from '../../record/timeline.ts';
import { DAY_MS, shareOf, type TimeWindow } from '../pictures/time-window.ts';

/** Where an item stands within its lane: a bar in one of its rows, a mark, or a bracket over a month or a year. */
export type Place = { readonly row: 'mark' | 'month' | 'year' } | { readonly row: 'bar'; readonly index: number };

export type LaneLayout = {
  readonly lane: TimelineLane;
  readonly items: readonly DatedItem[];
  readonly places: ReadonlyMap<DatedItem, Place>;
  /** Those that are drawn as marks, by where they are drawn. */
  readonly marks: readonly DatedItem[];
  /** Rows of bars; more than `MOST_BARS` at one time share the last. */
  readonly bars: number;
  readonly top: number;
  readonly height: number;
  readonly markY: number;
  readonly monthY: number;
  readonly yearY: number;
};

export const HEADER_PX = 20;
export const BAR_PX = 20;
const MARK_PX = 26;
const BRACKET_PX = 18;
const FOOT_PX = 4;
const MOST_BARS = 8;
const MONTH_MS = 31 * DAY_MS;

/** The lanes under each other; their heights do not depend on the zoom, so that zooming moves nothing up or down. */
export function layLanes(items: readonly DatedItem[], wanted: ReadonlySet<TimelineLane>): readonly LaneLayout[] {
  const byLane = new Map<TimelineLane, DatedItem[]>();
  for (const item of items) {
    const lane = byLane.get(item.lane);
    if (lane) lane.push(item);
    else byLane.set(item.lane, [item]);
  }
  let top = 0;
  return TIMELINE_LANES.filter((lane) => wanted.has(lane) || byLane.has(lane)).map((lane) => {
    const layout = layLane(lane, byLane.get(lane) ?? [], top);
    top += layout.height;
    return layout;
  });
}

function layLane(lane: TimelineLane, items: readonly DatedItem[], top: number): LaneLayout {
  const places = new Map<DatedItem, Place>();
  const ends: number[] = [];
  for (const item of items) {
    const row = rowOf(item);
    places.set(item, row === 'bar' ? { row, index: freeRow(item, ends) } : { row });
  }
  const has = (row: Place['row']): boolean => [...places.values()].some((place) => place.row === row);
  const markY = top + HEADER_PX + ends.length * BAR_PX;
  const monthY = markY + (has('mark') ? MARK_PX : 0);
  const yearY = monthY + (has('month') ? BRACKET_PX : 0);
  const end = yearY + (has('year') ? BRACKET_PX : 0);
  return {
    lane,
    items,
    places,
    marks: items.filter((item) => places.get(item)?.row === 'mark').sort((a, b) => middleOf(a) - middleOf(b)),
    bars: ends.length,
    top,
    height: end + FOOT_PX - top,
    markY: markY + MARK_PX / 2,
    monthY: monthY + BRACKET_PX / 2,
    yearY: yearY + BRACKET_PX / 2,
  };
}

function rowOf({ when }: DatedItem): Place['row'] {
  if (when.shape !== 'point') return 'bar';
  const length = when.start.untilMs - when.start.fromMs;
  return length <= DAY_MS ? 'mark' : length <= MONTH_MS ? 'month' : 'year';
}

/** The first row that is free when the bar begins; items come oldest first. */
function freeRow(item: DatedItem, ends: number[]): number {
  const { fromMs } = item.when.start;
  const free = ends.findIndex((end) => end <= fromMs);
  const index = free >= 0 ? free : Math.min(ends.length, MOST_BARS - 1);
  ends[index] = Math.max(ends[index] ?? 0, lastMoment(item));
  return index;
}

/** The first moment after all that the item can mean; one that goes on has none. */
export function lastMoment({ when }: DatedItem): number {
  if (when.shape === 'ended') return Math.max(when.end.untilMs, when.start.untilMs);
  return when.shape === 'goes-on' ? Infinity : when.start.untilMs;
}

export function isIn({ fromMs, untilMs }: TimeWindow, item: DatedItem): boolean {
  const { start } = item.when;
  return start.fromMs < untilMs && (lastMoment(item) > fromMs || start.fromMs >= fromMs);
}

/** Marks that stand too close to be told apart, drawn as one with their number. */
export type Heap = {
  readonly items: readonly [DatedItem, ...DatedItem[]];
  readonly fromPx: number;
  readonly untilPx: number;
};

const CLOSE_PX = 20;

/** Every mark of the window is in exactly one heap; a heap is never wider than one mark and a little. */
export function heapsOf(marks: readonly DatedItem[], window: TimeWindow, widthPx: number): readonly Heap[] {
  const heaps: { items: [DatedItem, ...DatedItem[]]; fromPx: number; untilPx: number }[] = [];
  for (const item of marks) {
    const x = Math.max(0, shareOf(window, middleOf(item)) * widthPx);
    const last = heaps.at(-1);
    if (last && x - last.fromPx < CLOSE_PX) {
      last.items.push(item);
      last.untilPx = Math.max(last.untilPx, x);
    } else heaps.push({ items: [item], fromPx: x, untilPx: x });
  }
  return heaps;
}

/** A day is drawn at its noon: between two midnights, not on one. */
export function middleOf({ when: { start } }: DatedItem): number {
  return (start.fromMs + start.untilMs) / 2;
}

/** Items that mean the very same month or year stand as one bracket with their number. */
export function bracketsOf(items: readonly DatedItem[]): readonly (readonly [DatedItem, ...DatedItem[]])[] {
  const groups = new Map<string, [DatedItem, ...DatedItem[]]>();
  for (const item of items) {
    const { fromMs, untilMs } = item.when.start;
    const group = groups.get(`${fromMs} ${untilMs}`);
    if (group) group.push(item);
    else groups.set(`${fromMs} ${untilMs}`, [item]);
  }
  return [...groups.values()];
}
