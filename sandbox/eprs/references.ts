import { asObject, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';

export type Target = { readonly type: string; readonly id: string };

const RELATIVE = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** `Type/id`, also at the end of an absolute address. Contained (`#x`) and urn references have no target here. */
export function parseReference(value: unknown): Target | undefined {
  const text = asString(value);
  const [, type, id] = text === undefined || text.startsWith('#') ? [] : (RELATIVE.exec(text) ?? []);
  return type && id ? { type, id } : undefined;
}

/** Every reference below a value, in document order. */
export function referencesIn(value: unknown, found: Target[] = []): readonly Target[] {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  const object = asObject(value);
  for (const [name, child] of Object.entries(object ?? {})) {
    const target = name === 'reference' ? parseReference(child) : undefined;
    if (target) found.push(target);
    else if (typeof child === 'object') referencesIn(child, found);
  }
  return found;
}

const PATIENT_ELEMENTS = ['subject', 'patient', 'beneficiary', 'for', 'individual', 'participant'];

/** Ids of the patients whose compartment a resource is in; none for what belongs to nobody (Organization, Medication …). */
export function patientsOf(resource: Resource): readonly string[] {
  if (resource.resourceType === 'Patient') return typeof resource.id === 'string' ? [resource.id] : [];
  const targets = PATIENT_ELEMENTS.flatMap((element) => referencesIn(resource[element]));
  return [...new Set(targets.filter((target) => target.type === 'Patient').map((target) => target.id))];
}
