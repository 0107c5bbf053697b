import type { DatedItem } from '../../record/timeline.ts';
import type { Ink } from '../pictures/ink.ts';
import type { Glyph } from './glyphs.ts';
import { shapeOf } from './shapes.ts';
import { shareOf, type Tick, type TimeWindow } from '../pictures/time-window.ts';
import type { LaneLayout } from './timeline-layout.ts';

/** What a mark says besides its kind; the same stands in words in its label and in the list. */
export type Standing = { readonly tone?: 'risk' | 'caution' | undefined; readonly differs: boolean };

export type Scene = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly window: TimeWindow;
  readonly lanes: readonly LaneLayout[];
  readonly glyphs: readonly Glyph[];
  readonly ticks: readonly { readonly tick: Tick; readonly words: string }[];
  readonly ink: Ink;
  readonly font: string;
  /** Time runs from right to left. */
  readonly mirrored: boolean;
  /** The end of today, while it is in the window. */
  readonly todayMs: number;
  readonly today: string;
  readonly standing: (item: DatedItem) => Standing;
  readonly name: (item: DatedItem) => string;
};

const MARK = 6;
const HALF_BAR = 7;

/** Draws the whole picture; a few thousand marks are a few hundred heaps, and take a few milliseconds. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  context.clearRect(0, 0, scene.widthPx, scene.heightPx);
  context.font = scene.font;
  context.textBaseline = 'middle';
  drawGrid(context, scene);
  const written = new Map<number, number>();
  for (const glyph of scene.glyphs) {
    if (glyph.shape === 'bar') drawBar(context, scene, glyph, written);
    else if (glyph.shape === 'bracket') drawBracket(context, scene, glyph);
    else drawMark(context, scene, glyph);
  }
  drawToday(context, scene);
}

/** From the reading side: mirrored where words run from right to left. */
function at({ mirrored, widthPx }: Scene, x: number): number {
  return mirrored ? widthPx - x : x;
}

function write(context: CanvasRenderingContext2D, scene: Scene, words: string, x: number, y: number): void {
  context.textAlign = scene.mirrored ? 'right' : 'left';
  context.fillText(words, at(scene, x), y);
}

function line(context: CanvasRenderingContext2D, points: readonly (readonly [x: number, y: number])[]): void {
  context.beginPath();
  points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

function drawGrid(context: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, widthPx, heightPx } = scene;
  context.strokeStyle = ink.grid;
  context.lineWidth = 1;
  for (const { lane, top } of scene.lanes) if (lane !== scene.lanes[0]?.lane) line(context, rule(top, widthPx));
  for (const { tick } of scene.ticks) {
    const x = at(scene, Math.round(shareOf(scene.window, tick.atMs) * widthPx) + 0.5);
    line(context, [
      [x, 0],
      [x, heightPx],
    ]);
  }
}

/** The dates stand over the picture and stay in sight while it scrolls. */
export function drawAxis(context: CanvasRenderingContext2D, scene: Scene, heightPx: number): void {
  const { ink, widthPx, window, todayMs, today } = scene;
  context.clearRect(0, 0, widthPx, heightPx);
  context.font = scene.font;
  context.textBaseline = 'middle';
  const middle = heightPx / 2 + 1;
  const todayAt = shareOf(window, todayMs) * widthPx;
  const wide = context.measureText(today).width;
  const shown = todayAt <= widthPx + 1;
  const room = shown ? Math.min(todayAt, widthPx) - wide - 8 : widthPx;
  for (const { tick, words } of scene.ticks) {
    const x = Math.round(shareOf(window, tick.atMs) * widthPx) + 0.5;
    context.strokeStyle = ink.grid;
    line(context, [
      [at(scene, x), heightPx - 6],
      [at(scene, x), heightPx],
    ]);
    context.fillStyle = ink.secondary;
    if (x + context.measureText(words).width + 6 < room) write(context, scene, words, x + 3, middle);
  }
  if (!shown) return;
  context.fillStyle = ink.action;
  context.font = `bold ${scene.font}`;
  write(context, scene, today, Math.min(todayAt, widthPx) - context.measureText(today).width - 3, middle);
}

function rule(y: number, widthPx: number): readonly (readonly [number, number])[] {
  return [
    [0, Math.round(y) + 0.5],
    [widthPx, Math.round(y) + 0.5],
  ];
}

