import type { ColumnType, Generated } from 'kysely';
import type { HandoverSchema } from './handover-schema.ts';

/**
 * The tables as both engines hold them. Instants are ISO 8601 text in UTC with milliseconds, so that they sort and
 * read the same in both; structured values are JSON text; sealed values are text made by `session/seal.ts`.
 */
export type Schema = HandoverSchema & {
  audit_events: AuditEventTable;
  launch_transactions: LaunchTransactionTable;
  sessions: SessionTable;
  readiness: ReadinessTable;
  user_identities: UserIdentityTable;
  locator_organisations: LocatorOrganisationTable;
  locator_residents: LocatorResidentTable;
  alerts: AlertTable;
  patient_keys: PatientKeyTable;
  seen_views: SeenViewTable;
  last_looks: LastLookTable;
  bulk_browsing: BulkBrowsingTable;
  consents: ConsentTable;
  break_glass: BreakGlassTable;
  audit_tree: AuditTreeTable;
  audit_tiles: AuditTileTable;
  audit_checkpoints: AuditCheckpointTable;
  audit_cosignatures: AuditCosignatureTable;
  message_secrets: MessageSecretTable;
  message_threads: MessageThreadTable;
  message_numbers: MessageNumberTable;
  message_acts: MessageActTable;
  message_receipts: MessageReceiptTable;
  message_outbox: MessageOutboxTable;
  message_inbox: MessageInboxTable;
};

/** Never updated: rows are only ever added. */
type Fixed<T> = ColumnType<T, T, never>;

export type AuditEventTable = {
  /** Order of writing. */
  sequence: Generated<number>;
  type: Fixed<string>;
  at: Fixed<string>;
  outcome: Fixed<string>;
  launch_id: Fixed<string | null>;
  view_id: Fixed<string | null>;
  request_id: Fixed<string | null>;
  user_key: Fixed<string | null>;
  role: Fixed<string | null>;
  organisation: Fixed<string | null>;
  purpose: Fixed<string | null>;
  nhs_number: Fixed<string | null>;
  source: Fixed<string | null>;
  code: Fixed<string | null>;
  detail: Fixed<string | null>;
  /** Place in the tree, from 0 and without gaps. Null: written before there was a tree. */
  leaf: Fixed<number | null>;
  /** Base64 of the leaf's hash (RFC 9162). */
  leaf_hash: Fixed<string | null>;
  /** The canonical FHIR AuditEvent that was hashed, byte for byte. */
  body: Fixed<string | null>;
};

/** One row: the right edge of the tree. */
export type AuditTreeTable = { id: Fixed<number>; size: number; peaks: string };

export type AuditTileTable = { level: Fixed<number>; place: Fixed<number>; hash: Fixed<string> };

export type AuditCheckpointTable = { size: Fixed<number>; at: Fixed<string>; note: Fixed<string> };

export type AuditCosignatureTable = {
  size: Fixed<number>;
  witness: Fixed<string>;
  at: Fixed<string>;
  line: Fixed<string>;
};

export type LaunchTransactionTable = {
  state_hash: Fixed<string>;
  organisation: Fixed<string>;
  sealed: Fixed<string>;
  created_at: Fixed<string>;
  expires_at: Fixed<string>;
};

export type SessionTable = {
  bearer_hash: Fixed<string>;
  session_id: Fixed<string>;
  sealed: Fixed<string>;
  opened_at: Fixed<string>;
  /** Moves on with every use, never past `expires_at`. */
  idle_expires_at: string;
  expires_at: string;
  ended_at: string | null;
};

/** Written once and ended, never changed. */
export type ConsentTable = {
  id: Fixed<string>;
  nhs_number: Fixed<string>;
  held_by: Fixed<string | null>;
  statement: Fixed<string>;
  recorded_at: Fixed<string>;
  recorded_by: Fixed<string>;
  ended_at: string | null;
};

export type BreakGlassTable = {
  alert_id: Fixed<string>;
  session_id: Fixed<string>;
  user_key: Fixed<string>;
  reason: Fixed<string>;
  opened_at: Fixed<string>;
  expires_at: Fixed<string>;
};

/** One row, rewritten to prove that the store takes writes. */
export type ReadinessTable = { id: Fixed<number>; at: string };

/** Written once; only its state moves, forwards. */
export type AlertTable = {
  id: Fixed<string>;
  at: Fixed<string>;
  kind: Fixed<string>;
  user_key: Fixed<string>;
  organisation: Fixed<string>;
  patient_handle: Fixed<string | null>;
  detail_code: Fixed<string | null>;
  state: string;
};

