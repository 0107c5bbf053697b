import type { LitElement, TemplateResult } from 'lit';
import type { Fact } from '../../../record/fact.ts';
import { formatNhsNumber } from '../../../record/nhs-number.ts';
import type { DocumentWords } from '../../../words/document-words.ts';
import { dateInWords, instantInWords } from '../../dates-in-words.ts';
import { DocumentOpenEvent, DocumentTakeEvent } from '../../events.ts';
import { whenOf } from '../../line.ts';
import { copiesOf, type Openable } from '../../openable.ts';
import { sourceName, type Surroundings } from '../../surroundings.ts';
import { DocumentFinder } from './document-finder.ts';
import { fillFrame, scaleFrame } from './html-frame.ts';
import type { PdfPages } from './pdf-pages.ts';
import { pdfStyles } from './pdf.styles.ts';
import { printDocument } from './print-document.ts';
import { buildProse } from './prose-elements.ts';
import { element, type Prose } from './prose.ts';
import { readContent } from './read-content.ts';
import { failureOf, versionsOf, type NotShown, type ViewState } from './viewer-state.ts';
import { viewerTemplate } from './viewer-template.ts';
import { viewerStyles } from './viewer.styles.ts';

/** The element a document is opened in. */
export type ViewerHost = LitElement & {
  readonly around: Surroundings;
  /** The documents around it, among which its other versions are found. */
  readonly siblings: readonly Fact[];
};

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/**
 * One opened document: fetched, known by its bytes, shown, searched, printed and saved. It comes with the first document
 * that is opened and not before. It is longer than other files because it is the one place where these meet.
 */
export class DocumentViewer {
  readonly host: ViewerHost;
  readonly words: DocumentWords;
  readonly copies: readonly Openable[];
  wanted: Openable;
  part = 0;
  state: ViewState = { is: 'loading' };
  notShown: NotShown | undefined;
  zoom = 1;
  page = 1;
  asWords = false;
  busy = false;
  /** Settles when the document stands before its reader. */
  shown: Promise<void> = Promise.resolve();
  readonly finder = new DocumentFinder(this);
  notKept = false;
  pdf: PdfPages | undefined;
  letter: DocumentFragment | undefined;
  prose: DocumentFragment | undefined;
  pictureUrl: string | undefined;
  #turn = 0;
  #urls: string[] = [];
  #fit: ResizeObserver | undefined;

  constructor(host: ViewerHost, fact: Fact, wanted: Openable, words: DocumentWords) {
    this.host = host;
    this.words = words;
    this.copies = copiesOf(fact);
    this.wanted = wanted;
  }

  static async open(host: ViewerHost, fact: Fact): Promise<DocumentViewer | undefined> {
    const [wanted] = copiesOf(fact);
    if (!wanted) return undefined;
    const words = await wordsIn(host.around.words.language);
    const root = host.renderRoot as ShadowRoot;
    for (const { styleSheet } of [viewerStyles, pdfStyles])
      if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
    const viewer = new DocumentViewer(host, fact, wanted, words);
    void viewer.fetch();
    return viewer;
  }

  get around(): Surroundings {
    return this.host.around;
  }

  get versions(): ReturnType<typeof versionsOf> {
    return versionsOf(this.wanted, this.host.siblings);
  }

  render(): TemplateResult {
    return viewerTemplate(this);
  }

  close(): void {
    this.#turn += 1;
    this.#letGo();
  }

  openCopy(copy: Openable): void {
    this.wanted = copy;
    this.part = 0;
    void this.fetch();
  }

  openPart(part: number): void {
    this.part = part;
    void this.fetch();
  }