function drawToday(context: CanvasRenderingContext2D, scene: Scene): void {
  const { window, widthPx, heightPx, ink, todayMs } = scene;
  const x = shareOf(window, todayMs) * widthPx;
  if (x > widthPx + 1) return;
  context.strokeStyle = ink.action;
  context.lineWidth = 2;
  const edge = at(scene, Math.min(x, widthPx - 1));
  line(context, [
    [edge, 0],
    [edge, heightPx],
  ]);
}

function drawBar(context: CanvasRenderingContext2D, scene: Scene, glyph: Glyph, written: Map<number, number>): void {
  const { ink } = scene;
  const { fromPx, untilPx, y } = glyph;
  const [item] = glyph.items;
  const [top, width] = [y - HALF_BAR, untilPx - fromPx];
  const x = at(scene, fromPx) - (scene.mirrored ? width : 0);
  context.lineWidth = 1.25;
  context.strokeStyle = item.firm ? ink.secondary : ink.edge;
  // A stay in hospital is what the eye looks for first.
  context.fillStyle = !item.firm ? ink.surface : isStay(item) ? ink.secondary : ink.raised;
  context.setLineDash(item.firm ? [] : [3, 2]);
  context.fillRect(x, top, width, HALF_BAR * 2);
  context.strokeRect(x + 0.5, top + 0.5, Math.max(1, width - 1), HALF_BAR * 2 - 1);
  context.setLineDash([]);
  // The beginning is the heavy edge: a stay reads from there.
  context.fillStyle = ink.secondary;
  context.fillRect(at(scene, fromPx) - (scene.mirrored ? 3 : 0), top, 3, HALF_BAR * 2);
  nameBar(context, scene, glyph, written);
  if (item.when.shape === 'goes-on' && untilPx >= scene.widthPx - 1 && width > 12)
    arrow(context, scene, y, isStay(item));
}

function isStay({ kind, firm, when, lane }: DatedItem): boolean {
  return firm && (kind === 'admission' || (kind === 'contact' && when.shape !== 'point' && lane === 'hospital'));
}

/**
 * In the bar, beside it, or before it where it ends at the edge: wherever most of its name can be read. `written`: how far
 * the words of each row reach already.
 */
function nameBar(context: CanvasRenderingContext2D, scene: Scene, glyph: Glyph, written: Map<number, number>): void {
  const { fromPx, untilPx, y, roomPx, clearPx } = glyph;
  const { ink } = scene;
  const [item] = glyph.items;
  const { differs } = scene.standing(item);
  const name = `${scene.name(item)}${item.when.shape === 'not-known' ? ' …' : ''}`;
  const whole = context.measureText(name).width;
  const inside = Math.max(fromPx, 0) + 7;
  const rooms = [
    untilPx - inside - 10,
    roomPx - untilPx - 14,
    fromPx - Math.max(clearPx, written.get(y) ?? 0) - 14,
  ] as const;
  const place = rooms.findIndex((room) => room >= whole);
  const best = place >= 0 ? place : rooms.indexOf(Math.max(...rooms));
  const words = cut(context, name, rooms[best] ?? 0);
  context.fillStyle = best === 0 && isStay(item) ? ink.surface : ink.text;
  const width = context.measureText(words).width;
  const x = best === 0 ? inside : best === 1 ? untilPx + 5 : fromPx - width - 5;
  write(context, scene, words, x, y + 0.5);
  written.set(y, Math.max(untilPx, x + width));
  if (differs) dot(context, scene, best === 2 ? untilPx + 7 : x + width + 8, y, ink.caution);
}

function arrow(context: CanvasRenderingContext2D, scene: Scene, y: number, onDark: boolean): void {
  const { widthPx, ink } = scene;
  context.fillStyle = onDark ? ink.surface : ink.secondary;
  context.beginPath();
  context.moveTo(at(scene, widthPx - 8), y - 5);
  context.lineTo(at(scene, widthPx - 2), y);
  context.lineTo(at(scene, widthPx - 8), y + 5);
  context.fill();
}

