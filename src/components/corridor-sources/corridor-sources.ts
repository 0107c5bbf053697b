import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PatientRecord, SourceView } from '../../record/patient-record.ts';
import type { SourceId } from '../../record/source.ts';
import { LedgerToggleEvent, SourceAskEvent } from '../events.ts';
import { type MarkState, stateMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { dangerInWords, GAP_KINDS, gapKind, isWorthAsking, markOf, statusInWords } from '../source-words.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { sourcesStyles } from './corridor-sources.styles.ts';

const NAMED = 2;

/** More marks than this stand in two even rows, so that the words beside them keep their room. */
const ONE_ROW = 14;
/** More than stand beside a phone's words are counted by what they mean: marks must cover no word (safety H06). */
const MOST_MARKS = 28;

/**
 * @summary Can I trust that this is complete? One mark per source, the counts in words, the names of those missing, and
 * the answer ledger behind it (safety H06). Its height does not change while sources answer.
 * @slot beside - What belongs beside the counts, such as the number of disagreements.
 * @event corridor-ledger-toggle - The reader opened or closed the ledger.
 * @event corridor-source-ask - The reader wants one source asked again.
 * @csspart strip - The line.
 */
export class CorridorSources extends LitElement {
  static override styles = [tokens, controls, markStyles, sourcesStyles];

  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ type: Boolean }) open = false;
  /** Milliseconds, on the same clock as `performance.now()`, at which each source was asked. */
  @property({ attribute: false }) askedAt: (source: SourceId) => number | undefined = () => undefined;

  @state() private nowMs = 0;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => {
      if ((this.record?.completeness.waiting ?? 0) > 0) this.nowMs = performance.now();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  /** Back to where the ledger was opened from. */
  focusLedger(): void {
    this.renderRoot.querySelector<HTMLElement>('.ledger')?.focus();
  }

  #toggle(): void {
    this.open = !this.open;
    this.dispatchEvent(new LedgerToggleEvent(this.open));
  }

  #names(views: readonly SourceView[]): string {
    const names = views.slice(0, NAMED).map(({ source }) => source.organisation.name);
    const rest = views.length - NAMED;
    return names.join(', ') + (rest > 0 ? ` ${this.around.words.banner.more(rest)}` : '');
  }

  #waited(views: readonly SourceView[]): number {
    const longest = Math.max(...views.map(({ source }) => this.nowMs - (this.askedAt(source.id) ?? this.nowMs)));
    return Math.max(0, Math.floor(longest / 1000));
  }

  #shape({ sources }: PatientRecord): string {
    return sources.length > MOST_MARKS ? 'marks counted' : sources.length > ONE_ROW ? 'marks rows' : 'marks';
  }

  #marks({ sources }: PatientRecord): readonly TemplateResult[] {
    return sources.map(({ source, status, entryCount }) =>
      mark(
        markOf(status, entryCount),
        `${source.organisation.name}: ${statusInWords(status, this.around.words, entryCount)}`,
      ),
    );
  }

  /** In one order, whoever answers first. */
  #counted({ sources }: PatientRecord): readonly TemplateResult[] {
    const { states } = this.around.words.sources;
    const marks = sources.map(({ status, entryCount }) => markOf(status, entryCount));
    return (['wrong-patient', ...Object.keys(states)] as MarkState[]).flatMap((one) => {
      const count = marks.filter((each) => each === one).length;
      return count > 0 ? mark(one, states[one === 'wrong-patient' ? 'failed' : one], count) : [];
    });
  }

  #counts(record: PatientRecord): TemplateResult {
    const { sources } = this.around.words;
    const { completeness } = record;
    const waiting = record.sources.filter(({ status }) => status.state === 'waiting');
    const gaps = record.sources.filter(({ status, entryCount }) => gapKind(status, entryCount) !== undefined);
    const nothingElse = gaps.length + waiting.length + completeness.withheld + completeness.notAsked === 0;
    return html`<span class="counts">
      <strong>${sources.ofAnswered(completeness.answered, completeness.total)}</strong>
      <span class="parts">
        ${gaps.length > 0 ? this.#gaps(gaps) : nothing}
        ${completeness.withheld > 0 ? html`<span class="part">${stateMark('withheld')} ${sources.withheld(completeness.withheld)}</span>` : nothing}
        ${completeness.notAsked > 0 ? html`<span class="part">${stateMark('not-connected')} ${sources.notAsked(completeness.notAsked)}</span>` : nothing}
        ${nothingElse ? html`<span class="part all">${sources.all}</span>` : nothing}
      </span>
      ${waiting.length > 0 ? this.#waiting(waiting) : nothing}
    </span>`;
  }

  #gaps(gaps: readonly SourceView[]): TemplateResult {
    const kinds = gaps.map(({ status, entryCount }) => gapKind(status, entryCount));
    const counted = GAP_KINDS.flatMap((kind) => {
      const count = kinds.filter((one) => one === kind).length;
      return count > 0 ? [this.around.words.gaps[kind](count)] : [];
    });
    return html`<span class="gaps"
        ><span class="kinds">${toneMark('caution')} ${counted.join(' · ')}</span
        ><span class="names">: ${this.#names(gaps)}</span></span
      >
      ${this.#ask(gaps.filter(({ status }) => isWorthAsking(status)))}`;
  }

  #waiting(waiting: readonly SourceView[]): TemplateResult {
    const { sources } = this.around.words;
    const seconds = this.#waited(waiting);
    const time = seconds >= 2 ? `, ${sources.waitingFor(seconds)}` : '';
    return html`<span class="part open"
      >${stateMark('waiting')} ${sources.answering(waiting.length)}${time}: ${this.#names(waiting)}</span
    >`;
  }

  /** One button for all of whom more may come when they are asked again. */
  #ask(views: readonly SourceView[]): TemplateResult | typeof nothing {
    const { sources } = this.around.words;
    const [first, ...others] = views;
    if (!first) return nothing;
    const named = others.length === 0 ? sources.askAgainOf(first.source.organisation.name) : nothing;
    const ask = (): void => views.forEach(({ source }) => this.dispatchEvent(new SourceAskEvent(source.id)));
    return html`<button class="action" aria-label=${named} @click=${ask}>
      ${others.length === 0 ? sources.askAgain : sources.askAllAgain(views.length)}
    </button>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { record } = this;
    const { words } = this.around;
    if (!record) return nothing;
    const dangers = record.sources.flatMap((view) => dangerInWords(view, words) ?? []);
    return html`<section aria-label=${words.sources.heading}>
      <div class="strip" part="strip">
        <ul class=${this.#shape(record)} aria-label=${words.sources.heading}>
          ${record.sources.length > MOST_MARKS ? this.#counted(record) : this.#marks(record)}
        </ul>
        <div class="said" role="status">${this.#counts(record)}</div>
        <slot name="beside"></slot>
        <button class="action ledger" aria-expanded=${this.open} @click=${this.#toggle}>
          ${this.open ? words.sources.hideLedger : words.sources.showLedger}
        </button>
      </div>
      ${dangers.map((danger) => html`<p class="danger" role="alert">${toneMark('risk')} <span>${danger}</span></p>`)}
    </section>`;
  }
}

function mark(state: MarkState, said: string, count?: number): TemplateResult {
  return html`<li title=${said}>${stateMark(state)}${count}<span class="heard"> ${said}</span></li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-sources': CorridorSources;
  }
}
