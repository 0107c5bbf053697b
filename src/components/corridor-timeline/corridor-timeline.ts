import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { PatientRecord } from '../../record/patient-record.ts';
import { TIMELINE_SECTIONS, type TimelineKind, type TimelineLane } from '../../record/timeline-kinds.ts';
import { timelineOf, type DatedItem, type Timeline, type TimelineItem } from '../../record/timeline.ts';
import { plainLine, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { inkStyles, readInk, sized } from '../pictures/ink.ts';
import { gapsInWords, pictureGaps } from '../pictures/picture-gaps.ts';
import { pictureWords } from '../pictures/picture-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { timelineStyles } from './corridor-timeline.styles.ts';
import { BRUSH_PX, drawBrush } from './draw-brush.ts';
import { drawTimeline } from './draw-timeline.ts';
import { Gestures, type Spot } from './gestures.ts';
import { glyphAt, glyphsOf, type Glyph } from './glyphs.ts';
import { itemInWords, sentenceOf, standingOf, type Speaker } from './item-in-words.ts';
import { laneGaps, type LaneGap } from './lane-gaps.ts';
import { shapeOf } from './shapes.ts';
import { DAY_MS, panned, shareOf, showing, ticksOf, within, zoomed, type TimeWindow } from '../pictures/time-window.ts';
import { isIn, layLanes, middleOf, type LaneLayout } from './timeline-layout.ts';
import { itemTemplate, listTemplate } from './timeline-list.ts';
import { dayInWords, tickInWords } from '../pictures/time-in-words.ts';

/** Months offered at once; `undefined`: all there is. Two years are shown to begin with. */
const SPANS = [3, 12, 24, 60, undefined] as const;
const FIRST_SPAN = 24;
const MONTH_MS = 30.44 * DAY_MS;
const AXIS_PX = 22;
const SLICE = 200;
const SLICE_MS = 32;
/** Items opened at once from one heap; the others are behind a button. */
const OPENED = 12;
/** A heap of more than this is zoomed into, as long as zooming can take it apart. */
const FEW = 6;

/**
 * The picture and the list are two forms of one thing; this is longer than other elements because the canvas, the hands
 * and the keys meet here.
 *
 * @summary What happened, across organisations, on one line of time: lanes by kind of care, spans for stays, packages
 * and plans, marks for contacts, letters, results and medicines. The same as a list, for reading, hearing and printing.
 * @event corridor-record-seek - The reader wants an item where it stands in its section.
 * @csspart stage - The picture.
 */
export class CorridorTimeline extends LitElement {
  static override styles = [tokens, controls, markStyles, inkStyles, timelineStyles];

  #timeline: Timeline | undefined;
  #newestFirst: readonly DatedItem[] = [];
  #lanes: readonly LaneLayout[] = [];
  #gaps: ReadonlyMap<TimelineLane, LaneGap> = new Map();
  #glyphs: readonly Glyph[] = [];
  #names = new Map<DatedItem, string>();
  #speaker: Speaker | undefined;
  #frame = 0;
  #slice = 0;
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
  readonly #brush = new Gestures({
    pan: () => undefined,
    zoom: (factor) => this.#zoom(factor, 1),
    point: () => undefined,
    tap: (spot) => this.#centre(spot.x),
    missed: () => undefined,
    mirrored: () => this.#mirrored,
    holdsWheel: () => false,
  });

  @query('.stage') private stage!: HTMLElement | null;
  @query('.picture') private canvas!: HTMLCanvasElement | null;
  @query('.brush') private brush!: HTMLCanvasElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** How an entry of any section reads. */
  @property({ attribute: false }) lineOf: LineOf = plainLine;
  /** `picture`, or the same as a `list`. */
  @property({ reflect: true }) form: 'picture' | 'list' = 'picture';

  @state() private window: TimeWindow | undefined;
  @state() private width = 0;
  @state() private pointed: Glyph | undefined;
  @state() private focused: string | undefined;
  @state() private focusedHere = false;
  @state() private opened: readonly TimelineItem[] = [];
  @state() private openedAll = false;
  @state() private open: ReadonlySet<string> = new Set();
  @state() private listed = SLICE;
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
    window.clearTimeout(this.#slice);
    this.#slice = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('record') || changed.has('around')) this.#read();
    if (changed.has('lineOf') || changed.has('around') || changed.has('record')) {
      this.#names = new Map();
      this.#speaker = undefined;
    }
  }

  protected override updated(): void {
    this.#observe();
    this.#redraw();
    if (this.listed < this.#newestFirst.length && this.#slice === 0)
      this.#slice = window.setTimeout(() => {
        this.#slice = 0;
        this.listed += SLICE;
      }, SLICE_MS);
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

  #read(): void {
    const { record, around } = this;
    if (!record) return;
    const timeline = timelineOf(record, around.today);
    this.#timeline = timeline;
    this.#newestFirst = [...timeline.items].reverse();
    this.#gaps = laneGaps(record);
    this.#lanes = layLanes(timeline.items, new Set(this.#gaps.keys()));
    // What the reader looks at stays where it is when more arrives.
    this.window = this.window
      ? within(this.window, this.#bounds)
      : within({ fromMs: timeline.edgeMs - FIRST_SPAN * MONTH_MS, untilMs: timeline.edgeMs }, this.#bounds);
  }

  get #bounds(): TimeWindow {
    const items = this.#timeline?.items ?? [];
    const edgeMs = this.#timeline?.edgeMs ?? 0;
    const first = items[0]?.when.start.fromMs ?? edgeMs;
    const room = Math.max(20 * DAY_MS, (edgeMs - first) * 0.02);
    return { fromMs: Math.min(first - room, edgeMs - 3 * MONTH_MS), untilMs: edgeMs };
  }

  get #length(): number {
    return this.window ? this.window.untilMs - this.window.fromMs : 0;
  }

  #words(): Speaker {
    this.#speaker ??= {
      around: this.around,
      words: pictureWords(this.around.words),
      lineOf: this.lineOf,
      disputed: new Set(this.record?.conflicts.flatMap(({ facts }) => facts)),
    };
    return this.#speaker;
  }

  #nameOf(item: DatedItem): string {
    const known = this.#names.get(item) ?? itemInWords(item, this.#words()).main;
    this.#names.set(item, known);
    return known;
  }

  readonly #redraw = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  };

  #draw(): void {
    const { window, canvas, probe, width, brush } = this;
    if (!window || !canvas || !probe || width === 0 || !this.#timeline) return;
    this.#mirrored = getComputedStyle(this).direction === 'rtl';
    const heightPx = this.#heightPx;
    const context = sized(canvas, width, heightPx);
    const strip = brush && sized(brush, width, BRUSH_PX);
    if (!context || !strip) return;
    const ink = readInk(probe);
    const { fontFamily } = getComputedStyle(this);
    const speaker = this.#words();
    drawTimeline(context, {
      widthPx: width,
      heightPx,
      axisPx: AXIS_PX,
      window,
      lanes: this.#lanes,
      glyphs: this.#glyphs,
      ticks: ticksOf(window, width).map((tick) => ({ tick, words: tickInWords(tick, speaker.around.words) })),
      ink,
      font: `12px ${fontFamily}`,
      mirrored: this.#mirrored,
      todayMs: this.#timeline.edgeMs,
      today: speaker.words.timeline.today,
      standing: (item) => standingOf(item, speaker),
      name: (item) => this.#nameOf(item),
    });
    const { items } = this.#timeline;
    drawBrush(strip, { items, bounds: this.#bounds, window, widthPx: width, ink, mirrored: this.#mirrored });
    this.#placeMarks();
  }

  get #heightPx(): number {
    const last = this.#lanes.at(-1);
    return (last ? last.top + last.height : 0) + AXIS_PX;
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
    this.#openItems([...items].reverse());
  }

  #openItems(items: readonly TimelineItem[]): void {
    this.opened = items;
    this.openedAll = false;
    void this.updateComplete.then(() => {
      const heading = this.renderRoot.querySelector<HTMLElement>('.opened h3');
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: 'nearest' });
    });
  }

  #close(): void {
    this.opened = [];
    this.renderRoot.querySelector<HTMLElement>('.marks')?.focus();
  }

  #focusedItem(): DatedItem | undefined {
    const items = this.#timeline?.items ?? [];
    const chosen = this.focused === undefined ? undefined : items.find(({ id }) => id === this.focused);
    return chosen ?? (this.window && items.findLast((item) => this.window && isIn(this.window, item))) ?? items.at(-1);
  }

  #focus(item: DatedItem | undefined): void {
    if (!item || !this.window) return;
    this.focused = item.id;
    this.#set(showing(this.window, Math.min(middleOf(item), this.#bounds.untilMs - 1), this.#bounds));
  }

  #key(event: KeyboardEvent): void {
    const items = this.#timeline?.items ?? [];
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
      Enter: () => this.#openItems([here]),
      ' ': () => this.#openItems([here]),
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
    const items = this.#timeline?.items ?? [];
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
    const { silent = 0, waiting = 0 } = this.#gaps.get(lane) ?? {};
    const { timeline } = words;
    return html`<div class="lane" data-top=${top}>
      <b>${timeline.lanes[lane]}</b>
      <span
        >${items.length === 0 && silent + waiting === 0 ? timeline.laneEmpty : items.length === 0 ? nothing : items.length}</span
      >
      ${silent > 0 ? html`<span class="caution">${toneMark('caution')} ${timeline.laneSilent(silent)}</span>` : nothing}
      ${waiting > 0 ? html`<span>${timeline.laneWaiting(waiting)}</span>` : nothing}
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

  #picture(speaker: Speaker): TemplateResult {
    const { timeline } = speaker.words;
    const item = this.#focusedItem();
    const items = this.#timeline?.items ?? [];
    if (this.window && this.width > 0) this.#glyphs = glyphsOf(this.#lanes, this.window, this.width);
    return html`${this.#tools(speaker)}
      <div
        class="stage ${this.pointed ? 'pointing' : ''} ${this.#hands.dragging ? 'dragging' : ''}"
        part="stage"
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
          aria-label=${timeline.stage}
          aria-describedby="help"
          aria-activedescendant="focused"
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @focus=${() => (this.focusedHere = true)}
          @blur=${() => (this.focusedHere = false)}
        >
          ${
            item
              ? html`<div
                  id="focused"
                  role="option"
                  class="heard"
                  aria-selected="true"
                  aria-setsize=${items.length}
                  aria-posinset=${items.indexOf(item) + 1}
                >
                  ${sentenceOf(itemInWords(item, speaker))}
                </div>`
              : nothing
          }
        </div>
        ${this.#tip(speaker)}
      </div>
      <canvas
        class="brush"
        aria-hidden="true"
        title=${timeline.brush}
        @pointerdown=${this.#brush.down}
        @pointerup=${this.#brush.up}
        @pointermove=${(event: PointerEvent) => this.#dragBrush(event)}
      ></canvas>
      <p class="hint" id="help">${timeline.help}${this.missed ? html` <b>${timeline.wheel}</b>` : nothing}</p>
      ${this.#key_(speaker)}`;
  }

  #key_({ words }: Speaker): TemplateResult {
    const { timeline } = words;
    const kinds = [...new Set((this.#timeline?.items ?? []).map(({ kind }) => kind))];
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

  #beside({ words }: Speaker): TemplateResult | typeof nothing {
    const ahead = this.#timeline?.ahead ?? [];
    const undated = this.#timeline?.undated ?? [];
    if (ahead.length + undated.length === 0) return nothing;
    const { timeline } = words;
    const more = (items: readonly TimelineItem[], name: string): TemplateResult | typeof nothing =>
      items.length === 0
        ? nothing
        : html`<button class="action" @click=${() => this.#openItems(items)}>${name}</button>`;
    return html`<div class="beside">
      <span class="counts">${timeline.beside}:</span>
      ${more(ahead, timeline.ahead(ahead.length))} ${more(undated, timeline.undated(undated.length))}
    </div>`;
  }

  #openedItems(speaker: Speaker): TemplateResult | typeof nothing {
    const { opened } = this;
    if (opened.length === 0) return nothing;
    const { timeline } = speaker.words;
    const shown = this.openedAll ? opened : opened.slice(0, OPENED);
    return html`<section class="opened" aria-labelledby="opened">
      <header>
        <h3 id="opened" tabindex="-1">${timeline.opened}: ${timeline.together(opened.length)}</h3>
        <button class="action" @click=${() => this.#close()}>${timeline.close}</button>
      </header>
      ${shown.map((item) => itemTemplate(item, speaker))}
      ${
        shown.length < opened.length
          ? html`<button class="action" @click=${() => (this.openedAll = true)}>
              ${speaker.around.words.section.showAll(opened.length)}
            </button>`
          : nothing
      }
    </section>`;
  }

  /** Beside the picture it is only heard, and printed: nothing of it can be seen or reached with the keyboard. */
  #list(speaker: Speaker): TemplateResult {
    const drawn = Math.min(this.listed, this.#newestFirst.length);
    return html`${
      this.form === 'list' && drawn < this.#newestFirst.length
        ? html`<p class="counts">${speaker.words.timeline.showMore(drawn, this.#newestFirst.length)}</p>`
        : nothing
    }${listTemplate({
      items: this.#newestFirst,
      drawn,
      heard: this.form === 'picture',
      open: this.open,
      speaker,
      toggle: ({ id }) => {
        const next = new Set(this.open);
        if (!next.delete(id)) next.add(id);
        this.open = next;
      },
    })}`;
  }

  #nothing(record: PatientRecord, { around, words }: Speaker): TemplateResult {
    const { answered, waiting, silent } = pictureGaps(record, TIMELINE_SECTIONS);
    const { absence } = around.words;
    const said =
      waiting.length > 0 ? absence.soFar(answered) : answered === 0 ? absence.notKnown : absence.nothing(answered);
    const plain = silent.size + waiting.length === 0 && (this.#timeline?.undated.length ?? 0) === 0;
    return html`<p class="none">${plain && answered > 0 ? `${words.timeline.nothing} ${said}` : said}</p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record, form } = this;
    if (!record || !this.#timeline) return nothing;
    const speaker = this.#words();
    const { timeline } = speaker.words;
    const choice = (as: 'picture' | 'list', name: string): TemplateResult =>
      html`<button class="action" aria-pressed=${form === as} @click=${() => (this.form = as)}>${name}</button>`;
    const gaps = gapsInWords(pictureGaps(record, TIMELINE_SECTIONS), this.around, speaker.words);
    const empty = this.#timeline.items.length === 0;
    return html`<section class="panel" aria-labelledby="heading">
      <div class="top">
        <h2 id="heading">${timeline.heading}</h2>
        <div class="set" role="group" aria-label=${timeline.form}>
          ${choice('picture', timeline.picture)}${choice('list', timeline.list)}
        </div>
      </div>
      ${
        gaps.length > 0
          ? html`<ul class="gaps">
              ${gaps.map(({ tone, said }) => html`<li class=${tone}>${toneMark(tone)} <span>${said}</span></li>`)}
            </ul>`
          : nothing
      }
      ${empty ? this.#nothing(record, speaker) : form === 'picture' ? this.#picture(speaker) : nothing}
      ${this.#beside(speaker)} ${this.#openedItems(speaker)} ${empty ? nothing : this.#list(speaker)}
      <div class="ink" aria-hidden="true" @transitionend=${this.#redraw}></div>
      <div class="probe" aria-hidden="true"></div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-timeline': CorridorTimeline;
  }
}
