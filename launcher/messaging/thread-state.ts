import type { ThreadState, Urgency } from '../../src/messages/thread.ts';

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
  /** The last answer, where there is one. */
  readonly lastAnswer?: number;
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
    open(standing);
    if (standing.waits) return;
    standing.waits = true;
    standing.holderSince = act.at;
    setDue(standing, act.dueAt);
  },
  answer(standing, act) {
    standing.waits = false;
    standing.lastAnswer = act.version;
    delete standing.holderDueAt;
  },
  take(standing, act) {
    standing.takenBy = act.version;
  },
  reassign: hand,
  escalate(standing, act) {
    hand(standing, act);
    standing.escalations = [...standing.escalations, act];
  },
  close(standing, act) {
    standing.closed = true;
    standing.closedBy = act.version;
  },
  reopen: open,
};

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

function setDue(standing: Draft, dueAt: string | undefined): void {
  delete standing.dueAt;
  delete standing.holderDueAt;
  if (dueAt !== undefined) standing.dueAt = standing.holderDueAt = dueAt;
}

/** The furthest that is proven of what waits with the team that has it now; an answer nobody took in is none. */
export function stateOf(standing: Standing, proofs: readonly Proof[], nowIso: string): ThreadState {
  if (standing.closed) return 'closed';
  if (!standing.waits) return answerIsLost(standing, proofs) ? 'undeliverable' : 'answered';
  if (hasEscalated(standing)) return 'escalated';
  if (standing.dueAt !== undefined && standing.dueAt <= nowIso) return 'overdue';
  const here = proofsAtHolder(standing, proofs);
  if (here.has('opened')) return 'opened';
  if (here.has('delivered')) return 'delivered';
  return here.has('undeliverable') ? 'undeliverable' : 'queued';
}

function hasEscalated({ escalations, holderSince }: Standing): boolean {
  return escalations.some(({ at }) => at >= holderSince);
}

/** Its system refused it, and neither it nor anybody of the side that asked has said since that they have it. */
function answerIsLost({ lastAnswer }: Standing, proofs: readonly Proof[]): boolean {
  const kinds = new Set(proofs.filter(({ version }) => version === lastAnswer).map(({ kind }) => kind));
  return kinds.has('undeliverable') && !kinds.has('delivered') && !kinds.has('opened');
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

const WITHHELD = 'message.withheld:';

/** The code of a message that was handed over to nobody by a rule of the community; it names the rule. */
export function withheldBy(rule: string): string {
  return `${WITHHELD}${rule}`;
}

/** Nothing: it was no rule that held it back. */
export function ruleOfWithheld(code: string | undefined): string | undefined {
  return code?.startsWith(WITHHELD) ? code.slice(WITHHELD.length) : undefined;
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
} as const;

export type EscalationRule = keyof typeof ESCALATION_RULES;

/** When what waits moves on by a rule, and to whom, if nothing happens before. Nothing: it has nowhere to go. */
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
