import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../../record/entry.ts';
import type { Fact } from '../../record/fact.ts';
import type { SectionView } from '../../record/patient-record.ts';
import { absenceInWords, gapList, gapsOf, missingInWords, waitingNames } from '../absence.ts';
import { openableOf } from '../openable.ts';
import { disputesOf } from '../disputes.ts';
import { ArrivalsShowEvent, SectionOpenEvent } from '../events.ts';
import { plainLine, type LineOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { isHappening, showsLatest, splitByWindow } from '../../record/split-by-window.ts';
import type { Words } from '../../words/words.ts';
import type { Drawing } from '../long-list/long-list.ts';
import { factStyles } from '../corridor-fact/corridor-fact.styles.ts';
import { sectionStyles } from './corridor-section.styles.ts';

/** `short`: the snapshot's few lines. `full`: everything, older behind one button. */
export type SectionForm = 'short' | 'full';

/** Rows put on screen at once: more than any screen shows. The rest follow in slices (performance B5). */
const FIRST = 24;

const NONE: readonly Fact[] = [];

/** Above this many rows those off screen are not laid out; find and print still reach them. */
const LONG = 60;

/**
 * @summary The frame of every section: heading, count, the window it shows, its lines, what is missing, and the older
 * ones behind one button. Never an empty box.
 * @slot - A body of the section's own in place of the lines.
 * @slot beside - Another way to see the section, in its heading row.
 * @event corridor-section-open - The reader wants the section in full.
 * @event corridor-arrivals-show - The reader wants the new items shown.
 * @csspart heading - The heading row.
 */
export class CorridorSection extends LitElement {
  static override styles = [tokens, controls, markStyles, factStyles, sectionStyles];

  @property({ attribute: false }) view: SectionView | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ attribute: false }) lineOf: LineOf = plainLine;
  @property({ reflect: true }) form: SectionForm = 'full';
  /** Lines shown in the short form. */
  @property({ type: Number }) limit = 6;
  /** None of its lines: the heading says how much is there, and leads to it. */
  @property({ type: Boolean, reflect: true }) closed = false;
  /** Items that have arrived and wait to be shown. */
  @property({ type: Number }) held = 0;
  /** The section brings its own body in the slot; heading, absence and gaps stay here. */
  @property({ type: Boolean, attribute: 'own-body' }) ownBody = false;
  /** With a body of its own: what that body does not show, for the browser's find and for print. */
  @property({ attribute: false }) rest: readonly Fact[] = NONE;
  /** What the count counts when it is not facts, e.g. tests rather than single results. */
  @property({ type: Number }) total: number | undefined;
  /** How many of `total` are inside the window, where the section brings its own body. */
  @property({ type: Number }) recent: number | undefined;

  readonly #drawing: Drawing = { budget: FIRST, more: 0, older: false, seeks: true };
  #long: Promise<unknown> | undefined;
  /** A line that has been shown keeps its room when it is no longer needed, so that nothing under it moves. */
  #reserved = false;

  /** Should the code for it not come, it is asked for again; the lines that wait are within reach meanwhile. */
  protected override updated(): void {
    const { budget, more } = this.#drawing;
    if (this.form !== 'full' || !(more > budget || this.around.sought)) return;
    this.#long ??= import('../long-list/long-list.ts').then(
      ({ LongList }) => new LongList(this, this.#drawing, () => this.lineOf),
      () => (this.#long = undefined),
    );
  }

  /** Far from the screen words are enough, unless there is more to a line. */
  #line(fact: Fact<Entry>, index: number, dispute: string | undefined, room: boolean): unknown {
    const { around, lineOf } = this;
    // Where some lines can be opened, all keep the room for it, so that their columns stand under each other.
    if (openableOf(fact) || room)
      return html`<corridor-document
        .fact=${fact}
        .around=${around}
        .lineOf=${lineOf}
        .dispute=${dispute}
      ></corridor-document>`;
    const sketch = index < FIRST || dispute ? undefined : this.#drawing.line?.(fact);
    return (
      sketch ??
      html`<corridor-fact .fact=${fact} .around=${around} .lineOf=${lineOf} .dispute=${dispute}></corridor-fact>`
    );
  }

  #list(facts: readonly Fact<Entry>[], disputes: ReadonlyMap<string, string>): TemplateResult {
    const [first] = facts;
    const opens = first?.section === 'legal-information' && facts.some((fact) => openableOf(fact));
    const room = opens || first?.section === 'end-of-life-care';
    return html`<ul class=${facts.length > LONG ? 'long' : ''}>
      ${repeat(
        facts,
        (fact) => fact.key,
        (fact, index) => html`<li>${this.#line(fact, index, disputes.get(fact.key), room)}</li>`,
      )}
    </ul>`;
  }

  #heading(view: SectionView, near: number): TemplateResult {
    const { words } = this.around;
    const total = this.total ?? view.facts.length;
    const current = this.recent ?? this.total ?? near;
    return html`<header part="heading">
      <h2 tabindex="-1">${words.sections[view.id].heading}</h2>
      ${total > 0 ? html`<span class="count">${countInWords(view, current, total, words)}</span>` : nothing}
      ${total > 0 && view.foundOf === undefined ? this.#window(view, current) : nothing} ${this.#fresh(view)}
      ${total === 0 && this.form === 'short' ? html`<span class="inline">${absenceInWords(view, words)}</span>` : nothing}
      <span class="gap"></span><slot name="beside"></slot>
      ${total > 0 ? this.#missingBrief(view) : nothing}
      ${
        this.held > 0
          ? html`<span class="held">${words.section.newItems(this.held)}</span>
              <button class="action filled" @click=${() => this.dispatchEvent(new ArrivalsShowEvent())}>
                ${words.section.show}
              </button>`
          : nothing
      }
    </header>`;
  }

  #fresh({ facts }: SectionView): TemplateResult | typeof nothing {
    const { fresh, words } = this.around;
    const count = fresh && fresh.size > 0 ? facts.filter(({ key }) => fresh.has(key)).length : 0;
    return count > 0 ? html`<span class="fresh">${words.section.fresh(count)}</span>` : nothing;
  }

  /** Words for the window that are true of what stands under them: what has not ended is shown however old it is. */
  #window(view: SectionView, current: number): TemplateResult | typeof nothing {
    const { window } = view.section;
    const { section } = this.around.words;
    if (!window && showsLatest(view)) return html`<span class="window">${section.latest}</span>`;
    if (!window) return nothing;
    const say = current === 0 ? section.noneInWindow : isHappening(view.id) ? section.window : section.windowOfEnded;
    return html`<span class="window">${say(window.months)}</span>`;
  }

  #absence(view: SectionView): TemplateResult {
    const { words } = this.around;
    const waiting = waitingNames(view, this.around);
    return html`<div class="absence">
      <p>${absenceInWords(view, words)}</p>
      ${
        waiting
          ? html`<p class="waiting">${waiting}</p>
              <div class="skeleton" aria-hidden="true"></div>`
          : nothing
      }
    </div>`;
  }

  /** Who is missing stands beside the heading, where its coming and going moves nothing; in full it is told under the lines. */
  #missingBrief(view: SectionView): TemplateResult | typeof nothing {
    const { words } = this.around;
    const missing = missingInWords(view, words);
    if (missing === undefined) return nothing;
    const gaps = gapsOf(view);
    const { silent, waiting, unread, withheld } = gaps;
    const tone = toneOf(view);
    const brief = [
      silent > 0 ? `${gapList(gaps, words)}.` : '',
      waiting > 0 ? words.absence.notYet(waiting) : '',
      unread > 0 ? words.absence.unread(unread) : '',
      silent + waiting + unread === 0 && withheld > 0 ? words.banner.mayBeMissing : '',
    ].join(' ');
    return html`<span class="brief ${tone}" title=${words.section.incomplete(missing)}
      >${silent > 0 ? toneMark(tone) : nothing} ${brief}</span
    >`;
  }

  #missing(view: SectionView): TemplateResult | typeof nothing {
    if (this.form === 'short') return nothing;
    const missing = missingInWords(view, this.around.words);
    if (missing === undefined) return this.#reserved ? html`<p class="missing"></p>` : nothing;
    this.#reserved = true;
    const tone = toneOf(view);
    return html`<p class="missing ${tone}">
      ${gapsOf(view).silent > 0 ? toneMark(tone) : nothing} ${this.around.words.section.incomplete(missing)}
    </p>`;
  }

  #toggleOlder(): void {
    this.#drawing.older = !this.#drawing.older;
    this.requestUpdate();
  }

  #body(view: SectionView): TemplateResult {
    const { words } = this.around;
    const { inside: near, older: far } = splitByWindow(view, this.around.today);
    const disputes = disputesOf(view, this.lineOf, this.around);
    const { older, budget } = this.#drawing;
    const all = older ? [...near, ...far] : near;
    this.#drawing.more = all.length;
    const shown = all.slice(0, this.closed ? 0 : this.form === 'short' ? this.limit : budget);
    const hidden = this.closed || (this.form === 'short' && shown.length > 0) ? view.facts.length - shown.length : 0;
    const olderWords = isHappening(view.id) ? words.section.showOlder : words.section.showPast;
    return html`${shown.length > 0 ? this.#list(shown, disputes) : nothing}
      <footer>
        ${hidden > 0 ? html`<button class="action" @click=${() => this.dispatchEvent(new SectionOpenEvent(view.id))}>${showAllInWords(view, far.length, words)}</button>` : nothing}
        ${
          far.length > 0 && !this.closed && (this.form === 'full' || near.length === 0)
            ? html`<button class="action" aria-expanded=${older} @click=${this.#toggleOlder}>
                ${older ? words.section.hideOlder : olderWords(far.length)}
              </button>`
            : nothing
        }
        ${this.form === 'full' && shown.length < all.length ? html`<span>${words.section.showing(shown.length, all.length)}</span>` : nothing}
        ${this.#missing(view)}
      </footer>
      ${this.#reach([...near, ...far].slice(shown.length))}`;
  }

  /** Nothing that is there is out of reach of the browser's own find, and nothing of a section in full of print. */
  #reach(rest: readonly Fact[]): TemplateResult | typeof nothing {
    if (rest.length === 0) return nothing;
    return html`<corridor-reach
      .facts=${rest}
      .around=${this.around}
      .lineOf=${this.lineOf}
      ?printed=${this.form === 'full'}
    ></corridor-reach>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    const near = splitByWindow(view, this.around.today).inside.length;
    const empty = view.facts.length === 0;
    const quiet = empty && this.form === 'short' && this.held === 0;
    return html`<section class=${quiet ? 'quiet' : ''} aria-label=${this.around.words.sections[view.id].heading}>
      ${this.#heading(view, near)}
      ${
        empty
          ? this.form === 'short'
            ? nothing
            : this.#absence(view)
          : this.ownBody
            ? html`<slot></slot>
                <footer>${this.#missing(view)}</footer>
                ${this.#reach(this.rest)}`
            : this.#body(view)
      }
    </section>`;
  }
}

/** Of what was looked for: how many were found of all. Otherwise: how many stand inside the window. */
function countInWords({ facts, foundOf }: SectionView, current: number, total: number, { section }: Words): string {
  if (foundOf !== undefined) return section.showing(facts.length, foundOf);
  return section.counts(current === 0 ? total : current, total);
}

/** What waits behind the window is told in the snapshot too: "last 6 months" alone would hide how much there is (H09). */
function showAllInWords({ id, facts }: SectionView, far: number, { section }: Words): string {
  if (far === 0) return section.showAll(facts.length);
  return (isHappening(id) ? section.showAllOlder : section.showAllPast)(facts.length, far);
}

/** A gap in what can harm at once is a risk; elsewhere a caution; what is withheld is a decision, not a fault. */
function toneOf(view: SectionView): 'risk' | 'caution' | 'withheld' {
  if (gapsOf(view).silent === 0) return 'withheld';
  return view.id === 'allergies' || view.id === 'risks' || view.id === 'alerts' || view.id === 'safeguarding'
    ? 'risk'
    : 'caution';
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-section': CorridorSection;
  }
}
