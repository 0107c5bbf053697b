import type { SectionView } from './patient-record.ts';
import type { Section, SectionId } from './section.ts';

/**
 * A section of which nothing is known but its name: each record is a fact of its own, all of them are shown, and it holds
 * nothing to be sure of while anything at all is unread.
 */
export function plainSection(id: SectionId): Section {
  return {
    id,
    heading: id,
    groupedBy: 'everything',
    reads: [],
    window: null,
    showsEnded: true,
    read: () => null,
    factKey: (entry) => entry.id,
    conflicts: () => [],
  };
}

/** Every section proper reads some type of resource. */
export function isPlain({ section }: Pick<SectionView, 'section'>): boolean {
  return section.reads.length === 0;
}
