import type { SectionId } from '../record/section.ts';
import { isStandingDanger } from '../record/standing-danger.ts';

/**
 * Which sections a role sees first, and which of them the snapshot opens: of the others it shows the heading, how much is
 * there and who is missing. Every section is in every view: a role changes the order, never what there is.
 */
export type View = {
  readonly id: string;
  readonly first: readonly SectionId[];
  readonly opens: (section: SectionId) => boolean;
};

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

/** What is a heading with its count until a reader without a view of their own wants it. */
const CLOSED: readonly SectionId[] = [
  'supporting-plans',
  'equipment',
  'family-history',
  'medical-devices',
  'vaccinations',
  'participation-in-research',
];

/** Open whoever looks, with the dangers: nobody treats anybody without them. */
const ALWAYS_OPEN: readonly SectionId[] = ['end-of-life-care', 'problems', 'medications', 'allergies'];

/** Dangers stand first whoever looks: no role and no reader moves them. */
const DANGERS: readonly SectionId[] = CLINICAL.filter(isStandingDanger);

/** On scene: what must not be done, what was decided, what is taken, what to do in a crisis, whom to ring. */
const PARAMEDIC: readonly SectionId[] = [
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
];

/** At the front door of a hospital: what is taken and not tolerated, what is known, what happened last and what was planned. */
const EMERGENCY: readonly SectionId[] = [
  'allergies',
  'medications',
  'problems',
  'end-of-life-care',
  'contingency-plans',
  'investigation-results',
  'encounters',
  'admissions',
  'discharges',
  'examination-findings',
  'pregnancy-status',
  'individual-requirements',
  'medical-devices',
  'documents',
  'personal-contacts',
];

/** At discharge and in the surgery: medicines with their reason beside allergies, kidneys and weight. */
const PHARMACIST: readonly SectionId[] = [
  'medications',
  'allergies',
  'investigation-results',
  'problems',
  'pregnancy-status',
  'examination-findings',
  'discharges',
  'documents',
  'admissions',
  'vaccinations',
];

/** In the home: how to approach, what care is planned, what was measured last, who else comes. */
const COMMUNITY_NURSE: readonly SectionId[] = [
  'individual-requirements',
  'problems',
  'medications',
  'allergies',
  'care-plans',
  'examination-findings',
  'assessments',
  'equipment',
  'services-and-care',
  'encounters',
  'end-of-life-care',
  'contingency-plans',
  'appointments',
  'professional-contacts',
  'personal-contacts',
  'about-me',
];

/** What the person wants and is able to do, what is in place, who is involved. */
const SOCIAL_WORKER: readonly SectionId[] = [
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
];

/** Law and crisis first, then the plan and what is taken. */
const MENTAL_HEALTH: readonly SectionId[] = [
  'legal-information',
  'contingency-plans',
  'care-plans',
  'problems',
  'medications',
  'admissions',
  'encounters',
  'allergies',
  'personal-contacts',
];

/** By the roles of the community file; names that communities use for one kind of work share its view. */
const VIEWS: Readonly<Record<string, readonly SectionId[]>> = {
  paramedic: PARAMEDIC,
  ambulance: PARAMEDIC,
  'hospital-doctor': EMERGENCY,
  emergency: EMERGENCY,
  pharmacist: PHARMACIST,
  nurse: COMMUNITY_NURSE,
  'community-nurse': COMMUNITY_NURSE,
  'social-worker': SOCIAL_WORKER,
  'mental-health': MENTAL_HEALTH,
};

/** The view for a role of the community file; a role without its own, such as a GP's, gets the clinical order. */
export function viewFor(role: string | undefined): View {
  const own = role !== undefined && Object.hasOwn(VIEWS, role) ? (VIEWS[role] ?? []) : [];
  const first = own.length > 0 ? [...DANGERS, ...own] : [];
  return {
    id: own.length > 0 && role !== undefined ? role : 'clinical',
    first: [...first, ...CLINICAL.filter((id) => !first.includes(id))],
    // A role opens what its own order names; the clinical one all but a few.
    opens: (id) => (own.length > 0 ? first.includes(id) || ALWAYS_OPEN.includes(id) : !CLOSED.includes(id)),
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
