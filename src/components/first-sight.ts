/**
 * The elements of the first sight: who it is, how complete, what disagrees, and the headings that can harm at once. The
 * launch app has nothing else when it draws its first fact; the others come right after (`after-first-sight.ts`).
 */
export { CorridorAlerts } from './corridor-alerts/corridor-alerts.ts';
export { CorridorAllergies } from './corridor-allergies/corridor-allergies.ts';
export { CorridorBanner } from './corridor-banner/corridor-banner.ts';
export { CorridorFact } from './corridor-fact/corridor-fact.ts';
export { CorridorIndividualRequirements } from './corridor-individual-requirements/corridor-individual-requirements.ts';
export { CorridorRisks } from './corridor-risks/corridor-risks.ts';
export { CorridorSafeguarding } from './corridor-safeguarding/corridor-safeguarding.ts';
export { CorridorSection } from './corridor-section/corridor-section.ts';
export { CorridorSources } from './corridor-sources/corridor-sources.ts';
