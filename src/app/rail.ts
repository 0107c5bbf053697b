import { html, nothing, type TemplateResult } from 'lit';
import type { PatientRecord } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { Words } from '../words/words.ts';
import { viewFor } from './views.ts';

/** Where the reader is: the snapshot, one section in full, or everything in full. */
export type Place = 'snapshot' | 'everything' | SectionId;

export type Rail = {
  readonly record: PatientRecord;
  readonly place: Place;
  readonly role: string | undefined;
  readonly words: Words;
  readonly go: (place: Place) => void;
};

/** The way to every part with how much is there; a row of tabs where the panel is narrow. */
export function railTemplate({ record, place, role, words, go }: Rail): TemplateResult {
  const counts = new Map(record.sections.map((view) => [view.id, view.facts.length]));
  const item = (to: Place, name: string, count?: number): TemplateResult =>
    html`<li>
      <button class="tab" aria-current=${place === to ? 'page' : 'false'} @click=${() => go(to)}>
        <span>${name}</span>${count === undefined ? nothing : html`<span class="count">${count}</span>`}
      </button>
    </li>`;
  return html`<nav aria-label=${words.app.navigation}>
    <ul>
      ${item('snapshot', words.app.snapshot)}
      ${viewFor(role).first.flatMap((id) => (counts.has(id) ? [item(id, words.sections[id].short, counts.get(id))] : []))}
      ${item('everything', words.app.everything)}
    </ul>
  </nav>`;
}
