import type { Entry } from './entry.ts';
import type { SectionId } from './section.ts';
import type { OrganisationKind } from './source.ts';

/** What a mark or a span on the timeline is. */
export type TimelineKind =
  | 'admission'
  | 'package'
  | 'plan'
  | 'goal'
  | 'contact'
  | 'discharge'
  | 'appointment'
  | 'referral'
  | 'procedure'
  | 'assessment'
  | 'problem'
  | 'medicine'
  | 'medicine-stopped'
  | 'vaccination'
  | 'result'
  | 'letter';

/** Kinds of care, in the order in which they stand under each other. */
export const TIMELINE_LANES = [
  'hospital',
  'urgent',
  'gp',
  'community',
  'mental-health',
  'social-care',
  'problems',
  'medicines',
  'results',
  'letters',
] as const;
export type TimelineLane = (typeof TIMELINE_LANES)[number];

/** The sections that tell of something at a time. What only stands (an allergy, a key worker) has no place in time. */
const KINDS: { readonly [section in SectionId]?: TimelineKind } = {
  admissions: 'admission',
  'services-and-care': 'package',
  'care-plans': 'plan',
  'contingency-plans': 'plan',
  'supporting-plans': 'plan',
  encounters: 'contact',
  discharges: 'discharge',
  appointments: 'appointment',
  referrals: 'referral',
  procedures: 'procedure',
  assessments: 'assessment',
  problems: 'problem',
  medications: 'medicine',
  vaccinations: 'vaccination',
  'investigation-results': 'result',
  'examination-findings': 'result',
  documents: 'letter',
};

export const TIMELINE_SECTIONS = Object.keys(KINDS) as readonly SectionId[];

/** A goal is set on a day; only the plan it belongs to takes its time. */
export function kindOfEntry(entry: Entry): TimelineKind | undefined {
  const goal = entry.section === 'care-plans' && 'kind' in entry && entry.kind === 'goal';
  return goal ? 'goal' : KINDS[entry.section];
}

/** Kinds that take their time, and are drawn from their beginning to their end. */
const TAKES_TIME: ReadonlySet<TimelineKind> = new Set(['admission', 'package', 'plan']);

/** A stay that only the list of contacts tells of takes its time as well. */
export function takesTime(kind: TimelineKind, entry: Entry): boolean {
  return TAKES_TIME.has(kind) || (entry.section === 'encounters' && 'kind' in entry && entry.kind === 'admission');
}

/** Kinds that stand in a lane of their own, whoever records them: a copy at the practice is no care by the practice. */
const OWN_LANE: { readonly [kind in TimelineKind]?: TimelineLane } = {
  problem: 'problems',
  medicine: 'medicines',
  'medicine-stopped': 'medicines',
  vaccination: 'medicines',
  result: 'results',
  letter: 'letters',
};

const LANES: { readonly [kind in OrganisationKind]: TimelineLane } = {
  acute: 'hospital',
  'independent-hospital': 'hospital',
  ambulance: 'urgent',
  'urgent-care': 'urgent',
  'out-of-hours': 'urgent',
  gp: 'gp',
  community: 'community',
  hospice: 'community',
  'mental-health': 'mental-health',
  council: 'social-care',
  'home-care': 'social-care',
  pharmacy: 'medicines',
  commissioner: 'community',
};

export function laneOfOrganisation(kind: OrganisationKind): TimelineLane {
  return LANES[kind];
}

/**
 * Where it stands. Of several organisations that tell of one event the first in the order of lanes decides, so that the
 * order of arrival does not; a stay in hospital told by the practice alone is a stay in hospital all the same.
 */
export function laneOf(kind: TimelineKind, tellers: readonly OrganisationKind[]): TimelineLane {
  const own = OWN_LANE[kind];
  if (own) return own;
  const lanes = new Set(tellers.map(laneOfOrganisation));
  if (kind === 'admission' && [...lanes].every((lane) => lane === 'gp' || lane === 'urgent')) return 'hospital';
  return TIMELINE_LANES.find((lane) => lanes.has(lane)) ?? 'community';
}
