import type { SectionId } from './section.ts';

/** What can harm at once whatever the reader came for: no filter, fold or order of a reader's own takes it off the page. */
const DANGERS: ReadonlySet<SectionId> = new Set(['risks', 'safeguarding', 'alerts']);

export function isStandingDanger(id: SectionId): boolean {
  return DANGERS.has(id);
}
