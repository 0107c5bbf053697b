import uPlot from 'uplot';
import { endMoment, sortMoment } from '../../record/fhir/date.ts';
import type { Series, TrendPoint } from '../../record/trends.ts';
import type { SourceId } from '../../record/source.ts';
import type { Words } from '../../words/words.ts';
import type { Ink } from '../pictures/ink.ts';
import { tickInWords } from '../pictures/time-in-words.ts';
import { DAY_MS, ticksOf, type TimeWindow } from '../pictures/time-window.ts';

export type ChartScene = {
  readonly series: Series;
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ink: Ink;
  readonly font: string;
  readonly mirrored: boolean;
  readonly words: Words;
  readonly shapes: ReadonlyMap<SourceId, string>;
  /** Charts of one name share the line under the pointer. */
  readonly together: string;
  readonly pointed: (point: TrendPoint | undefined) => void;
};

/** The numbers of the axis, and its unit beside them. */
const AXIS_PX = 46;
const UNIT_PX = 18;
const SIZE = 4.2;

/** Draws the series into `host`, whose canvas and styles come and go with what this returns. */
export function drawChart(host: HTMLElement, scene: ChartScene): { destroy(): void } {
  const points = scene.series.points;
  const data: uPlot.AlignedData = [points.map((point) => middleOf(point) / 1000), points.map(({ value }) => value)];
  const chart = new uPlot(optionsOf(scene, points), data, host);
  return { destroy: () => chart.destroy() };
}

function optionsOf(scene: ChartScene, points: readonly TrendPoint[]): uPlot.Options {
  const { ink, window, font, mirrored } = scene;
  const bounds: [number, number] = [window.fromMs / 1000, window.untilMs / 1000];
  const line = { stroke: ink.grid, width: 1 };
  const ticks = ticksOf(window, Math.max(60, scene.widthPx - AXIS_PX - UNIT_PX));
  const said = new Map(ticks.map((tick) => [tick.atMs / 1000, tickInWords(tick, scene.words)]));
  return {
    width: scene.widthPx,
    height: scene.heightPx,
    padding: [8, mirrored ? 0 : 12, 0, mirrored ? 12 : 0],
    legend: { show: false },
    cursor: {
      drag: { x: false, y: false },
      y: false,
      points: { show: false },
      sync: { key: scene.together },
      move: (_, left, top) => [left, top],
    },
    scales: {
      x: { time: false, range: () => bounds, dir: mirrored ? -1 : 1 },
      y: { range: () => extentOf(points, window) },
    },
    axes: [
      {
        stroke: ink.secondary,
        font,
        grid: line,
        ticks: { ...line, size: 4 },
        size: 24,
        splits: () => ticks.map(({ atMs }) => atMs / 1000),
        values: (_, splits) => splits.map((at) => said.get(at) ?? ''),
      },
      {
        stroke: ink.secondary,
        font,
        grid: line,
        ticks: { ...line, size: 4 },
        size: AXIS_PX,
        label: scene.series.unit,
        labelFont: font,
        labelSize: UNIT_PX,
        labelGap: 2,
        side: mirrored ? 1 : 3,
        space: 26,
        values: (_, splits) => splits.map((value) => String(Number(value.toPrecision(6)))),
      },
    ],
    series: [{}, { stroke: ink.edge, width: 1.25, points: { show: false }, spanGaps: false }],
    hooks: {
      drawClear: [(chart) => drawBands(chart, scene, points)],
      draw: [(chart) => drawPoints(chart, scene, points)],
      setCursor: [
        ({ cursor: { idx, left } }) => scene.pointed(idx == null || (left ?? -1) < 0 ? undefined : points[idx]),
      ],
    },
  };
}

/** A day stands at its noon, a month in its middle; a time where it is. */
function middleOf({ date }: TrendPoint): number {
  return (sortMoment(date) + endMoment(date)) / 2;
}

