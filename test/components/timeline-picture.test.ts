import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphAt, glyphsOf } from '../../src/components/corridor-timeline/glyphs.ts';
import { isIn, layLanes } from '../../src/components/corridor-timeline/timeline-layout.ts';
import { tickInWords } from '../../src/components/pictures/time-in-words.ts';
import {
  DAY_MS,
  LEAST_MS,
  panned,
  shareOf,
  showing,
  ticksOf,
  within,
  zoomed,
  type TimeWindow,
} from '../../src/components/pictures/time-window.ts';
import type { DatedItem, When } from '../../src/record/timeline.ts';
import { enGB } from '../../src/words/en-GB.ts';

const BOUNDS: TimeWindow = { fromMs: Date.UTC(1990, 0, 1), untilMs: Date.UTC(2026, 10, 23) };
const moments = fc.integer({ min: BOUNDS.fromMs - 900 * DAY_MS, max: BOUNDS.untilMs + 900 * DAY_MS });
const windows = fc
  .tuple(moments, fc.integer({ min: 1, max: 12_000 * DAY_MS }))
  .map(([fromMs, length]) => within({ fromMs, untilMs: fromMs + length }, BOUNDS));

describe('the time that is shown', () => {
  it('never leaves the record nor passes today, however it is panned and zoomed', () => {
    const acts = fc.array(
      fc.oneof(
        fc.record({ pan: fc.integer({ min: -9_000 * DAY_MS, max: 9_000 * DAY_MS }) }),
        fc.record({ zoom: fc.double({ min: 0.01, max: 50, noNaN: true }), at: moments }),
        fc.record({ show: moments }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(windows, acts, (start, list) => {
        let window = start;
        for (const act of list) {
          if ('pan' in act) window = panned(window, act.pan, BOUNDS);
          else if ('zoom' in act) window = zoomed(window, act.zoom, act.at, BOUNDS);
          else window = showing(window, act.show, BOUNDS);
          expect(window.fromMs).toBeGreaterThanOrEqual(BOUNDS.fromMs - 1);
          expect(window.untilMs).toBeLessThanOrEqual(BOUNDS.untilMs + 1);
          expect(window.untilMs - window.fromMs).toBeGreaterThanOrEqual(LEAST_MS - 1);
        }
      }),
    );
  });

  it('keeps what is under the pointer there while it zooms', () => {
    const window = { fromMs: Date.UTC(2020, 0, 1), untilMs: Date.UTC(2022, 0, 1) };
    const atMs = Date.UTC(2020, 6, 1);
    const closer = zoomed(window, 0.4, atMs, BOUNDS);
    expect(shareOf(closer, atMs)).toBeCloseTo(shareOf(window, atMs), 9);
    expect(closer.untilMs - closer.fromMs).toBeCloseTo(0.4 * (window.untilMs - window.fromMs), 0);
  });

  it('writes no day and no month without its year, and leaves room for the words', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 260, max: 2_000 }), (window, width) => {
        const ticks = ticksOf(window, width);
        for (const tick of ticks) {
          expect(tickInWords(tick, enGB)).toMatch(/\d{4}$/);
          expect(tick.atMs).toBeGreaterThanOrEqual(window.fromMs);
          expect(tick.atMs).toBeLessThan(window.untilMs);
        }
        const places = ticks.map(({ atMs }) => shareOf(window, atMs) * width);
        places.slice(1).forEach((place, index) => expect(place - (places[index] ?? 0)).toBeGreaterThan(40));
      }),
    );
  });
});

const day = (index: number): number => BOUNDS.fromMs + index * DAY_MS;
const last = Math.floor((BOUNDS.untilMs - BOUNDS.fromMs) / DAY_MS) - 1;
const whens = fc.tuple(
  fc.integer({ min: 0, max: last }),
  fc.integer({ min: 0, max: 900 }),
  fc.integer({ min: 0, max: 5 }),
);

