import type { Section, SectionId } from '../section.ts';
import { allergies } from './allergies.ts';
import { demographics } from './demographics.ts';

/**
 * The only registry of sections, in the order in which a resource is offered to them and in which they are shown
 * when no view says otherwise. To add a section: write its file, add it here, add its words.
 */
export const SECTIONS: readonly Section[] = [demographics, allergies];

export function sectionOf(id: SectionId): Section | undefined {
  return SECTIONS.find((section) => section.id === id);
}
