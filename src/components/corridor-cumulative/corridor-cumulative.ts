import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { cumulativeOf, partTests, type Cumulative, type Test } from '../../record/cumulative.ts';
import type { Fact } from '../../record/fact.ts';
import { endMoment, readDate, sortMoment } from '../../record/fhir/date.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import type { SourceId } from '../../record/source.ts';
import { trendsInSteps, type Measured, type Series } from '../../record/trends.ts';
import { atOnce } from '../between-tasks.ts';
import { UnitsWantedEvent } from '../events.ts';
import { faceStyles } from '../face.styles.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { choiceStyles } from '../pictures/choices.styles.ts';
import { panelStyles } from '../pictures/panel.styles.ts';
import { groupMeasures } from '../measures/measure.ts';
import { flagsOf, type MeasuredEntry } from '../measures/observed-line.ts';
import { gapsInWords, pictureGaps } from '../pictures/picture-gaps.ts';
import { pictureWords } from '../pictures/picture-words.ts';
import { shapesFor } from '../pictures/point-shapes.ts';
import { DAY_MS, type TimeWindow } from '../pictures/time-window.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { cumulativeStyles } from './corridor-cumulative.styles.ts';
import { allValues, openMark, tableTemplate, valuesIn } from './cumulative-table.ts';

const SECTIONS: readonly SectionId[] = ['investigation-results', 'examination-findings'];
/** Days shown at once, and more at each asking. */
const DAYS = 12;
const MORE_DAYS = 36;
/** Charts to begin with. */
const AT_FIRST = 3;
const LEAST_POINTS = 3;
const SPANS = [12, 36, 120, undefined] as const;
const FIRST_SPAN = 36;
const MONTH_MS = 30.44 * DAY_MS;

type CumulativeGroup = { readonly name: string; readonly table: Cumulative<MeasuredEntry> };

/** A test and the lines that may be drawn of it; several where a unit, a method or a specimen keeps them apart. */
type Drawable = {
  readonly test: Test;
  readonly lines: readonly { readonly series: Series; readonly facts: readonly Fact<Measured>[] }[];
};

let views = 0;

/**
 * @summary Results over time: tests against days as one table, and the tests that the reader ticks as charts on one
 * scale of time, each with its own scale of values. Everything drawn is in the table; the table is complete.
 * @event corridor-units-wanted - A table of units might bring values of one test together.
 */
export class CorridorCumulative extends LitElement {
  static override styles = [tokens, controls, markStyles, panelStyles, choiceStyles, faceStyles, cumulativeStyles];

