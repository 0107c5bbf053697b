import type { AboutMeEntry } from '../../record/sections/about-me.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary About Me: what the person wants people to know, in their own words. */
export class CorridorAboutMe extends SectionElement<AboutMeEntry> {
  static override readonly lineOf = aboutMeLine;
  static override readonly limit = 2;
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
