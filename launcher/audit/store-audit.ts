import { CorridorError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import { type AuditEventFilter, type AuditEventRow, loadAuditEvents } from '../storage/tables/audit-events.ts';
import { createAppender, type Unplaced } from './append.ts';
import type { Audit, AuditEvent } from './audit.ts';
import { buildAuditEvent } from './balp/build-audit-event.ts';
import { eventText } from './balp/event-text.ts';
import type { AuditPlaces } from './balp/parts.ts';
import { groupCommits } from './group-commit.ts';
import { hashLeaf } from './tree/merkle.ts';

/** An event with its place in the order of writing. */
export type WrittenAuditEvent = AuditEvent & { readonly sequence: number };

export type StoreAudit = Audit & {
  /** For the privacy officer's command line and for tests; no route leads here. */
  read(filter: AuditEventFilter): Promise<readonly WrittenAuditEvent[]>;
};

/** Keeps a commit short even when many views open at once. */
const ROWS_PER_COMMIT = 1_000;

/** For whoever reads or writes the audit without a community: addresses are then those of names alone. */
const NOWHERE: AuditPlaces = {
  launcher: { url: 'urn:corridor:launcher' },
  source: () => undefined,
  home: () => undefined,
  test: false,
};

/**
 * The audit in the store. An event is durable before `record` resolves, and several are one commit, all or none: a
 * record may be shown only after the trail of it can't be lost (architecture.md §2, safety I8).
 */
export function createStoreAudit(database: Database, places: AuditPlaces = NOWHERE): StoreAudit {
  const write = groupCommits<Unplaced>(createAppender(database), ROWS_PER_COMMIT);
  async function recordAll(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await write(events.map((event) => toRow(event, places)));
    } catch (cause) {
      throw new CorridorError('audit.unavailable', `the store refused ${String(events.length)} events`, {
        cause: withoutValues(cause),
      });
    }
  }
  return {
    record: (event) => recordAll([event]),
    recordAll,
    read: async (filter) => (await loadAuditEvents(database.queries, filter)).map(fromRow),
  };
}

/** Database engines quote the offending row in their messages; that row names a patient. Only the code is kept. */
function withoutValues(cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code';
  return new Error(`store error ${code}`);
}

/** The event as it is stored, before it has its place in the tree. */
export function toRow(event: AuditEvent, places: AuditPlaces): Unplaced {
  const body = eventText(buildAuditEvent(event, places));
  return {
    body,
    leaf_hash: hashLeaf(body).toString('base64'),
    type: event.type,
    at: event.at,
    outcome: event.outcome,
    launch_id: event.launchId ?? null,
    view_id: event.viewId ?? null,
    request_id: event.requestId ?? null,
    user_key: event.user ?? null,
    role: event.role ?? null,
    organisation: event.organisation ?? null,
    purpose: event.purpose ?? null,
    nhs_number: event.nhsNumber ?? null,
    source: event.source ?? null,
    code: event.code ?? null,
    detail: event.detail ? JSON.stringify(event.detail) : null,
  };
}

function fromRow(row: AuditEventRow): WrittenAuditEvent {
  const optional = {
    launchId: row.launch_id,
    viewId: row.view_id,
    requestId: row.request_id,
    user: row.user_key,
    role: row.role,
    organisation: row.organisation,
    purpose: row.purpose,
    nhsNumber: row.nhs_number,
    source: row.source,
    code: row.code,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
  // The store holds what `toRow` wrote: brands and unions come back as they went in.
  return { sequence: row.sequence, type: row.type, at: row.at, outcome: row.outcome, ...present } as WrittenAuditEvent;
}
