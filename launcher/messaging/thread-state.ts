import type { ThreadState, Urgency } from '../../src/messages/thread.ts';
import { type GivenAnswer, stateOfAnswers } from './answer-state.ts';
import { ruleOfWithheld } from './withheld-code.ts';

/**
 * What a log of acts and its receipts come to. Pure, and the only place that says what a conversation's state is: from
 * receipts alone, never by guess (safety H31).
 */

/** `ask` by the side that began it, `answer` by the other. */
export type ActKind = 'ask' | 'answer' | 'take' | 'reassign' | 'close' | 'reopen' | 'escalate';

export type Act = {
  readonly version: number;
  readonly kind: ActKind;
  /** ISO instant. */
  readonly at: string;
  /** The team that acted; of an escalation the one that did not. */
  readonly from: string;
  /** Whom a message, a reassignment or an escalation goes to. */
  readonly to?: string;
  /** Of an ask, or of the new holder: until when. */
  readonly dueAt?: string;
  /** Of an escalation. */
  readonly rule?: string;
};

/** What is proven of one message at one address. */
export type Proof = {
  readonly version: number;
  readonly address: string;
  readonly kind: 'delivered' | 'opened' | 'undeliverable';
  readonly at: string;
  readonly person?: string;
  readonly code?: string;
};

export type Standing = {
  readonly version: number;
  /** Team that began it, and team that has it now. */
  readonly from: string;
  readonly holder: string;
  /** Since when the holder has what is waiting, and until when they have. */
  readonly holderSince: string;
  readonly holderDueAt?: string;
  /** Whether an ask stands without an answer; the last of them. */
  readonly waits: boolean;
  readonly lastAsk: number;
  /** When that was asked. */
  readonly askedAt: string;
  /** Whoever asked last: whom an answer goes to. */
  readonly asker: string;
  /** The side that asks: who has asked, and to whom an answer went that nobody took up. */
  readonly asking: readonly string[];
  /** What was answered since the last question; none once the side that asked has acted with it before them. */
  readonly answers: readonly GivenAnswer[];
  /** How long whoever asked left for an answer. */
  readonly withinMs?: number;
  /** Until when an answer was asked for, whoever has it now. */
  readonly dueAt?: string;
  readonly closed: boolean;
  /** Version of the act that ended it, while it is closed. */
  readonly closedBy?: number;
  /** Version of the act by which somebody took it on, if that still holds. */
  readonly takenBy?: number;
  readonly escalations: readonly Act[];
  /** Everybody who has had it. */
  readonly passed: readonly string[];
};

type Draft = { -readonly [K in keyof Standing]: Standing[K] };

/** In the order of versions; throws on a log that no service of ours can have written. */
export function standingOf(acts: readonly Act[]): Standing {
  const [first] = acts;
  if (first?.kind !== 'ask' || first.to === undefined) throw new Error('a thread begins with a message');
  const standing: Draft = {
    version: 0,
    from: first.from,
    holder: first.to,
    holderSince: first.at,
    waits: false,
    lastAsk: first.version,
    askedAt: first.at,
    asker: first.from,
    asking: [first.from],
    answers: [],
    closed: false,
    escalations: [],
    passed: [first.to],
  };
  for (const act of acts) {
    if (act.version !== standing.version + 1) throw new Error('a thread has every version once');
    standing.version = act.version;
    STEP[act.kind](standing, act);
  }
  return standing;
}

const STEP: { readonly [kind in ActKind]: (standing: Draft, act: Act) => void } = {
  ask(standing, act) {
    standing.lastAsk = act.version;
    standing.askedAt = act.at;
    standing.asker = act.from;
    standing.asking = withOne(standing.asking, act.from);
    standing.answers = [];
    open(standing);
    if (standing.waits) return;
    standing.waits = true;
    standing.holderSince = act.at;
    // Who took on the question before has said nothing of this one, and may be away.
    delete standing.takenBy;
    setDue(standing, act);
  },
  answer(standing, act) {
    const { version, at, to = standing.asker } = act;
    standing.waits = false;
    standing.asking = withOne(standing.asking, to);
    standing.answers = [...standing.answers, { version, at, holder: to }];
    delete standing.holderDueAt;
  },
  take(standing, act) {
    standing.takenBy = act.version;
  },
  reassign: hand,
  escalate(standing, act) {
    // What waits is a question, and otherwise there is nothing but answers to be passed on.
    if (standing.waits) hand(standing, act);
    else passAnswers(standing, act);
    standing.escalations = [...standing.escalations, act];
  },
  close(standing, act) {
    standing.closed = true;
    standing.closedBy = act.version;
    acted(standing, act);
  },
  reopen(standing, act) {
    open(standing);
    acted(standing, act);
  },
};

/** Nobody acts on a conversation but with the whole of it before them. */
function acted(standing: Draft, { from }: Act): void {
  if (standing.asking.includes(from)) standing.answers = [];
}

function passAnswers(standing: Draft, { from, to, at, version }: Act): void {
  if (to === undefined) return;
  standing.asking = withOne(standing.asking, to);
  standing.answers = standing.answers.map((one) =>
    one.holder === from ? { version: one.version, at, holder: to, passedBy: version } : one,
  );
}

function withOne(all: readonly string[], one: string): readonly string[] {
  return all.includes(one) ? all : [...all, one];
}

