/**
 * The elements of the first sight: who it is, how complete, what disagrees, and the headings that can harm at once. The
 * launch app has nothing else when it draws its first fact; the others come right after (`after-first-sight.ts`).
 */
export { CorridorAlerts } from './corridor-alerts/corridor-alerts.ts';
export { CorridorAllergies } from './corridor-allergies/corridor-allergies.ts';
export { CorridorBanner } from './corridor-banner/corridor-banner.ts';
export { CorridorConflicts } from './corridor-conflicts/corridor-conflicts.ts';
export { CorridorContingencyPlans } from './corridor-contingency-plans/corridor-contingency-plans.ts';
export { CorridorDemographics } from './corridor-demographics/corridor-demographics.ts';
export { CorridorDocument } from './corridor-document/corridor-document.ts';
export { CorridorEndOfLifeCare } from './corridor-end-of-life-care/corridor-end-of-life-care.ts';
export { CorridorFact } from './corridor-fact/corridor-fact.ts';
export { CorridorIndividualRequirements } from './corridor-individual-requirements/corridor-individual-requirements.ts';
export { CorridorLegalInformation } from './corridor-legal-information/corridor-legal-information.ts';
export { CorridorMedications } from './corridor-medications/corridor-medications.ts';
export { CorridorPregnancyStatus } from './corridor-pregnancy-status/corridor-pregnancy-status.ts';
export { CorridorProblems } from './corridor-problems/corridor-problems.ts';
export { CorridorRisks } from './corridor-risks/corridor-risks.ts';
export { CorridorSafeguarding } from './corridor-safeguarding/corridor-safeguarding.ts';
export { CorridorSection } from './corridor-section/corridor-section.ts';
export { CorridorSources } from './corridor-sources/corridor-sources.ts';
