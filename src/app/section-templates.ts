import type { TemplateResult } from 'lit';
import { html, unsafeStatic, type StaticValue } from 'lit/static-html.js';
import type { Entry } from '../record/entry.ts';
import type { SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { SectionForm } from '../components/corridor-section/corridor-section.ts';
import { plainLine, type Line } from '../components/line.ts';
import type { SectionElement } from '../components/section-element.ts';
import type { Surroundings } from '../components/surroundings.ts';
import { ownElements } from './own-elements.ts';

type Drawn = {
  readonly view: SectionView;
  readonly around: Surroundings;
  readonly form: SectionForm;
  readonly held: number;
  /** Only its heading, how much is there, and the way to it; the browser's find reaches its lines all the same. */
  readonly closed?: boolean;
};

const tags = new Map<SectionId, StaticValue>();

/** A section's element is named for it; results have the shorter name that people use. */
function tagOf(id: SectionId): string {
  return id === 'investigation-results' ? 'corridor-results' : `corridor-${id}`;
}

/* eslint-disable lit/binding-positions, lit/no-invalid-html -- lit's static templates put the tag in before parsing */
/** One template for every section: its element is its name, and all take the same properties. */
export function sectionTemplate({ view, around, form, held, closed = false }: Drawn): TemplateResult {
  // Without its element, which could not be fetched, each line is its title, who and when.
  if (closed || !isDefined(view.id))
    return html`<corridor-section
      .view=${view}
      .around=${around}
      .form=${form}
      .held=${held}
      .lineOf=${lineOfAny}
      ?closed=${closed}
    ></corridor-section>`;
  const tag = tags.get(view.id) ?? unsafeStatic(tagOf(view.id));
  tags.set(view.id, tag);
  return html`<${tag} .view=${view} .around=${around} .form=${form} .held=${held}></${tag}>`;
}

/* eslint-enable lit/binding-positions, lit/no-invalid-html */

/** Whether this section's element is on the page; one that no first sight needs comes later. */
export function isDefined(id: SectionId): boolean {
  return ownElements().get(tagOf(id)) !== undefined;
}

/** How an entry of any section reads, for places where sections meet: its element knows. */
export function lineOfAny(entry: Entry, around: Surroundings, entries?: readonly Entry[]): Line {
  const element = ownElements().get(tagOf(entry.section)) as typeof SectionElement | undefined;
  return (element?.lineOf ?? plainLine)(entry, around, entries);
}
