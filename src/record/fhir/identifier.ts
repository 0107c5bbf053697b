import { NHS_NUMBER_SYSTEM } from '../nhs-number.ts';
import { asObjects, asString, type Resource } from '../resource.ts';

/**
 * The business identifier of a statement as `system|value`: what two systems share when they speak of the same thing.
 * Only one with an absolute system counts; a resource id never does, and a number of the patient is not one of the
 * statement.
 */
export function readBusinessId(resource: Resource): string | undefined {
  const candidates = [...asObjects(resource['masterIdentifier']), ...asObjects(resource['identifier'])];
  for (const identifier of candidates) {
    const system = asString(identifier['system']);
    const value = asString(identifier['value']);
    if (identifier['use'] === 'old' || identifier['use'] === 'temp' || system === NHS_NUMBER_SYSTEM) continue;
    if (value && system && /^[a-z][a-z0-9+.-]*:/i.test(system)) return `${system}|${value}`;
  }
  return undefined;
}