function open(standing: Draft): void {
  standing.closed = false;
  delete standing.closedBy;
}

function hand(standing: Draft, act: Act): void {
  if (act.to !== undefined) {
    standing.holder = act.to;
    standing.passed = [...standing.passed, act.to];
  }
  standing.holderSince = act.at;
  if (act.dueAt !== undefined) standing.holderDueAt = act.dueAt;
  delete standing.takenBy;
}

function setDue(standing: Draft, { at, dueAt }: Act): void {
  delete standing.dueAt;
  delete standing.holderDueAt;
  delete standing.withinMs;
  if (dueAt === undefined) return;
  standing.dueAt = standing.holderDueAt = dueAt;
  standing.withinMs = Math.max(0, Date.parse(dueAt) - Date.parse(at));
}

/** The furthest that is proven of what waits with the team that has it now; an answer nobody took in is none. */
export function stateOf(standing: Standing, proofs: readonly Proof[], nowIso: string): ThreadState {
  if (standing.closed) return 'closed';
  if (!standing.waits) return stateOfAnswers(standing.answers, proofs);
  if (hasEscalated(standing)) return 'escalated';
  if (standing.dueAt !== undefined && standing.dueAt <= nowIso) return 'overdue';
  const here = proofsAtHolder(standing, proofs);
  if (here.has('opened')) return 'opened';
  if (here.has('delivered')) return 'delivered';
  return here.has('undeliverable') ? 'undeliverable' : 'queued';
}

/** An answer that was passed on before this question says nothing of it. */
function hasEscalated({ escalations, holder, holderSince }: Standing): boolean {
  return escalations.some(({ at, to }) => at >= holderSince && to === holder);
}

/**
 * What its system has or refused stays so, however often it is handed back there; that somebody had it on the screen
 * before they gave it away says nothing of whether anybody has seen it since it came back.
 */
function proofsAtHolder(
  { lastAsk, holder, holderSince }: Standing,
  proofs: readonly Proof[],
): ReadonlyMap<Proof['kind'], Proof> {
  const here = proofs.filter(
    ({ version, address, kind, at }) =>
      version === lastAsk && address === holder && (kind !== 'opened' || at >= holderSince),
  );
  return new Map(here.map((proof) => [proof.kind, proof]));
}

/** What a team of the community file promises, as far as escalating needs it. */
export type TeamPromise = {
  readonly deadlineHours: { readonly urgent: number; readonly routine: number };
  readonly escalatesTo?: string;
};

export type NextStep = { readonly at: string; readonly rule: EscalationRule; readonly to: string };

/** The rules by which what nobody takes up moves on, in the words a reader is told. */
export const ESCALATION_RULES = {
  'message.withheld': 'A rule of the community held it back from the team it was sent to.',
  'message.undeliverable': 'The system of the team it was sent to did not take it in.',
  'message.urgent-unopened':
    'It is urgent, and half-way to the time it was due it was not known to have been opened there.',
  'message.overdue': 'Nobody there had answered by the time it was due.',
  'message.answer-unopened':
    'It is the answer to what was asked urgently, and in the time there was for it nobody there was known to have opened it.',
} as const;

export type EscalationRule = keyof typeof ESCALATION_RULES;

/** When a question that waits moves on by a rule, and to whom, if nothing happens before. Nothing: it has nowhere to go. */
export function nextStep(
  standing: Standing,
  proofs: readonly Proof[],
  urgency: Urgency,
  team: TeamPromise | undefined,
): NextStep | undefined {
  const { closed, waits, holderSince, holderDueAt, askedAt, takenBy } = standing;
  const to = team?.escalatesTo;
  if (closed || !waits || to === undefined) return undefined;
  const here = proofsAtHolder(standing, proofs);
  const refused = here.get('undeliverable');
  if (refused && !here.has('delivered')) {
    const rule = ruleOfWithheld(refused.code) === undefined ? 'message.undeliverable' : 'message.withheld';
    return { at: refused.at, rule, to };
  }
  if (holderDueAt === undefined) return undefined;
  const asked = askedAt > holderSince ? askedAt : holderSince;
  // Who has taken it on has said so, and a question more has its own half of what is left.
  if (urgency === 'routine' || here.has('opened') || takenBy !== undefined || asked >= holderDueAt)
    return { at: holderDueAt, rule: 'message.overdue', to };
  const [since, due] = [Date.parse(asked), Date.parse(holderDueAt)];
  const half = new Date(since + Math.max(0, due - since) / 2).toISOString();
  return { at: half, rule: 'message.urgent-unopened', to };
}

/** Until when a team that gets something now has: the promise it gives in the community file. */
export function dueFrom(atIso: string, urgency: Urgency, team: TeamPromise): string {
  return new Date(Date.parse(atIso) + team.deadlineHours[urgency] * 3_600_000).toISOString();
}

/** What a reassignment leaves of the time: what is left of it, or the new team's own once it has gone by. */
export function dueAfterHandover(
  standing: Standing,
  atIso: string,
  urgency: Urgency,
  team: TeamPromise,
): string | undefined {
  if (!standing.waits) return undefined;
  const { holderDueAt } = standing;
  return holderDueAt !== undefined && holderDueAt > atIso ? holderDueAt : dueFrom(atIso, urgency, team);
}
