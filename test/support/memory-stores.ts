import type { Audit, AuditEvent } from '../../launcher/audit/audit.ts';
import type { SessionStore, StoredSession } from '../../launcher/session/sessions.ts';
import type { StoredTransaction, TransactionStore } from '../../launcher/smart/transaction.ts';

/** The store's part in a launch, in memory: for tests of what stands on it. The real tables have their own suite. */
export function memoryTransactions(): TransactionStore & { readonly held: Map<string, StoredTransaction> } {
  const held = new Map<string, StoredTransaction>();
  return {
    held,
    save: async (transaction, limit) => {
      const outstanding = [...held.values()].filter((one) => one.organisation === transaction.organisation).length;
      if (outstanding >= limit) return false;
      held.set(transaction.stateHash, transaction);
      return true;
    },
    take: async (stateHash, now) => {
      const found = held.get(stateHash);
      held.delete(stateHash);
      return found && found.expiresAt > now ? found : undefined;
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
    save: async (session) => void held.set(session.bearerHash, session),
    find: async (bearerHash) => held.get(bearerHash),
    touch: async (sessionId, idleExpiresAt) => change(sessionId, { idleExpiresAt }),
    end: async (sessionId, endedAt) => {
      const live = [...held.values()].some(
        (session) => session.sessionId === sessionId && session.endedAt === undefined,
      );
      change(sessionId, { endedAt });
      return live;
    },
  };
}

export function memoryAudit(): Audit & { readonly events: AuditEvent[] } {
  const events: AuditEvent[] = [];
  return {
    events,
    record: async (event) => void events.push(event),
    recordAll: async (more) => void events.push(...more),
  };
}
