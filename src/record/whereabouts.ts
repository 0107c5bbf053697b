import type { Entry } from './entry.ts';
import type { Patient } from './patient.ts';
import type { SectionId } from './section.ts';
import type { DemographicsEntry } from './sections/demographics.ts';
import type { DischargeEntry } from './sections/discharges.ts';
import type { EncounterEntry } from './sections/encounters.ts';
import type { SocialContextEntry } from './sections/social-context.ts';

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
      if (entry.section === 'encounters' || entry.section === 'discharges')
        return withoutPlace(entry as EncounterEntry | DischargeEntry);
      // The number of a relative, or of who visits her, tells where the person is.
      return 'telecom' in entry ? { ...entry, telecom: [] } : entry;
    });
}

/** FHIR R4 v3-Confidentiality codes by which PDS marks a person whose whereabouts are not to be shown. */
const RESTRICTED_LABELS = /\|(R|V|REDACTED)$/i;

export function isRestricted(entry: Pick<Entry, 'labels'>): boolean {
  return entry.labels.some((label) => RESTRICTED_LABELS.test(label));
}

function withoutContact(entry: DemographicsEntry): DemographicsEntry {
  return { ...entry, addresses: [], telecom: [], practice: [] };
}

/** Whither somebody was discharged is where she is, and where she is visited is her home. */
function withoutPlace(entry: EncounterEntry | DischargeEntry): Entry {
  if (entry.section === 'discharges') return without(entry);
  const { discharge, kind } = entry;
  return {
    ...entry,
    ...(discharge && { discharge: without(discharge) }),
    ...(kind === 'home-visit' && { locations: [] }),
  };
}

function without<E extends { readonly place?: string }>({ place: _place, ...rest }: E): Omit<E, 'place'> {
  return rest;
}

/** Words on a home can name it ("refuge in Thornby"): nothing of them where whereabouts are restricted (safety H24). */
export function saysOfHome(entry: Entry): boolean {
  return entry.section === 'social-context' && (entry as SocialContextEntry).kind === 'housing';
}
