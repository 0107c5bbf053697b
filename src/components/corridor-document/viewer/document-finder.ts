import type { DocumentViewer } from './document-viewer.ts';
import { findText, paintFound, unpaintFound, type Found } from './find-text.ts';

export type Search = { readonly count: number; readonly at: number };

/** Finding in one opened document: how many there are, which one the reader is at, and the way to it. */
export class DocumentFinder {
  readonly #viewer: DocumentViewer;
  #found: Found = [];
  #turn = 0;
  search: Search | undefined;

  constructor(viewer: DocumentViewer) {
    this.#viewer = viewer;
  }

  async find(wanted: string): Promise<void> {
    const turn = (this.#turn += 1);
    if (wanted.trim() === '') return this.clear();
    await this.#viewer.shown;
    const roots = await this.#roots();
    // Another word was typed, or another document opened, while the words of this one were laid out.
    if (turn !== this.#turn) return;
    this.#found = findText(roots, wanted);
    this.search = { count: this.#found.length, at: 0 };
    this.#reveal();
  }

  step(by: 1 | -1): void {
    if (!this.search || this.search.count === 0) return;
    const { count, at } = this.search;
    this.search = { count, at: (at + by + count) % count };
    this.#reveal();
  }

  clear(): void {
    this.#turn += 1;
    this.search = undefined;
    this.#found = [];
    unpaintFound(this.#realm());
    this.#viewer.host.requestUpdate();
  }

  async #roots(): Promise<readonly Node[]> {
    const { pdf, asWords, frame, host } = this.#viewer;
    if (pdf && !asWords) return pdf.words();
    const root = frame?.contentDocument?.body ?? host.renderRoot.querySelector('article');
    return root ? [root] : [];
  }

  #reveal(): void {
    const at = this.search?.at ?? 0;
    paintFound(this.#realm(), this.#found, at);
    this.#scrollTo(this.#found[at]);
    this.#viewer.host.requestUpdate();
  }

  /** Only the document scrolls: what stands around it stays where the reader left it. */
  #scrollTo(found: Range | undefined): void {
    const { host, frame } = this.#viewer;
    const scroller = host.renderRoot.querySelector('.scroller');
    if (!found || !scroller) return;
    const word = found.getBoundingClientRect();
    const around = frame?.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    const [top, left] = [word.top + (around?.top ?? 0) - view.top, word.left + (around?.left ?? 0) - view.left];
    if (top < 20 || top > view.height - 40) scroller.scrollTop += top - view.height / 3;
    if (left < 0 || left + word.width > view.width) scroller.scrollLeft += left - view.width / 3;
  }

  #realm(): Window {
    return this.#viewer.frame?.contentWindow ?? window;
  }
}