function whenFrom(index: number, length: number, shape: number): When {
  const start = { fromMs: day(index), untilMs: day(index + 1) } as When['start'];
  if (shape === 0) return { shape: 'point', start };
  if (shape === 1) return { shape: 'point', start: { ...start, untilMs: day(index + 30) } };
  if (shape === 2) return { shape: 'point', start: { ...start, untilMs: day(index + 365) } };
  if (shape === 3) return { shape: 'goes-on', start };
  if (shape === 4) return { shape: 'not-known', start };
  return { shape: 'ended', start, end: { ...start, fromMs: day(index + length), untilMs: day(index + length + 1) } };
}

const items = fc.array(whens, { maxLength: 120 }).map((list) =>
  list
    .map(([index, length, shape], number): DatedItem => {
      const lane = number % 3 === 0 ? 'hospital' : 'gp';
      return { id: `i${number}`, lane, kind: 'contact', firm: true, when: whenFrom(index, length, shape) } as DatedItem;
    })
    .sort((a, b) => a.when.start.fromMs - b.when.start.fromMs),
);

describe('what is drawn', () => {
  it('shows every item of the window once and once only, and none that is outside it', () => {
    fc.assert(
      fc.property(items, windows, fc.integer({ min: 260, max: 2_000 }), (list, window, width) => {
        const glyphs = glyphsOf(layLanes(list, new Set()), window, width);
        const drawn = glyphs.flatMap((glyph) => glyph.items.map(({ id }) => id));
        const inside = list.filter((item) => isIn(window, item)).map(({ id }) => id);
        expect([...drawn].sort()).toEqual([...inside].sort());
        for (const { fromPx, untilPx } of glyphs) {
          expect(untilPx).toBeGreaterThanOrEqual(fromPx);
          expect(fromPx).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('moves no lane when it zooms: where a lane stands depends on the record alone', () => {
    fc.assert(
      fc.property(items, (list) => {
        const lanes = layLanes(list, new Set(['results']));
        lanes.slice(1).forEach(({ top }, index) => {
          const before = lanes[index];
          expect(top).toBe((before?.top ?? 0) + (before?.height ?? 0));
        });
        expect(lanes.map(({ lane }) => lane)).toContain('results');
      }),
    );
  });

  it('draws no two bars of one row over each other, as long as there are rows', () => {
    const ended = (index: number, length: number): DatedItem =>
      ({ id: `${index}`, lane: 'gp', when: whenFrom(index, length, 5) }) as DatedItem;
    const [lane] = layLanes([ended(0, 10), ended(5, 3), ended(9, 2), ended(20, 1)], new Set());
    const rows = [...(lane?.places.values() ?? [])].map((place) => (place.row === 'bar' ? place.index : -1));
    expect(rows).toEqual([0, 1, 1, 0]);
  });

  it('finds under the pointer what is drawn there, and nothing where nothing is', () => {
    const [item] = [{ id: 'a', lane: 'gp', kind: 'contact', firm: true, when: whenFrom(last - 50, 0, 0) } as DatedItem];
    const window = { fromMs: day(last - 100), untilMs: BOUNDS.untilMs };
    const glyphs = glyphsOf(layLanes([item], new Set()), window, 800);
    const [glyph] = glyphs;
    expect(glyphAt(glyphs, (glyph?.fromPx ?? 0) + 6, (glyph?.y ?? 0) - 4)?.items[0]).toBe(item);
    expect(glyphAt(glyphs, (glyph?.fromPx ?? 0) + 60, glyph?.y ?? 0)).toBeUndefined();
  });

  it('lays out and places twenty thousand items within a fifth of a second', () => {
    const many = Array.from({ length: 20_000 }, (_, index): DatedItem => {
      const when = whenFrom(Math.floor((index / 20_000) * last), index % 40, index % 20 === 0 ? 5 : 0);
      return {
        id: `i${index}`,
        lane: index % 4 === 0 ? 'gp' : 'results',
        kind: 'result',
        firm: true,
        when,
      } as DatedItem;
    });
    const lanes = layLanes(many, new Set());
    const window = { fromMs: BOUNDS.fromMs, untilMs: BOUNDS.untilMs };
    const begun = performance.now();
    glyphsOf(lanes, window, 1_200);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
