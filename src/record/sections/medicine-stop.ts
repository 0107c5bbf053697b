import { readCoded } from '../fhir/coding.ts';
import { readDate, type Period } from '../fhir/date.ts';
import { extensionPart, extensionsNamed } from '../fhir/extension.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { MedicationEntry } from './medications.ts';

type Stop = Pick<MedicationEntry, 'stopped' | 'statusReason'>;

/**
 * When and why a medicine was stopped, or why it stands as it does. On hold, declined, not taken and "do not give" have
 * reasons too and are no stop: nobody may read that something was stopped which was never begun. A pharmacy that calls a
 * supply off (out of stock, not collected) has stopped that supply, not the medicine.
 */
export function readStop(resource: Resource, status: string | undefined, period: Period | undefined): Stop {
  const ofSupply = resource.resourceType === 'MedicationDispense';
  if (!ofSupply && (status === 'stopped' || status === 'cancelled')) return { stopped: readStopped(resource, period) };
  return optional('statusReason', readStatusReason(resource));
}

function readStopped(resource: Resource, period: Period | undefined): NonNullable<MedicationEntry['stopped']> {
  const changed = extensionPart(statusChange(resource), 'statusChangeDate');
  const date = readDate(changed?.['valueDateTime']) ?? readDate(changed?.['valueDate']) ?? period?.end;
  return { ...optional('date', date), ...optional('reason', readStatusReason(resource)) };
}

function readStatusReason(resource: Resource): string | undefined {
  return (
    readCoded(asObjects(resource['statusReason'])[0])?.text ??
    readCoded(resource['statusReasonCodeableConcept'])?.text ??
    reasonIn(statusChange(resource))
  );
}

function statusChange(resource: Resource): ReturnType<typeof extensionPart> {
  const [change] = extensionsNamed(
    resource,
    'UKCore-MedicationStatusChange',
    'CareConnect-GPC-MedicationStatusReason-1',
    'UKCore-MedicationStatusReason',
  );
  return change;
}

function reasonIn(change: ReturnType<typeof extensionPart>): string | undefined {
  const part = extensionPart(change, 'statusReason') ?? extensionPart(change, 'statusChangeReason');
  return readCoded(part?.['valueCodeableConcept'])?.text ?? plainText(part?.['valueString']);
}
