import { randomUUID } from 'node:crypto';
import type { Urgency } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import * as table from '../storage/tables/messages.ts';
import type { ThreadRow } from '../storage/tables/messages.ts';
import { appendAct } from './append-act.ts';
import { type GoingDeps, judgeGoing } from './judge-going.ts';
import { releaseHeld } from './held-back.ts';
import { createLeftAnswers } from './left-answers.ts';
import { nextPassing, type Passing, watchAt } from './next-step.ts';
import { foldOf, type LoadedThread, loadThreads, type LogDeps, proofOf } from './thread-log.ts';
import { dueFrom } from './thread-state.ts';

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

/**
 * What nobody takes up goes to whom the community file says, by a rule that is told; what a rule held back is looked at
 * again.
 */
export function startEscalationWorker(deps: EscalationDeps): EscalationWorker {
  let running: Promise<unknown> | undefined;
  const takeUpLeft = createLeftAnswers(deps);
  const timer = setInterval(() => {
    running ??= takeUpLeft()
      .then(() => escalateDue(deps))
      .then(() => releaseHeld(deps))
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
  const escalated = (await escalateBy('check_at', deps)) + (await escalateBy('answer_check_at', deps));
  if (escalated > 0) deps.kick();
  return escalated;
}

async function escalateBy(by: 'check_at' | 'answer_check_at', deps: EscalationDeps): Promise<number> {
  let escalated = 0;
  for (;;) {
    const nowMs = deps.now();
    const claim = { by, nowIso: iso(nowMs), untilIso: iso(nowMs + CLAIM_MS), limit: BATCH };
    const rows = await table.claimDueThreads(deps.database.queries, deps.dialect, claim);
    const threads = await loadThreads(deps.database.queries, rows, deps);
    // Asked of all at once: rules that don't answer hold up the others no longer than for one.
    const onwards = await Promise.all(threads.map((thread) => onwardOf(thread, deps)));
    for (const [index, thread] of threads.entries())
      if (await escalate(thread, onwards[index] ?? UNJUDGED, deps).catch((error) => putOff(thread, error, deps)))
        escalated += 1;
    if (rows.length < BATCH) return escalated;
  }
}

/** What is wrong with one holds up no other. One that nobody can open is damaged, and will be in half a minute too. */
async function putOff({ row, standing, details }: LoadedThread, error: unknown, deps: EscalationDeps): Promise<false> {
  deps.onFailure(error);
  if (details) return false;
  const later = watchAt(standing, iso(deps.now() + ASK_AGAIN_MS));
  await deps.database
    .transaction(async (queries) => {
      const locked = await table.lockThread(queries, deps.dialect, row.id);
      if (locked) await table.changeThread(queries, row.id, locked.version, later);
    })
    .catch(deps.onFailure);
  return false;
}

/** Where a thread whose rule has come to hold goes by what the community's rules say now. */
type Onward = {
  readonly step?: Passing;
  /** By whom it passes, and the rule by which they may not see it. */
  readonly barred: readonly { readonly from: string; readonly to: string; readonly rule: string }[];
  /** There is nobody further on who may see it: the rules are asked again later. */
  readonly stuck?: true;
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
  const message = acts.find(({ head }) => head.version === step.version);
  const barred: { from: string; to: string; rule: string }[] = [];
  // An answer is news to nobody of those who were asked.
  const wrote = new Set(standing.waits ? [] : standing.passed.map((one) => deps.teams.teamAddress(one)));
  const past = new Set([step.from]);
  for (let to: string | undefined = step.to; to !== undefined && !past.has(to); to = deps.teams.find(to)?.escalatesTo) {
    past.add(to);
    if (wrote.has(to)) continue;
    const team = deps.teams.find(to);
    if (!team) return { barred, step: { ...step, to } };
    const verdict = await judgeGoing(thread, message?.head.sender ?? '', team, deps);
    if (!verdict) return UNJUDGED;
    if (verdict.allowed) return { barred, step: { ...step, to } };
    barred.push({ from: step.from, to, rule: verdict.rule });
  }
  return { barred, stuck: true };
}

async function escalate(thread: LoadedThread, onward: Onward, deps: EscalationDeps): Promise<boolean> {
  const { row, standing } = thread;
  const { step, barred, stuck } = onward;
  if (onward.unjudged) return false;
  await deps.audit.recordAll([
    ...barred.map((one) => ({ ...eventOf(thread, one, deps.now()), outcome: 'refused' as const })),
    ...(step ? [eventOf(thread, step, deps.now())] : []),
  ]);
  return deps.database.transaction(async (queries) => {
    const locked = await table.lockThread(queries, deps.dialect, row.id);
    if (!locked || locked.sealed_key === null) return false;
    const acts = await table.loadActs(queries, [row.id]);
    const now = foldOf(acts);
    const proofsNow = (await table.loadReceipts(queries, [row.id])).map(proofOf);
    const next = now && nextPassing(now, proofsNow, row.urgency as Urgency, deps.teams);
    // Somebody answered, opened or took it on in this moment: the rule no longer holds, and says when it would.
    const due = next !== undefined && next.at <= iso(deps.now());
    if (!step || !due || now?.version !== standing.version || next.from !== step.from) {
      const again = stuck && due ? iso(deps.now() + ASK_AGAIN_MS) : next?.at;
      await table.changeThread(queries, row.id, locked.version, watchAt(now, again));
      return false;
    }
    const target = deps.teams.find(step.to);
    await appendAct(
      queries,
      { row: locked, acts, proofs: proofsNow },
      {
        id: randomUUID(),
        kind: 'escalate',
        author: { ods: next.from.split('/')[0] ?? '', address: next.from },
        to: step.to,
        rule: next.rule,
        ...(target && now.waits && { dueAt: dueFrom(iso(deps.now()), row.urgency as Urgency, target) }),
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
): Passing | undefined {
  const next = nextPassing(standing, proofs, row.urgency as Urgency, deps.teams);
  return next && next.at <= iso(deps.now()) ? next : undefined;
}

function eventOf(
  { row, details }: LoadedThread,
  step: { readonly from: string; readonly to: string; readonly rule: string },
  nowMs: number,
): Parameters<Audit['record']>[0] {
  return {
    type: 'message.escalated',
    at: iso(nowMs),
    outcome: 'success',
    organisation: step.to.split('/')[0] as OdsCode,
    ...(details && { nhsNumber: details.patient.nhsNumber }),
    code: step.rule,
    detail: { thread: row.id, from: step.from, to: step.to },
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
