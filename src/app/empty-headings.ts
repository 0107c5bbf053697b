import { html, nothing, type TemplateResult } from 'lit';
import { absenceInWords, gapList, gapsOf } from '../components/absence.ts';
import { toneMark } from '../components/marks.ts';
import type { Surroundings } from '../components/surroundings.ts';
import type { SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { Words } from '../words/words.ts';
import type { Place } from './rail.ts';

/** What can harm when it is missing keeps its own place even when it is empty, with its own word (safety H06). */
const ALWAYS: ReadonlySet<SectionId> = new Set(['risks', 'problems', 'medications', 'allergies']);

export function keepsPlace({ id, facts }: SectionView): boolean {
  return facts.length > 0 || ALWAYS.has(id);
}

/** Headings that say the same of their emptiness. */
export type Emptiness = { readonly said: string; readonly gap: boolean; readonly views: readonly SectionView[] };

/** A heading that answers have come for since it was drawn, while what they brought waits (`meanwhile.ts`). */
export type MeanwhileView = SectionView & {
  /** What it was drawn by, and is gathered by: nothing moves from one word to another under the reader's hand. */
  readonly was?: SectionView;
  /** What is true by now of all that it was gathered with. */
  readonly retell?: (group: Emptiness, say: (view: SectionView) => string) => Emptiness;
};

/** Gathers headings by what is said of them, gaps first: they are what a reader must not take for nothing. */
export function gather(views: readonly MeanwhileView[], say: (view: SectionView) => string): readonly Emptiness[] {
  const groups = new Map<string, MeanwhileView[]>();
  for (const view of views) {
    const said = say(view.was ?? view);
    groups.set(said, [...(groups.get(said) ?? []), view]);
  }
  const gathered = [...groups].map(([said, members]) => ({
    said,
    gap: members.some((view) => isGap(view.was ?? view)),
    views: members,
  }));
  return gathered
    .sort((a, b) => Number(b.gap) - Number(a.gap))
    .map((group) => group.views[0]?.retell?.(group, say) ?? group);
}

function isGap(view: SectionView): boolean {
  const { silent, unread } = gapsOf(view);
  return silent + unread > 0;
}

/** In the few words that a way to the sections has room for. Never shorter than is true. */
export function emptyInBrief(view: SectionView, words: Words): string {
  const gaps = gapsOf(view);
  const { empty, absence, section } = words;
  if (view.arrived) return section.newItems(view.arrived);
  if (view.answers.length === 0) return empty.nobody;
  if (gaps.silent > 0) return empty.unknown(gapList(gaps, words));
  if (gaps.unread > 0) return empty.unknown(absence.unread(gaps.unread).replace(/\.$/, ''));
  if (gaps.waiting > 0) return empty.waiting;
  return gaps.withheld > 0 || view.notOffered ? empty.partly : empty.nothing;
}

/** One compact block under the sections that hold something: each empty heading once, beside what its emptiness means. */
export function emptiesTemplate(
  views: readonly SectionView[],
  around: Surroundings,
  go: (place: Place) => void,
): TemplateResult {
  const { words } = around;
  return html`<section class="empties" aria-label=${words.empty.heading}>
    <h2>${words.empty.heading}</h2>
    ${gather(views, (view) => absenceInWords(view, words)).map(
      ({ said, gap, views: members }) =>
        html`<p>${gap ? toneMark('caution') : nothing} ${said}</p>
          <ul>
            ${members.map(
              ({ id }) =>
                html`<li>
                  <button class="action" @click=${() => go(id)}>${words.sections[id].heading}</button>
                </li>`,
            )}
          </ul>`,
    )}
  </section>`;
}
