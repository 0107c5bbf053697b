import { html, nothing, svg, type TemplateResult } from 'lit';
import { dateInWords } from '../../dates-in-words.ts';
import { SectionOpenEvent, RecordSeekEvent } from '../../events.ts';
import { whenOf } from '../../line.ts';
import { toneMark } from '../../marks.ts';
import { sourceName } from '../../surroundings.ts';
import { formatNhsNumber, parseNhsNumber } from '../../../record/nhs-number.ts';
import { readDate } from '../../../record/fhir/date.ts';
import type { Fact } from '../../../record/fact.ts';
import type { DocumentViewer } from './document-viewer.ts';
import type { Page } from './prose.ts';
import { otherPerson } from './same-person.ts';

/** All of the viewer: what the reader must know first, tools, what else there is, and the document. */
export function viewerTemplate(viewer: DocumentViewer): TemplateResult {
  const { state, words, wanted } = viewer;
  if (state.is === 'loading')
    return html`<div class="viewer">
      <p class="said" role="status">
        ${viewer.around.words.documents.loading(sourceName(wanted.source, viewer.around))}
      </p>
    </div>`;
  if (state.is === 'failed')
    return html`<div class="viewer">
      <div class="said" role="alert">
        ${toneMark('caution')} ${words.failures[state.why]}
        <button class="action" @click=${() => void viewer.fetch()}>${viewer.around.words.sources.askAgain}</button>
        <small>${words.code(state.code)}</small>
      </div>
      ${copies(viewer)}
    </div>`;
  return html`<div class="viewer" @keydown=${(event: KeyboardEvent) => onKey(event, viewer)}>
    ${alerts(viewer)} ${tools(viewer)} ${parts(viewer)} ${copies(viewer)} ${versions(viewer)} ${body(viewer)}
  </div>`;
}

/** Escape ends the search and goes no further: a dialog around the panel must stay open. */
function onKey(event: KeyboardEvent, viewer: DocumentViewer): void {
  if (event.key !== 'Escape' || !viewer.finder.search) return;
  event.stopPropagation();
  viewer.finder.clear();
  const field = viewer.host.renderRoot.querySelector<HTMLInputElement>('input[type=search]');
  if (field) field.value = '';
}

function alerts(viewer: DocumentViewer): TemplateResult {
  const { words, around, state } = viewer;
  const page = state.is === 'open' && state.content.show === 'page' ? state.content : undefined;
  const differs = page && otherPerson(page.page.facts, around.patient, around.words);
  const later = viewer.versions.later;
  const date = later?.entries[0].date;
  return html`${differs ? alert('risk', words.otherPerson(differs.document, differs.banner)) : nothing}
  ${
    later
      ? alert(
          'caution',
          html`${date ? words.replaced(dateInWords(date, around.words)) : words.replacedUndated}
          ${seek(viewer, later, words.openLater)}`,
        )
      : nothing
  }
  ${viewer.notKept ? alert('caution', words.notKept) : nothing}
  ${page?.charset === undefined ? nothing : alert('caution', words.charset(page.charset))}`;
}

function alert(tone: 'risk' | 'caution', words: unknown): TemplateResult {
  return html`<p class="alerts" role="alert">${toneMark(tone)}<span>${words}</span></p>`;
}

function tools(viewer: DocumentViewer): TemplateResult {
  const { words, state, notShown } = viewer;
  if (state.is !== 'open') return html``;
  const { content, original } = state;
  const searchable = notShown === undefined && content.show !== 'picture';
  const kind = content.show === 'page' ? words.kinds[content.form] : words.kinds[content.show];
  const pages = viewer.pdf ? `, ${words.pages(viewer.pdf.count + viewer.pdf.left)}` : '';
  return html`<div class="tools" role="group" aria-label=${words.tools}>
    <span class="what" role="status">${kind}${pages}, ${words.size(original.size)}</span>
    ${searchable ? findTools(viewer) : nothing}
    ${viewer.pdf && viewer.pdf.count > 1 && !viewer.asWords ? pageTools(viewer) : nothing}
    ${notShown === undefined ? zoomTools(viewer) : nothing}
    ${
      viewer.pdf
        ? html`<button class="action" aria-pressed=${viewer.asWords} @click=${() => void viewer.toggleWords()}>
            ${words.asWords}
          </button>`
        : nothing
    }
    <span class="take">
      ${
        notShown === undefined
          ? html`<button class="action" ?disabled=${viewer.busy} @click=${() => void viewer.print()}>
              ${viewer.busy ? words.preparing : words.print}
            </button>`
          : nothing
      }
      <button class="action" @click=${() => void viewer.save()}>${words.download}</button>
    </span>
  </div>`;
}

function findTools(viewer: DocumentViewer): TemplateResult {
  const { words, finder } = viewer;
  const { search } = finder;
  const none = viewer.pdf ? words.noWords : words.notFound;
  const said = !search ? '' : search.count === 0 ? none : words.found(search.at + 1, search.count);
  const typed = (event: Event): void => void finder.find((event.target as HTMLInputElement).value);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    finder.step(event.shiftKey ? -1 : 1);
  };
  return html`<span>
    <input
      type="search"
      placeholder=${words.find}
      aria-label=${words.find}
      autocomplete="off"
      @input=${typed}
      @keydown=${key}
    />
    ${square(words.previous, 'm4 10 4-4 4 4', () => finder.step(-1), !search?.count)}
    ${square(words.next, 'm4 6 4 4 4-4', () => finder.step(1), !search?.count)}
    <span class="count" role="status">${said}</span>
  </span>`;
}