  readonly #name = `corridor-cumulative-${(views += 1)}`;
  #groups: readonly CumulativeGroup[] = [];
  #drawable: ReadonlyMap<string, Drawable> = new Map();
  #wanted = false;

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  /** Unset until the reader ticks: then the tests that say most are drawn. */
  @state() private ticked: ReadonlySet<string> | undefined;
  @state() private days: ReadonlyMap<string, number> = new Map();
  @state() private months: number | undefined = FIRST_SPAN;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('record') || changed.has('around')) this.#read();
  }

  #read(): void {
    const { record, around } = this;
    if (!record) return;
    const words = pictureWords(around.words).charts;
    const measures = SECTIONS.map((id) => {
      const facts = (record.sections.find((view) => view.id === id)?.facts ?? []) as readonly Fact<MeasuredEntry>[];
      return [...groupMeasures(facts, isMeasure)].sort(recentFirst);
    });
    this.#groups = measures
      .map((tests, index) => ({
        name: index === 0 ? words.tests : words.measurements,
        table: cumulativeOf(tests),
      }))
      .filter(({ table }) => table.rows.length > 0);
    this.#drawable = new Map(measures.flat().flatMap((test) => drawableOf(test, this.#lines)));
    if (this.#apartForUnits && !around.convert && !this.#wanted) {
      this.#wanted = true;
      this.dispatchEvent(new UnitsWantedEvent());
    }
  }

  #apartForUnits = false;
  readonly #lines = (test: Test): Drawable['lines'] => {
    const { series, mayNeedUnits } = atOnce(trendsInSteps(test.facts, this.around.convert));
    this.#apartForUnits ||= mayNeedUnits;
    return series.map((one) => ({ series: one, facts: test.facts }));
  };

  get #chosen(): ReadonlySet<string> {
    if (this.ticked) return this.ticked;
    const long = [...this.#drawable].filter(([, { lines }]) =>
      lines.some(({ series }) => series.points.length >= LEAST_POINTS),
    );
    const flagged = long.filter(([, { test }]) => isFlagged(test, this.around));
    return new Set(
      [...flagged, ...long]
        .slice(0, AT_FIRST + flagged.length)
        .map(([key]) => key)
        .slice(0, AT_FIRST),
    );
  }

  #choose(key: string, chosen: boolean): void {
    const next = new Set(this.#chosen);
    if (chosen) next.add(key);
    else next.delete(key);
    this.ticked = next;
  }

  #window(drawn: readonly Series[]): TimeWindow {
    const today = readDate(this.around.today);
    const points = drawn.flatMap(({ points: all }) => all);
    const last = Math.max(...points.map(({ date }) => endMoment(date)), today ? endMoment(today) : 0);
    const first = Math.min(...points.map(({ date }) => sortMoment(date)));
    const room = Math.max(3 * DAY_MS, (last - first) * 0.03);
    const fromMs = this.months === undefined ? first - room : last - this.months * MONTH_MS;
    return { fromMs, untilMs: last + Math.min(room, 10 * DAY_MS) };
  }

  #charts(): TemplateResult {
    const { around } = this;
    const { charts } = pictureWords(around.words);
    const chosen = this.#chosen;
    const drawn = [...this.#drawable].filter(([key]) => chosen.has(key)).map(([, drawable]) => drawable);
    if (this.#drawable.size === 0) return html`<p class="tools">${charts.nothing}</p>`;
    const lines = drawn.flatMap((drawable) => drawable.lines);
    const window = this.#window(lines.map(({ series }) => series));
    const shapes = shapesFor(lines.flatMap(({ series }) => series.points.map(({ source }) => source)));
    return html`<div class="tools">
        <span class="set" role="group" aria-label=${charts.span}
          >${SPANS.map((months) => this.#spanButton(months))}</span
        >
        <span role="status">${charts.chosen(drawn.length, this.#drawable.size)}</span>
      </div>
      ${
        lines.length === 0
          ? html`<p class="tools">${charts.none}</p>`
          : html`${this.#key(shapes)}
              <div class="charts ${lines.length > 1 ? 'many' : ''}">
                ${repeat(
                  drawn.flatMap((drawable) =>
                    drawable.lines.map((line, index) => ({
                      ...line,
                      apart: index > 0 && isApart(drawable),
                      left: index === drawable.lines.length - 1 ? leftOut(drawable) : 0,
                    })),
                  ),
                  ({ series }) => series.key,
                  ({ series, facts, apart, left }) =>
                    html`<div>
                      ${apart ? html`<p class="apart">${toneMark('information')} ${charts.apart}</p>` : nothing}
                      <corridor-chart
                        .series=${series}
                        .facts=${facts}
                        .around=${around}
                        .window=${window}
                        .shapes=${shapes}
                        .together=${this.#name}
                      ></corridor-chart>
                      ${left > 0 ? html`<p class="apart">${charts.notDrawn(left)}</p>` : nothing}
                    </div>`,
                )}
              </div>`
      }`;
  }

  #spanButton(months: number | undefined): TemplateResult {
    const { timeline } = pictureWords(this.around.words);
    const name = months === undefined ? timeline.all : timeline.years(months / 12);
    return html`<button class="action" aria-pressed=${this.months === months} @click=${() => (this.months = months)}>
      ${name}
    </button>`;
  }

  #key(shapes: ReadonlyMap<SourceId, string>): TemplateResult {
    const { charts } = pictureWords(this.around.words);
    return html`<ul class="keys">
      ${[...shapes].map(
        ([id, shape]) =>
          html`<li>
            <svg viewBox="-1.2 -1.2 2.4 2.4" aria-hidden="true">${svg`<path d=${shape} />`}</svg>
            ${sourceName(id, this.around)}
          </li>`,
      )}
      <li class="open">${openMark()} ${charts.limitOrNotFinal}</li>
      <li class="band">${charts.bands}</li>
    </ul>`;
  }

  /** Each group has days of its own: what is measured at home every week would else stand between the laboratory's. */
  #tableOf({ name, table }: CumulativeGroup, record: PatientRecord): TemplateResult {
    const { around } = this;
    const words = pictureWords(around.words);
    const { charts } = words;
    const { columns, undated } = table;
    const days = this.days.get(name) ?? DAYS;
    const shown = columns.slice(0, days);
    const rest = columns.length - shown.length;
    const show = (many: number): void => void (this.days = new Map(this.days).set(name, many));
    return html`<h3>${name}</h3>
      <div class="tools">
        <span role="status"
          >${charts.showing(shown.length, columns.length, valuesIn(shown) + undated, allValues(table))}${
            undated > 0 ? `. ${charts.undated(undated)}` : ''
          }</span
        >
        ${
          rest > 0
            ? html`<button class="action" @click=${() => show(days + MORE_DAYS)}>
                ${charts.olderDates(Math.min(rest, MORE_DAYS))}
              </button>`
            : days > DAYS && columns.length > DAYS
              ? html`<button class="action" @click=${() => show(DAYS)}>${charts.fewerDates}</button>`
              : nothing
        }
      </div>
      ${tableTemplate({
        name,
        rows: table.rows,
        columns: shown,
        undated: undated > 0,
        around,
        words,
        disputed: new Set(record.conflicts.flatMap(({ facts }) => facts)),
        drawable: new Set(this.#drawable.keys()),
        chosen: this.#chosen,
        choose: (key, chosen) => this.#choose(key, chosen),
      })}`;
  }

  #nothing(record: PatientRecord): TemplateResult {
    const { answered, waiting } = pictureGaps(record, SECTIONS);
    const { absence } = this.around.words;
    const said =
      waiting.length > 0 ? absence.soFar(answered) : answered === 0 ? absence.notKnown : absence.nothing(answered);
    return html`<p class="none">${said}</p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record, around } = this;
    if (!record) return nothing;
    const words = pictureWords(around.words);
    const gaps = gapsInWords(pictureGaps(record, SECTIONS), around, words);
    return html`<section class="panel" aria-labelledby="heading">
      <h2 id="heading">${words.charts.heading}</h2>
      ${
        gaps.length > 0
          ? html`<ul class="gaps">
              ${gaps.map(({ tone, said }) => html`<li class=${tone}>${toneMark(tone)} <span>${said}</span></li>`)}
            </ul>`
          : nothing
      }
      ${this.#groups.length === 0 ? this.#nothing(record) : html`${this.#charts()}${this.#groups.map((group) => this.#tableOf(group, record))}`}
    </section>`;
  }
}

/** The rows of the two sections' own tables, and no others: reports and findings in words stand there as lines. */
function isMeasure({ kind }: MeasuredEntry): boolean {
  return kind === 'result' || kind === 'vital-sign' || kind === 'score';
}

/** The most recently measured first; then by name, so that the order is total. */
function recentFirst(a: Test<MeasuredEntry>, b: Test<MeasuredEntry>): number {
  return dayOf(b).localeCompare(dayOf(a)) || a.title.localeCompare(b.title);
}

function dayOf({ facts: [latest] }: Test<MeasuredEntry>): string {
  const entry = latest?.entries[0];
  return entry?.cautions.includes('date-in-future') ? '' : (entry?.date?.slice(0, 10) ?? '');
}

function isFlagged({ facts: [latest] }: Test, { words }: Surroundings): boolean {
  return (
    latest !== undefined &&
    flagsOf(latest.entries[0] as MeasuredEntry, words).some(({ tone }) => tone !== 'information')
  );
}

function drawableOf(
  test: Test<MeasuredEntry>,
  linesOf: (test: Test) => Drawable['lines'],
): readonly (readonly [string, Drawable])[] {
  const own = linesOf(test);
  const lines = own.length > 0 ? own : partTests(test).flatMap(linesOf);
  return lines.length > 0 ? [[test.key, { test, lines }]] : [];
}

/** Values that have no number, unit or day, or do not stand: no chart shows them, and the reader must know. */
function leftOut(drawable: Drawable): number {
  const { lines, test } = drawable;
  const drawn = lines.reduce((sum, { series }) => sum + series.points.length, 0);
  return isApart(drawable) ? test.facts.length - drawn : 0;
}

/** Two lines of one and the same quantity, kept apart; the two numbers of a blood pressure are not. */
function isApart({ lines }: Drawable): boolean {
  const [first] = lines;
  return lines.every(({ facts }) => facts === first?.facts);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-cumulative': CorridorCumulative;
  }
}
