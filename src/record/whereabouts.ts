import type { Entry } from './entry.ts';
import type { Patient } from './patient.ts';
import type { SectionId } from './section.ts';
import { isRestricted, withoutContact, type DemographicsEntry } from './sections/demographics.ts';
import { withoutTelecom, type PersonalContactEntry } from './sections/personal-contacts.ts';
import { saysOfHome } from './sections/social-context.ts';

/** Headings that say nothing but where the person belongs. */
const WHERE: ReadonlySet<SectionId> = new Set(['gp-practice', 'local-authority']);

/**
 * Where any source marks the person's whereabouts as restricted, no source's address, telephone or practice is shown
 * (safety H24). The launcher has already redacted what it sends; this is the second lock, and the only one where the
 * elements are used without a launcher.
 */
export function withoutWhereabouts(entries: readonly Entry[], patient: Patient): readonly Entry[] {
  const demographics = entries.filter((entry): entry is DemographicsEntry => entry.section === 'demographics');
  if (patient.restricted !== true && !demographics.some(isRestricted)) return entries;
  return entries
    .filter((entry) => !WHERE.has(entry.section) && !saysOfHome(entry))
    .map((entry) => {
      if (entry.section === 'demographics') return withoutContact(entry as DemographicsEntry);
      // The number of a relative tells where the person is.
      return entry.section === 'personal-contacts' ? withoutTelecom(entry as PersonalContactEntry) : entry;
    });
}
