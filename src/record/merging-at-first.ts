import type { Merging } from './merge.ts';
import { plainSection } from './plain-section.ts';
import type { Section, SectionId } from './section.ts';
import { alerts } from './sections/alerts.ts';
import { allergies } from './sections/allergies.ts';
import { demographics } from './sections/demographics.ts';
import { individualRequirements } from './sections/individual-requirements.ts';
import { risks } from './sections/risks.ts';
import { safeguarding } from './sections/safeguarding.ts';

/** What a first sight is made of: who it is, and what can harm at once. */
const AT_FIRST: readonly Section[] = [demographics, risks, alerts, safeguarding, individualRequirements, allergies];

/**
 * How a page merges in its first moment, before the rest of its script is here (`build-record.ts` `WHOLE`). The sections
 * of the first sight group as they always do; of the others every record stands for itself, and what disagrees is looked
 * for once all is here. Nothing is left out: if the rest never comes, this is what can be shown.
 */
export function mergingAtFirst(ids: readonly SectionId[]): Merging {
  const known = new Map(AT_FIRST.map((section) => [section.id, section]));
  return {
    sections: ids.map((id) => known.get(id) ?? plainSection(id)),
    join: (entries) => entries,
    findConflicts: () => [],
  };
}
