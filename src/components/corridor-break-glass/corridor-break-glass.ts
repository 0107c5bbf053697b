import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { enGB } from '../../words/en-GB.ts';
import type { Words } from '../../words/words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { BreakGlassEvent } from '../events.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { controls, tokens } from '../tokens.styles.ts';

const REASON_CHARS = { least: 10, most: 500 };
/** A machine that has slept is asked again soon after it wakes. */
const AGAIN_MS = 60_000;

/**
 * @summary Emergency access: what it is, why, and, once the glass is broken, until when. Two presses at most; the reason
 * stays in this element until it is sent, and is emptied then.
 * @event corridor-break-glass - The reader breaks the glass, with a reason.
 */
export class CorridorBreakGlass extends LitElement {
  static override styles = [
    tokens,
    controls,
    markStyles,
    css`
      :host {
        display: block;
        padding: 4px 16px;
      }
      .broken {
        border: 2px solid var(--_risk);
        border-radius: var(--_radius);
        margin: 4px 0;
        padding: 6px 12px;
      }
      summary {
        cursor: pointer;
      }
      form {
        display: grid;
        gap: 8px;
        max-inline-size: 44rem;
        padding-block: 8px;
      }
      textarea {
        font: inherit;
        inline-size: 100%;
      }
      button {
        justify-self: start;
      }
    `,
  ];

  /** Until when the glass is broken (ISO instant). Left out: it is whole, and may be broken. */
  @property() until: string | undefined;
  /** The audit's store can't be written; what is seen now is kept in an emergency file. */
  @property({ type: Boolean }) spooled = false;
  @property({ attribute: false }) words: Words = enGB;

  @state() private reason = '';
  @state() private confirmed = false;
  @state() private sending: 'no' | 'yes' | 'failed' = 'no';
  /** The time of it has passed, while what it opened still stands on the screen. */
  @state() private over = false;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('until')) this.#watch();
  }

  #watch(): void {
    window.clearTimeout(this.#timer);
    const leftMs = Date.parse(this.until ?? '') - Date.now();
    this.over = leftMs <= 0;
    if (leftMs > 0) this.#timer = window.setTimeout(() => this.#watch(), Math.min(leftMs, AGAIN_MS));
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const asked = new BreakGlassEvent(this.reason.trim());
    this.dispatchEvent(asked);
    this.sending = 'yes';
    const done = await (asked.answer ?? Promise.reject(new Error('nobody answers'))).then(
      () => true,
      () => false,
    );
    this.sending = done ? 'no' : 'failed';
    if (done) {
      this.reason = '';
      this.confirmed = false;
    }
  }

  #form(): TemplateResult {
    const { emergency } = this.words;
    const ready = this.confirmed && this.reason.trim().length >= REASON_CHARS.least && this.sending !== 'yes';
    return html`<form @submit=${(event: SubmitEvent) => void this.#send(event)}>
      <p>${emergency.explain}</p>
      <label for="reason">${emergency.reason}</label>
      <textarea
        id="reason"
        rows="2"
        required
        minlength=${REASON_CHARS.least}
        maxlength=${REASON_CHARS.most}
        .value=${this.reason}
        @input=${(event: InputEvent) => (this.reason = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <label>
        <input
          type="checkbox"
          .checked=${this.confirmed}
          @change=${(event: Event) => (this.confirmed = (event.target as HTMLInputElement).checked)}
        />
        ${emergency.confirm}
      </label>
      <button class="action filled" ?disabled=${!ready}>
        ${this.sending === 'yes' ? emergency.opening : emergency.open}
      </button>
      ${this.sending === 'failed' ? html`<p role="alert">${emergency.failed}</p>` : nothing}
    </form>`;
  }

  override render(): TemplateResult {
    const { emergency } = this.words;
    if (this.until !== undefined) {
      const time = instantInWords(this.until, this.words);
      return html`<p class="broken" role="status">
        ${toneMark('risk')}
        <strong>${unbroken(this.over ? emergency.wasUntil(time) : emergency.until(time))}</strong>
        ${this.over ? emergency.helpAfter : emergency.help}
        ${this.spooled ? html`<strong>${emergency.spooled}</strong>` : nothing}
      </p>`;
    }
    return html`<details>
      <summary>${emergency.offer}</summary>
      ${this.#form()}
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-break-glass': CorridorBreakGlass;
  }
}
