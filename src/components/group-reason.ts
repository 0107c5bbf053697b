import type { Fact, FactReason } from '../record/fact.ts';
import type { SectionId } from '../record/section.ts';

/** What a section's `factKey` compares, as the reader is told it: why several records stand in one line. */
const REASONS: Readonly<Record<SectionId, FactReason>> = {
  demographics: 'everything',
  alerts: 'concept',
  'end-of-life-care': 'everything',
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
  return fact.reason ?? REASONS[fact.section];
}
