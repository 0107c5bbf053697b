import type { Audit, AuditEvent } from './audit.ts';

export type BulkBrowsingDeps = {
  readonly recordsPerHour: number;
  /** Counts and answers how many patients this user has opened in this hour. */
  readonly count: (opened: { user: string; hour: string; patientHandle: string }) => Promise<number>;
  /** The same id again is the same alert. */
  readonly raise: (alert: {
    id: string;
    at: string;
    kind: 'bulk-browsing';
    user: string;
    organisation: string;
    detailCode: string;
    state: 'open';
  }) => Promise<unknown>;
  readonly handle: (nhsNumber: string) => string;
  readonly onFailure: (error: unknown) => void;
};

/**
 * Watches records being opened as they are audited (ASVS 2.4.1): a user who opens more patients in an hour than any clinic
 * needs is told to the privacy officer, once an hour. Nobody is stopped by it: an emergency department on a bad night is
 * not a thief, and a person judges.
 */
export function watchBulkBrowsing(audit: Audit, deps: BulkBrowsingDeps): Audit {
  async function look({ type, outcome, user, nhsNumber, organisation, at }: AuditEvent): Promise<void> {
    if (type !== 'record.viewed' || outcome !== 'success' || user === undefined || nhsNumber === undefined) return;
    const hour = at.slice(0, 13);
    const patients = await deps.count({ user, hour, patientHandle: deps.handle(nhsNumber) });
    if (patients < deps.recordsPerHour) return;
    await deps.raise({
      id: `bulk-browsing|${user}|${hour}`,
      at,
      kind: 'bulk-browsing',
      user,
      organisation: organisation ?? 'unknown',
      detailCode: 'records-per-hour',
      state: 'open',
    });
  }
  // Not awaited by the reader, and no failure of it keeps a record from being shown: the audit itself has been written.
  const watch = (events: readonly AuditEvent[]): void => {
    for (const event of events) look(event).catch(deps.onFailure);
  };
  return {
    record: async (event) => {
      await audit.record(event);
      watch([event]);
    },
    recordAll: async (events) => {
      await audit.recordAll(events);
      watch(events);
    },
  };
}
