import type { Section, SectionId } from '../section.ts';
import { aboutMe } from './about-me.ts';
import { alerts } from './alerts.ts';
import { allergies } from './allergies.ts';
import { appointments } from './appointments.ts';
import { carePlans } from './care-plans.ts';
import { demographics } from './demographics.ts';
import { documents } from './documents.ts';
import { encounters } from './encounters.ts';
import { endOfLifeCare } from './end-of-life-care.ts';
import { examinationFindings } from './examination-findings.ts';
import { investigationResults } from './investigation-results.ts';
import { medications } from './medications.ts';
import { personalContacts } from './personal-contacts.ts';
import { problems } from './problems.ts';
import { procedures } from './procedures.ts';
import { professionalContacts } from './professional-contacts.ts';
import { servicesAndCare } from './services-and-care.ts';
import { vaccinations } from './vaccinations.ts';

/**
 * The only registry of sections, in the order in which a resource is offered to them and in which they are shown
 * when no view says otherwise. To add a section: write its file, add it here, add its words.
 */
export const SECTIONS: readonly Section[] = [
  demographics,
  alerts,
  endOfLifeCare,
  aboutMe,
  professionalContacts,
  personalContacts,
  problems,
  medications,
  allergies,
  procedures,
  vaccinations,
  investigationResults,
  examinationFindings,
  encounters,
  appointments,
  servicesAndCare,
  carePlans,
  documents,
];

/** Sections that show something of a resource of this type. */
export function sectionsReading(resourceType: string): readonly SectionId[] {
  return BY_TYPE.get(resourceType) ?? [];
}

const BY_TYPE: ReadonlyMap<string, readonly SectionId[]> = new Map(
  [...new Set(SECTIONS.flatMap(({ reads, takes = [] }) => [...reads, ...takes]))].map((type) => [
    type,
    SECTIONS.filter(({ reads, takes }) => reads.includes(type) || takes?.includes(type)).map(({ id }) => id),
  ]),
);

export function sectionOf(id: SectionId): Section | undefined {
  return SECTIONS.find((section) => section.id === id);
}