/** Room for every value in the window and for the range it is compared with; a single value has room around it. */
function extentOf(points: readonly TrendPoint[], window: TimeWindow): [number, number] {
  const inside = points.filter((point) => middleOf(point) >= window.fromMs && middleOf(point) <= window.untilMs);
  const shown = inside.length > 0 ? inside : points;
  const all = shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least) * 0.1 || Math.abs(most) * 0.1 || 1;
  // What can't be below nought is not given room there.
  return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
}

/** The range of each value, as far as half way to its neighbours: two laboratories' ranges are two bands. */
function drawBands(chart: uPlot, { ink }: ChartScene, points: readonly TrendPoint[]): void {
  const { ctx, bbox } = chart;
  const x = (point: TrendPoint): number => chart.valToPos(middleOf(point) / 1000, 'x', true);
  const y = (value: number): number =>
    Math.min(bbox.top + bbox.height, Math.max(bbox.top, chart.valToPos(value, 'y', true)));
  const edges =
    chart.scales['x']?.dir === -1 ? [bbox.left + bbox.width, bbox.left] : [bbox.left, bbox.left + bbox.width];
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  points.forEach((point, index) => {
    const { low, high } = point;
    if (low === undefined && high === undefined) return;
    const before = points[index - 1];
    const after = points[index + 1];
    // Whole pixels: neighbours meet without a seam.
    const from = Math.round(before ? (x(before) + x(point)) / 2 : (edges[0] ?? 0));
    const until = Math.round(after ? (x(after) + x(point)) / 2 : (edges[1] ?? 0));
    const top = high === undefined ? bbox.top : y(high);
    const bottom = low === undefined ? bbox.top + bbox.height : y(low);
    ctx.fillStyle = ink.band;
    ctx.fillRect(Math.min(from, until), top, Math.abs(until - from), bottom - top);
    // Its edges too: forced colours have no shades.
    ctx.strokeStyle = ink.edge;
    ctx.lineWidth = 0.6 * uPlot.pxRatio;
    for (const edge of [...(high === undefined ? [] : [top]), ...(low === undefined ? [] : [bottom])]) {
      ctx.beginPath();
      ctx.moveTo(from, edge);
      ctx.lineTo(until, edge);
      ctx.stroke();
    }
  });
  ctx.restore();
}

function drawPoints(chart: uPlot, { ink, shapes, series }: ChartScene, points: readonly TrendPoint[]): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 6 * ratio, bbox.top - 6 * ratio, bbox.width + 12 * ratio, bbox.height + 12 * ratio);
  ctx.clip();
  for (const point of points) {
    const x = chart.valToPos(middleOf(point) / 1000, 'x', true);
    const y = chart.valToPos(point.value, 'y', true);
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
    ctx.strokeStyle = ink.text;
    ctx.lineWidth = 1.4 * ratio;
    drawSpan(chart, point, y);
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(SIZE * ratio, SIZE * ratio);
    const path = new Path2D(shapes.get(point.source) ?? '');
    ctx.fillStyle = point.exact ? (point === series.points.at(-1) ? ink.action : ink.text) : ink.surface;
    ctx.lineWidth = 1.4 / SIZE;
    ctx.fill(path);
    ctx.stroke(path);
    ctx.restore();
  }
  ctx.restore();
}

/** Where only the month or the year is recorded, the point is somewhere on this line. */
function drawSpan(chart: uPlot, { date }: TrendPoint, y: number): void {
  const [from, until] = [sortMoment(date), endMoment(date)];
  if (until - from <= DAY_MS) return;
  const { ctx } = chart;
  const reach = 4 * uPlot.pxRatio;
  const [left, right] = [chart.valToPos(from / 1000, 'x', true), chart.valToPos(until / 1000, 'x', true)];
  ctx.beginPath();
  ctx.moveTo(left, y - reach);
  ctx.lineTo(left, y + reach);
  ctx.moveTo(left, y);
  ctx.lineTo(right, y);
  ctx.moveTo(right, y - reach);
  ctx.lineTo(right, y + reach);
  ctx.stroke();
}