/** One identity of a user of the EPRs, as one organisation has claimed it. */
export type UserIdentityTable = {
  identity: Fixed<string>;
  claimed_by: Fixed<string>;
  kind: Fixed<string>;
  /** Changes when two people turn out to be one. */
  user_key: string;
  name: string;
  claimed_how: string;
  first_seen: Fixed<string>;
  last_seen: string;
};

/** Null `sealed`: destroyed, and with it all that was sealed under it. */
export type PatientKeyTable = {
  id: Fixed<string>;
  patient_handle: Fixed<string>;
  month: Fixed<string>;
  sealed: string | null;
  destroyed_at: string | null;
};

export type SeenViewTable = {
  view_id: Fixed<string>;
  at: Fixed<string>;
  key_id: Fixed<string>;
  manifest: Fixed<string>;
  payload: Fixed<string | null>;
};

/** What a reader last saw of a person, under a keyed hash of both. */
export type LastLookTable = { handle: Fixed<string>; at: string; sealed: string };

/** Patients a user opened in an hour (`2026-11-22T09`), under keyed hashes. */
export type BulkBrowsingTable = {
  user_key: Fixed<string>;
  hour: Fixed<string>;
  patient_handle: Fixed<string>;
  views: number;
};

export type LocatorOrganisationTable = { number: Fixed<number>; organisation: Fixed<string> };

/** Residents by keyed hash: without the key nobody can tell whom a row is about. */
export type LocatorResidentTable = {
  handle: Fixed<string>;
  /** `number.day.how` of each organisation that holds them. */
  pointers: string;
  /** By the store's clock. */
  changed_ms: number;
  expires_day: number;
};

/** What all conversations hang on; sealed by `session/seal.ts`. */
export type MessageSecretTable = { id: Fixed<string>; sealed: string };

/** What else the resident of a thread is known under; null `sealed`: destroyed with the thread. */
export type MessageNumberTable = { thread_id: Fixed<string>; patient_handle: Fixed<string>; sealed: string | null };

/** Null `sealed_key`: its time of keeping is over, and nothing of it can be opened by anybody. */
export type MessageThreadTable = {
  id: Fixed<string>;
  /** That of its last act. */
  version: number;
  patient_handle: string;
  restricted: number;
  sealed_key: string | null;
  /** Subject, item and resident. */
  sealed: string | null;
  from_address: Fixed<string>;
  /** The team that has it now. */
  to_address: string;
  urgency: Fixed<string>;
  /** 1: the last of it asks, and nobody has answered. */
  waits: number;
  due_at: string | null;
  closed_at: string | null;
  /** When a rule is to be looked at next: of a question that waits, and of answers that nobody has opened. */
  check_at: string | null;
  answer_check_at: string | null;
  created_at: Fixed<string>;
  changed_at: string;
};

/** One act of a conversation; the first is its first message. Never changed, only emptied when its time is over. */
export type MessageActTable = {
  thread_id: Fixed<string>;
  version: Fixed<number>;
  /** ODS code of who acted. With `id` unique: the same act twice is once. */
  sender: Fixed<string>;
  id: Fixed<string>;
  kind: Fixed<string>;
  at: Fixed<string>;
  from_address: Fixed<string>;
  to_address: Fixed<string | null>;
  due_at: Fixed<string | null>;
  rule: Fixed<string | null>;
  sealed: string | null;
  /** Hash over the act before and this one. */
  chain: Fixed<string>;
};

export type MessageReceiptTable = {
  thread_id: Fixed<string>;
  version: Fixed<number>;
  address: Fixed<string>;
  kind: Fixed<string>;
  at: Fixed<string>;
  person: Fixed<string | null>;
  code: Fixed<string | null>;
};

export type MessageOutboxTable = {
  thread_id: Fixed<string>;
  version: Fixed<number>;
  to_address: Fixed<string>;
  sender: Fixed<string>;
  /** As it is called on the wire: where it was passed on, not the message's own id (`messaging/wire-id.ts`). */
  message_id: Fixed<string>;
  /** `waiting`, `accepted`, `delivered`, `undeliverable`; `withheld`: by a rule, and may still go when that no longer holds. */
  state: string;
  /** Those that have ended, and the one under way. */
  attempts: number;
  /** How often in a row whoever had it was gone before their attempt ended. Null: never. */
  deaths: number | null;
  next_ms: number;
  /** Of the worker that has it, until `lease_until_ms`. */
  lease: string | null;
  lease_until_ms: number;
  /** The other side's own name for it. */
  reference: string | null;
};

export type MessageInboxTable = {
  arrival: Generated<number>;
  address: Fixed<string>;
  sender: Fixed<string>;
  message_id: Fixed<string>;
  thread_id: Fixed<string>;
  version: Fixed<number>;
  at: Fixed<string>;
  opened_at: string | null;
};
