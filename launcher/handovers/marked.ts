import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';
import { loadNoticeSubscriptions, resealNoticeSubscription } from '../storage/tables/notice-subscriptions.ts';
import { loadNoticesOfPatients, resealNotice } from '../storage/tables/notices.ts';
import { openEach } from './damaged.ts';
import { openResident, sealResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';
import { handlesOf, openProven, sealProven } from './standing-session.ts';

type Ground = Pick<HandoverGround, 'database' | 'vault' | 'now'>;
type Known = Pick<Patient, 'nhsNumber' | 'supersedes'>;

/** The source marks this person's whereabouts as restricted (meta.security R, V or REDACTED, as PDS does). */
export function isMarkedBySource(patient: Resource): boolean {
  return asObjects(asObject(patient['meta'])?.['security']).some((label) =>
    ['R', 'V', 'REDACTED'].includes(asString(label['code']) ?? ''),
  );
}

/**
 * Whoever marks the whereabouts of a person as restricted speaks for all (safety H24): a chart, or any source heard. What
 * is damaged in the store may have said so, and nobody can tell any more: then they are marked.
 */
export async function isMarked(patient: Known, ground: Ground): Promise<boolean> {
  const { notices, told } = await allOf(patient, ground);
  return (
    told.damaged ||
    notices.damaged ||
    told.found.some(({ holds }) => holds.patient.restricted === true) ||
    notices.found.some(({ holds }) => holds.restricted === true)
  );
}

/** From now on nothing that was heard of them before, and nobody who is told of them, lacks the mark. */
export async function markResident(patient: Known, ground: Ground): Promise<void> {
  const { queries } = ground.database;
  const { notices, told } = await allOf(patient, ground);
  for (const { row, holds: proven } of told.found) {
    if (proven.patient.restricted === true) continue;
    const marked = { ...proven, patient: { ...proven.patient, restricted: true as const } };
    await resealNoticeSubscription(queries, row.id, sealProven(marked, row.id, ground));
  }
  for (const { row, holds: resident } of notices.found) {
    if (resident.restricted === true) continue;
    await resealNotice(queries, row.id, sealResident({ ...resident, restricted: true }, row.eventKey, ground));
  }
}

async function allOf(patient: Known, ground: Ground) {
  const { now, vault } = ground;
  const { queries } = ground.database;
  const handles = handlesOf(patient, vault);
  const told = await Promise.all(
    handles.map((patientHandle) => loadNoticeSubscriptions(queries, { patientHandle }, instant(now()))),
  );
  return {
    notices: openEach(await loadNoticesOfPatients(queries, handles), (row) => openResident(row, ground)),
    told: openEach(told.flat(), (row) => openProven(row, ground)),
  };
}
