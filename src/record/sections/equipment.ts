import type { Reading } from '../entry.ts';
import { readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { read, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import { ORDER_STATES, readService, SERVICE_STATES, type ServiceEntry } from './service-entry.ts';

/**
 * Equipment and adaptations (PRSB Local Authority information: name, date, comment), from DeviceRequest, Device and
 * DeviceUseStatement. A Device without a patient is the instrument of some measurement: a part of other statements, and
 * no statement itself.
 */
export function readEquipment(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  if (resource.resourceType === 'Device' && resource['patient'] === undefined) return { entries: [], unread: [] };
  const title = readName(resource, context);
  if (!title) return unreadable(resource, context, MUST_HAVE[resource.resourceType] ?? 'type');
  const period = readPeriod(resource['occurrencePeriod']) ?? readPeriod(resource['timingPeriod']);
  const states = resource.resourceType === 'DeviceRequest' ? ORDER_STATES : SERVICE_STATES;
  const reasons = readConcepts(resource['reasonCode']).map((reason) => reason.text);
  return read({
    ...readService(resource, context, 'equipment', title, period, states),
    reasons: [...reasons, ...readReferenceNames(resource['reasonReference'], context, resource)],
  });
}

const MUST_HAVE: { readonly [type: string]: string } = { DeviceRequest: 'code', DeviceUseStatement: 'device' };

function readName(resource: Resource, context: ReadContext): Coded | undefined {
  const coded = readCoded(resource['codeCodeableConcept']) ?? readCoded(resource['type']);
  if (coded) return coded;
  const referred = readReferenceName(resource['codeReference'] ?? resource['device'], context, resource);
  const named = asObjects(resource['deviceName']).flatMap((name) => plainText(name['name']) ?? [])[0];
  const text = referred ?? named;
  return text === undefined ? undefined : { text, codings: [] };
}
