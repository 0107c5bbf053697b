import { asString, type Resource } from '../resource.ts';
import { readCode } from './coding.ts';
import { isNever, readDate, type RecordedDate } from './date.ts';
import { extensionPart, extensionsNamed } from './extension.ts';

/**
 * What a Patient says of a death: its date, `true` where only the fact is known, `false` where it is said that the person
 * lives, `undefined` where nothing is said. A notice of death stands for itself; where it was removed, nothing is said by it.
 */
export function readDeceased(patient: Resource): RecordedDate | boolean | undefined {
  const stated = statedDeath(patient);
  return isNotified(patient) ? stated || true : stated;
}

/** A notice of death of somebody who is said to live, or a death of which the notice was removed: neither is plain fact. */
export function isDeathUnclear(patient: Resource): boolean {
  const stated = statedDeath(patient);
  return isNotified(patient) ? stated === false : deathNotice(patient) === 'u' && Boolean(stated);
}

function statedDeath(patient: Resource): RecordedDate | boolean | undefined {
  const date = readDate(patient['deceasedDateTime']);
  if (date) return isNever(date) ? undefined : date;
  // A date that cannot be read still says that the person died.
  if (asString(patient['deceasedDateTime'])) return true;
  const flag = patient['deceasedBoolean'];
  return typeof flag === 'boolean' ? flag : undefined;
}

function isNotified(patient: Resource): boolean {
  const notice = deathNotice(patient);
  return notice === '1' || notice === '2';
}

/** UK Core: 1 informal (a practice or a trust), 2 formal (the registrar), U removed. */
function deathNotice(patient: Resource): string | undefined {
  const [notice] = extensionsNamed(patient, 'UKCore-DeathNotificationStatus');
  return readCode(extensionPart(notice, 'deathNotificationStatus')?.['valueCodeableConcept']);
}
