import type { SectionId } from '../record/section.ts';

/** Which sections a role sees first. Every section is in every view: a role changes the order, never what there is. */
export type View = { readonly id: string; readonly first: readonly SectionId[] };

/**
 * The order users asked for (product.md): risks to the patient and to staff with the decisions that stand among them,
 * diagnoses and problems, findings, treatments and medicines with their reason, allergies, results; then the rest.
 */
const CLINICAL: readonly SectionId[] = [
  'risks',
  'safeguarding',
  'alerts',
  'end-of-life-care',
  'problems',
  'examination-findings',
  'medications',
  'procedures',
  'allergies',
  'investigation-results',
  'pregnancy-status',
  'individual-requirements',
  'legal-information',
  'encounters',
  'admissions',
  'discharges',
  'assessments',
  'contingency-plans',
  'care-plans',
  'supporting-plans',
  'about-me',
  'referrals',
  'services-and-care',
  'equipment',
  'social-context',
  'family-history',
  'documents',
  'professional-contacts',
  'personal-contacts',
  'appointments',
  'medical-devices',
  'vaccinations',
  'participation-in-research',
  'support-reason',
  'gp-practice',
  'local-authority',
  'demographics',
];

const VIEWS: Readonly<Record<string, readonly SectionId[]>> = {
  ambulance: [
    'risks',
    'safeguarding',
    'alerts',
    'end-of-life-care',
    'individual-requirements',
    'pregnancy-status',
    'allergies',
    'medications',
    'problems',
    'contingency-plans',
    'medical-devices',
    'care-plans',
    'encounters',
    'personal-contacts',
  ],
  pharmacist: [
    'allergies',
    'medications',
    'pregnancy-status',
    'investigation-results',
    'problems',
    'risks',
    'alerts',
    'documents',
  ],
  'social-worker': [
    'risks',
    'safeguarding',
    'alerts',
    'legal-information',
    'about-me',
    'individual-requirements',
    'social-context',
    'assessments',
    'services-and-care',
    'equipment',
    'support-reason',
    'care-plans',
    'contingency-plans',
    'local-authority',
    'professional-contacts',
    'personal-contacts',
    'problems',
    'appointments',
  ],
  'mental-health': [
    'risks',
    'safeguarding',
    'alerts',
    'legal-information',
    'contingency-plans',
    'care-plans',
    'problems',
    'medications',
    'admissions',
    'encounters',
    'allergies',
    'personal-contacts',
  ],
};

/** The view for a role of the community file; a role without its own gets the clinical order. */
export function viewFor(role: string | undefined): View {
  const first = role !== undefined && Object.hasOwn(VIEWS, role) ? (VIEWS[role] ?? []) : [];
  return {
    id: first.length > 0 && role !== undefined ? role : 'clinical',
    first: [...first, ...CLINICAL.filter((id) => !first.includes(id))],
  };
}

/** Sections the snapshot leaves to the rail: nobody needs them in the first two seconds. */
const NOT_IN_SNAPSHOT: ReadonlySet<SectionId> = new Set([
  'demographics',
  'gp-practice',
  'local-authority',
  'support-reason',
]);

/** What the snapshot shows, in the view's order. */
export function snapshotOrder(order: readonly SectionId[]): readonly SectionId[] {
  return order.filter((id) => !NOT_IN_SNAPSHOT.has(id));
}

/** A section's column is its own, whatever else there is to show: what arrives moves nothing from one to the other. */
export function inColumns(ids: readonly SectionId[], columns: 1 | 2): readonly (readonly SectionId[])[] {
  if (columns === 1) return [ids];
  return [ids.filter((_, index) => index % 2 === 0), ids.filter((_, index) => index % 2 === 1)];
}
