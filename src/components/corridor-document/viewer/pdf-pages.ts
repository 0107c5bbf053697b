import type { PageViewport, PDFPageProxy, RenderTask, TextLayer } from 'pdfjs-dist';
import type { OpenPdf } from './pdf-library.ts';

/** Beyond this a canvas costs more memory than a panel may take (H32); the page is then drawn less finely. */
const MAX_PIXELS = 8_000_000;
const WIDEST = 860;
/** Pages further than this from the view are let go of. */
const KEPT_AWAY = 6;
/** Of longer ones the pages stay readable and the rest is said: nobody scrolls a thousand pages in a panel. */
export const MAX_PAGES = 500;

type Slot = {
  readonly number: number;
  readonly element: HTMLElement;
  page: PDFPageProxy | undefined;
  task: RenderTask | undefined;
  layer: TextLayer | undefined;
  drawnAt: number;
  words: Promise<void> | undefined;
};

export type PdfPagesOptions = {
  /** Whatever scrolls. */
  readonly scroller: HTMLElement;
  readonly labelOf: (page: number) => string;
  readonly failed: string;
  /** The page in view has changed. */
  readonly moved: (page: number) => void;
};

/**
 * The pages of a PDF under one another: each a sheet of its size from the start, so that nothing moves, its picture
 * drawn when it comes near the view, its words laid over it for finding, marking and reading aloud.
 */
export class PdfPages {
  readonly #pdf: OpenPdf;
  readonly #options: PdfPagesOptions;
  readonly #slots: readonly Slot[];
  readonly #near: IntersectionObserver;
  readonly #size: PageViewport;
  #zoom = 1;
  #fit = 1;
  #closed = false;

