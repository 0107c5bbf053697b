import { html, type TemplateResult } from 'lit';
import type { PatientRecord } from '../record/patient-record.ts';
import type { Surroundings } from '../components/surroundings.ts';
import { lineOfAny } from './section-templates.ts';

/** Places that show the record over time, or organisations side by side. */
export type PicturePlace = 'timeline' | 'results-over-time' | 'medicines-side-by-side';

const PLACES: ReadonlySet<string> = new Set<PicturePlace>(['timeline', 'results-over-time', 'medicines-side-by-side']);

export function isPicture(place: string): place is PicturePlace {
  return PLACES.has(place);
}

/** The element of a place; it wakes when its code has come. */
export function pictureTemplate(place: PicturePlace, record: PatientRecord, around: Surroundings): TemplateResult {
  if (place === 'medicines-side-by-side')
    return html`<corridor-reconciliation .record=${record} .around=${around}></corridor-reconciliation>`;
  return place === 'timeline'
    ? html`<corridor-timeline .record=${record} .around=${around} .lineOf=${lineOfAny}></corridor-timeline>`
    : html`<corridor-cumulative .record=${record} .around=${around}></corridor-cumulative>`;
}
