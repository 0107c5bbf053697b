import type { HostPatient } from '../host-port.ts';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';

/** One event of a hub (FHIRcast 3.0, §2.5), as far as a follower of patients needs it. */
export type HubEvent = {
  readonly id: string;
  /** In small letters: names are compared so. */
  readonly name: string;
  readonly patient?: EventPatient;
};

export type EventPatient = { readonly id: string; readonly said: HostPatient };

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

export function readEvent(message: Json, topic: string): HubEvent | undefined {
  const event = asObject(message['event']);
  const id = asString(message['id']);
  const name = asString(event?.['hub.event'])?.toLowerCase();
  if (id === undefined || name === undefined || event?.['hub.topic'] !== topic) return undefined;
  const patient = readContextPatient(event['context']);
  return { id, name, ...(patient && { patient }) };
}

/** `[{ key: 'patient', resource: Patient }, …]`. */
export function readContextPatient(context: unknown): EventPatient | undefined {
  const resource = asObjects(context)
    .filter(({ key }) => asString(key)?.toLowerCase() === 'patient')
    .map((entry) => asObject(entry['resource']))[0];
  const id = asString(resource?.['id']);
  if (id === undefined || resource?.['resourceType'] !== 'Patient') return undefined;
  const nhsNumber = asString(asObjects(resource['identifier']).find(({ system }) => system === NHS_NUMBER)?.['value']);
  const birthDate = asString(resource['birthDate']);
  const family = asString(asObjects(resource['name'])[0]?.['family']);
  return {
    id,
    said: {
      localId: id,
      ...(nhsNumber !== undefined && { nhsNumber }),
      ...(birthDate !== undefined && { birthDate }),
      ...(family !== undefined && { family }),
    },
  };
}
