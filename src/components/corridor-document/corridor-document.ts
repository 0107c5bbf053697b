import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Fact } from '../../record/fact.ts';
import { documentLine } from '../corridor-documents/document-line.ts';
import type { LineOf } from '../line.ts';
import { markStyles } from '../marks.styles.ts';
import { openableOf } from '../openable.ts';
import { NO_SURROUNDINGS, sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { documentStyles } from './corridor-document.styles.ts';
import type { DocumentViewer } from './viewer/document-viewer.ts';

/**
 * @summary One document: a line, and the document itself opened in place: PDF, letters in HTML, RTF and plain text,
 * clinical documents (CDA, FHIR) and pictures. Nothing in it can run or load. Whoever holds the connection answers
 * `corridor-document-open` and `corridor-document-take`.
 * @event corridor-document-open - The document is wanted.
 * @event corridor-document-take - The document is about to be saved or printed; it is written down first.
 */
export class CorridorDocument extends LitElement {
  static override styles = [tokens, controls, markStyles, documentStyles];

  @property({ attribute: false }) fact: Fact | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /** How the line itself reads; a letter's unless said otherwise. */
  @property({ attribute: false }) lineOf: LineOf = documentLine as LineOf;
  /** What another record says differently, already in words. */
  @property({ attribute: false }) dispute: string | undefined;
  /** The documents around it, among which its other versions are found. */
  @property({ attribute: false }) siblings: readonly Fact[] = [];

  /** `undefined`: closed. The viewer's code comes with the first document that is opened. */
  @state() private viewer: DocumentViewer | 'loading' | 'failed' | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  /** Another document in the same place is closed: the old one must not stand under the new line. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('fact');
    if (before !== undefined && before.key !== this.fact?.key) this.#close();
  }

  #close(): void {
    if (typeof this.viewer === 'object') this.viewer.close();
    this.viewer = undefined;
  }

  /** The viewer's code, once the reader is about to open something. */
  readonly #prepare = (): void => {
    // Should it not come, opening asks for it again and says so.
    import('./viewer/document-viewer.ts').catch(() => undefined);
  };

  async #open(fact: Fact): Promise<void> {
    this.viewer = 'loading';
    let opened: DocumentViewer | undefined;
    try {
      const { DocumentViewer: Viewer } = await import('./viewer/document-viewer.ts');
      opened = await Viewer.open(this, fact);
    } catch {
      // The code did not come; the reader is told, and can try again.
    }
    if (this.viewer === 'loading' && this.isConnected) this.viewer = opened ?? 'failed';
    else opened?.close();
  }

  #viewer(fact: Fact): TemplateResult | typeof nothing {
    const { viewer } = this;
    const { documents, sources } = this.around.words;
    if (viewer === undefined) return nothing;
    if (typeof viewer === 'object') return viewer.render();
    return viewer === 'loading'
      ? html`<p class="state" role="status">
          ${documents.loading(sourceName(fact.entries[0].origin.source, this.around))}
        </p>`
      : html`<p class="state" role="alert">
          ${documents.failed}
          <button class="action" @click=${() => void this.#open(fact)}>${sources.askAgain}</button>
        </p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { fact, around } = this;
    if (!fact) return nothing;
    const { documents } = around.words;
    const wanted = openableOf(fact);
    const open = this.viewer !== undefined;
    return html`<div class="line">
        <corridor-fact .fact=${fact} .around=${around} .lineOf=${this.lineOf} .dispute=${this.dispute}></corridor-fact>
        ${
          wanted
            ? html`<button
                class="action read"
                aria-expanded=${open}
                @pointerenter=${this.#prepare}
                @focus=${this.#prepare}
                @click=${() => (open ? this.#close() : void this.#open(fact))}
              >
                ${open ? documents.close : documents.open}<span class="heard">: ${wanted.title}</span>
              </button>`
            : html`<span class="read"></span>`
        }
      </div>
      ${wanted ? this.#viewer(fact) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-document': CorridorDocument;
  }
}
