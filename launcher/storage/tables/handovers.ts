import type { Queries } from '../database.ts';
import { rowOf as noticeOf, type NoticeRow } from './notices.ts';

export type HandoverRow = {
  readonly id: string;
  readonly version: number;
  readonly notice: NoticeRow;
  readonly openedAt: string;
  readonly letter?: string;
  readonly unownedAt: string;
  readonly onLeadsListAt?: string;
  readonly ownedAt?: string;
  readonly withdrawnAt?: string;
  readonly recipients: readonly RecipientRow[];
  readonly escalations: readonly EscalationRow[];
};

export type RecipientRow = {
  /** `ods/team`; or `ods/team/key` of one person there, whose name is `person`. */
  readonly address: string;
  readonly person?: string;
  readonly rule: string;
  readonly dueAt: string;
  readonly lateAt?: string;
  readonly acknowledgedAt?: string;
  readonly owner?: { readonly name: string; readonly team: string; readonly key: string };
  readonly actId?: string;
  /** Given on: asked no more, and theirs only until whoever has it now acknowledges it. */
  readonly passed?: {
    readonly to: string;
    readonly at: string;
    readonly by: NonNullable<RecipientRow['owner']>;
    readonly actId: string;
  };
};

export type EscalationRow = {
  /** The recipient that was late; empty: the handover as a whole. */
  readonly about: string;
  readonly rule: string;
  readonly address: string;
  readonly at: string;
};

/** In the transaction of its notice: a transition is never heard without somebody being given it. */
export async function saveHandover(
  queries: Queries,
  handover: Pick<HandoverRow, 'id' | 'openedAt' | 'unownedAt'> & {
    readonly noticeId: string;
    readonly recipients: readonly Pick<RecipientRow, 'address' | 'rule' | 'dueAt'>[];
  },
): Promise<void> {
  await queries
    .insertInto('handovers')
    .values({
      id: handover.id,
      version: 1,
      notice_id: handover.noticeId,
      opened_at: handover.openedAt,
      letter: null,
      letter_is_summary: 0,
      unowned_at: handover.unownedAt,
      on_leads_list_at: null,
      owned_at: null,
      withdrawn_at: null,
      audited_at: null,
    })
    .execute();
  if (handover.recipients.length === 0) return;
  await queries
    .insertInto('handover_recipients')
    .values(
      handover.recipients.map(({ address, rule, dueAt }) => ({
        handover_id: handover.id,
        address,
        rule,
        due_at: dueAt,
        late_at: null,
        acknowledged_at: null,
        owner_name: null,
        owner_team: null,
        owner_key: null,
        act_id: null,
        person: null,
        ...NOT_PASSED,
      })),
    )
    .execute();
}

export const NOT_PASSED = {
  passed_to: null,
  passed_at: null,
  passed_by_name: null,
  passed_by_team: null,
  passed_by_key: null,
  pass_act_id: null,
} as const;

/** In the order of their ids. */
export async function readHandovers(queries: Queries, ids: readonly string[]): Promise<readonly HandoverRow[]> {
  if (ids.length === 0) return [];
  const [rows, recipients, escalations] = [
    await queries
      .selectFrom('handovers')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute(),
    await queries
      .selectFrom('handover_recipients')
      .selectAll()
      .where('handover_id', 'in', [...ids])
      .orderBy('address')
      .execute(),
    await queries
      .selectFrom('handover_escalations')
      .selectAll()
      .where('handover_id', 'in', [...ids])
      .orderBy('at')
      .orderBy('about')
      .execute(),
  ];
  const notices = await queries
    .selectFrom('notices')
    .selectAll()
    .where(
      'id',
      'in',
      rows.map((row) => row.notice_id),
    )
    .execute();
  const byNotice = new Map(notices.map((notice) => [notice.id, noticeOf(notice)]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const notice = row && byNotice.get(row.notice_id);
    if (!row || !notice) return [];
    return [
      {
        id,
        version: row.version,
        notice,
        openedAt: row.opened_at,
        ...(row.letter !== null && { letter: row.letter }),
        unownedAt: row.unowned_at,
        ...(row.on_leads_list_at !== null && { onLeadsListAt: row.on_leads_list_at }),
        ...(row.owned_at !== null && { ownedAt: row.owned_at }),
        ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
        recipients: recipients.filter((one) => one.handover_id === id).map(recipientOf),
        escalations: escalations
          .filter((one) => one.handover_id === id)
          .map(({ about, rule, address, at }) => ({ about, rule, address, at })),
      },
    ];
  });
}

function recipientOf(row: {
  readonly address: string;
  readonly person: string | null;
  readonly rule: string;
  readonly due_at: string;
  readonly late_at: string | null;
  readonly acknowledged_at: string | null;
  readonly owner_name: string | null;
  readonly owner_team: string | null;
  readonly owner_key: string | null;
  readonly act_id: string | null;
  readonly passed_to: string | null;
  readonly passed_at: string | null;
  readonly passed_by_name: string | null;
  readonly passed_by_team: string | null;
  readonly passed_by_key: string | null;
  readonly pass_act_id: string | null;
}): RecipientRow {
  return {
    address: row.address,
    ...(row.person !== null && { person: row.person }),
    rule: row.rule,
    dueAt: row.due_at,
    ...(row.late_at !== null && { lateAt: row.late_at }),
    ...(row.acknowledged_at !== null && { acknowledgedAt: row.acknowledged_at }),
    ...(row.owner_name !== null && {
      owner: { name: row.owner_name, team: row.owner_team ?? '', key: row.owner_key ?? '' },
    }),
    ...(row.act_id !== null && { actId: row.act_id }),
    ...(row.passed_to !== null && {
      passed: {
        to: row.passed_to,
        at: row.passed_at ?? '',
        by: { name: row.passed_by_name ?? '', team: row.passed_by_team ?? '', key: row.passed_by_key ?? '' },
        actId: row.pass_act_id ?? '',
      },
    }),
  };
}
