import type { OdsCode, SourceId } from '../../src/record/source.ts';
import {
  loadLateRecipients,
  loadUnaudited,
  loadUnowned,
  markAudited,
  markLate,
  putOnLeadsList,
} from '../storage/tables/handover-changes.ts';
import { loadHandovers } from '../storage/tables/handovers.ts';
import { openResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';

/** Rules of the launcher itself, as escalations and the audit name them. */
export const LATE = 'handover.late';
export const UNOWNED = 'handover.unowned';

const MOST = 200;

/**
 * What nobody acknowledged in time goes to whom the team's entry names, else to the lead; what nobody owns after the
 * agreed hours is on the lead's list. Each once, whichever of several launchers comes to it first.
 */
export async function escalate(ground: HandoverGround): Promise<number> {
  const { database, agreement, teams } = ground;
  const at = instant(ground.now());
  let moved = 0;
  for (const late of await loadLateRecipients(database.queries, at, MOST)) {
    const to = teams.find(late.address)?.escalatesTo ?? agreement.lead.address;
    if (await markLate(database, late, { rule: LATE, address: to, at })) moved += 1;
  }
  for (const id of await loadUnowned(database.queries, at, MOST))
    if (await putOnLeadsList(database, id, { rule: UNOWNED, address: agreement.lead.address, at })) moved += 1;
  await writeDown(ground);
  return moved;
}

async function writeDown(ground: HandoverGround): Promise<void> {
  const { queries } = ground.database;
  for (const one of await loadUnaudited(queries, MOST)) {
    const [handover] = await loadHandovers(queries, { id: one.handoverId }, 1);
    if (handover) {
      const { notice } = handover;
      await ground.audit.record({
        type: 'handover.escalated',
        at: instant(ground.now()),
        outcome: 'success',
        organisation: (one.address.split('/')[0] ?? '') as OdsCode,
        purpose: 'direct-care',
        nhsNumber: openResident(notice, ground).nhsNumber,
        source: notice.source as SourceId,
        code: one.rule,
        detail: {
          handover: one.handoverId,
          kind: notice.kind,
          reference: notice.resource,
          address: one.address,
          ...(one.about !== '' && { late: one.about }),
        },
      });
    }
    await markAudited(queries, one, instant(ground.now()));
  }
}
