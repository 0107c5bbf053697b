import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { TimelineKind, TimelineLane } from '../../record/timeline-kinds.ts';
import type { DatedItem, Timeline } from '../../record/timeline.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { choiceStyles } from '../pictures/choices.styles.ts';
import { inkStyles, readInk, sized } from '../pictures/ink.ts';
import { dayInWords, tickInWords } from '../pictures/time-in-words.ts';
import { DAY_MS, panned, shareOf, showing, ticksOf, within, zoomed, type TimeWindow } from '../pictures/time-window.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { timelineStageStyles } from './corridor-timeline-stage.styles.ts';
import { BRUSH_PX, drawBrush } from './draw-brush.ts';
import { drawAxis, drawTimeline, type Scene, type Standing } from './draw-timeline.ts';
import { Gestures, type Spot } from './gestures.ts';
import { glyphAt, glyphsOf, type Glyph } from './glyphs.ts';
import { itemInWords, sentenceOf, standingOf, type Speaker } from './item-in-words.ts';
import type { LaneGap } from './lane-gaps.ts';
import { shapeOf } from './shapes.ts';
import { TimelineOpenEvent } from './timeline-open-event.ts';
import { isIn, layLanes, middleOf, type LaneLayout } from './timeline-layout.ts';

/** Months offered at once; `undefined`: all there is. Two years are shown to begin with. */
const SPANS = [3, 12, 24, 60, undefined] as const;
const FIRST_SPAN = 24;
const MONTH_MS = 30.44 * DAY_MS;
const AXIS_PX = 22;
/** A heap of more than this is zoomed into, as long as zooming can take it apart. */
const FEW = 6;

/**
 * The picture itself. It is longer than other elements because the canvas, the hands and the keys meet here; what it
 * draws, and where, is worked out beside it (`timeline-layout.ts`, `glyphs.ts`, `draw-timeline.ts`).
 *
 * @summary The timeline's canvas with its lanes, its zoom and the brush below; the mark that has the focus is an element.
 * @event corridor-timeline-open - The reader opens one mark. It stays at this element.
 */
export class CorridorTimelineStage extends LitElement {
  static override styles = [tokens, controls, markStyles, inkStyles, choiceStyles, timelineStageStyles];

  #lanes: readonly LaneLayout[] = [];
  #glyphs: readonly Glyph[] = [];
  #names = new Map<DatedItem, string>();
  #standings = new Map<DatedItem, Standing>();
  #placed: readonly unknown[] = [];
  #frame = 0;
  #mirrored = false;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #size = new ResizeObserver(([entry]) => (this.width = Math.floor(entry?.contentRect.width ?? 0)));
  readonly #hands = new Gestures({
    pan: (byPx) => this.#pan((byPx / Math.max(1, this.width)) * this.#length),
    zoom: (factor, atPx) => this.#zoom(factor, atPx / Math.max(1, this.width)),
    point: (spot) => (this.pointed = spot && glyphAt(this.#glyphs, spot.x, spot.y)),
    tap: (spot) => this.#tap(spot),
    missed: () => (this.missed = true),
    mirrored: () => this.#mirrored,
    holdsWheel: () => this.focusedHere,
  });

  @query('.stage') private stage!: HTMLElement | null;
  @query('.picture') private canvas!: HTMLCanvasElement | null;
  @query('.axis') private axis!: HTMLCanvasElement | null;
  @query('.brush') private brush!: HTMLCanvasElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  @property({ attribute: false }) timeline: Timeline | undefined;
  @property({ attribute: false }) speaker!: Speaker;
  /** Who is missing from each lane; lanes that stand here are shown though they are empty. */
  @property({ attribute: false }) gaps: ReadonlyMap<TimelineLane, LaneGap> = new Map();

  @state() private window: TimeWindow | undefined;
  @state() private width = 0;
  @state() private pointed: Glyph | undefined;
  @state() private focused: string | undefined;
  @state() private focusedHere = false;
  @state() private missed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#redraw);
    this.#size.disconnect();
    this.#watched = null;
    cancelAnimationFrame(this.#frame);
  }

