import { html, nothing, type TemplateResult } from 'lit';
import { toneMark } from '../components/marks.ts';
import type { Surroundings } from '../components/surroundings.ts';
import type { PatientRecord, SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { Words } from '../words/words.ts';
import { emptyInBrief, gather, keepsPlace, type Emptiness } from './empty-headings.ts';
import type { PicturePlace } from './picture-places.ts';
import type { TalkPlace } from './messaging/talk-places.ts';
import type { ReadingAids } from './reading-aids.ts';

/** Where the reader is: the snapshot, what is said between organisations, a picture over time, one section in full, or everything in full. */
export type Place = 'snapshot' | 'everything' | TalkPlace | PicturePlace | SectionId;

export type Rail = {
  readonly record: PatientRecord;
  /** As it was drawn: what is taken away says no more of who answered than it holds of them. */
  readonly drawn: PatientRecord;
  /** Left out: what is shown is no part of the record in its place, such as what was found. */
  readonly place: Place | undefined;
  readonly order: readonly SectionId[];
  /** Conversations are to be had, and keep their place until they have come. */
  readonly talk: unknown;
  readonly aids: Pick<ReadingAids, 'badge' | 'talkBadge' | 'railTemplate'> | undefined;
  readonly words: Words;
  readonly go: (place: Place) => void;
  readonly around: Surroundings;
};

/**
 * The way to every part with how much is there; a row of tabs where the panel is narrow. Headings that hold something
 * stand first, in the role's order; those that hold nothing are gathered below under the word for it.
 */
export function railTemplate({ record, drawn, place, order, talk, aids, words, go, around }: Rail): TemplateResult {
  const views = new Map(record.sections.map((view) => [view.id, view]));
  const inOrder = order.flatMap((id) => views.get(id) ?? []);
  const item = (to: Place, name: string, count?: unknown): TemplateResult =>
    html`<li>
      <button class="tab" aria-current=${place === to ? 'page' : 'false'} @click=${() => go(to)}>
        <span>${name}</span>${count === undefined ? nothing : html`<span class="count">${count}</span>`}
      </button>
    </li>`;
  const empty = gather(
    inOrder.filter((view) => !keepsPlace(view)),
    (view) => emptyInBrief(view, words),
  );
  return html`<nav aria-label=${words.app.navigation}>
    <ul>
      ${item('snapshot', words.app.snapshot)}
      ${talk ? html`${item('messages', words.app.messages, aids?.talkBadge(words))} ${item('transitions', words.app.transitions)}` : nothing}
      ${item('timeline', words.app.timeline)} ${item('results-over-time', words.app.resultsOverTime)}
      ${item('medicines-side-by-side', words.app.sideBySide)}
      ${inOrder.filter(keepsPlace).map((view) => item(view.id, words.sections[view.id].short, howMany(view, words, aids)))}
      ${item('everything', words.app.everything)}
    </ul>
    ${empty.map((group) => emptyGroup(group, place, words, item))}
    <corridor-summary-export .record=${drawn} .around=${around}></corridor-summary-export>
    <slot name="host"></slot>
    ${aids?.railTemplate(words)}
  </nav>`;
}

/** A count; of an empty heading that keeps its place, the word, for a bare nought would say too much. */
function howMany(view: SectionView, words: Words, aids: Rail['aids']): unknown {
  return view.facts.length > 0
    ? html`${aids?.badge(view, words)}${view.facts.length}`
    : html`<span title=${emptyInBrief(view, words)}>–<span class="heard">${emptyInBrief(view, words)}</span></span>`;
}

function emptyGroup(
  { said, gap, views }: Emptiness,
  place: Place | undefined,
  words: Words,
  item: (to: Place, name: string) => TemplateResult,
): TemplateResult {
  return html`<details ?open=${views.some(({ id }) => id === place)}>
    <summary class="tab">
      <span>${gap ? toneMark('caution') : nothing} ${said}</span><span class="count">${views.length}</span>
    </summary>
    <ul>
      ${views.map(({ id }) => item(id, words.sections[id].short))}
    </ul>
  </details>`;
}
