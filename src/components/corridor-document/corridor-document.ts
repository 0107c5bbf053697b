import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Fact } from '../../record/fact.ts';
import { documentLine } from '../corridor-documents/document-line.ts';
import { DocumentOpenEvent } from '../events.ts';
import type { LineOf } from '../line.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { documentStyles } from './corridor-document.styles.ts';
import { openableOf, type Openable } from '../openable.ts';
import type { Content } from './document-content.ts';
import type { Block } from './readable-html.ts';

type State = { readonly show: 'closed' | 'loading' | 'failed' } | Content;

/**
 * @summary One document: a line, and the document itself opened in place. A letter in HTML is shown as plain readable
 * words; nothing in it can run or load. Whoever holds the connection answers `corridor-document-open`.
 * @event corridor-document-open - The document is wanted.
 */
export class CorridorDocument extends LitElement {
  static override styles = [tokens, controls, documentStyles];

  @property({ attribute: false }) fact: Fact | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** How the line itself reads; a letter's unless said otherwise. */
  @property({ attribute: false }) lineOf: LineOf = documentLine as LineOf;
  /** What another record says differently, already in words. */
  @property({ attribute: false }) dispute: string | undefined;

  /** Whether this browser shows a PDF in a frame; where it does not, the frame would be an empty box. */
  @property({ attribute: false }) pdfViewer = navigator.pdfViewerEnabled;

  @state() private content: State = { show: 'closed' };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  #close(): void {
    if ('url' in this.content) URL.revokeObjectURL(this.content.url);
    this.content = { show: 'closed' };
  }

  async #open(wanted: Openable): Promise<void> {
    const asked = new DocumentOpenEvent(wanted.source, wanted.reference);
    this.dispatchEvent(asked);
    this.content = { show: 'loading' };
    try {
      const [blob, { contentOf }] = await Promise.all([asked.answer, import('./document-content.ts')]);
      if (this.content.show !== 'loading') return;
      this.content = blob ? await contentOf(blob) : { show: 'failed' };
      if (!this.isConnected) this.#close();
    } catch {
      this.content = { show: 'failed' };
    }
  }

  #viewer(entry: Openable): TemplateResult | typeof nothing {
    const { content } = this;
    const { documents } = this.around.words;
    switch (content.show) {
      case 'closed':
        return nothing;
      case 'loading':
        return html`<p class="state" role="status">${documents.loading(sourceName(entry.source, this.around))}</p>`;
      case 'failed':
        return html`<p class="state" role="alert">
          ${documents.failed}
          <button class="action" @click=${() => void this.#open(entry)}>${this.around.words.sources.askAgain}</button>
        </p>`;
      case 'text':
        return html`<article tabindex="0" aria-label=${entry.title}>${content.blocks.map(blockTemplate)}</article>`;
      case 'pdf':
        if (!this.pdfViewer)
          return html`<p class="state">
            ${documents.noPdfViewer}
            <a href=${content.url} target="_blank" rel="noopener">${documents.openOriginal}</a>
          </p>`;
        return html`<iframe src=${content.url} title=${documents.pdfOf(entry.title)}></iframe>`;
      case 'image':
        return html`<img src=${content.url} alt=${entry.title} />`;
      case 'other':
        return html`<p class="state">${documents.notShown}</p>`;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { fact, around, content } = this;
    if (!fact) return nothing;
    const { documents } = around.words;
    const wanted = openableOf(fact);
    const open = content.show !== 'closed';
    return html`<div class="line">
        <corridor-fact .fact=${fact} .around=${around} .lineOf=${this.lineOf} .dispute=${this.dispute}></corridor-fact>
        ${
          wanted
            ? html`<button
                class="action read"
                aria-expanded=${open}
                @click=${() => (open ? this.#close() : void this.#open(wanted))}
              >
                ${open ? documents.close : documents.open}<span class="heard">: ${wanted.title}</span>
              </button>`
            : html`<span class="read"></span>`
        }
      </div>
      ${
        open && wanted
          ? html`<div class="viewer">
              ${this.#viewer(wanted)}
              ${'url' in content ? html`<p class="state"><a href=${content.url} download=${fileName(wanted)}>${documents.download}</a></p>` : nothing}
            </div>`
          : nothing
      }`;
  }
}

function blockTemplate({ kind, text }: Block): TemplateResult {
  if (kind === 'heading') return html`<h3>${text}</h3>`;
  return html`<p class=${kind}>${text}</p>`;
}

/** A name with nothing of the patient in it. */
function fileName({ attachments }: Openable): string {
  const type = attachments[0]?.contentType ?? '';
  return `document.${type === 'application/pdf' ? 'pdf' : type === 'text/html' ? 'html' : type.startsWith('image/') ? type.slice(6) : type === 'text/plain' ? 'txt' : 'bin'}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-document': CorridorDocument;
  }
}
