import { asObject, asObjects, asString, type Resource } from '../src/record/resource.ts';
import type { Resident, SandboxCommunity } from './community.ts';

/** What the rules may look at of one resident's story: no name, no number, nothing of their record. */
export type ExampleResident = {
  readonly id: string;
  readonly about: string;
  readonly consent: 'silent' | 'deny';
  readonly labels: readonly string[];
  readonly restricted: boolean;
};

const LABELS = /^(?:[LMRV]|[A-Z]{2,6})$/;
/** Labels that hold nothing back. */
const PLAIN = ['U', 'N', 'REDACTED', 'HTEST'];

/** The stories as imagined residents, so that the simulator can be asked about them by the names a visitor reads. */
export function exampleResidents({ residents, resources }: SandboxCommunity): readonly ExampleResident[] {
  return residents.map((resident) => {
    const own = Object.entries(resident.patientIds).flatMap(([ods, id]) => ofPatient(resources.get(ods) ?? [], id));
    const labels = own.filter(({ resourceType }) => resourceType !== 'Patient').flatMap(labelsOf);
    const about = own.filter(({ resourceType }) => resourceType === 'Patient').flatMap(labelsOf);
    return {
      id: resident.story,
      about: aboutOf(resident),
      consent: own.some(isObjection) ? 'deny' : 'silent',
      labels: [...new Set(labels)].sort(),
      restricted: about.includes('R') || about.includes('V'),
    };
  });
}

function aboutOf({ shows }: Resident): string {
  return shows.charAt(0).toLowerCase() + shows.slice(1);
}

function ofPatient(resources: readonly Resource[], id: string): readonly Resource[] {
  return resources.filter((resource) => {
    if (resource.resourceType === 'Patient') return resource.id === id;
    const about = asObject(resource['subject'] ?? resource['patient'] ?? resource['for']);
    return asString(about?.['reference']) === `Patient/${id}`;
  });
}

function labelsOf(resource: Resource): readonly string[] {
  return asObjects(asObject(resource['meta'])?.['security']).flatMap(({ code }) => {
    const label = asString(code) ?? '';
    return LABELS.test(label) && !PLAIN.includes(label) ? [label] : [];
  });
}

function isObjection(resource: Resource): boolean {
  const scope = asObjects(asObject(resource['scope'])?.['coding']).some(({ code }) => code === 'patient-privacy');
  return resource.resourceType === 'Consent' && scope && asObject(resource['provision'])?.['type'] === 'deny';
}
