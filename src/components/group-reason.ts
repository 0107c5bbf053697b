import type { SectionId } from '../record/section.ts';
import type { GroupReason } from '../words/words.ts';

/** What a section's `factKey` compares, as the reader is told it: why several records stand in one line. */
const REASONS: Readonly<Record<SectionId, GroupReason>> = {
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

export function groupReason(section: SectionId): GroupReason {
  return REASONS[section];
}
