import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Entry, Unread } from '../../record/entry.ts';
import { whenOf } from '../line.ts';
import { toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';

/**
 * @summary What arrived and could not be understood, counted by organisation and kind, and what sources have withdrawn.
 * Nothing that arrives is dropped without a word.
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
      .small {
        color: var(--_secondary);
        font-size: var(--_small);
      }
    `,
  ];

  @property({ attribute: false }) unread: readonly Unread[] = [];
  @property({ attribute: false }) withdrawn: readonly Entry[] = [];
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;

  #unread(): TemplateResult {
    const { app } = this.around.words;
    return html`<details>
      <summary>${toneMark('caution')} ${app.unread(this.unread.length)}</summary>
      <p>${app.unreadHelp}</p>
      <ul>
        ${countUnread(this.unread).map(
          ([item, count]) =>
            html`<li>
              ${sourceName(item.origin.source, this.around)}: ${count} × ${item.resourceType || app.unnamedType},
              ${app.unreadReasons[item.reason]}${item.element ? html` <span class="small">${item.element}</span>` : nothing}
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #withdrawn(): TemplateResult {
    return html`<details>
      <summary>${this.around.words.app.withdrawn(this.withdrawn.length)}</summary>
      <ul>
        ${this.withdrawn.map((entry) => html`<li><s>${entry.title}</s> <span class="small">${sourceName(entry.origin.source, this.around)}, ${whenOf(entry, this.around)}</span></li>`)}
      </ul>
    </details>`;
  }

  override render(): TemplateResult {
    return html`${this.unread.length > 0 ? this.#unread() : nothing}${this.withdrawn.length > 0 ? this.#withdrawn() : nothing}`;
  }
}

function countUnread(unread: readonly Unread[]): readonly (readonly [Unread, number])[] {
  const groups = new Map<string, [Unread, number]>();
  for (const item of unread) {
    const key = [item.origin.source, item.resourceType, item.reason, item.element].join('|');
    const group = groups.get(key);
    if (group) group[1] += 1;
    else groups.set(key, [item, 1]);
  }
  return [...groups.values()];
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-unread': CorridorUnread;
  }
}
