import { CorridorError } from '../errors.ts';
import type { Audit, AuditEvent } from './audit.ts';
import type { Spool, SpoolPlace } from './spool.ts';

/**
 * The audit with a way out for emergencies (ASVS 16.5.3, safety H26): where the store can't be written, what happens
 * under a broken glass is written to the spool, and goes on. Only the decision says `break-glass`, and only where the
 * policy lets this reader. Everything else is refused as ever: no audit, no disclosure.
 */
export function createSpooledAudit(store: Audit, spool: Spool, onSpooled: (count: number) => void): Audit {
  async function recordAll(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0 || !events.every(isOfEmergency)) return store.recordAll(events);
    // While something waits, what follows it waits behind it: the order of writing stays the order of happening.
    if (spool.waiting() === 0) {
      try {
        await store.recordAll(events);
        return;
      } catch (cause) {
        if (!(cause instanceof CorridorError) || cause.code !== 'audit.unavailable') throw cause;
      }
    }
    await spool.append(events.map((event): SpooledEvent => ({ kind: 'event', event })));
    onSpooled(events.length);
  }
  return { record: (event) => recordAll([event]), recordAll };
}

export type SpooledEvent = { readonly kind: 'event'; readonly event: AuditEvent };

/** A refusal to break the glass discloses nothing, and needs no way out. */
function isOfEmergency({ type, purpose, outcome }: AuditEvent): boolean {
  return purpose === 'break-glass' && (type !== 'access.break_glass' || outcome === 'success');
}

/** What the store keeps of an event that came by the spool: where it stood there. It is never taken for one written at once. */
export function markSpooled(event: AuditEvent, place: SpoolPlace): AuditEvent {
  return { ...event, detail: { ...event.detail, spool: place } };
}
