import type { Audit, AuditEvent } from '../../launcher/audit/audit.ts';
import type { SessionStore, StoredSession } from '../../launcher/session/sessions.ts';
import type { StoredTransaction, TransactionStore } from '../../launcher/smart/transaction.ts';

/** The store's part in a launch, in memory: for tests of what stands on it. The real tables have their own suite. */
export function memoryTransactions(): TransactionStore & { readonly held: Map<string, StoredTransaction> } {
  const held = new Map<string, StoredTransaction>();
  return {
    held,
    save: (transaction, limit) => {
      const outstanding = [...held.values()].filter((one) => one.organisation === transaction.organisation).length;
      if (outstanding < limit) held.set(transaction.stateHash, transaction);
      return Promise.resolve(outstanding < limit);
    },
    take: (stateHash, now) => {
      const found = held.get(stateHash);
      held.delete(stateHash);
      return Promise.resolve(found && found.expiresAt > now ? found : undefined);
    },
  };
}

export function memorySessions(): SessionStore & { readonly held: Map<string, StoredSession> } {
  const held = new Map<string, StoredSession>();
  const change = (sessionId: string, fields: Partial<StoredSession>): void => {
    for (const [hash, session] of held) if (session.sessionId === sessionId) held.set(hash, { ...session, ...fields });
  };
  return {
    held,
    save: (session) => {
      held.set(session.bearerHash, session);
      return Promise.resolve();
    },
    find: (bearerHash) => Promise.resolve(held.get(bearerHash)),
    touch: (sessionId, idleExpiresAt) => Promise.resolve(change(sessionId, { idleExpiresAt })),
    extend: (sessionId, expiresAt) => Promise.resolve(change(sessionId, { expiresAt })),
    end: (sessionId, endedAt) => {
      const live = [...held.values()].some(
        (session) => session.sessionId === sessionId && session.endedAt === undefined,
      );
      change(sessionId, { endedAt });
      return Promise.resolve(live);
    },
  };
}

export function memoryAudit(): Audit & { readonly events: AuditEvent[] } {
  const events: AuditEvent[] = [];
  return {
    events,
    record: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    recordAll: (more) => {
      events.push(...more);
      return Promise.resolve();
    },
  };
}