function cut(context: CanvasRenderingContext2D, words: string, room: number): string {
  if (context.measureText(words).width <= room) return words;
  let [least, most] = [0, words.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (context.measureText(`${words.slice(0, middle)}…`).width <= room) least = middle;
    else most = middle - 1;
  }
  return least < 4 ? '' : `${words.slice(0, least)}…`;
}

function drawBracket(context: CanvasRenderingContext2D, scene: Scene, glyph: Glyph): void {
  const { ink } = scene;
  const { items, fromPx, untilPx, y } = glyph;
  context.strokeStyle = ink.edge;
  context.lineWidth = 1.25;
  const [from, until] = [at(scene, fromPx + 1), at(scene, untilPx - 1)];
  line(context, [
    [from, y - 4],
    [from, y + 4],
    [from, y],
    [until, y],
    [until, y - 4],
    [until, y + 4],
  ]);
  const middle = (fromPx + untilPx) / 2;
  const small = untilPx - fromPx < 16;
  context.fillStyle = ink.surface;
  if (!small) context.fillRect(at(scene, middle) - 10, y - 8, 20, 16);
  pile(context, scene, items, middle, y);
}

function drawMark(context: CanvasRenderingContext2D, scene: Scene, { items, fromPx, untilPx, y }: Glyph): void {
  // Near its beginning, so that no heap lies over the next.
  pile(context, scene, items, fromPx + (untilPx - fromPx) * 0.2, y);
}

/** One mark; of several the number in a ring, with the shape above it where all are of one kind. */
function pile(context: CanvasRenderingContext2D, scene: Scene, items: Glyph['items'], place: number, y: number): void {
  const { ink } = scene;
  // Nothing is cut at the edges.
  const x = Math.min(scene.widthPx - 10, Math.max(10, place));
  const [first] = items;
  const tones = items.map(scene.standing);
  const tone = tones.some((one) => one.tone === 'risk')
    ? ink.risk
    : tones.some((one) => one.tone === 'caution')
      ? ink.caution
      : undefined;
  if (items.length === 1) drawShape(context, scene, first, x, y, tone);
  else {
    context.beginPath();
    context.arc(at(scene, x), y, 8.5, 0, Math.PI * 2);
    context.fillStyle = ink.surface;
    context.fill();
    context.lineWidth = 1.25;
    context.strokeStyle = ink.secondary;
    context.stroke();
    context.fillStyle = ink.text;
    context.textAlign = 'center';
    if (items.length > 99) context.font = scene.font.replace('12px', '9px');
    context.fillText(items.length > 99 ? '99+' : String(items.length), at(scene, x), y + 0.5);
    context.font = scene.font;
    if (tone) flagged(context, scene, x, y, tone);
  }
  if (tones.some(({ differs }) => differs)) dot(context, scene, x + 8, y - 8, ink.caution);
}

function drawShape(
  context: CanvasRenderingContext2D,
  scene: Scene,
  item: DatedItem,
  x: number,
  y: number,
  tone: string | undefined,
): void {
  const { ink } = scene;
  context.save();
  context.translate(at(scene, x), y);
  context.scale(scene.mirrored ? -MARK : MARK, MARK);
  const path = new Path2D(shapeOf(item.kind));
  context.lineWidth = 1.5 / MARK;
  context.strokeStyle = ink.secondary;
  context.fillStyle = item.firm && item.kind !== 'letter' ? ink.secondary : ink.surface;
  context.setLineDash(item.firm ? [] : [2 / MARK, 1.4 / MARK]);
  context.fill(path);
  context.stroke(path);
  context.restore();
  if (tone) flagged(context, scene, x, y, tone);
}

/** Flagged by its source: a stroke over and under the mark, so that the colour is not alone. */
function flagged(context: CanvasRenderingContext2D, scene: Scene, x: number, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  const reach = 7;
  for (const edge of [y - 11, y + 11])
    line(context, [
      [at(scene, x) - reach, edge],
      [at(scene, x) + reach, edge],
    ]);
}

/** Records disagree: the triangle of a caution. */
function dot(context: CanvasRenderingContext2D, scene: Scene, x: number, y: number, colour: string): void {
  const middle = at(scene, x);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(middle, y - 4.5);
  context.lineTo(middle + 4.5, y + 3.5);
  context.lineTo(middle - 4.5, y + 3.5);
  context.fill();
}
