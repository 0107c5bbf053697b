import type { SectionId } from '../../src/record/section.ts';
import { SUMMARY_SECTIONS } from '../../src/record/summary/sections.ts';

/** Headings of which a summary only says that something is held. */
const SAID_TO_BE_HELD: readonly SectionId[] = ['end-of-life-care', 'legal-information', 'pregnancy-status'];

/** Headings of the record of which a summary carries something. */
export const CARRIED: ReadonlySet<SectionId> = new Set(
  SUMMARY_SECTIONS.flatMap(({ of }) => of).filter((id) => !SAID_TO_BE_HELD.includes(id)),
);
