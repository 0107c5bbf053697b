import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AboutMeEntry } from '../../record/sections/about-me.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary About Me: what the person wants people to know, in their own words. */
export class CorridorAboutMe extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AboutMeEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, aboutMeLine, 2);
  }
}

/** The person's own words, each under the question it answers. Never shortened. */
export function aboutMeLine(entry: AboutMeEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [entry.supportedBy && words.care.supportedBy(entry.supportedBy)],
    body: entry.lines.map((line) => `${line.label}: ${line.value}`),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-about-me': CorridorAboutMe;
  }
}
