import type { Section, SectionId } from '../section.ts';
import { aboutMe } from './about-me.ts';
import { allergies } from './allergies.ts';
import { appointments } from './appointments.ts';
import { carePlans } from './care-plans.ts';
import { demographics } from './demographics.ts';
import { documents } from './documents.ts';
import { encounters } from './encounters.ts';
import { examinationFindings } from './examination-findings.ts';
import { investigationResults } from './investigation-results.ts';
import { personalContacts } from './personal-contacts.ts';
import { professionalContacts } from './professional-contacts.ts';
import { servicesAndCare } from './services-and-care.ts';
import { vaccinations } from './vaccinations.ts';

/**
 * The only registry of sections, in the order in which a resource is offered to them and in which they are shown
 * when no view says otherwise. To add a section: write its file, add it here, add its words.
 */
export const SECTIONS: readonly Section[] = [
  demographics,
  aboutMe,
  professionalContacts,
  personalContacts,
  allergies,
  vaccinations,
  investigationResults,
  examinationFindings,
  encounters,
  appointments,
  servicesAndCare,
  carePlans,
  documents,
];

export function sectionOf(id: SectionId): Section | undefined {
  return SECTIONS.find((section) => section.id === id);
}
