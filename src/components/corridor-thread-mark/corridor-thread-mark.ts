import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Thread } from '../../messages/thread.ts';
import { enGB } from '../../words/en-GB.ts';
import { messageWords } from '../../words/message-words.ts';
import type { Words } from '../../words/words.ts';
import { ThreadSeekEvent } from '../conversations/conversation-events.ts';
import { isPressing, threadMark } from '../conversations/thread-words.ts';
import { markStyles } from '../marks.styles.ts';
import { controls, tokens } from '../tokens.styles.ts';

/**
 * @summary On a line of the record: that conversations hang on it, and how far the most pressing of them has come. It says
 * no word of them.
 * @event corridor-thread-seek - The reader wants to see it. It stays at this element.
 */
export class CorridorThreadMark extends LitElement {
  static override styles = [
    tokens,
    controls,
    markStyles,
    css`
      :host {
        display: inline;
      }
      .action {
        border: 1px solid var(--_hairline);
        font-size: var(--_small);
        line-height: 1.25;
        min-block-size: 0;
        padding: 0 6px;
        white-space: nowrap;
      }
      .action.pressing {
        background: var(--_caution-page);
        color: var(--_caution-text);
        font-weight: 700;
      }
    `,
  ];

  /** Those that hang on the line. */
  @property({ attribute: false }) threads: readonly Thread[] = [];
  @property({ attribute: false }) words: Words = enGB;

  override render(): TemplateResult | typeof nothing {
    const [first] = [...this.threads].sort((a, b) => rank(a) - rank(b));
    if (!first) return nothing;
    const words = messageWords(this.words.language);
    const said = words.mark(this.threads.length, words.states[first.state]);
    return html`<button
      class="action ${isPressing(first) ? 'pressing' : ''}"
      @click=${() => this.dispatchEvent(new ThreadSeekEvent(first.id))}
    >
      ${threadMark(first.state)} ${said}
    </button>`;
  }
}

function rank(thread: Thread): number {
  return isPressing(thread) ? 0 : thread.state === 'closed' ? 2 : 1;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-thread-mark': CorridorThreadMark;
  }
}
