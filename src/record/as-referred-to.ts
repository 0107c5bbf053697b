import { alike, COMPARED_DEPTH } from './alike.ts';
import type { Resource } from './resource.ts';

/**
 * Types that come by the thousand and that a later page names but does not read: what they are called, whether they stand,
 * and what was asked for. People, places, products, plans and requests stay whole, for others are made of them.
 */
const NAMED_ONLY: ReadonlySet<string> = new Set([
  'AllergyIntolerance',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Immunization',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
]);

/** Every element of them that is looked at through a reference. `_status` and the modifiers may turn round the others. */
const LOOKED_AT = [
  'status',
  '_status',
  'verificationStatus',
  'lifecycleStatus',
  'code',
  'type',
  'name',
  'title',
  'description',
  'category',
  'reasonCode',
  'performerType',
  'valueBoolean',
  'valueCodeableConcept',
  'doNotPerform',
  '_doNotPerform',
  'implicitRules',
  '_implicitRules',
  'modifierExtension',
] as const;

/** What is kept of a source's earlier pages for the references of its later ones. */
export class ReferredTo {
  /** The same tests and medicines come again and again: their concepts are kept once. */
  readonly #shared = new Map<string | undefined, unknown>();

  /** The resource as a later page can ask for it, or itself where it can be asked for whole. */
  slim(resource: Resource): Resource {
    if (!NAMED_ONLY.has(resource.resourceType)) return resource;
    const kept: { [element: string]: unknown } = { resourceType: resource.resourceType, id: resource['id'] };
    for (const element of LOOKED_AT) {
      const value = resource[element];
      if (value !== undefined) kept[element] = typeof value === 'object' ? this.#once(value) : value;
    }
    return kept as Resource;
  }

  #once(value: unknown): unknown {
    const word = firstWord(value, COMPARED_DEPTH);
    const known = this.#shared.get(word);
    if (alike(known, value)) return known;
    this.#shared.set(word, value);
    return value;
  }
}

/** Something of it that differs between most concepts: its first text that is no system's address. */
function firstWord(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value.startsWith('http') ? undefined : value;
  if (depth === 0) return undefined;
  // By places, which is quicker than by names.
  if (Array.isArray(value)) {
    for (const item of value) {
      const word = firstWord(item, depth - 1);
      if (word !== undefined) return word;
    }
    return undefined;
  }
  for (const name in value as Parts) {
    const word = firstWord((value as Parts)[name], depth - 1);
    if (word !== undefined) return word;
  }
  return undefined;
}

type Parts = { readonly [name: string]: unknown };
