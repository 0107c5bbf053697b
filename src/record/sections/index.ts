import type { Section, SectionId } from '../section.ts';
import { aboutMe } from './about-me.ts';
import { admissions } from './admissions.ts';
import { alerts } from './alerts.ts';
import { allergies } from './allergies.ts';
import { appointments } from './appointments.ts';
import { assessments } from './assessments.ts';
import { carePlans } from './care-plans.ts';
import { contingencyPlans } from './contingency-plans.ts';
import { demographics } from './demographics.ts';
import { discharges } from './discharges.ts';
import { documents } from './documents.ts';
import { encounters } from './encounters.ts';
import { endOfLifeCare } from './end-of-life-care.ts';
import { equipment } from './equipment.ts';
import { examinationFindings } from './examination-findings.ts';
import { familyHistory } from './family-history.ts';
import { gpPractice } from './gp-practice.ts';
import { individualRequirements } from './individual-requirements.ts';
import { investigationResults } from './investigation-results.ts';
import { legalInformation } from './legal-information.ts';
import { localAuthority } from './local-authority.ts';
import { medicalDevices } from './medical-devices.ts';
import { medications } from './medications.ts';
import { participationInResearch } from './participation-in-research.ts';
import { personalContacts } from './personal-contacts.ts';
import { pregnancyStatus } from './pregnancy-status.ts';
import { problems } from './problems.ts';
import { procedures } from './procedures.ts';
import { professionalContacts } from './professional-contacts.ts';
import { referrals } from './referrals.ts';
import { risks } from './risks.ts';
import { safeguarding } from './safeguarding.ts';
import { servicesAndCare } from './services-and-care.ts';
import { socialContext } from './social-context.ts';
import { supportReason } from './support-reason.ts';
import { supportingPlans } from './supporting-plans.ts';
import { vaccinations } from './vaccinations.ts';

/**
 * The only registry of sections, in the order in which a resource is offered to them and in which they are shown
 * when no view says otherwise. To add a section: write its file, add it here, add its words.
 */
export const SECTIONS: readonly Section[] = [
  demographics,
  gpPractice,
  localAuthority,
  risks,
  alerts,
  safeguarding,
  individualRequirements,
  legalInformation,
  endOfLifeCare,
  pregnancyStatus,
  aboutMe,
  professionalContacts,
  personalContacts,
  familyHistory,
  supportReason,
  problems,
  medications,
  medicalDevices,
  allergies,
  procedures,
  vaccinations,
  investigationResults,
  socialContext,
  assessments,
  examinationFindings,
  encounters,
  admissions,
  discharges,
  referrals,
  appointments,
  servicesAndCare,
  equipment,
  carePlans,
  contingencyPlans,
  supportingPlans,
  participationInResearch,
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
