import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { dateParts } from '../../record/fhir/date.ts';
import type { DatedItem, TimelineItem } from '../../record/timeline.ts';
import { RecordSeekEvent } from '../events.ts';
import { unbroken } from '../line.ts';
import { openableOf } from '../openable.ts';
import { itemInWords, sentenceOf, type Speaker } from './item-in-words.ts';

/** A year of the list, or a part of one: what has been put on the page is not looked at again when more follows. */
export type ListPart = { readonly year: number; readonly first: boolean; readonly items: readonly DatedItem[] };

const PART = 200;

/** `items`: newest first. */
export function listParts(items: readonly DatedItem[]): readonly ListPart[] {
  const parts: { year: number; first: boolean; items: DatedItem[] }[] = [];
  for (const item of items) {
    const { year } = dateParts(item.when.start.date);
    const last = parts.at(-1);
    if (last?.year === year && last.items.length < PART) last.items.push(item);
    else parts.push({ year, first: last?.year !== year, items: [item] });
  }
  return parts;
}

export type TimelineList = {
  /** Those that are on the page so far; the rest follow in slices. */
  readonly parts: readonly ListPart[];
  /** Only for those who listen, and for paper: no buttons, which nobody could see. */
  readonly heard: boolean;
  readonly open: ReadonlySet<string>;
  readonly speaker: Speaker;
  readonly toggle: (item: TimelineItem) => void;
};

/** The picture in words, year by year: the same items, all of them. */
export function listTemplate(list: TimelineList): TemplateResult {
  const { parts, heard, open, speaker } = list;
  return html`<div class="list ${heard ? 'heard' : ''}">
    ${parts.map((part) =>
      guard(
        [part, heard, speaker, open.size === 0 ? 0 : part.items.filter(({ id }) => open.has(id)).length],
        () =>
          html`<section>
            ${part.first ? html`<h3>${part.year}</h3>` : nothing}
            <ol>
              ${part.items.map(
                (item) => html`<li>${heard ? sentenceOf(itemInWords(item, speaker)) : row(item, list)}</li>`,
              )}
            </ol>
          </section>`,
      ),
    )}
  </div>`;
}

function row(item: DatedItem, { speaker, open, toggle }: TimelineList): TemplateResult {
  const { words } = speaker.around;
  const { when, kind, main, parts, flags, who } = itemInWords(item, speaker);
  const opened = open.has(item.id);
  return html`<span class="when">${unbroken(when)}</span><span class="sort">${kind}</span
    ><span class="what"
      ><strong>${unbroken(main)}</strong>${parts.map((part) => html` — ${unbroken(part)}`)}
      ${flags.map((flag) => html`<span class="flag quiet">${flag}</span>`)}<span class="who">${who}</span></span
    ><span class="how"
      ><button class="action" aria-expanded=${opened} @click=${() => toggle(item)}>
        ${words.documents[opened ? 'close' : 'open']}<span class="heard">: ${main}</span>
      </button></span
    >${opened ? itemTemplate(item, speaker) : nothing}`;
}

/** The line of the item as its section shows it, which opens in place, and the way to where it stands. */
export function itemTemplate(item: TimelineItem, speaker: Speaker): TemplateResult {
  const { around, words, lineOf } = speaker;
  const { entry, fact } = item;
  const { when, kind } = itemInWords(item, speaker);
  const line = openableOf(fact)
    ? html`<corridor-document .fact=${fact} .around=${around} .lineOf=${lineOf}></corridor-document>`
    : html`<corridor-fact .fact=${fact} .around=${around} .lineOf=${lineOf}></corridor-fact>`;
  const section = around.words.sections[entry.section].short;
  return html`<div class="one">
    <p class="lead">
      ${when} · ${kind}
      <button
        class="action"
        @click=${(event: Event) => event.target?.dispatchEvent(new RecordSeekEvent(entry.section, entry.id))}
      >
        ${words.timeline.showIn(section)}
      </button>
    </p>
    ${line}
  </div>`;
}
