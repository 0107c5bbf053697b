import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DocumentEntry } from '../../record/sections/documents.ts';
import { SectionOpenEvent } from '../events.ts';
import { SectionElement, sectionHost } from '../section-element.ts';
import { documentLine } from './document-line.ts';
import { controls, tokens } from '../tokens.styles.ts';

const SHORT = 5;

/** @summary Documents, newest first; each opens in place and its original can be downloaded. */
export class CorridorDocuments extends SectionElement<DocumentEntry> {
  static override styles = [tokens, controls, sectionHost];
  static override readonly lineOf = documentLine;

  override render(): TemplateResult | typeof nothing {
    const { view, around, form } = this;
    if (!view) return nothing;
    const shown = form === 'short' ? view.facts.slice(0, SHORT) : view.facts;
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
        (fact) => html`<corridor-document .fact=${fact} .around=${around} .siblings=${view.facts}></corridor-document>`,
      )}
      ${
        shown.length < view.facts.length
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
