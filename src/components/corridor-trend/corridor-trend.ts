import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { sortMoment } from '../../record/fhir/date.ts';
import { dateInWords } from '../dates-in-words.ts';
import { scoreInWords } from '../measures/observed-line.ts';
import type { Series, TrendPoint } from '../../record/trends.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { tokens } from '../tokens.styles.ts';

const WIDTH = 80;
const HEIGHT = 24;
const EDGE = 3;

/**
 * @summary A small line of one test over time: the range of each value as a band, the latest point filled, limits and values that are
 * not final hollow. The same numbers are its text, each in its source's own unit.
 */
export class CorridorTrend extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: inline-block;
        line-height: 0;
      }
      svg {
        block-size: 24px;
        inline-size: 80px;
        overflow: visible;
      }
      .band {
        fill: var(--_hairline);
        opacity: 0.6;
      }
      .line {
        fill: none;
        stroke: var(--_secondary);
        stroke-width: 1.25;
      }
      .point {
        fill: var(--_secondary);
      }
      .hollow {
        fill: var(--_surface);
        stroke: var(--_secondary);
      }
      .latest {
        fill: var(--_action);
      }
    `,
  ];

  @property({ attribute: false }) trend: Series | undefined;
  @property() name = '';
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  override render(): TemplateResult | typeof nothing {
    const { trend } = this;
    if (!trend) return nothing;
    const { points } = trend;
    const { words } = this.around;
    const text = points
      .map((point) => `${scoreInWords(point.shown, this.name)} (${dateInWords(point.date, words)})`)
      .join(', ');
    const values = points.map((point) => point.value);
    const place = scales(
      values,
      points.map((point) => sortMoment(point.date)),
    );
    const path = points
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${place.x(sortMoment(point.date))} ${place.y(point.value)}`)
      .join('');
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words.results.trendOf(this.name, text)}>
      ${bands(points, place)}
      <path class="line" d=${path}></path>
      ${points.map((point, index) => {
        const latest = index === points.length - 1;
        return latest || !point.exact
          ? svg`<circle class=${point.exact ? 'latest' : 'hollow'} cx=${place.x(sortMoment(point.date))} cy=${place.y(point.value)} r=${latest ? 2.6 : 2}></circle>`
          : nothing;
      })}
    </svg>`;
  }
}

type Scales = { readonly x: (moment: number) => number; readonly y: (value: number) => number };

function scales(values: readonly number[], moments: readonly number[]): Scales {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, until] = [Math.min(...moments), Math.max(...moments)];
  const round = (n: number): number => Math.round(n * 10) / 10;
  return {
    x: (moment) => round(until === from ? WIDTH / 2 : EDGE + ((moment - from) / (until - from)) * (WIDTH - 2 * EDGE)),
    y: (value) =>
      round(high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE)),
  };
}

/** The range of each value, as far as half way to its neighbours: two laboratories' ranges are two bands. */
function bands(points: readonly TrendPoint[], { x, y }: Scales): readonly unknown[] {
  const clamp = (n: number): number => Math.min(HEIGHT, Math.max(0, n));
  const middle = (a: TrendPoint | undefined, b: TrendPoint | undefined, edge: number): number =>
    a && b ? (x(sortMoment(a.date)) + x(sortMoment(b.date))) / 2 : edge;
  return points.map((point, index) => {
    const { low, high } = point;
    if (low === undefined && high === undefined) return nothing;
    const top = high === undefined ? 0 : clamp(y(high));
    const bottom = low === undefined ? HEIGHT : clamp(y(low));
    const from = middle(points[index - 1], point, 0);
    const until = middle(point, points[index + 1], WIDTH);
    return bottom > top && until > from
      ? svg`<rect class="band" x=${from} y=${top} width=${until - from} height=${bottom - top}></rect>`
      : nothing;
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-trend': CorridorTrend;
  }
}
