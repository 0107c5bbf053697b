import type { EntryState } from '../entry.ts';
import { normaliseWords, readCoded, type Coded } from '../fhir/coding.ts';
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

/** "No pacemaker" denies one device and says nothing of any other; "No. 7 tracheostomy tube" is one. */
const DENIES_ONE = /^(?:no|nil|without) (?!\d)|\bnot (?:fitted|inserted|implanted|in situ|present|used)$/;
/** "Coil removed 2019" is no coil in the body. Of what was only partly taken out, or is to be, the words say no such thing. */
const REMOVED =
  /^(?!.*\b(?:leads?|part\w*|some|one|not|never|to be|being)\b).* (?:removed|explanted|taken out)(?: [\d/. -]+| in \d{4})?$/;

/** What the words for a device say of it counts before the status beside them. */
export function deviceStateIn(text: string, state: EntryState): EntryState {
  const words = normaliseWords(text);
  if (state === 'in-error') return state;
  if (DENIES_ONE.test(words)) return 'negated';
  return REMOVED.test(words) && (state === 'current' || state === 'unknown') ? 'past' : state;
}
