import { randomUUID } from 'node:crypto';
import type { Urgency } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import * as table from '../storage/tables/messages.ts';
import type { ThreadRow } from '../storage/tables/messages.ts';
import { appendAct } from './append-act.ts';
import { foldOf, type LoadedThread, loadThreads, type LogDeps, proofOf } from './thread-log.ts';
import { dueFrom, nextStep, type NextStep } from './thread-state.ts';

type EscalationWorker = { stop(): Promise<void> };

type EscalationDeps = LogDeps & {
  readonly database: Database;
  readonly audit: Audit;
  readonly everyMs: number;
  /** Something waits to be delivered. */
  readonly kick: () => void;
  readonly onFailure: (error: unknown) => void;
};

const BATCH = 50;
const CLAIM_MS = 10_000;

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
    for (const thread of await loadThreads(deps.database.queries, rows, deps))
      if (await escalate(thread, deps)) escalated += 1;
    if (rows.length < BATCH) break;
  }
  if (escalated > 0) deps.kick();
  return escalated;
}

async function escalate(thread: LoadedThread, deps: EscalationDeps): Promise<boolean> {
  const { row, standing, proofs } = thread;
  const step = stepNow(standing, proofs, row, deps);
  if (step) await deps.audit.record(eventOf(thread, step, deps.now()));
  return deps.database.transaction(async (queries) => {
    const locked = await table.lockThread(queries, deps.dialect, row.id);
    if (!locked || locked.sealed_key === null) return false;
    const acts = await table.loadActs(queries, [row.id]);
    const now = foldOf(acts);
    const proofsNow = (await table.loadReceipts(queries, [row.id])).map(proofOf);
    const next = now && nextStep(now, proofsNow, row.urgency as Urgency, deps.teams.find(now.holder));
    // Somebody answered, opened or took it on in this moment: the rule no longer holds, and says when it would.
    if (!step || !next || next.at > iso(deps.now()) || now.version !== standing.version) {
      await table.changeThread(queries, row.id, locked.version, { check_at: next?.at ?? null });
      return false;
    }
    const target = deps.teams.find(next.to);
    await appendAct(
      queries,
      { row: locked, acts, proofs: proofsNow },
      {
        id: randomUUID(),
        kind: 'escalate',
        author: { ods: now.holder.split('/')[0] ?? '', address: now.holder },
        to: next.to,
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
  step: NextStep,
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
