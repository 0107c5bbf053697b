import { randomUUID } from 'node:crypto';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Community } from '../trust/community.ts';
import type { Asking } from './cell.ts';
import { judgeSources, unconnectedMembers, type CheckContext } from './checks.ts';
import type { PermittedRequest, RecordAsk, Refusal, SourceRefusal } from './decision.ts';
import { relationshipOf } from './relationship.ts';
import type { Judgement } from './judge.ts';
import type { Policy } from './policy.ts';
import type { SourceStanding } from './standing.ts';

export type DecideDeps = { readonly community: Community; readonly policy: Policy; readonly now: () => number };

export type Decide = (session: Session, ask: RecordAsk) => Promise<PermittedRequest | Refusal>;

/**
 * Whether this session may ask this, and whom: first what the registry knows, then what the policy says. Deny by
 * default: what no rule lets through is refused, and every refusal names its rule. The caller audits both outcomes
 * before anything leaves.
 */
export function createDecide(deps: DecideDeps): Decide {
  return (session, ask) => Promise.resolve().then(() => decideNow(session, ask, deps));
}

function decideNow(session: Session, ask: RecordAsk, deps: DecideDeps): PermittedRequest | Refusal {
  const { community, policy } = deps;
  const nowMs = deps.now();
  const unknown = checkRegistry(session, ask, deps, nowMs);
  if (unknown !== undefined) return refuse(unknown);
  const home = community.member(session.context.home.ods);
  const role = policy.role(session.context.role);
  const day = dayOf(nowMs);
  const inForce = policy.on(day);
  if (!home || !role || !inForce) return refuse('default.deny');
  const asking: Asking = {
    role,
    home,
    purpose: session.purpose,
    relationship: relationshipOf(session.context),
    consentKnown: true,
    emergency: false,
  };
  const open = inForce.judge({ action: ask.kind === 'document' ? 'openDocument' : 'openRecord', asking });
  if (!open.allowed) return refuse(open.rule);
  return permit(open, inForce.set.version, {
    session,
    ask,
    community,
    asking,
    judge: inForce.judge,
    policyLooksAtUnit: inForce.set.looksAt.has('unit'),
    agreed: (from, giver) => policy.agreed(from, giver, session.purpose, day),
    voice: () => 'silent',
    permitsSome: () => false,
  });
}

/** What no policy can allow: a view that is over, an organisation or role or source that nobody knows. In order. */
function checkRegistry(
  session: Session,
  ask: RecordAsk,
  { community, policy }: DecideDeps,
  nowMs: number,
): string | undefined {
  if (nowMs >= Date.parse(session.expiresAt)) return 'session.live';
  const home = community.member(session.context.home.ods);
  if (!home?.launch) return 'home.member';
  if (!policy.role(session.context.role)) return 'role.known';
  const named = ask.kind === 'document' ? [ask.source] : (ask.only ?? []);
  return named.every((id) => community.source(id)) ? undefined : 'source.known';
}

function permit(open: Judgement, version: string, context: CheckContext): PermittedRequest | Refusal {
  const permitted = new Map<SourceId, readonly SectionId[]>();
  const refused = new Map<SourceId, SourceRefusal>();
  const withheld = new Map<SourceId, ReadonlyMap<SectionId, SourceRefusal>>();
  const standings = new Map<SourceId, SourceStanding>();
  for (const [{ id }, verdict] of judgeSources(context)) {
    if ('sections' in verdict) {
      permitted.set(id, verdict.sections);
      withheld.set(id, verdict.withheld);
      standings.set(id, verdict.standing);
    } else refused.set(id, verdict);
  }
  const { session, ask } = context;
  if (permitted.size === 0)
    return refuse(refused.size === 1 && ask.kind === 'document' ? firstRule(refused) : 'sources.none');
  for (const member of unconnectedMembers(context))
    refused.set(member, { state: 'not-connected', rule: 'source.not-connected' });
  const { relationship } = context.asking;
  const named = { rule: open.rule, policy: version, relationship, obligations: open.obligations };
  const request = { viewId: randomUUID(), session, ask, permitted, refused, withheld, standings, ...named };
  return request as unknown as PermittedRequest;
}

function firstRule(refused: ReadonlyMap<SourceId, SourceRefusal>): string {
  const [first] = refused.values();
  return first?.rule ?? 'sources.none';
}

function refuse(rule: string): Refusal {
  return { refused: true, rule, code: rule === 'session.live' ? 'session.expired' : 'access.refused' };
}

/** Agreements begin and end at midnight where the community is. `en-CA` writes YYYY-MM-DD. */
export function dayOf(nowMs: number): string {
  return DAY.format(nowMs);
}

const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
