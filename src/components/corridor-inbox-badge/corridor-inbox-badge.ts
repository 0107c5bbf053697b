import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { InboxCounts } from '../../messages/thread.ts';
import { enGB } from '../../words/en-GB.ts';
import { messageWords } from '../../words/message-words.ts';
import type { Words } from '../../words/words.ts';
import { InboxCountsEvent } from '../conversations/conversation-events.ts';
import { threadMark } from '../conversations/thread-words.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { controls, tokens } from '../tokens.styles.ts';

/**
 * @summary How much waits for a team, in counts: for an EPR's own bar. There is nobody's name and no clinical word in it,
 * nor in what it tells its host.
 * @event corridor-inbox-counts - The counts have changed. They are all that it says.
 */
export class CorridorInboxBadge extends LitElement {
  static override styles = [
    tokens,
    controls,
    markStyles,
    css`
      :host {
        display: inline-block;
      }
      span.all {
        align-items: center;
        display: inline-flex;
        flex-wrap: wrap;
        gap: 2px 10px;
      }
      span.one {
        align-items: center;
        display: inline-flex;
        gap: 4px;
        white-space: nowrap;
      }
      .pressing {
        font-weight: 700;
      }
      .none {
        color: var(--_secondary);
      }
    `,
  ];

  /** Left out: what waits is not known. */
  @property({ attribute: false }) counts: InboxCounts | undefined;
  @property({ attribute: false }) words: Words = enGB;

  #told = '';

  protected override updated(changed: PropertyValues<this>): void {
    const { counts } = this;
    if (!changed.has('counts') || !counts) return;
    const key = [counts.unopened, counts.urgent, counts.overdue, counts.handovers].join();
    if (key === this.#told) return;
    this.#told = key;
    this.dispatchEvent(new InboxCountsEvent(counts));
  }

  override render(): TemplateResult {
    const words = messageWords(this.words.language);
    const { counts } = this;
    if (!counts) return html`<span class="one none">${toneMark('caution')} ${words.countsUnknown}</span>`;
    const { unopened, urgent, overdue, handovers } = counts;
    if (unopened + urgent + overdue + handovers === 0) return html`<span class="one none">${words.countsNone}</span>`;
    const one = (mark: TemplateResult, said: string, pressing = false): TemplateResult =>
      html`<span class="one ${pressing ? 'pressing' : ''}">${mark} ${said}</span>`;
    return html`<span class="all">
      ${overdue > 0 ? one(threadMark('overdue'), words.counts.overdue(overdue), true) : nothing}
      ${urgent > 0 ? one(toneMark('caution'), words.counts.urgent(urgent), true) : nothing}
      ${unopened > 0 ? one(threadMark('delivered'), words.counts.unopened(unopened)) : nothing}
      ${handovers > 0 ? one(threadMark('escalated'), words.counts.handovers(handovers)) : nothing}
    </span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-inbox-badge': CorridorInboxBadge;
  }
}
