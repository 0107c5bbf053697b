import type { Caution } from '../entry.ts';
import type { Json, Resource } from '../resource.ts';

/** Deeper than any FHIR resource nests; what goes deeper is somebody's attack or mistake. */
const MAX_DEPTH = 30;

/**
 * A modifierExtension can turn a statement into its opposite, wherever in the resource it stands: in a dosage, in a
 * reaction, in the contained Medication. We know none, so a resource that has one, or has `implicitRules`, is shown as
 * "cannot be interpreted", never as plain fact (FHIR R4 §2.1.0.8, safety H08).
 */
export function modifierCautions(resource: Resource): readonly Caution[] {
  const ruled = typeof resource['implicitRules'] === 'string';
  return ruled || holdsModifier(resource, 0) ? ['not-interpretable'] : [];
}

function holdsModifier(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true;
  if (Array.isArray(value)) return value.some((item) => holdsModifier(item, depth + 1));
  // A plain loop: this looks at every element of everything that is read.
  const parts = value as Json;
  for (const name in parts) {
    if (name === 'modifierExtension' ? isStated(parts[name]) : holdsModifier(parts[name], depth + 1)) return true;
  }
  return false;
}

/** An empty list says nothing; anything else in that place, well formed or not, may change the meaning. */
function isStated(part: unknown): boolean {
  return Array.isArray(part) ? part.length > 0 : part !== null && part !== undefined;
}
