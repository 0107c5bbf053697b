import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { InboxCounts, InboxLine } from '../../messages/thread.ts';
import { messageWords, type MessageWords } from '../../words/message-words.ts';
import { InboxMoreEvent, InboxOpenEvent, MessagesAskEvent } from '../conversations/conversation-events.ts';
import { conversationStyles } from '../conversations/conversation.styles.ts';
import { inboxPerson } from '../conversations/person-line.ts';
import { correspondentInWords, isPressing, threadMark } from '../conversations/thread-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { inboxStyles } from './corridor-inbox.styles.ts';

type Filter = keyof MessageWords['inbox']['filters'];
const FILTERS: readonly Filter[] = ['all', 'unopened', 'urgent', 'overdue', 'unowned'];
const MORE_LINES = 200;
/** The launcher gives no more at once. */
const MOST_LINES = 2_000;

/**
 * @summary What waits for a team, with no chart open: what presses first, each line with the person it is about, or that
 * they are withheld and why. No line says what was written; that is read in the person's own chart.
 * @event corridor-inbox-open - The reader opens a line. It stays at this element.
 * @event corridor-inbox-more - The reader wants more lines than are shown. It stays at this element.
 * @event corridor-messages-ask - The reader wants the list asked for again.
 * @csspart line - One conversation.
 */
export class CorridorInbox extends LitElement {
  static override styles = [tokens, controls, markStyles, conversationStyles, inboxStyles];

  /** Left out: they are on their way. */
  @property({ attribute: false }) lines: readonly InboxLine[] | undefined;
  /** There are more than are given. */
  @property({ type: Boolean }) more = false;
  @property({ attribute: false }) counts: InboxCounts | undefined;
  @property() standing: 'here' | 'failed' = 'here';
  /** When the launcher last answered (ISO instant), where it has not since. */
  @property() stale: string | undefined;
  /** Whose list it is. */
  @property() team: string | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  @state() private filter: Filter = 'all';
  @state() private opening: { readonly thread: string; readonly said: string; readonly failed: boolean } | undefined;

