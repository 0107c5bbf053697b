import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { isPlain } from '../record/plain-section.ts';
import type { PatientRecord, SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { Surroundings } from '../components/surroundings.ts';
import { holdsFacts } from './arrivals.ts';
import { emptiesTemplate, keepsPlace } from './empty-headings.ts';
import { isPicture, pictureTemplate, type PicturePlace } from './picture-places.ts';
import type { Place } from './rail.ts';
import { isDefined, sectionTemplate } from './section-templates.ts';
import { inColumns, snapshotOrder } from './views.ts';

export type Body = {
  readonly record: PatientRecord;
  readonly around: Surroundings;
  readonly held: ReadonlyMap<SectionId, number>;
  readonly place: Place;
  readonly order: readonly SectionId[];
  /** Which sections the snapshot opens. */
  readonly opens: (section: SectionId) => boolean;
  readonly columns: 1 | 2;
  /** Elements that no first sight needs are still on their way. */
  readonly waiting: boolean;
  /** The code of the pictures, which comes when one is asked for. */
  readonly pictures: 'here' | 'waiting' | 'failed';
  readonly go: (place: Place) => void;
  /** How many sections stand already, where all do: what is on the screen comes before what is under it. */
  readonly standing: number;
};

/** The snapshot, a picture over time, one section in full, or every section in full, in the role's order. */
export function bodyTemplate(body: Body): TemplateResult {
  const { place } = body;
  if (place === 'snapshot') return snapshot(body);
  if (isPicture(place)) return picture(place, body);
  const wanted = body.order.filter((id) => place === 'everything' || id === place);
  // No section: what shows this place is on its way.
  if (wanted.length === 0) return html`<p class="blank" role="status">${body.around.words.app.pictureComing}</p>`;
  return html`${drawable(viewsOf(wanted, body.record), body)
    .slice(0, body.standing)
    .map((view) => section(view, 'full', body))}`;
}

function picture(place: PicturePlace, { record, around, waiting, pictures }: Body): TemplateResult {
  const { app } = around.words;
  if (pictures === 'failed') return html`<p class="blank" role="alert">${app.pictureMissing}</p>`;
  if (pictures === 'waiting' || waiting) return html`<p class="blank" role="status">${app.pictureComing}</p>`;
  return pictureTemplate(place, record, around);
}

/** What holds something in its column; what holds nothing in one block at the end, once all above it stands. */
function snapshot(body: Body): TemplateResult {
  const { record, around } = body;
  // Headings that only wait would be pushed about by the first that holds something.
  if (record.completeness.waiting > 0 && !holdsFacts(record))
    return html`<p class="blank" role="status">${around.words.absence.soFar(record.completeness.answered)}</p>`;
  const ids = snapshotOrder(body.order);
  const all = viewsOf(ids, record);
  const shown = drawable(all, body);
  const empty = shown.length === all.length ? all.filter((view) => !keepsPlace(view)) : [];
  const inPlace = new Map(shown.filter(keepsPlace).map((view) => [view.id, view]));
  return html`<div class="columns">
      ${inColumns(ids, body.columns).map(
        (column) =>
          html`<div class="column">
            ${repeat(
              column.flatMap((id) => inPlace.get(id) ?? []),
              ({ id }) => id,
              (view) => section(view, 'short', body),
            )}
          </div>`,
      )}
    </div>
    ${empty.length > 0 ? keyed([...inPlace.keys()].join(), emptiesTemplate(empty, around, body.go)) : nothing}`;
}

/**
 * While the rest of the script is on its way: the sections before the first that needs its element or its merging. What
 * follows it would be pushed down when it comes; below what is drawn already it moves nothing.
 */
function drawable(all: readonly SectionView[], { waiting }: Body): readonly SectionView[] {
  const missing = waiting
    ? all.findIndex((view) => view.facts.length > 0 && (isPlain(view) || !isDefined(view.id)))
    : -1;
  return missing < 0 ? all : all.slice(0, missing);
}

function viewsOf(ids: readonly SectionId[], record: PatientRecord): readonly SectionView[] {
  const views = new Map(record.sections.map((view) => [view.id, view]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** In the snapshot the bar alone says what is new: a word in each heading would push what stands under it. */
function section(view: SectionView, form: 'short' | 'full', { around, held, opens }: Body): TemplateResult {
  const full = form === 'full';
  const closed = !full && view.facts.length > 0 && !opens(view.id);
  return sectionTemplate({ view, around, form, held: full ? (held.get(view.id) ?? 0) : 0, closed });
}
