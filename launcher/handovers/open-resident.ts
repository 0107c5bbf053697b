import type { Patient } from '../../src/record/patient.ts';
import type { NoticeRow } from '../storage/tables/notices.ts';
import { opened } from './damaged.ts';
import type { HandoverGround } from './ports.ts';

/** Of whom a notice is, as the launch of the team that heard it first proved them to be. Throws `Damaged`. */
export function openResident(
  { eventKey, sealed }: Pick<NoticeRow, 'eventKey' | 'sealed'>,
  { vault }: Pick<HandoverGround, 'vault'>,
): Patient {
  return opened('a notice', () => vault.openOwn(`notice|${eventKey}`, sealed));
}

export function sealResident(patient: Patient, eventKey: string, { vault }: Pick<HandoverGround, 'vault'>): string {
  return vault.sealOwn(`notice|${eventKey}`, JSON.stringify(patient));
}
