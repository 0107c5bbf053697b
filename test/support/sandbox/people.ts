import { buildPeople } from '../../../sandbox/people/index.ts';
import type { Resident } from '../../../sandbox/community.ts';
import type { Resource } from '../../../src/record/resource.ts';

/** The day for which the tests build the pretend community, and the community of that day. */
export const TODAY = '2026-11-20';
export const community = buildPeople(TODAY);

/** The resident of this story. */
export function story(name: string): Resident {
  const resident = community.residents.find((candidate) => candidate.story === name);
  if (!resident) throw new Error(`no story ${name}`);
  return resident;
}

/** All that one organisation holds. */
export function held(ods: string): readonly Resource[] {
  return community.resources.get(ods) ?? [];
}

/** What one organisation holds about the resident, by the reference to its Patient. */
export function about(resident: Resident, ods: string, type?: string): readonly Resource[] {
  const patient = `Patient/${resident.patientIds[ods] ?? ''}`;
  return held(ods).filter(
    (resource) =>
      (type === undefined || resource.resourceType === type) &&
      (`${resource.resourceType}/${String(resource.id)}` === patient || referencesOf(resource).includes(patient)),
  );
}

export function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : key === 'data' ? [] : referencesOf(inner),
  );
}

export function codingsOf(value: unknown): readonly { readonly system?: unknown; readonly code?: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(codingsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'system' in value && 'code' in value ? [value] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => (key === 'data' ? [] : codingsOf(inner)))];
}

export const words = (resources: readonly Resource[]): string => JSON.stringify(resources);
