import { signedContent } from '../../src/messages/signed-content.ts';
import type { Urgency } from '../../src/messages/thread.ts';
import type { Queries } from '../storage/database.ts';
import { markUnopened } from '../storage/tables/message-inbox.ts';
import { enqueueMessage } from '../storage/tables/message-outbox.ts';
import { saveNumbers } from '../storage/tables/message-numbers.ts';
import * as table from '../storage/tables/messages.ts';
import type { ActRow, ThreadRow } from '../storage/tables/messages.ts';
import { type ActHead, closeAct, type Content, NO_CHAIN } from './envelope.ts';
import { unopenedOf } from './answer-state.ts';
import { nextPassing, watchAt } from './next-step.ts';
import { actOf, contentToSend, type LogDeps, placeOfDetails, type ThreadDetails } from './thread-log.ts';
import { type ActKind, type Proof, type Standing, standingOf } from './thread-state.ts';
import { numberRow } from './thread-numbers.ts';
import { passedOnId } from './wire-id.ts';

/** Who does it: a person of a team, or nobody but a rule. */
export type Author = {
  readonly ods: string;
  readonly address: string;
  readonly person?: {
    readonly name: string;
    readonly role: string;
    readonly roleName: string;
    readonly user: string;
    readonly sdsUserId?: string;
  };
};

export type NewAct = {
  readonly id: string;
  readonly kind: ActKind;
  readonly author: Author;
  readonly to?: string;
  readonly dueAt?: string;
  readonly rule?: string;
  readonly body?: string;
};

type NewThread = {
  readonly id: string;
  readonly details: ThreadDetails;
  readonly restricted: boolean;
  readonly urgency: Urgency;
  readonly first: NewAct & { readonly to: string; readonly body: string };
};

/** The thread, its first message and what waits to be delivered: one transaction, all or nothing. */
export async function beginThread(queries: Queries, thread: NewThread, deps: LogDeps): Promise<void> {
  const { id, details, urgency, first } = thread;
  const at = new Date(deps.now()).toISOString();
  const sealedKey = deps.vault.newKey(id);
  const bare = {
    patient_handle: deps.vault.handle(details.patient.nhsNumber),
    from_address: first.author.address,
    urgency,
  };
  const row: ThreadRow = {
    ...bare,
    id,
    version: 0,
    restricted: thread.restricted ? 1 : 0,
    sealed_key: sealedKey,
    sealed: deps.vault.seal(id, sealedKey, placeOfDetails(bare), JSON.stringify(details)),
    to_address: first.to,
    waits: 1,
    due_at: null,
    closed_at: null,
    check_at: null,
    answer_check_at: null,
    created_at: at,
    changed_at: at,
  };
  await table.saveThread(queries, row);
  const { otherNumbers = [] } = details.patient;
  await saveNumbers(
    queries,
    otherNumbers.flatMap((number) => numberRow(row, number, deps)),
  );
  await appendAct(queries, { row, details, acts: [], proofs: [] }, first, deps);
}

type Appendable = {
  readonly row: ThreadRow;
  /** Left out: nothing is written to somebody. */
  readonly details?: ThreadDetails;
  readonly acts: readonly ActRow[];
  readonly proofs: readonly Proof[];
};

/** The thread's row and its new act, as they lie in the store once this is committed. */
type Appended = { readonly row: ThreadRow; readonly act: ActRow };

/** One act more, and what follows from it: who has it, until when, and what is to be delivered to whom. */
export async function appendAct(queries: Queries, thread: Appendable, act: NewAct, deps: LogDeps): Promise<Appended> {
  const { row, details, acts, proofs } = thread;
  if (row.sealed_key === null) throw new Error('nothing is added to a thread that is destroyed');
  const last = acts.at(-1);
  const head = newHead(row, last, act, deps.now());
  const content: Content = {
    ...(act.author.person && personOf(act.author.person)),
    ...(act.body !== undefined && { body: act.body }),
  };
  const outgoing =
    act.body === undefined || !details
      ? undefined
      : signedContent(contentToSend(head, content, details, row.urgency as Urgency, deps.teams));
  const closed = closeAct(head, content, last?.chain ?? NO_CHAIN, {
    ...deps,
    key: row.sealed_key,
    ...(outgoing !== undefined && { outgoing }),
  });
  await table.saveAct(queries, closed);
  const standing = standingOf([...acts, closed].map(actOf));
  const next = nextPassing(standing, proofs, row.urgency as Urgency, deps.teams);
  const change = {
    to_address: standing.holder,
    waits: standing.waits ? 1 : 0,
    due_at: standing.waits ? (standing.dueAt ?? null) : null,
    closed_at: standing.closed ? (row.closed_at ?? head.at) : null,
    ...watchAt(standing, next?.at),
    changed_at: head.at,
  };
  await table.changeThread(queries, row.id, standing.version, change);
  const moved = movedBy(closed, standing, proofs);
  await enqueue(queries, closed, [...acts, closed], moved, deps.now());
  if (act.kind === 'reassign' || act.kind === 'escalate')
    for (const { version, to } of moved) await markUnopened(queries, row.id, version, deps.teams.teamAddress(to));
  return { row: { ...row, version: standing.version, ...change }, act: closed };
}

function personOf({ name, ...more }: NonNullable<Author['person']>): Content {
  return { person: name, ...more };
}

function newHead(row: ThreadRow, last: ActRow | undefined, act: NewAct, nowMs: number): ActHead {
  const now = new Date(nowMs).toISOString();
  return {
    thread_id: row.id,
    version: (last?.version ?? 0) + 1,
    sender: act.author.ods,
    id: act.id,
    kind: act.kind,
    // Launchers' clocks differ; what comes after is never dated before.
    at: last && last.at > now ? last.at : now,
    from_address: act.author.address,
    to_address: act.to ?? null,
    due_at: act.dueAt ?? null,
    rule: act.rule ?? null,
  };
}

type Moved = { readonly version: number; readonly to: string };

/** A message goes to the other side; what is handed on goes to whoever has it now. */
function movedBy(act: ActRow, standing: Standing, proofs: readonly Proof[]): readonly Moved[] {
  const { version, kind } = act;
  if (kind === 'ask') return [{ version, to: standing.holder }];
  if (kind === 'answer') return [{ version, to: act.to_address ?? standing.asker }];
  if (kind === 'escalate' && !standing.waits)
    return unopenedOf(standing.answers, proofs)
      .filter(({ passedBy }) => passedBy === version)
      .map((answer) => ({ version: answer.version, to: answer.holder }));
  return kind === 'reassign' || kind === 'escalate' ? [{ version: standing.lastAsk, to: standing.holder }] : [];
}

async function enqueue(
  queries: Queries,
  act: ActRow,
  acts: readonly ActRow[],
  moved: readonly Moved[],
  nowMs: number,
): Promise<void> {
  for (const { version, to } of moved) {
    const message = acts.find((one) => one.version === version);
    if (!message) continue;
    await enqueueMessage(queries, {
      thread_id: act.thread_id,
      version,
      to_address: to,
      sender: message.sender,
      message_id: message === act ? message.id : passedOnId(message.id, to),
      next_ms: nowMs,
    });
  }
}