  /** Asks for the document, and shows what came if the reader still wants it. */
  async fetch(): Promise<void> {
    this.#letGo();
    const turn = (this.#turn += 1);
    const { source, reference } = this.wanted;
    this.#set({ is: 'loading' });
    // What it is said to be is no more than a hint of what to have at hand.
    if (this.wanted.attachments[this.part]?.contentType === 'application/pdf') void this.#warm();
    try {
      const asked = new DocumentOpenEvent(source, reference, this.part);
      this.host.dispatchEvent(asked);
      if (!asked.answer) throw new Error('document.failed');
      const original = await asked.answer;
      const bytes = new Uint8Array(await original.arrayBuffer());
      if (turn !== this.#turn) return;
      const content = readContent(bytes, original.type, this.words);
      if (content.show === 'none') this.notShown = content.why;
      this.#set({ is: 'open', content, original });
      this.shown = this.#show(turn);
      await this.shown;
    } catch (error) {
      if (turn === this.#turn) this.#set({ is: 'failed', ...failureOf(error) });
    }
  }

  async #warm(): Promise<void> {
    try {
      await (await import('./pdf-library.ts')).loadPdfLibrary();
    } catch {
      // It is asked for again, and its failure said, if the document is a PDF indeed.
      return;
    }
  }

  async #show(turn: number): Promise<void> {
    if (this.state.is !== 'open') return;
    const { content } = this.state;
    if (content.show === 'pdf') await this.#showPdf(content.bytes, turn);
    if (content.show === 'picture') this.pictureUrl = this.#urlOf(content.picture);
    if (content.show === 'page') this.prose = this.#build(content.page.prose);
    if (content.show === 'html') await this.#showLetter(content.html, turn);
    this.host.requestUpdate();
  }

  async #showLetter(html: string, turn: number): Promise<void> {
    const { safeHtml, proseOfHtml } = await import('./safe-html.ts');
    if (turn !== this.#turn) return;
    this.letter = safeHtml(html);
    if (!this.letter) this.prose = this.#build(proseOfHtml(html, undefined));
  }

  async #showPdf(bytes: Uint8Array<ArrayBuffer>, turn: number): Promise<void> {
    await this.host.updateComplete;
    const holder = this.host.renderRoot.querySelector<HTMLElement>('.pages');
    const scroller = this.host.renderRoot.querySelector<HTMLElement>('.scroller');
    if (!holder || !scroller) return;
    const [{ openPdf, PdfTrouble }, { PdfPages: Pages }] = await Promise.all([
      import('./pdf-library.ts'),
      import('./pdf-pages.ts'),
    ]);
    try {
      const pdf = await openPdf(bytes);
      if (turn !== this.#turn) return pdf.close();
      this.pdf = await Pages.open(pdf, holder, {
        scroller,
        labelOf: this.words.page,
        failed: this.words.pageFailed,
        moved: (page) => this.#moved(page),
      });
      if (turn !== this.#turn) return this.pdf.close();
      this.#fit = new ResizeObserver(() => this.pdf?.fitTo(scroller.clientWidth - 20));
      this.#fit.observe(scroller);
    } catch (error) {
      if (turn === this.#turn) this.notShown = error instanceof PdfTrouble ? error.why : 'broken';
    }
  }

  #moved(page: number): void {
    if (this.page === page) return;
    this.page = page;
    this.host.requestUpdate();
  }

  /** The frame has its document: the letter goes in, and its height is taken again when the panel's width changes. */
  frameLoaded(frame: HTMLIFrameElement): void {
    if (!this.letter) return;
    fillFrame(frame, this.letter, this.zoom);
    this.#fit?.disconnect();
    let width = frame.clientWidth;
    this.#fit = new ResizeObserver(() => {
      if (frame.clientWidth === width) return;
      width = frame.clientWidth;
      scaleFrame(frame, this.zoom);
    });
    this.#fit.observe(frame);
  }

  pictureFailed(): void {
    this.notShown = 'picture';
    this.host.requestUpdate();
  }

  goTo(page: number): void {
    const to = Math.min(this.pdf?.count ?? 1, Math.max(1, Math.round(page) || 1));
    this.pdf?.show(to);
    this.#moved(to);
    this.host.requestUpdate();
  }

