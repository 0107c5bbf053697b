import type { ColumnType } from 'kysely';

/** Never updated: rows are only ever added. */
type Fixed<T> = ColumnType<T, T, never>;

/** The tables of notices and handovers (migration 0010), as part of `Schema`. */
export type HandoverSchema = {
  notice_subscriptions: NoticeSubscriptionTable;
  notice_watches: NoticeWatchTable;
  notices: NoticeTable;
  notice_teams: NoticeTeamTable;
  handovers: HandoverTable;
  handover_recipients: HandoverRecipientTable;
  handover_escalations: HandoverEscalationTable;
};

/** One team that is told of one resident, until a day. */
type NoticeSubscriptionTable = {
  id: Fixed<string>;
  /** `ods/team`. */
  address: Fixed<string>;
  patient_handle: Fixed<string>;
  relationship: string;
  role: string;
  /** Who the resident is, and what the launch proved. */
  sealed: string;
  since: Fixed<string>;
  until: string;
  ended_at: string | null;
};

/** How one source is heard for one subscription. */
type NoticeWatchTable = {
  id: Fixed<string>;
  subscription_id: Fixed<string>;
  source: Fixed<string>;
  state: string;
  /** JSON: the source's own ids for what it tells by itself. */
  remote_ids: string | null;
  secret_hash: string | null;
  /** JSON: of each of them the number of the last event it told; events beyond the next one were missed. */
  last_events: string;
  /** What has changed before this was heard. */
  changed_since: string;
  /** Last time it was heard whole. */
  heard_at: string | null;
  /** Last time it told something by itself, be it that it still does. */
  told_at: string | null;
  due_at: string;
  lease: string | null;
  lease_until: string | null;
  failures: number;
};

type NoticeTable = {
  id: Fixed<string>;
  event_key: Fixed<string>;
  kind: Fixed<string>;
  happened: string | null;
  heard_at: Fixed<string>;
  source: Fixed<string>;
  resource: Fixed<string>;
  organisation: Fixed<string>;
  route: Fixed<string>;
  patient_handle: Fixed<string>;
  sealed: string;
  withdrawn_at: string | null;
};

/** Teams that may be told of a notice: each was let see the resource it was read from. */
type NoticeTeamTable = { notice_id: Fixed<string>; address: Fixed<string> };

type HandoverTable = {
  id: Fixed<string>;
  version: number;
  notice_id: Fixed<string>;
  opened_at: Fixed<string>;
  /** `Type/id` at the notice's source. */
  letter: string | null;
  letter_is_summary: number;
  /** When it is on the lead's list unless somebody owns it by then. */
  unowned_at: string;
  on_leads_list_at: string | null;
  /** Every one of its recipients has acknowledged it. */
  owned_at: string | null;
  withdrawn_at: string | null;
  /** Null: that it was given to somebody is yet to be written into the audit, by whichever launcher comes to it. */
  audited_at: string | null;
};

type HandoverRecipientTable = {
  handover_id: Fixed<string>;
  address: Fixed<string>;
  rule: Fixed<string>;
  due_at: string;
  late_at: string | null;
  acknowledged_at: string | null;
  owner_name: string | null;
  owner_team: string | null;
  owner_key: string | null;
  /** The page's own id of the act: the same again changes nothing. */
  act_id: string | null;
  /** The recipient it was passed on to, whose it is once they have acknowledged it (migration 0011). */
  passed_to: string | null;
  passed_at: string | null;
  passed_by_name: string | null;
  passed_by_team: string | null;
  passed_by_key: string | null;
  pass_act_id: string | null;
  /** By name, when it was given to one person of a team (migration 0015). */
  person: string | null;
};

type HandoverEscalationTable = {
  handover_id: Fixed<string>;
  about: Fixed<string>;
  rule: Fixed<string>;
  address: string;
  at: string;
  /** Null: it is yet to be written into the audit, by whichever launcher comes to it. */
  audited_at: string | null;
};
