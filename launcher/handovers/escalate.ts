import { loadLateRecipients, loadUnowned, markLate, putOnLeadsList } from '../storage/tables/handover-changes.ts';
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
  return moved;
}
