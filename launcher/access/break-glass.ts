import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Session } from '../session/session.ts';
import type { Community } from '../trust/community.ts';
import { dayOf } from './day.ts';
import { DEFAULT_DENY, type Judgement } from './judge.ts';
import type { Policy } from './policy.ts';
import { relationshipOf } from './relationship.ts';

export type BreakGlass = {
  /** Breaks the glass for this view, or names the rule that refuses it. Both are audited before anything is answered. */
  open(
    session: Session,
    reason: string,
  ): Promise<{ readonly until: string } | { readonly rule: string; readonly words: string }>;
  /** Whether the policy lets this reader break it, so that nobody is offered what they would be refused. */
  mayOpen(session: Session): boolean;
  /** Until when it is broken (ISO instant); nothing once that is past. */
  until(session: Session): Promise<string | undefined>;
};

export type BreakGlassDeps = {
  readonly community: Pick<Community, 'member'>;
  readonly policy: Policy;
  readonly audit: Audit;
  readonly lifeMs: number;
  find(sessionId: string): Promise<string | undefined>;
  /** Keeps the grant and tells the privacy officer, both or neither. */
  save(
    grant: {
      readonly sessionId: string;
      readonly user: string;
      readonly reason: string;
      readonly alertId: string;
      readonly openedAt: string;
      readonly expiresAt: string;
    },
    session: Session,
  ): Promise<void>;
  now(): number;
};

/**
 * Break-glass (safety H26): a reason, a confirmation, a banner, an end, and an alert in the privacy officer's queue. It
 * belongs to one view of one person; another launch starts without it. The reason is the reader's own words and goes to
 * the privacy officer only, never into the audit or a log.
 */
export function createBreakGlass(deps: BreakGlassDeps): BreakGlass {
  return {
    mayOpen: (session) => ruleFor(session, deps).allowed,
    open: async (session, reason) => {
      const judged = ruleFor(session, deps);
      const nowMs = deps.now();
      const at = new Date(nowMs).toISOString();
      await deps.audit.record({
        type: 'access.break_glass',
        at,
        outcome: judged.allowed ? 'success' : 'refused',
        launchId: session.context.launchId,
        user: session.context.user.key,
        role: session.context.role,
        organisation: session.context.home.ods,
        purpose: 'break-glass',
        nhsNumber: session.context.patient.nhsNumber,
        code: judged.rule,
      });
      if (!judged.allowed) return { rule: judged.rule, words: judged.words };
      const until = new Date(Math.min(nowMs + deps.lifeMs, Date.parse(session.expiresAt))).toISOString();
      const grant = { sessionId: session.id, user: session.context.user.key, reason, openedAt: at, expiresAt: until };
      await deps.save({ ...grant, alertId: randomUUID() }, session);
      return { until };
    },
    until: async (session) => {
      const until = await deps.find(session.id);
      return until !== undefined && deps.now() < Date.parse(until) ? until : undefined;
    },
  };
}

function ruleFor(session: Session, deps: BreakGlassDeps): Judgement | typeof DEFAULT_DENY {
  const home = deps.community.member(session.context.home.ods);
  const role = deps.policy.role(session.context.role);
  const inForce = deps.policy.on(dayOf(deps.now()));
  if (!home || !role || !inForce) return DEFAULT_DENY;
  const relationship = relationshipOf(session.context);
  const { purpose } = session;
  const asking = { role, home, purpose, relationship, consentKnown: true, emergency: false };
  return inForce.judge({ action: 'breakGlass', asking });
}
