import type { Fact, FactReason } from '../record/fact.ts';
import type { SectionId } from '../record/section.ts';

/** What a section's `factKey` compares, as the reader is told it: why several records stand in one line. */
const REASONS: Readonly<Record<SectionId, FactReason>> = {
  demographics: 'everything',
  'gp-practice': 'concept',
  'local-authority': 'concept',
  referrals: 'identifier',
  admissions: 'identifier',
  discharges: 'identifier',
  equipment: 'identifier',
  'support-reason': 'identifier',
  'medical-devices': 'identifier',
  'supporting-plans': 'identifier',
  'contingency-plans': 'identifier',
  risks: 'concept',
  alerts: 'concept',
  'end-of-life-care': 'everything',
  safeguarding: 'concept',
  'individual-requirements': 'concept',
  'legal-information': 'everything',
  'pregnancy-status': 'everything',
  'family-history': 'concept',
  'social-context': 'test',
  assessments: 'test',
  'participation-in-research': 'everything',
  problems: 'concept',
  medications: 'medicine',
  allergies: 'agent',
  procedures: 'concept',
  'investigation-results': 'test',
  'examination-findings': 'test',
  encounters: 'identifier',
  documents: 'identifier',
  'care-plans': 'identifier',
  'about-me': 'identifier',
  'services-and-care': 'identifier',
  'professional-contacts': 'person',
  'personal-contacts': 'person',
  vaccinations: 'concept',
  appointments: 'identifier',
};

/** What the record itself gives as its reason, else what the section's key is made of. */
export function groupReason(fact: Fact): FactReason {
  // A Task is no copy of its referral: it tells what became of it.
  if (fact.entries.some((entry) => 'about' in entry)) return 'same-referral';
  return fact.reason ?? REASONS[fact.section];
}
