/**
 * The tree proves the events; the tables beside it are what the launcher obeys and replays from, and no hash covers them.
 * So what the events say was done is held against what the tables hold. Statements and reading of our own: nothing here
 * comes from what writes them. The columns that are read are the ones `columns.ts` holds against each event.
 */
export type Disagreement = { readonly what: string; readonly count: number };

/** Rows of one statement, in the snapshot that the events are read in. */
export type Ask = <T>(text: string) => Promise<readonly T[]> | readonly T[];

type Told = { readonly type: string; readonly detail: string | null };
type Consent = { readonly id: string; readonly ended_at: string | null };
type Alert = { readonly id: string; readonly state: string };

/** A launcher's clock may be behind ours, and its sweep a while after the day. */
const TOLERANCE_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Instants are ISO 8601 in UTC: the only text that is put into a statement, and made here. */
const instant = (ms: number): string => `'${new Date(ms).toISOString()}'`;

export async function reconcile(ask: Ask, asSeenDays: number, nowMs: number): Promise<readonly Disagreement[]> {
  const told = await ask<Told>(
    "select type, detail from audit_events where leaf >= 0 and type in ('objection.recorded', 'objection.ended', 'alert.moved')",
  );
  const all = [
    ...objections(told, await ask<Consent>('select id, ended_at from consents where held_by is null')),
    ...alerts(told, await ask<Alert>('select id, state from alerts')),
    ...(await brokenGlass(ask)),
    ...(await copies(ask, instant(nowMs - asSeenDays * DAY_MS + TOLERANCE_MS))),
  ];
  return all.filter(({ count }) => count > 0);
}

/** Rows from before objections were events are left alone: only what an event names is compared. */
function objections(told: readonly Told[], rows: readonly Consent[]): readonly Disagreement[] {
  const held = new Map(rows.map(({ id, ended_at }) => [id, ended_at]));
  const recorded = idsOf(told, 'objection.recorded', 'objection');
  const ended = idsOf(told, 'objection.ended', 'objection');
  const standing = [...recorded].filter((id) => !ended.has(id));
  return [
    {
      what: 'objections that were recorded and never ended, and are not held: nobody obeys them',
      count: standing.filter((id) => !held.has(id)).length,
    },
    {
      what: 'objections that were ended in the table, by nobody the audit names',
      count: standing.filter((id) => (held.get(id) ?? null) !== null).length,
    },
    {
      what: 'objections that the audit says were ended, and are held on',
      count: [...recorded].filter((id) => ended.has(id) && held.get(id) === null).length,
    },
  ];
}

function alerts(told: readonly Told[], rows: readonly Alert[]): readonly Disagreement[] {
  const held = new Set(rows.map(({ id }) => id));
  const moved = new Set(
    told.flatMap(({ type, detail }) => {
      const said = type === 'alert.moved' ? parse(detail) : undefined;
      return said === undefined ? [] : [`${String(said['alert'])} ${String(said['to'])}`];
    }),
  );
  const touched = idsOf(told, 'alert.moved', 'alert');
  return [
    {
      what: 'alerts that stand as taken or closed, by nobody the audit names',
      count: rows.filter(({ id, state }) => state !== 'open' && !moved.has(`${id} ${state}`)).length,
    },
    {
      what: 'alerts that stand as not yet closed, though the audit says somebody closed them',
      count: rows.filter(({ id, state }) => state !== 'closed' && moved.has(`${id} closed`)).length,
    },
    {
      what: 'alerts that somebody took or closed, and that are gone',
      count: [...touched].filter((id) => !held.has(id)).length,
    },
  ];
}

/** Each breaking of the glass told the privacy officer: the event and its alert bear one instant and one reader. */
async function brokenGlass(ask: Ask): Promise<readonly Disagreement[]> {
  return counted(
    ask,
    'broken glasses whose alert to the privacy officer is gone',
    `select count(*) as count from audit_events as e
      where e.leaf >= 0 and e.type = 'access.break_glass' and e.outcome = 'success'
        and not exists (select 1 from alerts as a where a.kind = 'break-glass' and a.at = e.at and a.user_key = e.user_key)`,
  );
}

/** The manifest is kept of every view that says so, and the copy where it says that too, until their day. */
async function copies(ask: Ask, since: string): Promise<readonly Disagreement[]> {
  const kept = `from audit_events as e left join seen_views as s on s.view_id = e.view_id
    where e.leaf >= 0 and e.at >= ${since}
      and (e.type = 'record.seen' or (e.type = 'document.viewed' and e.detail like '%"manifest":"%'))`;
  return [
    ...(await counted(
      ask,
      'views of which something was kept, gone before their day',
      `select count(*) as count ${kept} and s.view_id is null`,
    )),
    ...(await counted(
      ask,
      'views whose copy was kept, and is gone before its day',
      `select count(*) as count ${kept} and s.view_id is not null and s.payload is null and e.detail like '%"copy":true%'`,
    )),
    ...(await counted(
      ask,
      'views kept under a key that is not there, not even as destroyed',
      'select count(*) as count from seen_views as s where not exists (select 1 from patient_keys as k where k.id = s.key_id)',
    )),
  ];
}

async function counted(ask: Ask, what: string, text: string): Promise<readonly Disagreement[]> {
  const [row] = await ask<{ readonly count: number }>(text);
  return [{ what, count: Number(row?.count ?? 0) }];
}

function idsOf(told: readonly Told[], wanted: string, field: string): ReadonlySet<string> {
  return new Set(told.flatMap(({ type, detail }) => (type === wanted ? [String(parse(detail)?.[field])] : [])));
}

/** What does not parse was changed, and the walk of the tree says so; here it is nobody's. */
function parse(detail: string | null): { readonly [name: string]: unknown } | undefined {
  try {
    const said: unknown = JSON.parse(detail ?? '');
    return typeof said === 'object' && said !== null ? (said as { readonly [name: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
