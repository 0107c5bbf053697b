import type { Resource } from '../../src/record/resource.ts';
import type { Bearer } from './bearer.ts';
import type { FhirStore } from './fhir-store.ts';
import { FhirTrouble } from './outcome.ts';
import { patientsOf, referencesIn } from './references.ts';
import { grantsFor } from './scopes.ts';

/** Says of each resource whether a token reaches it. */
export type Reach = (resource: Resource) => boolean;

/**
 * What a bearer may read of a type. Ordered: scopes first, then the patient compartment (SMART 2.2 §Scopes), then the
 * user's own Practitioner, which `fhirUser` allows on its own. Refused as a whole when no scope names the type.
 */
export function reachOf(bearer: Bearer, type: string, need: 'read' | 'search', store: FhirStore): Reach {
  const grants = grantsFor(bearer.grants, type, need);
  const reaches: Reach[] = [];
  if (grants.some((grant) => grant.level !== 'patient')) return () => true;
  const chart = bearer.chart;
  const open = chart?.patientId;
  if (open !== undefined && grants.length > 0) reaches.push((resource) => inCompartment(resource, open, store));
  if (chart && bearer.scope.split(' ').includes('fhirUser')) {
    if (type === 'Practitioner' && need === 'read')
      reaches.push((resource) => resource.id === chart.user.practitionerId);
    if (type === 'PractitionerRole') reaches.push((resource) => isRoleOf(resource, chart.user.practitionerId));
  }
  if (reaches.length === 0)
    throw new FhirTrouble(403, 'forbidden', `the token’s scopes do not allow ${need} of ${type}`);
  return (resource) => reaches.some((reach) => reach(resource));
}

function inCompartment(resource: Resource, patientId: string, store: FhirStore): boolean {
  if (resource.resourceType === 'Binary')
    return typeof resource.id === 'string' && store.patientsOfBinary(resource.id).has(patientId);
  const owners = patientsOf(resource);
  return owners.length === 0 || owners.includes(patientId);
}

function isRoleOf(role: Resource, practitionerId: string): boolean {
  return referencesIn(role['practitioner']).some((target) => target.id === practitionerId);
}