function pageTools(viewer: DocumentViewer): TemplateResult {
  const { words, page, pdf } = viewer;
  const count = pdf?.count ?? 1;
  return html`<span>
    ${square(words.previousPage, 'm10 4-4 4 4 4', () => viewer.goTo(page - 1), page <= 1)}
    <input
      type="number"
      min="1"
      max=${count}
      aria-label=${words.goToPage}
      .value=${String(page)}
      @change=${(event: Event) => viewer.goTo(Number((event.target as HTMLInputElement).value))}
    />
    <span class="count">${words.pageOf(count)}</span>
    ${square(words.nextPage, 'm6 4 4 4-4 4', () => viewer.goTo(page + 1), page >= count)}
  </span>`;
}

function zoomTools(viewer: DocumentViewer): TemplateResult {
  const { words, zoom } = viewer;
  return html`<span>
    ${square(words.smaller, 'M3 8h10', () => viewer.zoomBy(-1), zoom <= 0.5)}
    <span class="count" role="status">${words.zoom(Math.round(zoom * 100))}</span>
    ${square(words.larger, 'M3 8h10M8 3v10', () => viewer.zoomBy(1), zoom >= 3)}
  </span>`;
}

function square(label: string, path: string, press: () => void, disabled = false): TemplateResult {
  return html`<button class="action square" title=${label} aria-label=${label} ?disabled=${disabled} @click=${press}>
    <svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${path} />`}</svg>
  </button>`;
}

function parts(viewer: DocumentViewer): TemplateResult | typeof nothing {
  const { wanted, words, part } = viewer;
  if (wanted.attachments.length < 2) return nothing;
  return html`<div class="about" role="group" aria-label=${words.parts}>
    ${wanted.attachments.map(
      ({ title = '' }, index) =>
        html`<button class="action" aria-pressed=${index === part} @click=${() => viewer.openPart(index)}>
          ${words.part(index + 1, title === wanted.title ? '' : title)}
        </button>`,
    )}
  </div>`;
}

function copies(viewer: DocumentViewer): TemplateResult | typeof nothing {
  const { around, words, wanted } = viewer;
  const holders = new Set(viewer.copies.map(({ source }) => source));
  if (holders.size < 2) return nothing;
  return html`<div class="about what">
    <span>${words.heldBy(holders.size)} ${words.openedFrom(sourceName(wanted.source, around))}</span>
    ${viewer.copies
      .filter(({ source }) => source !== wanted.source)
      .map(
        (copy) =>
          html`<button class="action" @click=${() => viewer.openCopy(copy)}>
            ${words.copyOf(sourceName(copy.source, around))}
          </button>`,
      )}
  </div>`;
}

function versions(viewer: DocumentViewer): TemplateResult | typeof nothing {
  const { around, words } = viewer;
  const { earlier } = viewer.versions;
  if (earlier.length === 0) return nothing;
  return html`<div class="about what">
    <span>${words.earlier(earlier.length)}</span>
    ${earlier.map((fact) => seek(viewer, fact, words.openEarlier(whenOf(fact.entries[0], around))))}
  </div>`;
}

/** Leads to the other version where it stands, so that its own line, with all that is said of it, is read first. */
function seek({ host }: DocumentViewer, fact: Fact, label: string): TemplateResult {
  const [entry] = fact.entries;
  const go = (): void => {
    host.dispatchEvent(new SectionOpenEvent(fact.section));
    host.dispatchEvent(new RecordSeekEvent(fact.section, entry.id));
  };
  return html`<button class="action" @click=${go}>${label}</button>`;
}

function body(viewer: DocumentViewer): TemplateResult {
  const { state, words, notShown, wanted } = viewer;
  if (state.is !== 'open') return html``;
  if (notShown !== undefined)
    return html`<p class="said" role="alert">${toneMark('caution')} ${words.notShown[notShown]} ${words.original}</p>`;
  const { content } = state;
  const left = viewer.pdf?.left ?? 0;
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${wanted.title}>
    ${content.show === 'pdf' ? html`<div class="pages" ?hidden=${viewer.asWords}></div>` : nothing}
    ${left > 0 ? html`<p class="said">${words.pagesLeft(left)}</p>` : nothing}
    ${
      content.show === 'picture' && viewer.pictureUrl !== undefined
        ? html`<div class="picture ${viewer.zoom === 1 ? 'small' : ''}">
            <img src=${viewer.pictureUrl} alt=${wanted.title} @error=${() => viewer.pictureFailed()} />
          </div>`
        : nothing
    }
    ${
      viewer.letter
        ? html`<div class="letter">
            <iframe
              sandbox="allow-same-origin"
              title=${wanted.title}
              lang=${viewer.around.words.language}
              @load=${(event: Event) => viewer.frameLoaded(event.target as HTMLIFrameElement)}
            ></iframe>
          </div>`
        : nothing
    }
    ${
      viewer.prose
        ? html`<article>${content.show === 'page' ? head(content.page, viewer) : nothing}${viewer.prose}</article>`
        : nothing
    }
  </div>`;
}

function head(page: Page, { words, around, wanted }: DocumentViewer): TemplateResult | typeof nothing {
  const facts = page.facts.filter(({ what, value }) => !(what === 'title' && value === wanted.title));
  if (facts.length === 0) return nothing;
  const said = (value: string, what: string): string => {
    const number = what === 'number' ? parseNhsNumber(value) : undefined;
    if (number !== undefined) return formatNhsNumber(number);
    const date = /^\d{4}(-\d\d)?(-\d\d)?( \d\d:\d\d)?$/.test(value) ? readDate(value.slice(0, 10)) : undefined;
    return date ? dateInWords(date, around.words) + value.slice(10) : value;
  };
  return html`<dl aria-label=${words.head}>
    ${facts.map(
      ({ what, value }) =>
        html`<dt>${words.facts[what]}</dt>
          <dd>${said(value, what)}</dd>`,
    )}
  </dl>`;
}
