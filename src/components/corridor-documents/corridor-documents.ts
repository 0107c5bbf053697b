import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Fact } from '../../record/fact.ts';
import type { DocumentEntry } from '../../record/sections/documents.ts';
import { factStyles } from '../corridor-fact/corridor-fact.styles.ts';
import { SectionOpenEvent } from '../events.ts';
import { LongList, type Drawing } from '../long-list/long-list.ts';
import { markStyles } from '../marks.styles.ts';
import { SectionElement, sectionHost } from '../section-element.ts';
import { documentLine } from './document-line.ts';
import { controls, tokens } from '../tokens.styles.ts';

const SHORT = 5;
/** Drawn in full at once; those after them in words alone until they come near the screen. */
const FIRST = 20;

/** A document far from the screen keeps the room of its button, and is not laid out. */
const farStyles = css`
  .far {
    border-block-start: 1px solid var(--_hairline);
    contain-intrinsic-block-size: auto var(--_row);
    content-visibility: auto;
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr) 3.6em;
  }
  @media print {
    .far {
      break-inside: avoid;
      content-visibility: visible;
    }
  }
`;

/** @summary Documents, newest first; each opens in place and its original can be downloaded. */
export class CorridorDocuments extends SectionElement<DocumentEntry> {
  static override styles = [tokens, controls, markStyles, factStyles, sectionHost, farStyles];
  static override readonly lineOf = documentLine;

  readonly #drawing: Drawing = { budget: FIRST, more: 0, older: false };

  constructor() {
    super();
    new LongList(this, this.#drawing, () => documentLine);
  }

  #document(fact: Fact<DocumentEntry>, index: number): TemplateResult {
    const far = index < FIRST ? undefined : this.#drawing.line?.(fact);
    if (far) return html`<div class="far">${far}</div>`;
    const siblings = this.view?.facts;
    return html`<corridor-document .fact=${fact} .around=${this.around} .siblings=${siblings}></corridor-document>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { view, around, form } = this;
    if (!view) return nothing;
    this.#drawing.more = view.facts.length;
    const shown = view.facts.slice(0, form === 'short' ? SHORT : this.#drawing.budget);
    return html`<corridor-section
      own-body
      .view=${view}
      .around=${around}
      .form=${form}
      .held=${this.held}
      .lineOf=${documentLine}
      .rest=${view.facts.slice(shown.length)}
      .total=${view.facts.length}
    >
      ${repeat(
        shown,
        (fact) => fact.key,
        (fact, index) => this.#document(fact, index),
      )}
      ${
        form === 'short' && shown.length < view.facts.length
          ? html`<button class="action" @click=${() => this.dispatchEvent(new SectionOpenEvent(view.id))}>
              ${around.words.section.showAll(view.facts.length)}
            </button>`
          : nothing
      }
    </corridor-section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-documents': CorridorDocuments;
  }
}
