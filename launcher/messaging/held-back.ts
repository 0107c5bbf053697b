import type { Database, Queries } from '../storage/database.ts';
import * as outbox from '../storage/tables/message-outbox.ts';
import type { OutboxRow } from '../storage/tables/message-outbox.ts';
import { findThreads, loadActs, lockThread } from '../storage/tables/messages.ts';
import { type GoingDeps, judgeGoing } from './judge-going.ts';
import { stillGoes } from './still-goes.ts';
import { actOf, type LoadedThread, loadThreads, type LogDeps } from './thread-log.ts';
import { standingOf } from './thread-state.ts';

type HeldDeps = LogDeps &
  GoingDeps & {
    readonly database: Database;
    /** Something waits to be delivered. */
    readonly kick: () => void;
  };

const BATCH = 50;
/** How often the rules are asked again of what one of them holds back. */
export const HELD_LOOK_MS = 600_000;

/**
 * What a rule held back goes after all when the rule no longer holds (an objection was withdrawn, or recorded by mistake),
 * as long as it may (`still-goes.ts`); after that it is never sent of itself. Gives how many go.
 */
export async function releaseHeld(deps: HeldDeps): Promise<number> {
  let released = 0;
  for (;;) {
    const nowMs = deps.now();
    const claim = { nowMs, againMs: nowMs + HELD_LOOK_MS, limit: BATCH };
    const rows = await outbox.claimHeld(deps.database.queries, deps.dialect, claim);
    const found = await findThreads(deps.database.queries, [...new Set(rows.map(({ thread_id }) => thread_id))]);
    const threads = new Map(
      (await loadThreads(deps.database.queries, found, deps)).map((thread) => [thread.row.id, thread]),
    );
    const mayGo = await Promise.all(rows.map((row) => isAllowed(row, threads.get(row.thread_id), deps)));
    const inOrder = rows.map((row, index) => ({ row, may: mayGo[index] ?? false }));
    // One that is damaged in the store keeps no other back.
    const tried = (row: OutboxRow, may: boolean): Promise<boolean> =>
      release(row, may, deps).catch((error: unknown) => {
        deps.onFailure(error);
        return false;
      });
    for (const { row, may } of inOrder.sort((a, b) => a.row.version - b.row.version))
      if (await tried(row, may)) released += 1;
    if (rows.length < BATCH) break;
  }
  if (released > 0) deps.kick();
  return released;
}

/** By the rules of this moment; where they don't answer it is not. */
async function isAllowed(row: OutboxRow, thread: LoadedThread | undefined, deps: HeldDeps): Promise<boolean> {
  const act = thread?.acts.find(({ head }) => head.version === row.version);
  const team = deps.teams.find(row.to_address);
  if (!thread || !act || !team) return false;
  return (await judgeGoing(thread, act.head.sender, team, deps))?.allowed === true;
}

async function release(row: OutboxRow, may: boolean, deps: HeldDeps): Promise<boolean> {
  return deps.database.transaction(async (queries) => {
    // Nothing more is written in this conversation meanwhile: what goes, goes before it.
    const locked = await lockThread(queries, deps.dialect, row.thread_id);
    const over = locked?.sealed_key === null || !(await isInTime(queries, row, deps));
    const beside = await outbox.loadBeside(queries, row);
    const later = beside.filter(({ version, state }) => version > row.version && !HELD.has(state));
    const passed = later.some(({ state }) => state !== 'waiting');
    if (over || passed) {
      await outbox.settleHeld(queries, row, { state: 'undeliverable', next_ms: deps.now() });
      return false;
    }
    const waitsFor =
      later.length > 0 || beside.some(({ version, state }) => version < row.version && state === 'withheld');
    if (!may || waitsFor) return false;
    return outbox.settleHeld(queries, row, { state: 'waiting', next_ms: deps.now() });
  });
}

const HELD: ReadonlySet<string> = new Set(['withheld', 'undeliverable']);

async function isInTime(queries: Queries, row: OutboxRow, deps: HeldDeps): Promise<boolean> {
  const acts = (await loadActs(queries, [row.thread_id])).map(actOf);
  const what = { version: row.version, address: row.to_address };
  return acts.length > 0 && stillGoes(what, acts, standingOf(acts), deps.now());
}