  get #words(): MessageWords {
    return messageWords(this.around.words.language);
  }

  async #open({ thread }: InboxLine): Promise<void> {
    const { inbox } = this.#words;
    const asked = new InboxOpenEvent(thread);
    this.dispatchEvent(asked);
    this.opening = { thread, said: inbox.opening, failed: false };
    try {
      if (!asked.answer) throw new Error('nobody opens it');
      const { address } = await asked.answer;
      this.opening = { thread, said: address === undefined ? inbox.openThere : inbox.opening, failed: false };
    } catch {
      // Whatever kept it shut, the reader is told that it is.
      this.opening = { thread, said: inbox.notOpened, failed: true };
    }
  }

  #line(line: InboxLine): TemplateResult {
    const words = this.#words;
    const { state: stands, subject, urgency, from, dueAt, lastAt, owner, unopened, thread } = line;
    const at = (iso: string): string => instantInWords(iso, this.around.words);
    const opening = this.opening?.thread === thread ? this.opening : undefined;
    return html`<li part="line" class=${unopened ? 'unread' : ''}>
      <span class="person">${inboxPerson(line.patient, this.around)}</span>
      <span class="state">
        ${
          urgency === 'urgent' && stands !== 'closed'
            ? html`<span class="flag caution">${toneMark('caution')}${words.urgency.urgent}</span>`
            : nothing
        }
        ${threadMark(stands)} <b class="small">${words.states[stands]}</b>
      </span>
      <span class="subject"
        >${unbroken(subject)}${unopened ? html` <span class="fresh">${words.inbox.unopened}</span>` : nothing}</span
      >
      <span class="line small"
        >${words.from} ${correspondentInWords(from, this.around.words)} ·
        ${unbroken(words.inbox.last(at(lastAt)))}${
          dueAt !== undefined && stands !== 'answered' && stands !== 'closed'
            ? html` · ${unbroken(words.due(at(dueAt)))}`
            : nothing
        }
        · ${owner ? `${words.inbox.columns.owner} ${owner.name}, ${owner.team}` : words.noOwner}</span
      >
      <span class="open">
        <button class="action" @click=${() => void this.#open(line)}>
          ${words.inbox.open}<span class="heard">: ${subject}</span>
        </button>
      </span>
      ${
        opening
          ? html`<p class="answer notice ${opening.failed ? 'caution' : ''}" role="status">
              ${toneMark(opening.failed ? 'caution' : 'information')} <span>${opening.said}</span>
            </p>`
          : nothing
      }
    </li>`;
  }

  #list(lines: readonly InboxLine[]): TemplateResult {
    const { inbox } = this.#words;
    if (lines.length === 0) return html`<p class="quiet">${inbox.none}</p>`;
    const shown = lines.filter((line) => isOf(line, this.filter)).sort((a, b) => rank(a) - rank(b) || soonest(a, b));
    return html`<div class="filters" role="group" aria-label=${inbox.filter}>
        ${FILTERS.map((filter) => {
          const count = lines.filter((line) => isOf(line, filter)).length;
          return html`<button
            class="action"
            aria-pressed=${this.filter === filter}
            @click=${() => (this.filter = filter)}
          >
            ${inbox.filters[filter]} ${count}
          </button>`;
        })}
      </div>
      ${
        this.more
          ? html`<p class="notice caution" role="status">
              ${toneMark('caution')} <span>${inbox.more}</span>
              <button
                class="action"
                ?hidden=${lines.length >= MOST_LINES}
                @click=${() => this.dispatchEvent(new InboxMoreEvent(lines.length + MORE_LINES))}
              >
                ${inbox.showMore}
              </button>
            </p>`
          : nothing
      }
      ${shown.length === 0 ? html`<p class="quiet" role="status">${inbox.noneOf}</p>` : nothing}
      <ul class="lines">
        ${repeat(
          shown,
          ({ thread }) => thread,
          (line) => this.#line(line),
        )}
      </ul>`;
  }

  override render(): TemplateResult {
    const { lines, stale } = this;
    const words = this.#words;
    const heading = words.inbox.heading(this.team);
    return html`<section class="panel" aria-label=${heading}>
      <div class="head">
        <h2>${heading}</h2>
        <span class="gap"></span>
        <corridor-inbox-badge
          .counts=${this.counts}
          .words=${this.around.words}
          ?hidden=${!this.counts}
        ></corridor-inbox-badge>
      </div>
      ${
        stale && lines
          ? html`<p class="notice caution" role="status">
              ${toneMark('caution')} <span>${unbroken(words.stale(instantInWords(stale, this.around.words)))}</span>
            </p>`
          : nothing
      }
      ${
        lines
          ? this.#list(lines)
          : this.standing === 'failed'
            ? html`<p class="notice caution" role="alert">
                ${toneMark('caution')} <span>${words.countsUnknown}.</span>
                <button class="action" @click=${() => this.dispatchEvent(new MessagesAskEvent())}>
                  ${words.askAgain}
                </button>
              </p>`
            : html`<p class="quiet" role="status">${words.inbox.loading}</p>`
      }
    </section>`;
  }
}

function isOf({ unopened, urgency, state: stands, owner }: InboxLine, filter: Filter): boolean {
  if (filter === 'unopened') return unopened;
  if (filter === 'urgent') return urgency === 'urgent' && stands !== 'closed';
  if (filter === 'overdue') return isPressing({ state: stands });
  return filter === 'all' || (owner === undefined && stands !== 'closed');
}

function rank(line: InboxLine): number {
  if (line.state === 'closed' && !line.unopened) return 4;
  if (isPressing(line)) return 0;
  if (line.urgency === 'urgent') return 1;
  return line.unopened ? 2 : 3;
}

/** What is due sooner first; then what was written last. */
function soonest(a: InboxLine, b: InboxLine): number {
  if (a.dueAt !== b.dueAt) return (a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1;
  return a.lastAt < b.lastAt ? 1 : -1;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-inbox': CorridorInbox;
  }
}
