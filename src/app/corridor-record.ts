import { html, LitElement, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Entry, Unread } from '../record/entry.ts';
import type { Patient } from '../record/patient.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { Source, SourceId } from '../record/source.ts';
import type { LookMemory } from '../stream/last-look.ts';
import type { MergingStore, StorePhase } from '../stream/merging-store.ts';
import { dayOfInstant, instantInWords } from '../components/dates-in-words.ts';
import {
  CorridorReadyEvent,
  type FactSplitEvent,
  type LedgerToggleEvent,
  type RecordSeekEvent,
  type SectionOpenEvent,
} from '../components/events.ts';
import { toneMark } from '../components/marks.ts';
import { markStyles } from '../components/marks.styles.ts';
import type { Surroundings } from '../components/surroundings.ts';
import { controls, tokens } from '../components/tokens.styles.ts';
import { enGB } from '../words/en-GB.ts';
import type { ConvertUnit } from '../record/units.ts';
import type { Words } from '../words/words.ts';
import { countArrivals, dangersFirst, holdsFacts, mayDraw, STEP_MS } from './arrivals.ts';
import { crossingOf } from './crossing.ts';
import { recordStyles } from './corridor-record.styles.ts';
import { endInWords } from './end-in-words.ts';
import { LaterParts } from './later-parts.ts';
import type { Talk } from './messaging/conversations.ts';
import { definePictures } from './picture-parts.ts';
import { isPicture } from './picture-places.ts';
import { railTemplate, type Place } from './rail.ts';
import type { ReadingAids } from './reading-aids.ts';
import { bodyTemplate, type Body } from './record-body.ts';
import { nameUnnamed } from './unnamed-sources.ts';
import { lineOfAny } from './section-templates.ts';
import { NO_SPLITS, splitFacts, withSplit, type Splits } from './splits.ts';
import { tellEnd } from './tell-host.ts';
import { viewFor } from './views.ts';

const WIDE_PX = 1180;
/** Sections named in the announcement of arrivals. */
const NAMED = 3;

/**
 * The root of the record. It is longer than other files because it is the one place where the parts meet: who, how
 * complete, what disagrees, where to go, and when arrivals may be drawn.
 *
 * @summary One person's record across organisations: banner, strip of sources, disagreements, snapshot and sections.
 * Give it a `store` (fed by a stream), a built `record`, or `patient` and `entries`.
 * @event corridor-ready - The record stands on the screen for the first time.
 * @event corridor-error - Something went wrong; the reader has been told.
 * @event corridor-section-open - The reader went to one section.
 * @event corridor-ledger-toggle - The reader opened or closed the ledger.
 * @event corridor-arrivals-show - The reader had what had arrived shown.
 * @event corridor-units-wanted - Units stand in the way of a trend.
 * @event corridor-source-ask - The reader wants one source asked again.
 * @event corridor-document-open - A document is wanted.
 * @event corridor-document-take - A document leaves the view, as a file or on paper.
 * @event corridor-summary-take - The record is wanted as one document.
 * @event corridor-unread-open - What could not be read is wanted as its source holds it.
 * @event corridor-break-glass - The reader breaks the glass, with a reason.
 * @slot host - At the foot of the way to every part: what belongs to the page that holds the record.
 * @csspart header - What never scrolls away.
 * @cssproperty --corridor-action-colour - Links and buttons.
 * @cssproperty --corridor-action-hover-colour - Links and buttons under the pointer.
 * @cssproperty --corridor-font - Type.
 * @cssproperty --corridor-font-size - Base size.
 * @cssproperty --corridor-radius - Corners.
 * @cssproperty --corridor-row-height - Density.
 */
export class CorridorRecord extends LitElement {
  static override styles = [tokens, controls, markStyles, recordStyles];

