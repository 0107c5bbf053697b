import { html, type TemplateResult } from 'lit';
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

const templates = new Map<SectionId, TemplateStringsArray>();

/** A section's element is named for it; results have the shorter name that people use. */
function tagOf(id: SectionId): string {
  return id === 'investigation-results' ? 'corridor-results' : `corridor-${id}`;
}

/** A template is known by its strings: one for each element, made once. Only names of sections get into it. */
function stringsOf(id: SectionId): TemplateStringsArray {
  const tag = tagOf(id);
  const raw = [`<${tag} .view=`, ' .around=', ' .form=', ' .held=', `></${tag}>`];
  const strings = templates.get(id) ?? Object.assign(raw, { raw });
  templates.set(id, strings);
  return strings;
}

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
  return html(stringsOf(view.id), view, around, form, held);
}

/** Whether this section's element is on the page; one that no first sight needs comes later. */
export function isDefined(id: SectionId): boolean {
  return ownElements().get(tagOf(id)) !== undefined;
}

/** How an entry of any section reads, for places where sections meet: its element knows. */
export function lineOfAny(entry: Entry, around: Surroundings, entries?: readonly Entry[]): Line {
  const element = ownElements().get(tagOf(entry.section)) as typeof SectionElement | undefined;
  return (element?.lineOf ?? plainLine)(entry, around, entries);
}
