import { randomUUID } from 'node:crypto';
import type { Urgency } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import * as table from '../storage/tables/messages.ts';
import type { ThreadRow } from '../storage/tables/messages.ts';
import { appendAct } from './append-act.ts';
import { type GoingDeps, judgeGoing } from './judge-going.ts';
import { foldOf, type LoadedThread, loadThreads, type LogDeps, proofOf } from './thread-log.ts';
import { dueFrom, nextStep, type NextStep } from './thread-state.ts';

type EscalationWorker = { stop(): Promise<void> };

type EscalationDeps = LogDeps &
  GoingDeps & {
    readonly database: Database;
    readonly audit: Audit;
    readonly everyMs: number;
    /** Something waits to be delivered. */
    readonly kick: () => void;
  };

const BATCH = 50;
const CLAIM_MS = 10_000;
/** Where nobody further on may see it, the rules are asked again as often as this. */
const ASK_AGAIN_MS = 3_600_000;

/** What nobody takes up goes to whom the community file says, by a rule that is told. */
export function startEscalationWorker(deps: EscalationDeps): EscalationWorker {
  let running: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    running ??= escalateDue(deps)
      .catch(deps.onFailure)
      .finally(() => (running = undefined));
  }, deps.everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Gives how many went to somebody else. */
export async function escalateDue(deps: EscalationDeps): Promise<number> {
  let escalated = 0;
  for (;;) {
    const nowMs = deps.now();
    const claim = { nowIso: iso(nowMs), untilIso: iso(nowMs + CLAIM_MS), limit: BATCH };
    const rows = await table.claimDueThreads(deps.database.queries, deps.dialect, claim);
    const threads = await loadThreads(deps.database.queries, rows, deps);
    // Asked of all at once: rules that don't answer hold up the others no longer than for one.
    const onwards = await Promise.all(threads.map((thread) => onwardOf(thread, deps)));
    for (const [index, thread] of threads.entries())
      if (await escalate(thread, onwards[index] ?? UNJUDGED, deps)) escalated += 1;
    if (rows.length < BATCH) break;
  }
  if (escalated > 0) deps.kick();
  return escalated;
}

/** Where a thread whose rule has come to hold goes by what the community's rules say now. */
type Onward = {
  readonly step?: NextStep;
  /** By whom it passes, and the rule by which they may not see it. */
  readonly barred: readonly { readonly to: string; readonly rule: string }[];
  /** The rules did not answer: it is looked at again when this launcher's claim has run out. */
  readonly unjudged?: true;
};

const UNJUDGED: Onward = { barred: [], unjudged: true };

/** The next team that may see it, in the order in which each passes on what it leaves. */
async function onwardOf(thread: LoadedThread, deps: EscalationDeps): Promise<Onward> {
  const { row, standing, proofs, acts } = thread;
  const step = stepNow(standing, proofs, row, deps);
  // Of what can't be read any more nothing is handed to anybody.
  if (!step || !thread.details) return { barred: [], ...(step && { step }) };
  const asked = acts.find(({ head }) => head.version === standing.lastAsk);
  const barred: { to: string; rule: string }[] = [];
  const past = new Set([standing.holder]);
  for (let to: string | undefined = step.to; to !== undefined && !past.has(to); to = deps.teams.find(to)?.escalatesTo) {
    past.add(to);
    const team = deps.teams.find(to);
    if (!team) return { barred, step: { ...step, to } };
    const verdict = await judgeGoing(thread, asked?.head.sender ?? '', team, deps);
    if (!verdict) return UNJUDGED;
    if (verdict.allowed) return { barred, step: { ...step, to } };
    barred.push({ to, rule: verdict.rule });
  }
  return { barred };
}

async function escalate(thread: LoadedThread, onward: Onward, deps: EscalationDeps): Promise<boolean> {
  const { row, standing } = thread;
  const { step, barred } = onward;
  if (onward.unjudged) return false;
  await deps.audit.recordAll([
    ...barred.map(({ to, rule }) => ({ ...eventOf(thread, { to, rule }, deps.now()), outcome: 'refused' as const })),
    ...(step ? [eventOf(thread, step, deps.now())] : []),
  ]);
  return deps.database.transaction(async (queries) => {
    const locked = await table.lockThread(queries, deps.dialect, row.id);
    if (!locked || locked.sealed_key === null) return false;
    const acts = await table.loadActs(queries, [row.id]);
    const now = foldOf(acts);
    const proofsNow = (await table.loadReceipts(queries, [row.id])).map(proofOf);
    const next = now && nextStep(now, proofsNow, row.urgency as Urgency, deps.teams.find(now.holder));
    // Somebody answered, opened or took it on in this moment: the rule no longer holds, and says when it would.
    if (!step || !next || next.at > iso(deps.now()) || now.version !== standing.version) {
      const held = barred.length > 0 && next && next.at <= iso(deps.now());
      const again = held ? iso(deps.now() + ASK_AGAIN_MS) : next?.at;
      await table.changeThread(queries, row.id, locked.version, { check_at: again ?? null });
      return false;
    }
    const target = deps.teams.find(step.to);
    await appendAct(
      queries,
      { row: locked, acts, proofs: proofsNow },
      {
        id: randomUUID(),
        kind: 'escalate',
        author: { ods: now.holder.split('/')[0] ?? '', address: now.holder },
        to: step.to,
        rule: next.rule,
        ...(target && { dueAt: dueFrom(iso(deps.now()), row.urgency as Urgency, target) }),
      },
      deps,
    );
    return true;
  });
}

function stepNow(
  standing: LoadedThread['standing'],
  proofs: LoadedThread['proofs'],
  row: ThreadRow,
  deps: EscalationDeps,
): NextStep | undefined {
  const next = nextStep(standing, proofs, row.urgency as Urgency, deps.teams.find(standing.holder));
  return next && next.at <= iso(deps.now()) ? next : undefined;
}

function eventOf(
  { row, details, standing }: LoadedThread,
  step: Pick<NextStep, 'to'> & { readonly rule: string },
  nowMs: number,
): Parameters<Audit['record']>[0] {
  return {
    type: 'message.escalated',
    at: iso(nowMs),
    outcome: 'success',
    organisation: step.to.split('/')[0] as OdsCode,
    ...(details && { nhsNumber: details.patient.nhsNumber }),
    code: step.rule,
    detail: { thread: row.id, from: standing.holder, to: step.to },
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
