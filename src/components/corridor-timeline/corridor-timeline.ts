import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { PatientRecord } from '../../record/patient-record.ts';
import { TIMELINE_SECTIONS, type TimelineLane } from '../../record/timeline-kinds.ts';
import { timelineOf, type Timeline, type TimelineItem } from '../../record/timeline.ts';
import { faceStyles } from '../face.styles.ts';
import { plainLine, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { panelStyles } from '../pictures/panel.styles.ts';
import { choiceStyles } from '../pictures/choices.styles.ts';
import { gapsInWords, pictureGaps } from '../pictures/picture-gaps.ts';
import { pictureWords } from '../pictures/picture-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { timelineStyles } from './corridor-timeline.styles.ts';
import type { Speaker } from './item-in-words.ts';
import { laneGaps, type LaneGap } from './lane-gaps.ts';
import { itemTemplate, listParts, listTemplate, type ListPart } from './timeline-list.ts';
import type { TimelineOpenEvent } from './timeline-open-event.ts';

/** Between one part of the list and the next, so that a long one never blocks (safety H32). */
const SLICE_MS = 32;
/** Items opened at once from one heap; the others are behind a button. */
const OPENED = 12;

/**
 * @summary What happened, across organisations, on one line of time: lanes by kind of care, spans for stays, packages
 * and plans, marks for contacts, letters, results and medicines. The same as a list, for reading, hearing and printing.
 * @event corridor-record-seek - The reader wants an item where it stands in its section.
 */
export class CorridorTimeline extends LitElement {
  static override styles = [tokens, controls, markStyles, panelStyles, choiceStyles, faceStyles, timelineStyles];

  #timeline: Timeline | undefined;
  #parts: readonly ListPart[] = [];
  #gaps: ReadonlyMap<TimelineLane, LaneGap> = new Map();
  #speaker: Speaker | undefined;
  #slice = 0;

  @query('corridor-timeline-stage') private stage!: HTMLElement | null;

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** How an entry of any section reads. */
  @property({ attribute: false }) lineOf: LineOf = plainLine;
  /** `picture`, or the same as a `list`. */
  @property({ reflect: true }) form: 'picture' | 'list' = 'picture';

  @state() private opened: readonly TimelineItem[] = [];
  @state() private openedAll = false;
  @state() private open: ReadonlySet<string> = new Set();
  @state() private listed = 1;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#slice);
    this.#slice = 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { record, around } = this;
    if (changed.has('lineOf') || changed.has('around') || changed.has('record')) this.#speaker = undefined;
    if (!record || !(changed.has('record') || changed.has('around'))) return;
    this.#timeline = timelineOf(record, around.today);
    this.#parts = listParts([...this.#timeline.items].reverse());
    this.#gaps = laneGaps(record);
  }

  protected override updated(): void {
    if (this.listed >= this.#parts.length || this.#slice !== 0) return;
    this.#slice = window.setTimeout(() => {
      this.#slice = 0;
      this.listed += 1;
    }, SLICE_MS);
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
    this.stage?.focus();
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
    const parts = this.#parts.slice(0, this.listed);
    const drawn = parts.reduce((sum, { items }) => sum + items.length, 0);
    const all = this.#timeline?.items.length ?? 0;
    return html`${
      this.form === 'list' && drawn < all
        ? html`<p class="counts">${speaker.words.timeline.showMore(drawn, all)}</p>`
        : nothing
    }${listTemplate({
      parts,
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
      ${empty ? this.#nothing(record, speaker) : nothing}
      ${
        !empty && form === 'picture'
          ? html`<corridor-timeline-stage
              .timeline=${this.#timeline}
              .gaps=${this.#gaps}
              .speaker=${speaker}
              @corridor-timeline-open=${(event: TimelineOpenEvent) => this.#openItems(event.items)}
            ></corridor-timeline-stage>`
          : nothing
      }
      ${this.#openedItems(speaker)} ${this.#beside(speaker)} ${empty ? nothing : this.#list(speaker)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-timeline': CorridorTimeline;
  }
}
