import { css, html, type TemplateResult } from 'lit';
import type { Entry } from '../record/entry.ts';
import type { SectionView } from '../record/patient-record.ts';
import type { SectionForm } from './corridor-section/corridor-section.ts';
import type { LineOf } from './line.ts';
import type { Surroundings } from './surroundings.ts';

/** The properties every section element takes. */
export type SectionElement<E extends Entry = Entry> = {
  view: SectionView<E> | undefined;
  around: Surroundings;
  form: SectionForm;
  held: number;
};

/** A section drawn line by line in the common frame; what differs between sections is how one entry reads. */
export function sectionFrame<E extends Entry>(host: SectionElement<E>, lineOf: LineOf<E>, limit = 6): TemplateResult {
  return html`<corridor-section
    .view=${host.view}
    .around=${host.around}
    .lineOf=${lineOf}
    .form=${host.form}
    .held=${host.held}
    .limit=${limit}
  ></corridor-section>`;
}

export const sectionHost = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  corridor-section > corridor-fact {
    border-block-start: 1px solid var(--_hairline);
  }
`;