  zoomBy(step: 1 | -1): void {
    const at = ZOOMS.indexOf(this.zoom);
    this.zoom = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + step))] ?? 1;
    this.pdf?.zoomTo(this.zoom);
    const { frame } = this;
    if (frame) scaleFrame(frame, this.zoom);
    const scaled = this.host.renderRoot.querySelector<HTMLElement>('article, .picture');
    scaled?.style.setProperty('font-size', `${String(this.zoom * 100)}%`);
    scaled?.style.setProperty('--_zoom', `${String(this.zoom * 100)}%`);
    this.host.requestUpdate();
  }

  /** A page fitted to a narrow panel is too small to read; its words alone are not. */
  async toggleWords(): Promise<void> {
    const turn = this.#turn;
    const lines = this.asWords ? undefined : await this.pdf?.lines();
    if (turn !== this.#turn) return;
    this.finder.clear();
    this.asWords = lines !== undefined;
    this.prose = lines && this.#build(lines.flatMap((page, index) => this.#pageAsWords(page, index + 1)));
    this.host.requestUpdate();
  }

  #pageAsWords(page: string, number: number): readonly Prose[] {
    const said =
      page.trim() === '' ? element('note', [this.words.noWordsOnPage]) : element('preformatted', [page.trim()]);
    return [element('subheading', [this.words.page(number)]), said];
  }

  /** The audit first, then the file: one that could not be written down is not given (docs/architecture.md §2). */
  async save(): Promise<void> {
    if (this.state.is !== 'open' || !(await this.#take('exported'))) return;
    const link = document.createElement('a');
    const address = URL.createObjectURL(new Blob([this.state.original], { type: 'application/octet-stream' }));
    link.href = address;
    link.download = fileName(this.state.content, this.state.original.type);
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  async print(): Promise<void> {
    if (this.state.is !== 'open' || this.busy) return;
    this.busy = true;
    this.host.requestUpdate();
    try {
      const body = await this.#paper();
      if (!(await this.#take('printed'))) return;
      const { words, patient } = this.around;
      const { entry, title, source } = this.wanted;
      await printDocument({
        language: words.language,
        patient: patient
          ? `${patient.family.toLocaleUpperCase('en-GB')}, ${patient.given}${patient.prefix ? ` (${patient.prefix})` : ''}   ${words.banner.born} ${dateInWords(patient.birthDate, words)}   ${words.banner.nhsNumber} ${formatNhsNumber(patient.nhsNumber)}`
          : '',
        title,
        from: this.words.from(sourceName(source, this.around), whenOf(entry, this.around)),
        printed: this.words.printed(instantInWords(new Date().toISOString(), words)),
        body,
      });
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  async #take(act: DocumentTakeEvent['act']): Promise<boolean> {
    const asked = new DocumentTakeEvent(act, this.wanted.source, this.wanted.reference);
    this.host.dispatchEvent(asked);
    this.notKept = await (asked.answer ?? Promise.resolve()).then(
      () => false,
      () => true,
    );
    this.host.requestUpdate();
    return !this.notKept;
  }

  /** The document as it goes on paper. */
  async #paper(): Promise<DocumentFragment> {
    const body = document.createDocumentFragment();
    if (this.state.is !== 'open') return body;
    const { content } = this.state;
    if (this.pdf) for await (const picture of this.pdf.printed()) body.append(this.#image(picture));
    else if (content.show === 'picture') body.append(this.#image(content.picture));
    else if (content.show === 'page') body.append(this.#build(content.page.prose));
    else if (content.show === 'html') {
      const { proseOfHtml } = await import('./safe-html.ts');
      body.append(this.#build(proseOfHtml(content.html, this.letter)));
    }
    return body;
  }

  #image(picture: Blob): HTMLImageElement {
    const image = document.createElement('img');
    image.className = 'sheet';
    image.alt = '';
    image.src = this.#urlOf(picture);
    return image;
  }

  #build(prose: readonly Prose[]): DocumentFragment {
    const said = prose.length > 0 ? prose : [element('note', [this.words.nothing])];
    return buildProse(said, { addressOf: (picture) => this.#urlOf(picture), alt: this.wanted.title });
  }

  #urlOf(picture: Blob): string {
    const url = URL.createObjectURL(picture);
    this.#urls.push(url);
    return url;
  }

  get frame(): HTMLIFrameElement | null {
    return this.host.renderRoot.querySelector('iframe');
  }

  #set(state: ViewState): void {
    this.state = state;
    this.host.requestUpdate();
  }

  #letGo(): void {
    this.finder.clear();
    this.pdf?.close();
    this.#fit?.disconnect();
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls = [];
    this.pdf = this.letter = this.prose = this.pictureUrl = this.notShown = undefined;
    this.page = 1;
    this.zoom = 1;
    this.notKept = false;
    this.asWords = false;
  }
}

async function wordsIn(language: string): Promise<DocumentWords> {
  return language === 'cy'
    ? (await import('../../../words/documents-cy.ts')).documentsCy
    : (await import('../../../words/documents-en-GB.ts')).documentsEnGB;
}

const EXTENSIONS = {
  pdf: 'pdf',
  html: 'html',
  text: 'txt',
  rtf: 'rtf',
  cda: 'xml',
  fhir: 'json',
  tiff: 'tif',
  word: 'doc',
};

/** A name with nothing of the patient in it. */
function fileName(content: Extract<ViewState, { is: 'open' }>['content'], type: string): string {
  if (type.includes('wordprocessingml')) return 'document.docx';
  if (content.show === 'picture') return `document.${content.picture.type.slice('image/'.length)}`;
  const kind = content.show === 'page' ? content.form : content.show === 'none' ? content.why : content.show;
  return `document.${Object.hasOwn(EXTENSIONS, kind) ? EXTENSIONS[kind as keyof typeof EXTENSIONS] : 'bin'}`;
}
