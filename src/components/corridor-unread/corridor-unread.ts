import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Entry, Unread } from '../../record/entry.ts';
import { UnreadOpenEvent } from '../events.ts';
import { unbroken, whenOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

type Opened =
  { readonly key: string; readonly show: 'loading' | 'failed' } | { readonly key: string; readonly text: string };

/** Of one kind; the rest is counted. A thousand buttons would help nobody. */
const MOST = 20;

/**
 * @summary What arrived and could not be understood, counted by organisation and kind, each to be looked at as it was
 * sent, and what sources have withdrawn. Nothing that arrives is dropped without a word.
 * @event corridor-unread-open - One is wanted as its source holds it.
 */
export class CorridorUnread extends LitElement {
  static override styles = [
    tokens,
    controls,
    markStyles,
    css`
      details {
        background: var(--_surface);
        border: 1px solid var(--_hairline);
        border-radius: var(--_radius);
        margin-block-end: 8px;
        padding: 6px 12px;
      }
      summary {
        cursor: pointer;
        font-weight: 700;
      }
      p {
        color: var(--_secondary);
        margin: 4px 0;
      }
      ul {
        margin: 0;
        padding-inline-start: 20px;
      }
      pre {
        border: 1px solid var(--_hairline);
        margin: 4px 0;
        max-block-size: 400px;
        overflow: auto;
        padding: 8px;
        white-space: pre-wrap;
        word-break: break-word;
      }
      .small {
        color: var(--_secondary);
        font-size: var(--_small);
      }
    `,
  ];

  @property({ attribute: false }) unread: readonly Unread[] = [];
  @property({ attribute: false }) withdrawn: readonly Entry[] = [];
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  /** One at a time, and gone from the page once it is closed. */
  @state() private opened: Opened | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.opened = undefined;
  }

  async #open({ origin }: Unread): Promise<void> {
    const key = keyOf(origin);
    const asked = new UnreadOpenEvent(origin.source, origin.resource);
    this.dispatchEvent(asked);
    this.opened = { key, show: 'loading' };
    const text = await (asked.answer ?? Promise.resolve(undefined)).catch(() => undefined);
    // Another was opened, or this one closed, while it was asked for.
    if (this.opened?.key !== key || !this.isConnected) return;
    this.opened = text === undefined ? { key, show: 'failed' } : { key, text };
  }

  #item(item: Unread): TemplateResult {
    const { unread } = this.around.words;
    const { source, resource } = item.origin;
    if (!/^[A-Za-z]+\/[^~]/.test(resource)) return html`<li class="small">${unread.noId}</li>`;
    const open = this.opened?.key === keyOf(item.origin) ? this.opened : undefined;
    return html`<li>
      <span class="small">${resource}</span>
      <button
        class="action"
        aria-expanded=${open !== undefined}
        @click=${() => (open ? (this.opened = undefined) : void this.#open(item))}
      >
        ${open ? unread.hide : unread.show}<span class="heard">: ${resource}</span>
      </button>
      ${open === undefined ? nothing : this.#sent(open, sourceName(source, this.around))}
    </li>`;
  }

  #sent(open: Opened, name: string): TemplateResult {
    const { unread } = this.around.words;
    if ('text' in open) return html`<pre tabindex="0">${open.text}</pre>`;
    return open.show === 'loading'
      ? html`<p role="status">${unread.loading(name)}</p>`
      : html`<p role="alert">${unread.failed}</p>`;
  }

  #group(items: readonly [Unread, ...Unread[]]): TemplateResult {
    const { unread } = this.around.words;
    const [{ origin, resourceType, reason, element }] = items;
    const named = reason !== 'not-a-resource';
    return html`<li>
      ${sourceName(origin.source, this.around)}: ${items.length} × ${resourceType || unread.unnamedType},
      ${unread.reasons[reason]}${element ? html` <span class="small">${element}</span>` : nothing}
      ${
        named
          ? html`<ul>
              ${items.slice(0, MOST).map((item) => this.#item(item))}
              ${items.length > MOST ? html`<li class="small">${unread.more(items.length - MOST)}</li>` : nothing}
            </ul>`
          : nothing
      }
    </li>`;
  }

  #unread(): TemplateResult {
    const { app, unread } = this.around.words;
    return html`<details>
      <summary>${toneMark('caution')} ${app.unread(this.unread.length)}</summary>
      <p>${unread.help}</p>
      <ul>
        ${groupUnread(this.unread).map((items) => this.#group(items))}
      </ul>
    </details>`;
  }

  #withdrawn(): TemplateResult {
    return html`<details>
      <summary>${this.around.words.app.withdrawn(this.withdrawn.length)}</summary>
      <ul>
        ${this.withdrawn.map((entry) => html`<li><s>${unbroken(entry.title)}</s> <span class="small">${sourceName(entry.origin.source, this.around)}, ${unbroken(whenOf(entry, this.around))}</span></li>`)}
      </ul>
    </details>`;
  }

  override render(): TemplateResult {
    return html`${this.unread.length > 0 ? this.#unread() : nothing}${this.withdrawn.length > 0 ? this.#withdrawn() : nothing}`;
  }
}

function keyOf({ source, resource }: Unread['origin']): string {
  return `${source}/${resource}`;
}

function groupUnread(unread: readonly Unread[]): readonly (readonly [Unread, ...Unread[]])[] {
  const groups = new Map<string, [Unread, ...Unread[]]>();
  for (const item of unread) {
    const key = [item.origin.source, item.resourceType, item.reason, item.element].join('|');
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-unread': CorridorUnread;
  }
}
