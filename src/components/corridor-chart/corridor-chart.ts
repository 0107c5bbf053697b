import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { endMoment, sortMoment } from '../../record/fhir/date.ts';
import type { Fact } from '../../record/fact.ts';
import type { SourceId } from '../../record/source.ts';
import type { Measured, Series, TrendPoint } from '../../record/trends.ts';
import { rangesText } from '../../record/cumulative.ts';
import { dateInWords } from '../dates-in-words.ts';
import { flagTemplate, standingFlags, unbroken, whenOf } from '../line.ts';
import { markStyles } from '../marks.styles.ts';
import { flagsOf, scoreInWords, type MeasuredEntry } from '../measures/observed-line.ts';
import { inkStyles, readInk } from '../pictures/ink.ts';
import { pictureWords } from '../pictures/picture-words.ts';
import type { TimeWindow } from '../pictures/time-window.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import type { drawChart } from './draw-chart.ts';
import { chartStyles } from './corridor-chart.styles.ts';
import { uplotStyles } from './uplot.styles.ts';

type Draw = typeof drawChart;
const HEIGHT_PX = 150;

/**
 * @summary One series of one test over time: its range as a band, a shape for each organisation, limits and values that
 * are not final hollow, its one unit beside the axis. The same numbers stand under it as a table, as recorded.
 */
export class CorridorChart extends LitElement {
  static override styles = [tokens, controls, markStyles, inkStyles, uplotStyles, chartStyles];

  #chart: { destroy(): void } | undefined;
  #draw: Draw | undefined;
  #width = 0;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #size = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === this.#width) return;
    this.#width = width;
    this.#redraw();
  });

  @query('.plot') private plot!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  @property({ attribute: false }) series: Series | undefined;
  /** The facts of the test, whose words the table says. */
  @property({ attribute: false }) facts: readonly Fact<Measured>[] = [];
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** The time that charts of one view share. */
  @property({ attribute: false }) window: TimeWindow | undefined;
  @property({ attribute: false }) shapes: ReadonlyMap<SourceId, string> = new Map();
  /** Charts of one name share the line under the pointer. */
  @property() together = '';

  @state() private code: 'waiting' | 'here' | 'failed' = 'waiting';
  @state() private pointed: TrendPoint | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#redraw);
    if (!this.#draw) void this.#fetch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#redraw);
    this.#size.disconnect();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.plot) this.#size.observe(this.plot);
    if (['series', 'window', 'around', 'shapes', 'code'].some((name) => changed.has(name))) this.#redraw();
  }

  async #fetch(): Promise<void> {
    try {
      this.#draw = (await import('./draw-chart.ts')).drawChart;
      this.code = 'here';
    } catch {
      // The table says the same, and the reader is told that the picture is not there.
      this.code = 'failed';
    }
  }

  readonly #redraw = (): void => {
    const { plot, probe, series, window, around } = this;
    this.#chart?.destroy();
    this.#chart = undefined;
    if (!plot || !probe || !series || !window || !this.#draw || this.#width === 0) return;
    const style = getComputedStyle(this);
    this.#chart = this.#draw(plot, {
      series,
      window,
      widthPx: this.#width,
      heightPx: HEIGHT_PX,
      ink: readInk(probe),
      font: `12px ${style.fontFamily}`,
      mirrored: style.direction === 'rtl',
      words: around.words,
      shapes: this.shapes,
      together: this.together,
      pointed: (point) => (this.pointed = point),
    });
  };

  #factOf(point: TrendPoint): Fact<Measured> | undefined {
    return this.facts.find(({ entries: [entry] }) => entry.id === point.id);
  }

  #row(point: TrendPoint, unit: string): TemplateResult {
    const { around } = this;
    const words = pictureWords(around.words).charts;
    const fact = this.#factOf(point);
    const entry = fact?.entries[0];
    const sources = [...new Set(fact?.entries.map(({ origin }) => origin.source) ?? [point.source])];
    const flags = entry ? [...flagsIn(entry as MeasuredEntry, around), ...standingFlags(entry, around)] : [];
    return html`<tr>
      <th scope="row">${unbroken(entry ? whenOf(entry, around) : dateInWords(point.date, around.words))}</th>
      <td>
        <span class="value">${unbroken(scoreInWords(point.shown, this.series?.title ?? ''))}</span>
        ${flags.map(flagTemplate)}
        ${point.converted ? html` <span class="note">${words.convertedTo(`${Number(point.value.toPrecision(4))} ${unit}`)}</span>` : nothing}
      </td>
      <td>${unbroken(entry ? rangesText(entry.ranges) : '')}</td>
      <td>${sources.map((id) => sourceName(id, around)).join(', ')}</td>
    </tr>`;
  }

  #said(point: TrendPoint): string {
    const { around } = this;
    return `${scoreInWords(point.shown, this.series?.title ?? '')} · ${dateInWords(point.date, around.words)} · ${sourceName(point.source, around)}`;
  }

  override render(): TemplateResult | typeof nothing {
    const { series, window, around } = this;
    if (!series || !window) return nothing;
    const { charts } = pictureWords(around.words);
    const { points, unit, title, method, specimen } = series;
    const inside = points.filter(({ date }) => sortMoment(date) < window.untilMs && endMoment(date) >= window.fromMs);
    const [first] = inside;
    const last = inside.at(-1);
    const dates = [first, last].map((point) => (point ? dateInWords(point.date, around.words) : ''));
    const label = charts.chartOf(title, unit, inside.length, dates[0] ?? '', dates[1] ?? '');
    return html`<div class="head">
        <h3>${title}</h3>
        <span>${[charts.units(unit), method, specimen].filter(Boolean).join(' · ')}</span>
        <b class="pointed" aria-hidden="true">${this.pointed ? this.#said(this.pointed) : nothing}</b>
        ${inside.length === 0 ? html`<span>${charts.noneInSpan(points.length)}</span>` : nothing}
      </div>
      ${this.code === 'failed' ? html`<p class="note" role="alert">${charts.failed}</p>` : html`<div class="plot" role="img" aria-label=${label}></div>`}
      ${this.code === 'waiting' ? html`<p class="note" role="status">${charts.loading}</p>` : nothing}
      <details>
        <summary>${charts.asTable(points.length)}<span class="heard">: ${title}</span></summary>
        <table>
          <thead>
            <tr>
              <th scope="col">${charts.date}</th>
              <th scope="col">${charts.value}</th>
              <th scope="col">${charts.range}</th>
              <th scope="col">${charts.recordedBy}</th>
            </tr>
          </thead>
          <tbody>
            ${[...points].reverse().map((point) => this.#row(point, unit))}
          </tbody>
        </table>
      </details>
      <div class="ink" aria-hidden="true" @transitionend=${this.#redraw}></div>
      <div class="probe" aria-hidden="true"></div>`;
  }
}

/** A part of a measurement has no parts of its own. */
function flagsIn(entry: MeasuredEntry, around: Surroundings): ReturnType<typeof flagsOf> {
  return flagsOf({ ...entry, parts: [] }, around.words);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-chart': CorridorChart;
  }
}