  /** Back to the marks, when what was opened is closed again. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.marks')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('speaker')) {
      this.#names = new Map();
      this.#standings = new Map();
    }
    const { timeline } = this;
    if (!timeline || !(changed.has('timeline') || changed.has('gaps'))) return;
    this.#lanes = layLanes(timeline.items, new Set(this.gaps.keys()));
    // What the reader looks at stays where it is when more arrives.
    this.window = within(
      this.window ?? { fromMs: timeline.edgeMs - FIRST_SPAN * MONTH_MS, untilMs: timeline.edgeMs },
      this.#bounds,
    );
  }

  protected override updated(): void {
    this.#observe();
    this.#redraw();
  }

  #watched: HTMLElement | null = null;
  #observe(): void {
    if (this.stage === this.#watched) return;
    this.#size.disconnect();
    this.#watched = this.stage;
    if (this.stage) this.#size.observe(this.stage);
    // Lit's own listeners are passive where the browser thinks best; the wheel must be kept from the page.
    this.stage?.addEventListener('wheel', this.#hands.wheel, { passive: false });
  }

  get #bounds(): TimeWindow {
    const items = this.timeline?.items ?? [];
    const edgeMs = this.timeline?.edgeMs ?? 0;
    const first = items[0]?.when.start.fromMs ?? edgeMs;
    const room = Math.max(20 * DAY_MS, (edgeMs - first) * 0.02);
    return { fromMs: Math.min(first - room, edgeMs - 3 * MONTH_MS), untilMs: edgeMs };
  }

  get #length(): number {
    return this.window ? this.window.untilMs - this.window.fromMs : 0;
  }

  #nameOf(item: DatedItem): string {
    const known = this.#names.get(item) ?? itemInWords(item, this.speaker).main;
    this.#names.set(item, known);
    return known;
  }

  /** The focused mark's ring and the words beside a mark are elements; they are put where the canvas has drawn it. */
  #placeMarks(): void {
    for (const lane of this.renderRoot.querySelectorAll<HTMLElement>('.lane'))
      lane.style.transform = `translateY(${lane.dataset['top'] ?? 0}px)`;
    const item = this.#focusedItem();
    const glyph = item && this.#glyphs.find(({ items }) => items.includes(item));
    const ring = this.renderRoot.querySelector<HTMLElement>('.ring');
    if (ring && glyph) this.#put(ring, glyph.fromPx - 11, glyph.y - 12, glyph.untilPx - glyph.fromPx + 22, 24);
    const tip = this.renderRoot.querySelector<HTMLElement>('.tip');
    const shown = this.pointed ?? (this.focusedHere ? glyph : undefined);
    if (!tip || !shown) return;
    const middle = Math.min(this.width, Math.max(0, (shown.fromPx + Math.min(shown.untilPx, this.width)) / 2));
    const left = Math.min(Math.max(4, middle - tip.offsetWidth / 2), Math.max(4, this.width - tip.offsetWidth - 6));
    const under = shown.y + 16 + tip.offsetHeight < this.#heightPx;
    this.#put(tip, left, under ? shown.y + 16 : Math.max(2, shown.y - 16 - tip.offsetHeight));
  }

  #put(element: HTMLElement, fromPx: number, top: number, wide?: number, high?: number): void {
    const from = Math.max(-4, fromPx);
    element.style.transform = `translate(${this.#mirrored ? -from : from}px, ${top}px)`;
    if (wide !== undefined) element.style.inlineSize = `${Math.min(wide, this.width - from + 2)}px`;
    if (high !== undefined) element.style.blockSize = `${high}px`;
  }

  #set(window: TimeWindow): void {
    this.window = window;
    this.pointed = undefined;
  }

  #pan(byMs: number): void {
    if (this.window) this.#set(panned(this.window, byMs, this.#bounds));
  }

  #zoom(factor: number, share: number): void {
    if (this.window) this.#set(zoomed(this.window, factor, this.window.fromMs + share * this.#length, this.#bounds));
  }

  #span(months: number | undefined): void {
    const { untilMs } = this.#bounds;
    this.#set(
      months === undefined ? this.#bounds : within({ fromMs: untilMs - months * MONTH_MS, untilMs }, this.#bounds),
    );
  }

  #centre(x: number): void {
    const { fromMs, untilMs } = this.#bounds;
    const atMs = fromMs + (x / Math.max(1, this.width)) * (untilMs - fromMs);
    this.#set(within({ fromMs: atMs - this.#length / 2, untilMs: atMs + this.#length / 2 }, this.#bounds));
  }

  #dragBrush(event: PointerEvent): void {
    if (event.buttons !== 1 || !this.brush) return;
    if (event.type === 'pointerdown') this.brush.setPointerCapture(event.pointerId);
    const box = this.brush.getBoundingClientRect();
    const x = event.clientX - box.left;
    this.#centre(this.#mirrored ? box.width - x : x);
  }

  #tap(spot: Spot): void {
    const glyph = glyphAt(this.#glyphs, spot.x, spot.y);
    if (!glyph || !this.window) return;
    const { items } = glyph;
    const moments = items.map(middleOf);
    const [from, until] = [Math.min(...moments), Math.max(...moments)];
    if (glyph.shape === 'mark' && items.length > FEW && until - from > 2 * DAY_MS && this.#length > 12 * DAY_MS) {
      const room = Math.max(2 * DAY_MS, (until - from) * 0.25);
      this.#set(within({ fromMs: from - room, untilMs: until + room }, this.#bounds));
      return;
    }
    this.focused = items.at(-1)?.id;
    this.#open([...items].reverse());
  }

  #focusedItem(): DatedItem | undefined {
    const items = this.timeline?.items ?? [];
    const chosen = this.focused === undefined ? undefined : items.find(({ id }) => id === this.focused);
    return chosen ?? (this.window && items.findLast((item) => this.window && isIn(this.window, item))) ?? items.at(-1);
  }

  #focus(item: DatedItem | undefined): void {
    if (!item || !this.window) return;
    this.focused = item.id;
    this.#set(showing(this.window, Math.min(middleOf(item), this.#bounds.untilMs - 1), this.#bounds));
  }

  #key(event: KeyboardEvent): void {
    const items = this.timeline?.items ?? [];
    const here = this.#focusedItem();
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = items.indexOf(here);
    const forward = this.#mirrored ? 'ArrowLeft' : 'ArrowRight';
    const back = this.#mirrored ? 'ArrowRight' : 'ArrowLeft';
    const acts: Readonly<Record<string, () => void>> = {
      [forward]: () => this.#focus(items[index + 1]),
      [back]: () => this.#focus(items[index - 1]),
      ArrowUp: () => this.#focus(this.#inLane(here, -1)),
      ArrowDown: () => this.#focus(this.#inLane(here, 1)),
      Home: () => this.#focus(items[0]),
      End: () => this.#focus(items.at(-1)),
      PageUp: () => this.#pan(-this.#length * 0.8),
      PageDown: () => this.#pan(this.#length * 0.8),
      '+': () => this.#zoom(0.6, this.#shareOf(here)),
      '=': () => this.#zoom(0.6, this.#shareOf(here)),
      '-': () => this.#zoom(1 / 0.6, this.#shareOf(here)),
      '0': () => this.#span(undefined),
      Enter: () => this.#open([here]),
      ' ': () => this.#open([here]),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #shareOf(item: DatedItem): number {
    return this.window ? Math.min(1, Math.max(0, shareOf(this.window, middleOf(item)))) : 1;
  }

  /** The nearest in time in the next lane that holds something. */
  #inLane(item: DatedItem, step: 1 | -1): DatedItem | undefined {
    const held = this.#lanes.filter((lane) => lane.items.length > 0);
    const next = held[held.findIndex(({ lane }) => lane === item.lane) + step];
    const away = (other: DatedItem): number => Math.abs(middleOf(other) - middleOf(item));
    return next?.items.reduce((best, other) => (away(other) < away(best) ? other : best));
  }

  #tools(speaker: Speaker): TemplateResult {
    const { timeline } = speaker.words;
    const bounds = this.#bounds;
    const tool = (name: string, sign: string, act: () => void): TemplateResult =>
      html`<button class="action" title=${name} aria-label=${name} @click=${act}>${sign}</button>`;
    return html`<div class="tools">
      <div class="set" role="group" aria-label=${timeline.span}>
        ${SPANS.map((months) => {
          const wanted =
            months === undefined
              ? bounds
              : within({ fromMs: bounds.untilMs - months * MONTH_MS, untilMs: bounds.untilMs }, bounds);
          const pressed = this.window?.fromMs === wanted.fromMs && this.window.untilMs === wanted.untilMs;
          const name =
            months === undefined ? timeline.all : months < 12 ? timeline.months(months) : timeline.years(months / 12);
          return html`<button class="action" aria-pressed=${pressed} @click=${() => this.#span(months)}>
            ${name}
          </button>`;
        })}
      </div>
      <div class="set">
        ${tool(timeline.zoomOut, '−', () => this.#zoom(1 / 0.6, 0.5))}${tool(timeline.zoomIn, '+', () => this.#zoom(0.6, 0.5))}
      </div>
      <div class="set">
        ${tool(timeline.earlier, '‹', () => this.#pan(-this.#length * 0.5))}${tool(timeline.later, '›', () => this.#pan(this.#length * 0.5))}
      </div>
      <span class="counts" role="status">${this.#counts(speaker)}</span>
    </div>`;
  }

  #counts({ words, around }: Speaker): string {
    const { window } = this;
    const items = this.timeline?.items ?? [];
    if (!window) return '';
    const shown = items.filter((item) => isIn(window, item)).length;
    const earlier = items.filter((item) => !isIn(window, item) && item.when.start.fromMs < window.fromMs).length;
    const later = items.length - shown - earlier;
    const { timeline } = words;
    return [
      timeline.showing(
        shown,
        items.length,
        dayInWords(window.fromMs, around.words),
        dayInWords(window.untilMs - 1, around.words),
      ),
      ...(earlier > 0 ? [timeline.before(earlier)] : []),
      ...(later > 0 ? [timeline.after(later)] : []),
    ].join(' · ');
  }

  #laneLabel({ lane, top, items }: LaneLayout, { words }: Speaker): TemplateResult {
    const { silent = 0, waiting = 0 } = this.gaps.get(lane) ?? {};
    const { timeline } = words;
    return html`<div class="lane" data-top=${top}>
      <b>${timeline.lanes[lane]}</b>
      <span
        >${items.length === 0 && silent + waiting === 0 ? timeline.laneEmpty : items.length === 0 ? nothing : items.length}</span
      >
      ${silent > 0 ? html`<span class="caution">${toneMark('caution')} ${timeline.laneSilent(silent)}</span>` : nothing}
      ${waiting > 0 ? html`<span class="waiting">${timeline.laneWaiting(waiting)}</span>` : nothing}
    </div>`;
  }

  #tip(speaker: Speaker): TemplateResult | typeof nothing {
    const item = this.#focusedItem();
    const items = this.pointed?.items ?? (this.focusedHere && item ? [item] : []);
    if (items.length === 0) return nothing;
    return html`<div class="tip" aria-hidden="true">
      ${items.length > 3 ? html`<p>${speaker.words.timeline.together(items.length)}</p>` : nothing}
      ${items.slice(-3).map((one) => {
        const { when, kind, main, parts, flags, who } = itemInWords(one, speaker);
        return html`<p>
          ${when} · ${kind}<br /><strong>${main}</strong>${parts.map((part) => ` — ${part}`)}
          ${flags.map((flag) => html`<span class="flag quiet">${flag}</span>`)}<br /><span class="who">${who}</span>
        </p>`;
      })}
    </div>`;
  }

  #marks({ words }: Speaker): TemplateResult {
    const { timeline } = words;
    const kinds = [...new Set((this.timeline?.items ?? []).map(({ kind }) => kind))];
    const shape = (kind: TimelineKind): TemplateResult =>
      html`<svg viewBox="-1.2 -1.2 2.4 2.4" aria-hidden="true">${svg`<path d=${shapeOf(kind)} />`}</svg>`;
    return html`<details class="keyed">
      <summary>${timeline.key}</summary>
      <ul class="keys">
        ${kinds.map((kind) => html`<li class=${kind}>${shape(kind)} ${timeline.kinds[kind]}</li>`)}
        <li>${timeline.notFirm}</li>
        <li>${timeline.partial}</li>
        <li>${toneMark('caution')} ${timeline.differs}</li>
      </ul>
    </details>`;
  }

  readonly #redraw = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  };

  #draw(): void {
    const { window, canvas, axis, probe, width, brush, timeline, speaker } = this;
    if (!window || !canvas || !axis || !brush || !probe || width === 0 || !timeline) return;
    this.#mirrored = getComputedStyle(this).direction === 'rtl';
    const heightPx = this.#heightPx;
    const context = sized(canvas, width, heightPx);
    const dates = sized(axis, width, AXIS_PX);
    const strip = sized(brush, width, BRUSH_PX);
    if (!context || !dates || !strip) return;
    const ink = readInk(probe);
    const mirrored = this.#mirrored;
    const scene: Scene = {
      widthPx: width,
      heightPx,
      window,
      lanes: this.#lanes,
      glyphs: this.#glyphs,
      ticks: ticksOf(window, width).map((tick) => ({ tick, words: tickInWords(tick, speaker.around.words) })),
      ink,
      font: `12px ${getComputedStyle(this).fontFamily}`,
      mirrored,
      todayMs: timeline.edgeMs,
      today: speaker.words.timeline.today,
      standing: (item) => this.#standingOf(item),
      name: (item) => this.#nameOf(item),
    };
    drawTimeline(context, scene);
    drawAxis(dates, scene, AXIS_PX);
    drawBrush(strip, { items: timeline.items, bounds: this.#bounds, window, widthPx: width, ink, mirrored });
    this.#placeMarks();
  }

  get #heightPx(): number {
    const last = this.#lanes.at(-1);
    return last ? last.top + last.height : 0;
  }

  /** What is where, worked out once for a time and a width: the pointer moves over it many times. */
  #place(): void {
    const { window, width } = this;
    if (!window || width === 0 || sameAs(this.#placed, [this.#lanes, window, width])) return;
    this.#placed = [this.#lanes, window, width];
    this.#glyphs = glyphsOf(this.#lanes, window, width);
  }

  #standingOf(item: DatedItem): Standing {
    const known = this.#standings.get(item) ?? standingOf(item, this.speaker);
    this.#standings.set(item, known);
    return known;
  }

  /** Kept within this panel: the event says what is opened and must not leave it. */
  #open(items: readonly DatedItem[]): void {
    this.dispatchEvent(new TimelineOpenEvent(items));
  }

  override render(): TemplateResult | typeof nothing {
    const { timeline, speaker } = this;
    if (!timeline) return nothing;
    const { words } = speaker;
    const item = this.#focusedItem();
    this.#place();
    return html`${this.#tools(speaker)}
      <canvas class="axis" aria-hidden="true"></canvas>
      <div
        class="stage ${this.pointed ? 'pointing' : ''} ${this.#hands.dragging ? 'dragging' : ''}"
        @pointerdown=${this.#hands.down}
        @pointermove=${this.#hands.move}
        @pointerup=${this.#hands.up}
        @pointercancel=${this.#hands.up}
        @pointerleave=${this.#hands.leave}
      >
        <canvas class="picture" aria-hidden="true"></canvas>
        ${this.#lanes.map((lane) => this.#laneLabel(lane, speaker))}
        ${this.focusedHere ? html`<div class="ring" aria-hidden="true"></div>` : nothing}
        <div
          class="marks"
          role="listbox"
          tabindex="0"
          aria-label=${words.timeline.stage}
          aria-describedby="help"
          aria-activedescendant="focused"
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @focus=${() => (this.focusedHere = true)}
          @blur=${() => (this.focusedHere = false)}
        >
          ${
            item
              ? keyed(
                  item.id,
                  html`<div
                    id="focused"
                    role="option"
                    class="heard"
                    aria-selected="true"
                    aria-setsize=${timeline.items.length}
                    aria-posinset=${timeline.items.indexOf(item) + 1}
                  >
                    ${sentenceOf(itemInWords(item, speaker))}
                  </div>`,
                )
              : nothing
          }
        </div>
        ${this.#tip(speaker)}
      </div>
      <canvas
        class="brush"
        aria-hidden="true"
        title=${words.timeline.brush}
        @pointerdown=${(event: PointerEvent) => this.#dragBrush(event)}
        @pointermove=${(event: PointerEvent) => this.#dragBrush(event)}
      ></canvas>
      <p class="hint" id="help">
        ${words.timeline.help}${this.missed ? html` <b>${words.timeline.wheel}</b>` : nothing}
      </p>
      ${this.#marks(speaker)}
      <div class="ink" aria-hidden="true" @transitionend=${this.#redraw}></div>
      <div class="probe" aria-hidden="true"></div>`;
  }
}

function sameAs(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-timeline-stage': CorridorTimelineStage;
  }
}
