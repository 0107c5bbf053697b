import { readCoded, type Coded } from '../fhir/coding.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';

/** What a Device, a DeviceRequest or a DeviceUseStatement speaks of: its type, else its name or its model. */
export function deviceName(resource: Resource, context: ReadContext): Coded | undefined {
  const coded = readCoded(resource['codeCodeableConcept']) ?? readCoded(resource['type']);
  if (coded) return coded;
  const reference = asObject(resource['codeReference']) ?? asObject(resource['device']);
  const target = reference && context.resolve(reference, resource);
  // The Device's own code says more than the display of a reference to it.
  const behind = target?.resourceType === 'Device' ? readCoded(target['type']) : undefined;
  if (behind) return behind;
  const text = readReferenceName(reference, context, resource) ?? ownName(resource) ?? (target && ownName(target));
  return text === undefined ? undefined : { text, codings: [] };
}

/** A name a person would use stands before one of a maker's catalogue. */
function ownName(device: Resource): string | undefined {
  const names = asObjects(device['deviceName']);
  const chosen =
    names.find(({ type }) => type === 'user-friendly-name' || type === 'patient-reported-name') ?? names[0];
  return plainText(chosen?.['name']) ?? plainText(device['modelNumber']);
}
