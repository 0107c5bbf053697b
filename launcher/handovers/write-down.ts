import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { loadUnaudited, markAudited, markHandoverAudited } from '../storage/tables/handover-changes.ts';
import { loadHandovers } from '../storage/tables/handover-lists.ts';
import type { HandoverRow } from '../storage/tables/handovers.ts';
import { openResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';

const MOST = 200;

/**
 * Writes into the audit what the store says has happened by itself: a transition given to somebody, one that moved on.
 * Both are decided by the store, once for all launchers; whoever is killed before the audit has it leaves it to the next.
 */
export async function writeDown(ground: HandoverGround): Promise<void> {
  const { queries } = ground.database;
  for (const handover of await loadHandovers(queries, { audited: false }, MOST)) {
    await ground.audit.recordAll(handover.recipients.map((to) => openedEvent(handover, to, ground)));
    await markHandoverAudited(queries, handover.id, instant(ground.now()));
  }
  for (const one of await loadUnaudited(queries, MOST)) {
    const [handover] = await loadHandovers(queries, { id: one.handoverId }, 1);
    if (handover) {
      await ground.audit.record({
        ...about(handover, one.address, ground),
        type: 'handover.escalated',
        code: one.rule,
        detail: { ...named(handover), address: one.address, ...(one.about !== '' && { late: one.about }) },
      });
    }
    await markAudited(queries, one, instant(ground.now()));
  }
}

function openedEvent(
  handover: HandoverRow,
  { address, rule, dueAt }: HandoverRow['recipients'][number],
  ground: HandoverGround,
): AuditEvent {
  const detail = { ...named(handover), address, dueAt };
  return { ...about(handover, address, ground), type: 'handover.opened', code: rule, detail };
}

function about({ notice }: HandoverRow, address: string, ground: HandoverGround) {
  return {
    at: instant(ground.now()),
    outcome: 'success',
    organisation: (address.split('/')[0] ?? '') as OdsCode,
    purpose: 'direct-care',
    ...ofWhom(notice, ground),
    source: notice.source as SourceId,
  } as const;
}

/** Of one that nobody can open any more it is said without a name: that it happened is in the audit, and holds up no other. */
function ofWhom(notice: HandoverRow['notice'], ground: HandoverGround): Pick<AuditEvent, 'nhsNumber'> {
  try {
    return { nhsNumber: openResident(notice, ground).nhsNumber };
  } catch {
    return {};
  }
}

function named({ id, notice }: HandoverRow) {
  return { handover: id, kind: notice.kind, reference: notice.resource };
}