  private constructor(pdf: OpenPdf, first: PDFPageProxy, options: PdfPagesOptions) {
    this.#pdf = pdf;
    this.#options = options;
    this.#size = first.getViewport({ scale: 1 });
    this.#slots = Array.from({ length: Math.min(MAX_PAGES, pdf.file.numPages) }, (_, index) => this.#slot(index + 1));
    if (this.#slots[0]) this.#slots[0].page = first;
    this.#near = new IntersectionObserver((seen) => this.#look(seen), {
      root: options.scroller,
      rootMargin: '600px 0px',
    });
  }

  static async open(pdf: OpenPdf, holder: HTMLElement, options: PdfPagesOptions): Promise<PdfPages> {
    const pages = new PdfPages(pdf, await pdf.file.getPage(1), options);
    pages.fitTo(holder.clientWidth);
    holder.replaceChildren(...pages.#slots.map(({ element }) => element));
    await pages.#draw(pages.#slots[0]);
    for (const { element } of pages.#slots) pages.#near.observe(element);
    options.scroller.addEventListener('scroll', () => pages.#tell(), { passive: true });
    return pages;
  }

  get count(): number {
    return this.#slots.length;
  }

  get left(): number {
    return this.#pdf.file.numPages - this.#slots.length;
  }

  close(): void {
    this.#closed = true;
    this.#near.disconnect();
    for (const slot of this.#slots) this.#letGo(slot);
    this.#pdf.close();
  }

  /** As wide as there is room, and no wider than a page is read comfortably. */
  fitTo(width: number): void {
    this.#fit = Math.min(WIDEST, Math.max(80, width)) / this.#size.width;
    this.#resize();
  }

  zoomTo(zoom: number): void {
    this.#zoom = zoom;
    this.#resize();
  }

  show(page: number): void {
    const { scroller } = this.#options;
    const sheet = this.#slots[page - 1]?.element.getBoundingClientRect();
    if (sheet) scroller.scrollTop += sheet.top - scroller.getBoundingClientRect().top - 10;
  }

  /** The words of every page, laid out: what finding needs. */
  async words(): Promise<readonly Node[]> {
    for (const slot of this.#slots) await this.#layWords(slot);
    return this.#slots.flatMap(({ element }) => element.querySelector('.textLayer') ?? []);
  }

  /** The words of each page, a line as the page has it; nothing where a page is only a picture. */
  async lines(): Promise<readonly string[]> {
    const pages: string[] = [];
    for (const slot of this.#slots) {
      const { items } = await (slot.page ??= await this.#pdf.file.getPage(slot.number)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    }
    return pages;
  }

  /** Pictures of all pages for the printer, one at a time so that memory stays small. */
  async *printed(): AsyncGenerator<Blob> {
    for (const slot of this.#slots) {
      const page = (slot.page ??= await this.#pdf.file.getPage(slot.number));
      const canvas = document.createElement('canvas');
      const viewport = page.getViewport({ scale: scaleWithin(page, 150 / 72) });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      await page.render({ canvas, viewport, intent: 'print' }).promise;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      canvas.width = 0;
      if (blob) yield blob;
    }
  }

  #slot(number: number): Slot {
    const element = document.createElement('section');
    element.className = 'sheet';
    element.setAttribute('aria-label', this.#options.labelOf(number));
    return { number, element, page: undefined, task: undefined, layer: undefined, drawnAt: 0, words: undefined };
  }

  get #scale(): number {
    return this.#fit * this.#zoom;
  }

  #resize(): void {
    for (const slot of this.#slots) this.#sizeSlot(slot);
    for (const slot of this.#slots) if (slot.drawnAt > 0 && slot.drawnAt !== this.#scale) void this.#draw(slot);
  }

  #sizeSlot({ element, page }: Slot): void {
    const size = page?.getViewport({ scale: 1 }) ?? this.#size;
    element.style.setProperty('inline-size', `${String(size.width * this.#scale)}px`);
    element.style.setProperty('block-size', `${String(size.height * this.#scale)}px`);
    element.style.setProperty('--total-scale-factor', String(this.#scale));
    element.style.setProperty('--scale-round-x', '1px');
    element.style.setProperty('--scale-round-y', '1px');
  }

  #look(seen: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      const slot = this.#slots.find(({ element }) => element === target);
      if (slot && isIntersecting) void this.#draw(slot);
    }
    const now = this.#current();
    for (const slot of this.#slots) if (Math.abs(slot.number - now) > KEPT_AWAY && slot.drawnAt > 0) this.#letGo(slot);
  }

  async #draw(slot: Slot | undefined): Promise<void> {
    if (!slot || this.#closed || slot.drawnAt === this.#scale) return;
    const scale = this.#scale;
    slot.drawnAt = scale;
    try {
      const page = (slot.page ??= await this.#pdf.file.getPage(slot.number));
      this.#sizeSlot(slot);
      slot.task?.cancel();
      const canvas = document.createElement('canvas');
      const viewport = page.getViewport({ scale: scaleWithin(page, scale * Math.max(1, devicePixelRatio)) });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      canvas.setAttribute('role', 'presentation');
      slot.task = page.render({ canvas, viewport });
      await slot.task.promise;
      slot.element.querySelector('canvas')?.remove();
      slot.element.prepend(canvas);
      slot.element.querySelector('.broken')?.remove();
      await this.#layWords(slot);
    } catch (error) {
      if (error instanceof Error && error.name === 'RenderingCancelledException') return;
      this.#sayFailed(slot);
    }
  }

  /** A page that can't be drawn is a sheet that says so: an empty one would read as an empty page. */
  #sayFailed(slot: Slot): void {
    if (this.#closed || slot.element.querySelector('.broken')) return;
    const said = document.createElement('p');
    said.className = 'broken';
    said.setAttribute('role', 'alert');
    said.textContent = this.#options.failed;
    slot.element.append(said);
  }

  #layWords(slot: Slot): Promise<void> {
    return (slot.words ??= this.#makeWords(slot));
  }

  async #makeWords(slot: Slot): Promise<void> {
    const page = (slot.page ??= await this.#pdf.file.getPage(slot.number));
    if (this.#closed) return;
    this.#sizeSlot(slot);
    const container = document.createElement('div');
    container.className = 'textLayer';
    const { TextLayer: Layer } = this.#pdf.library;
    slot.layer = new Layer({
      textContentSource: await page.getTextContent(),
      container,
      viewport: page.getViewport({ scale: 1 }),
    });
    slot.element.append(container);
    await slot.layer.render();
  }

  #letGo(slot: Slot): void {
    slot.task?.cancel();
    slot.task = undefined;
    slot.element.querySelector('canvas')?.remove();
    slot.drawnAt = 0;
  }

  #current(): number {
    const { top } = this.#options.scroller.getBoundingClientRect();
    const middle = top + this.#options.scroller.clientHeight / 3;
    const at = this.#slots.findIndex(({ element }) => element.getBoundingClientRect().bottom >= middle);
    return at === -1 ? this.#slots.length : at + 1;
  }

  #tell(): void {
    if (!this.#closed) this.#options.moved(this.#current());
  }
}

function scaleWithin(page: PDFPageProxy, wanted: number): number {
  const { width, height } = page.getViewport({ scale: 1 });
  return Math.min(wanted, Math.sqrt(MAX_PIXELS / (width * height)));
}
