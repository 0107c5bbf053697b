import { asObjects, type Resource } from '../resource.ts';
import type { Caution } from '../entry.ts';

/**
 * A modifierExtension can turn a statement into its opposite. We know none, so a resource that has one, or has
 * `implicitRules`, is shown as "cannot be interpreted", never as plain fact (FHIR R4 §2.1.0.8, safety H08).
 */
export function modifierCautions(resource: Resource): readonly Caution[] {
  const modified = asObjects(resource['modifierExtension']).length > 0 || typeof resource['implicitRules'] === 'string';
  return modified ? ['not-interpretable'] : [];
}
