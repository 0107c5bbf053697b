import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Entry } from '../../record/entry.ts';
import type { Fact } from '../../record/fact.ts';
import { FactSplitEvent } from '../events.ts';
import {
  freshTemplate,
  lineTemplate,
  partText,
  plainLine,
  standingFlags,
  unbroken,
  whenOf,
  type Flag,
  type Line,
  type LineOf,
} from '../line.ts';
import { labelsOfAll, LADDER, levelOfLabels } from '../../record/confidentiality.ts';
import { kindMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { isHappening } from '../../record/split-by-window.ts';
import { factStyles } from './corridor-fact.styles.ts';
import type { Words } from '../../words/words.ts';

/**
 * @summary One line: the fact in the largest weight, what qualifies it, who and when in small grey. It opens in place
 * to every record behind it, and "show separately" undoes the merge for this session (safety H11, H12).
 * @event corridor-fact-split - The reader split the fact or joined it again.
 * @csspart row - One line.
 * @csspart details - The records behind it.
 */
export class CorridorFact extends LitElement {
  static override styles = [tokens, controls, markStyles, factStyles];

  @property({ attribute: false }) fact: Fact | undefined;
  @property({ attribute: false }) lineOf: LineOf = plainLine;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** What another record says differently, already in words. */
  @property({ attribute: false }) dispute: string | undefined;
  /** Shown record by record, where nobody around the line remembers it (`around.split`). */
  @property({ type: Boolean }) split = false;

  @state() private open = false;

  #toggle(): void {
    this.open = !this.open;
  }

  #setSplit(split: boolean): void {
    this.split = split;
    this.open = false;
    if (this.fact) this.dispatchEvent(new FactSplitEvent(this.fact.key, split));
  }

  #isSplit(fact: Fact): boolean {
    return this.around.split ? this.around.split.has(fact.key) : this.split;
  }

  /** `whole`: nothing of it is cut, however long. */
  #row(entry: Entry, entries: readonly Entry[], disclosure: unknown, whole: boolean): TemplateResult {
    const { around } = this;
    const line = this.lineOf(entry, around, entries);
    const lead = line.lead ?? entry;
    const flags = flagsOf(line, lead, labelsOfAll(entries), around);
    const cut = !whole && isLong(line);
    const when = line.when === undefined ? whenOf(lead, around) : line.when;
    return html`<div class="row ${isHappening(entry.section) ? '' : entry.state}" part="row">
      <div class="words ${cut ? 'cut' : ''}">${lineTemplate(line, flags)} ${around.hung?.mark(entries, around)}</div>
      <div class="meta">
        <div class="who">${this.#who([lead, ...entries])}</div>
        <div class="when">${unbroken(when ?? '')}${this.#fresh(entries)}</div>
      </div>
      <div class="how">${disclosure}</div>
      ${(line.body ?? []).map((text) => html`<p class="body ${cut ? 'cut' : ''}">${unbroken(text)}</p>`)}
      ${cut ? html`<button class="action all" @click=${this.#toggle}>${around.words.fact.showAll}</button>` : nothing}
    </div>`;
  }

  /** On the line of the fact, or, where it is shown record by record, on none: what is new is the fact. */
  #fresh(entries: readonly Entry[]): TemplateResult | typeof nothing {
    const { fact, around } = this;
    return fact?.entries === entries ? freshTemplate(fact, around) : nothing;
  }

  #who(entries: readonly Entry[]): TemplateResult {
    const { around } = this;
    const ids = [...new Set(entries.map((entry) => entry.origin.source))];
    const [first] = ids;
    if (first === undefined) return html``;
    const source = around.sources.get(first);
    return html`${source ? kindMark(source.organisation.kind, around.words) : nothing}
      <span class="name" title=${ids.map((id) => sourceName(id, around)).join(', ')}
        >${sourceName(first, around)}</span
      >`;
  }

  #disclosure(fact: Fact, line: Line): TemplateResult {
    const { words } = this.around;
    const sources = new Set(fact.entries.map((entry) => entry.origin.source)).size;
    const label =
      sources > 1
        ? words.fact.sources(sources)
        : fact.entries.length > 1
          ? words.fact.records(fact.entries.length)
          : '';
    return html`<button class="action" aria-expanded=${this.open} @click=${this.#toggle}>
      <span class="count">${label}</span><span class="heard">${words.fact.details}: ${line.main}</span
      ><svg class="chevron" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4" /></svg>
    </button>`;
  }

  #details(fact: Fact): TemplateResult {
    const { around } = this;
    const many = fact.entries.length > 1;
    // Opened before the second part of the script has come: then why they stand together follows.
    const { merged }: Partial<Words> = around.words;
    return html`<div class="details" part="details">
      ${
        many
          ? html`<p class="merged">
              ${merged?.said(fact.entries.length, merged.because[fact.reason ?? 'everything'])}
              ${fact.partial ? merged?.partial : nothing}
              <button class="action" @click=${() => this.#setSplit(true)}>${around.words.fact.showSeparately}</button>
            </p>`
          : nothing
      }
      ${fact.entries.map((entry) => this.#original(entry, many))}
    </div>`;
  }

  #original(entry: Entry, many: boolean): TemplateResult {
    const { around } = this;
    const detail = this.lineOf(entry, around).detail ?? [];
    return html`<div class="original">
      ${many ? this.#said(entry) : nothing}
      ${detail.length > 0 ? html`<p class="detail">${unbroken(detail.join(' · '))}</p>` : nothing}
      ${entry.notes.map((note) => html`<p class="note">${unbroken(note)}</p>`)}
      <corridor-provenance .entry=${entry} .around=${around} ?named=${many}></corridor-provenance>
    </div>`;
  }

  /** One of several records: who says it and when, then its own words. */
  #said(entry: Entry): TemplateResult {
    const { around } = this;
    const line = this.lineOf(entry, around);
    const flags = flagsOf(line, entry, entry.labels, around);
    return html`<p class="by">${this.#who([entry])}<span>${unbroken(whenOf(entry, around))}</span></p>
      <p class="said">${lineTemplate(line, flags)}</p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { fact, around } = this;
    if (!fact) return nothing;
    const dispute =
      this.dispute === undefined
        ? nothing
        : html`<p class="dispute">${toneMark('caution')} <span>${unbroken(this.dispute)}</span></p>`;
    if (this.#isSplit(fact)) {
      return html`<div class="apart">
        ${fact.entries.map((entry) => this.#row(entry, [entry], nothing, true))}${dispute}
        <button class="action" @click=${() => this.#setSplit(false)}>${around.words.fact.showTogether}</button>
      </div>`;
    }
    const [first] = fact.entries;
    return html`${this.#row(first, fact.entries, this.#disclosure(fact, this.lineOf(first, around, fact.entries)), this.open)}${dispute}${this.open ? this.#details(fact) : nothing}`;
  }
}

function flagsOf(line: Line, lead: Entry, labels: Entry['labels'], around: Surroundings): readonly Flag[] {
  return [...(line.flags ?? []), ...standingFlags(lead, around), markOf(labels, around)].filter(
    (flag): flag is Flag => flag !== undefined,
  );
}

/** How its records are marked, the highest of them: whoever reads it aloud or hands it on must know. */
function markOf(labels: Entry['labels'], { words }: Surroundings): Flag | undefined {
  const level = labels.length === 0 ? LADDER.N : levelOfLabels(labels);
  if (level < LADDER.R) return undefined;
  return { tone: 'caution', word: level >= LADDER.V ? words.fact.veryRestricted : words.fact.restricted };
}

/**
 * Above this a line is cut to a few rows until it is opened, and says so. It is far above any dose or reaction that
 * people write: what is cut is a letter in the wrong field, never half an instruction.
 */
const LONG = 600;

/** The same of one of its longer texts. */
const LONG_BODY = 2_000;

function isLong({ main, parts = [], body = [] }: Line): boolean {
  return main.length + parts.map(partText).join('').length > LONG || body.some((text) => text.length > LONG_BODY);
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-fact': CorridorFact;
  }
}