  #unsubscribe: (() => void) | undefined;
  #timer = 0;
  #openedMs = 0;
  #drawnMs = 0;
  #blank = false;
  #parts = new LaterParts(undefined, () => undefined);
  readonly #pictures = new LaterParts(definePictures, () => this.requestUpdate());
  #inside = { pointer: false, focus: false };
  /** What never scrolls away grows with bad news; what stands under it keeps clear of it. */
  readonly #measured = new CSSStyleSheet();
  #header: HTMLElement | null = null;
  readonly #size = new ResizeObserver(([entry]) => {
    const wide = (entry?.contentRect.width ?? 0) >= WIDE_PX;
    if (wide !== this.wide) this.#resize();
    this.wide = wide;
  });
  readonly #head = new ResizeObserver(([entry]) => {
    const [box] = entry?.borderBoxSize ?? [];
    if (!box) return;
    this.#resize();
    // Where little is high enough, it has no height of its own, and what the style sheet takes for one is right.
    this.#measured.replaceSync(box.blockSize ? `:host { --_header: ${String(Math.ceil(box.blockSize))}px; }` : '');
  });

  @property({ attribute: false }) store: MergingStore | undefined;
  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) patient: Patient | undefined;
  @property({ attribute: false }) entries: readonly Entry[] | undefined;
  /** With `entries`: what reading left, so that it is counted on the screen. */
  @property({ attribute: false }) unread: readonly Unread[] | undefined;
  @property({ attribute: false }) sources: readonly Source[] | undefined;
  @property({ attribute: false }) words: Words = enGB;
  /** A role of the community file; it sets the order of sections. */
  @property({ attribute: 'view-role' }) viewRole: string | undefined;
  /** The host shows its own patient banner. */
  @property({ type: Boolean }) slim = false;
  /** `light` or `dark` when the host decides; otherwise the reader's own setting. */
  @property({ reflect: true }) scheme: 'light' | 'dark' | undefined;
  /** Today, `yyyy-mm-dd`; the reader's calendar unless set. */
  @property() today = dayOfInstant(new Date());
  @property() place: Place = 'snapshot';
  /** Where what this reader has seen is remembered, so that what is new can be told; `talk` brings its own. */
  @property({ attribute: false }) looks: (() => Promise<LookMemory>) | undefined;
  /**
   * How this view reaches the launcher once its first sight is over: conversations, handovers, what was seen before. Left
   * out: there are none to be had.
   */
  @property({ attribute: false }) talk: Talk | undefined;
  /** Brings the elements that no first sight needs, where they are not on the page already; called once. */
  @property({ attribute: false }) later: (() => Promise<unknown>) | undefined;

  @state() private latest: PatientRecord | undefined;
  @state() private drawn: PatientRecord | undefined;
  @state() private ledger = false;
  @state() private sought: Surroundings['sought'];
  /** What the reader has taken apart: for as long as this view is open, whatever arrives or is drawn again. */
  @state() private splits: Splits = NO_SPLITS;
  @state() private convert: ConvertUnit | undefined;
  @state() private aids: ReadingAids | undefined;
  /** Room for two columns. The order of reading is the order of the page, so this is not left to the style sheet. */
  @state() private wide = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size.observe(this);
    this.lang = this.words.language;
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#head.disconnect();
    this.#header = null;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    window.clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('later')) this.#parts = new LaterParts(this.later, () => this.#wakeParts());
    if (changed.has('store')) this.#watch();
    if (changed.has('record') && this.record) this.#arrive(this.record);
    else if (changed.has('words') && this.latest) this.#arrive(this.latest);
    const given = (['entries', 'unread', 'patient', 'sources'] as const).some((name) => changed.has(name));
    if (given && this.entries && this.patient) this.#given = this.#takeEntries(this.patient, this.entries);
  }

  /** A launch never comes this way, so what builds a record of bare entries is fetched by whoever gives some. */
  async #takeEntries(patient: Patient, entries: readonly Entry[]): Promise<void> {
    const { recordOfEntries } = await import('../stream/record-of-entries.ts');
    if (this.patient !== patient || this.entries !== entries) return;
    this.#arrive(recordOfEntries(patient, entries, this.sources, Date.parse(this.today), this.unread));
  }
  #given: Promise<void> = Promise.resolve();

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#given;
    return super.getUpdateComplete();
  }

  /** What was drawn before was merged without them, and says less: it is not drawn once more. */
  #wakeParts(): void {
    // Somebody's hand is on what is drawn: it stays as it is, and what the rest of the script adds waits with the arrivals.
    this.#partsWait = this.#reading && this.drawn !== undefined;
    if (this.latest && !this.#partsWait) this.#drawAnew();
    this.requestUpdate();
  }
  #partsWait = false;

  protected override updated(changed: PropertyValues): void {
    this.#measureHeader();
    if (isPicture(this.place)) this.#pictures.want();
    if (this.ledger || this.place !== 'snapshot' || this.store?.phase.phase === 'ended') this.#parts.want();
    else if (this.drawn && (holdsFacts(this.drawn) || this.drawn.completeness.settled)) this.#parts.wantAfterPaint();
    if (this.drawn && this.#parts.state === 'here') void this.#bringAids();
    const first = changed.has('drawn') && changed.get('drawn') === undefined;
    if (first && this.drawn && !this.#ready) this.dispatchEvent(new CorridorReadyEvent());
    this.#ready ||= this.drawn !== undefined;
    // The first tab is in view to begin with: asking for it would only make the browser lay out the page at once.
    if (!(first && this.place !== 'snapshot') && !(changed.has('place') && this.drawn)) return;
    // In the frame, which lays out the page once: asked for before, it would be laid out for this alone.
    requestAnimationFrame(() =>
      this.renderRoot.querySelector('.tab[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    );
  }

  #ready = false;

  /** Finding, and what is new since: nobody needs them in the first half second. */
  async #bringAids(): Promise<void> {
    if (this.#aidsAsked) return;
    this.#aidsAsked = true;
    try {
      const { aidStyles, ReadingAids } = await import('./reading-aids.ts');
      this.#adopt(aidStyles);
      if (!this.#blank) this.aids = new ReadingAids(this);
    } catch {
      // It is asked for again when the record is drawn again; until then the row stays empty.
      this.#aidsAsked = false;
      this.#few = Infinity;
    }
  }
  #aidsAsked = false;
  /** Sections that stand before the aids have come, which bring the others. */
  #few = 3;

  /** Both observers make this element higher or lower: told of that in the same frame, a host's page would see a loop. */
  #resize(): void {
    this.#size.unobserve(this);
    requestAnimationFrame(() => this.isConnected && this.#size.observe(this));
  }

  #measureHeader(): void {
    const header = this.renderRoot.querySelector('header');
    if (header === this.#header) return;
    this.#head.disconnect();
    this.#header = header;
    if (header) this.#head.observe(header);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.#measured);
    return root;
  }

  #adopt({ styleSheet }: CSSResult): void {
    if (this.renderRoot instanceof ShadowRoot && styleSheet) this.renderRoot.adoptedStyleSheets.push(styleSheet);
  }

  /** Takes the record off the screen in this same task. Nothing is drawn again in this element. */
  blank(): void {
    this.#blank = true;
    this.#unsubscribe?.();
    window.clearTimeout(this.#timer);
    this.sought = undefined;
    this.latest = this.drawn = this.record = this.patient = this.entries = this.unread = this.store = undefined;
    this.splits = NO_SPLITS;
    this.aids?.forget();
    if (this.hasUpdated) this.performUpdate();
  }

  /** Draws everything that has arrived, where it belongs among what is there. */
  showArrivals(): void {
    this.#partsWait = false;
    this.drawn = this.latest;
    this.#drawnMs = performance.now();
  }

  /**
   * Nobody asked for this, and nobody has a hand or an eye on a line: a new picture takes the place of the one before as a
   * whole. Lines that are there do not slide to where they are not expected (safety H35).
   */
  #drawAnew(): void {
    if (this.drawn) this.#picture++;
    this.showArrivals();
  }
  #picture = 0;

  #watch(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.store?.subscribe(() => this.#fromStore());
    if (this.store) this.#fromStore();
  }

  #fromStore(): void {
    const record = this.store?.record;
    if (record) this.#arrive(record);
    else if (this.store?.phase.phase === 'ended') this.latest = this.drawn = undefined;
    if (this.store?.phase.phase === 'ended' && this.#told !== this.store.phase) {
      this.#told = this.store.phase;
      tellEnd(this, this.#told, this.store.viewId);
    }
    this.requestUpdate();
  }

  #told: StorePhase | undefined;

  #arrive(record: PatientRecord): void {
    if (this.#blank) return;
    this.#openedMs ||= performance.now();
    if (this.latest && this.latest.patient.nhsNumber !== record.patient.nhsNumber) {
      this.splits = NO_SPLITS;
      this.aids?.forget();
    }
    this.latest = nameUnnamed(record, this.words);
    this.#consider();
  }

  #consider(): void {
    window.clearTimeout(this.#timer);
    const { latest } = this;
    if (!latest || latest === this.drawn) return;
    const now = performance.now();
    const settled = latest.completeness.settled || this.store?.phase.phase === 'ended';
    const reading = this.#reading;
    const changed =
      !this.drawn ||
      this.#partsWait ||
      this.drawn.conflicts.length !== latest.conflicts.length ||
      countArrivals(this.drawn, latest).size > 0;
    if (!changed) this.drawn = latest;
    else if (
      mayDraw({
        drawn: this.drawn !== undefined && holdsFacts(this.drawn),
        sinceOpenedMs: now - this.#openedMs,
        sinceDrawnMs: now - this.#drawnMs,
        settled,
        reading,
      })
    )
      this.#drawAnew();
    else this.#timer = window.setTimeout(() => this.#consider(), Math.max(50, STEP_MS - (now - this.#drawnMs)));
  }

  /** The role's order, as the reader has changed it. */
  get #order(): readonly SectionId[] {
    const { first } = viewFor(this.viewRole);
    return this.aids?.order(first) ?? first;
  }

  get #reading(): boolean {
    return this.#inside.pointer || this.#inside.focus || this.aids?.busy === true;
  }

  /** A pointer that only happens to lie where the record opens is on no line; one that moves, or touches, is. */
  #point(event: PointerEvent): void {
    if (event.type === 'pointerdown' || event.movementX !== 0 || event.movementY !== 0) this.#inside.pointer = true;
  }

  #enter(kind: 'pointer' | 'focus', inside: boolean): void {
    this.#inside[kind] = inside;
    if (!inside) this.#consider();
  }

  #go(place: Place): void {
    this.place = place;
    this.aids?.leave();
    if (this.latest) this.showArrivals();
    void this.updateComplete.then(() => this.renderRoot.querySelector('main')?.scrollIntoView({ block: 'start' }));
  }

  /** Leads to one record where it stands. The event ends here: which record is read is nobody's business outside. */
  #seek(event: RecordSeekEvent): void {
    event.stopPropagation();
    this.sought = { entry: event.entry };
    this.#go(event.section);
  }

  /** Escape closes the ledger, wherever in this view the reader is, and leads back to where it was opened. */
  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    if (!this.ledger) return void (this.aids?.escape() && event.stopPropagation());
    event.stopPropagation();
    this.ledger = false;
    this.renderRoot.querySelector('corridor-sources')?.focusLedger();
  }

  /** What a fact is called says what it is about: the event ends here. */
  #setSplit(event: FactSplitEvent): void {
    event.stopPropagation();
    const { fact, split } = event;
    if (this.drawn) this.splits = withSplit(this.splits, this.drawn, fact, split);
  }

  /** Fetched the first time that units stand in the way of a trend, and not at all for most records. */
  async #loadUnits(): Promise<void> {
    try {
      const { loadUnitConverter } = await import('./unit-converter.ts');
      this.convert = await loadUnitConverter();
    } catch {
      // Without the table every unit keeps its own axis, which is true and only less convenient.
      this.convert = undefined;
    }
  }

  #around(record: PatientRecord): Surroundings {
    const hung = this.aids?.hung(this.#reading);
    if (
      !this.#surroundings ||
      this.#apart !== this.splits ||
      this.#surroundings.convert !== this.convert ||
      this.#surroundings.sought !== this.sought ||
      this.#surroundings.fresh !== this.aids?.fresh ||
      this.#surroundings.hung !== hung ||
      this.#crossed !== this.drawn ||
      this.#surroundings.words !== this.words ||
      this.#surroundings.today !== this.today ||
      this.#known !== record.sources.length
    ) {
      this.#known = record.sources.length;
      this.#crossed = this.drawn;
      this.#apart = this.splits;
      const around = {
        words: this.words,
        today: this.today,
        patient: record.patient,
        ...(this.convert && { convert: this.convert }),
        ...(this.sought && { sought: this.sought }),
        ...(this.aids?.fresh && { fresh: this.aids.fresh }),
        hung,
        split: splitFacts(this.splits, this.drawn ?? record),
        sources: new Map(record.sources.map(({ source }) => [source.id, source])),
      };
      this.#surroundings = this.drawn ? { ...around, crossing: crossingOf(this.drawn, around) } : around;
    }
    return this.#surroundings;
  }
  #surroundings: Surroundings | undefined;
  #known = -1;
  #apart: Splits = NO_SPLITS;
  #crossed: PatientRecord | undefined;

  /** Arrivals wait in a bar that lies over the page: it takes no room, so its coming and going moves nothing. */
  #news(held: ReadonlyMap<SectionId, number>): TemplateResult {
    const { words } = this;
    const total = [...held.values()].reduce((sum, count) => sum + count, 0);
    const { drawn, latest } = this;
    const opposed = Math.max(0, (latest?.conflicts.length ?? 0) - (drawn?.conflicts.length ?? 0));
    const named = [
      ...(opposed > 0 ? [[words.conflicts.heading(opposed), opposed] as const] : []),
      ...dangersFirst(held).map(([id, count]) => [`${words.sections[id].short} ${count}`, count] as const),
    ];
    const rest = named.slice(NAMED).reduce((sum, [, count]) => sum + count, 0);
    const names =
      named
        .slice(0, NAMED)
        .map(([name]) => name)
        .join(', ') + (rest > 0 ? ` ${words.banner.more(rest)}` : '');
    return html`<div class="news" role="status">
      ${
        total + opposed > 0
          ? html`<p>
              <span>${words.app.newItems(total + opposed, names)}</span>
              <button class="action filled" @click=${() => this.showArrivals()}>${words.app.show}</button>
            </p>`
          : nothing
      }
    </div>`;
  }

  #disagreements({ conflicts, completeness }: PatientRecord): TemplateResult {
    const { words } = this;
    const missing = completeness.waiting + completeness.gaps;
    // They are looked for by what comes later; nobody may read that there are none before.
    if (this.#parts.state !== 'here') return html``;
    if (conflicts.length === 0)
      return html`<span slot="beside" class="quiet"
        >${missing > 0 ? words.conflicts.noneSoFar : words.conflicts.none}</span
      >`;
    return html`<button slot="beside" class="action" @click=${() => this.#go('snapshot')}>
      ${toneMark('caution')} <strong>${words.conflicts.heading(conflicts.length)}</strong>
    </button>`;
  }

  #body(record: PatientRecord, around: Surroundings, held: ReadonlyMap<SectionId, number>): TemplateResult {
    const { conflicts } = record;
    const body: Body = {
      record,
      around,
      held,
      place: this.place,
      order: this.#order,
      opens: viewFor(this.viewRole).opens,
      columns: this.wide ? 2 : 1,
      waiting: this.#parts.state === 'waiting' || this.#partsWait,
      pictures: this.#pictures.state,
      go: (place) => this.#go(place),
      standing: this.aids?.standing(this.place, this.#picture, this.#order) ?? this.#few,
    };
    const found = this.aids?.bodyTemplate(body, viewFor(this.viewRole).first);
    if (found) return found;
    const opposed =
      this.place === 'snapshot' && conflicts.length > 0
        ? html`<corridor-conflicts .record=${record} .around=${around} .lineOf=${lineOfAny}></corridor-conflicts>`
        : nothing;
    return html`${opposed}${bodyTemplate(body)}`;
  }

  /** A part of the code that did not come leaves lines that say less: that is said, like any gap. */
  #partsMissing(): TemplateResult | typeof nothing {
    return this.#parts.state === 'failed'
      ? html`<div class="ended" role="alert">
          ${toneMark('caution')}
          <p>${this.words.app.partsMissing}</p>
        </div>`
      : nothing;
  }

  #ended(): TemplateResult | typeof nothing {
    const phase = this.store?.phase;
    if (phase?.phase === 'resuming')
      return html`<div class="ended resuming" role="status">
        ${toneMark('caution')}
        <p>${this.words.app.resuming}</p>
      </div>`;
    if (phase?.phase !== 'ended') return nothing;
    const said = endInWords(phase.how, this.words);
    return said
      ? html`<div class="ended" role="alert">
          ${toneMark('risk')}
          <p><strong>${said.what}</strong> ${said.next} ${said.code ? html`<small>${said.code}</small>` : nothing}</p>
        </div>`
      : nothing;
  }

  /**
   * A broken glass is said above everything. The offer of breaking it stands where a reader learns that something is
   * held back: with the answers, and in the place of a record that is refused.
   */
  #emergency(which: 'open' | 'offered'): TemplateResult | typeof nothing {
    const { emergencyUntil, emergencySpooled = false, mayBreakGlass = false } = this.store ?? {};
    const open = emergencyUntil !== undefined;
    if (open !== (which === 'open') || (!open && !mayBreakGlass)) return nothing;
    return html`<corridor-break-glass
      .until=${emergencyUntil}
      .spooled=${emergencySpooled}
      .words=${this.words}
    ></corridor-break-glass>`;
  }

  #empty(): TemplateResult {
    const { app, sources } = this.words;
    if (this.#blank || !this.store) return html`<p class="blank">${app.blank} ${app.relaunch}</p>`;
    return html`${this.#ended()}${this.#emergency('open')}${this.#emergency('offered')}${this.store.phase.phase === 'ended' ? nothing : html`<p class="blank" role="status">${sources.connecting}</p>`}`;
  }

  override render(): TemplateResult {
    const { latest, drawn, words } = this;
    if (!latest || !drawn) return this.#empty();
    const around = this.#around(latest);
    const held = countArrivals(drawn, latest);
    const now = this.aids?.see(drawn, around, latest) ?? drawn;
    const opened = this.store?.openedAt ? instantInWords(this.store.openedAt, words) : '';
    return html`<div
      class="frame"
      @corridor-section-open=${(event: SectionOpenEvent) => this.#go(event.section)}
      @corridor-record-seek=${(event: RecordSeekEvent) => this.#seek(event)}
      @corridor-fact-split=${(event: FactSplitEvent) => this.#setSplit(event)}
      @corridor-units-wanted=${() => void this.#loadUnits()}
      @corridor-arrivals-show=${() => this.showArrivals()}
      @corridor-ledger-toggle=${(event: LedgerToggleEvent) => (this.ledger = event.open)}
      @keydown=${(event: KeyboardEvent) => this.#escape(event)}
    >
      <header part="header">
        <corridor-banner
          .patient=${latest.patient}
          .record=${latest}
          .around=${around}
          .slim=${this.slim}
        ></corridor-banner>
        <corridor-sources
          .record=${latest}
          .around=${around}
          .open=${this.ledger}
          .askedAt=${(id: SourceId) => this.store?.askedAt(id)}
          >${this.#disagreements(latest)}</corridor-sources
        >
        ${opened ? html`<p class="printed">${words.app.printed(opened)}</p>` : nothing}
        <div class="tools">${this.aids?.barTemplate(drawn, around) ?? nothing}</div>
      </header>
      ${this.#ended()} ${this.#emergency('open')} ${this.#partsMissing()}
      ${this.ledger ? html`${this.#emergency('offered')}<corridor-ledger .record=${latest} .around=${around} .order=${this.#order}></corridor-ledger>` : nothing}
      <div
        class="body"
        @pointermove=${(event: PointerEvent) => this.#point(event)}
        @pointerdown=${(event: PointerEvent) => this.#point(event)}
        @pointerleave=${() => this.#enter('pointer', false)}
        @focusin=${() => this.#enter('focus', true)}
        @focusout=${() => this.#enter('focus', false)}
      >
        ${keyed(
          this.#picture,
          html`${railTemplate({ record: now, drawn, place: this.aids?.busy ? undefined : this.place, order: this.#order, talk: this.talk, aids: this.aids, words, around, go: (place) => this.#go(place) })}
            <main>
              ${keyed(this.place, html`<div class="drawn">${this.#body(now, around, held)}</div>`)}
              <corridor-unread .unread=${now.unread} .withdrawn=${now.withdrawn} .around=${around}></corridor-unread>
              ${opened && this.#parts.state !== 'waiting' ? html`<p class="end">${words.app.end(opened)}</p>` : nothing}
            </main>`,
        )}
      </div>
      ${this.aids?.dock(drawn, around, this.place)} ${this.#news(held)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-record': CorridorRecord;
  }
}
