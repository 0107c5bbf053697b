import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Entry } from '../../record/entry.ts';
import type { Fact } from '../../record/fact.ts';
import { flagWords, partText, plainLine, standingFlags, whenOf, type LineOf } from '../line.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { tokens } from '../tokens.styles.ts';
import { reachStyles } from './corridor-reach.styles.ts';

/** The rows of this element are written when nobody needs the page, and never for longer than this, or where it is busy this. */
const SLICE_MS = 24;
const BUSY_SLICE_MS = 6;
const SETTLED_MS = 400;
/** A page that is busy all the time gets them in the end all the same. */
const AT_LATEST_MS = 1_000;

/**
 * @summary Rows that are not on the screen, as plain lines for the browser's own find and for print: a row that is found
 * shows itself. They are written in idle slices and take no room before (safety H09).
 */
export class CorridorReach extends LitElement {
  static override styles = [tokens, reachStyles];

  @query('ul') private list!: HTMLElement | null;

  @property({ attribute: false }) facts: readonly Fact[] = [];
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ attribute: false }) lineOf: LineOf = plainLine;
  /** Print them too. A snapshot prints what it shows; a section in full prints all it has. */
  @property({ type: Boolean, reflect: true }) printed = false;

  #timer = 0;
  #written = 0;
  /** Until the paper is done, rows that change on the way to it are written anew at once. */
  #printing = false;
  readonly #onPrint = (): void => this.writeAll();
  readonly #onPrinted = (): void => void (this.#printing = false);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeprint', this.#onPrint);
    window.addEventListener('afterprint', this.#onPrinted);
    this.#later(SETTLED_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeprint', this.#onPrint);
    window.removeEventListener('afterprint', this.#onPrinted);
    this.#printing = false;
    window.clearTimeout(this.#timer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('facts') && !changed.has('around')) return;
    const before = changed.get('around');
    const same = before?.words === this.around.words && sameFacts(changed.get('facts') ?? this.facts, this.facts);
    if (same && this.#written > 0) return;
    this.list?.replaceChildren();
    this.#written = 0;
    if (this.#printing && this.printed) this.#write(Infinity);
    else this.#later(SETTLED_MS);
  }

  /**
   * Writes what paper must have of it, now.
   * @internal
   */
  writeAll(): void {
    this.#printing = true;
    if (this.isUpdatePending) this.performUpdate();
    if (this.printed) this.#write(Infinity);
  }

  #later(afterMs: number): void {
    window.clearTimeout(this.#timer);
    if (this.#written >= this.facts.length) return;
    this.#timer = window.setTimeout(
      () => whenIdle((leftMs) => this.#write(Math.min(SLICE_MS, Math.max(BUSY_SLICE_MS, leftMs)))),
      afterMs,
    );
  }

  #write(forMs: number): void {
    if (!this.list || !this.isConnected) return;
    const until = performance.now() + forMs;
    const rows = document.createDocumentFragment();
    while (this.#written < this.facts.length && performance.now() < until) {
      const fact = this.facts[this.#written++];
      if (fact) rows.append(this.#row(fact));
    }
    this.list.append(rows);
    this.#later(0);
  }

  /** What the line says, who says it and when: enough to stand alone where it is found. */
  #row({ entries }: Fact): HTMLElement {
    const { around } = this;
    const [first] = entries;
    const line = this.lineOf(first, around, entries);
    const lead = line.lead ?? first;
    const flags = [...(line.flags ?? []), ...standingFlags(lead, around)].map(flagWords).filter(Boolean);
    const what = [line.main, ...(line.parts ?? []).map(partText)].filter(Boolean).join(' — ');
    const who = [...new Set([lead, ...entries].map((entry: Entry) => sourceName(entry.origin.source, around)))];
    const row = document.createElement('li');
    row.setAttribute('hidden', 'until-found');
    const small = document.createElement('span');
    small.className = 'who';
    small.textContent = [who.join(', '), line.when === undefined ? whenOf(lead, around) : line.when]
      .filter(Boolean)
      .join(', ');
    const said = [...flags.map((flag) => `${flag}:`), what, ...(line.body ?? []), line.aside ?? ''].filter(Boolean);
    row.append(`${said.join(' ')} `, small);
    return row;
  }

  override render(): TemplateResult {
    return html`<ul></ul>`;
  }
}

/** The same facts in the same order: what has been written still stands. */
function sameFacts(before: readonly Fact[], now: readonly Fact[]): boolean {
  return before.length === now.length && before.every((fact, at) => fact === now[at]);
}

/** `leftMs`: until something else wants the page, as far as the browser knows. */
function whenIdle(task: (leftMs: number) => void): void {
  if ('requestIdleCallback' in window)
    window.requestIdleCallback((deadline) => task(deadline.timeRemaining()), { timeout: AT_LATEST_MS });
  else setTimeout(() => task(0));
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-reach': CorridorReach;
  }
}
