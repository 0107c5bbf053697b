import { randomUUID } from 'node:crypto';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Community } from '../trust/community.ts';
import { judgeSources, REQUEST_CHECKS, unconnectedMembers, type CheckContext } from './checks.ts';
import type { PermittedRequest, RecordAsk, Refusal } from './decision.ts';
import type { Policy } from './policy.ts';
import type { RuleId } from './rules.ts';

export type DecideDeps = { readonly community: Community; readonly policy: Policy; readonly now: () => number };

export type Decide = (session: Session, ask: RecordAsk) => Promise<PermittedRequest | Refusal>;

/**
 * Whether this session may ask this, and whom. Deny by default: what no check lets through is refused with its rule.
 * The caller audits both outcomes before anything leaves.
 */
export function createDecide({ community, policy, now }: DecideDeps): Decide {
  // A promise already, so that a decision may one day ask someone without a route noticing.
  return (session, ask) => Promise.resolve().then(() => decideNow(session, ask));

  function decideNow(session: Session, ask: RecordAsk): PermittedRequest | Refusal {
    const nowMs = now();
    const context: CheckContext = { session, ask, community, policy, nowMs, day: dayOf(nowMs) };
    const rule = REQUEST_CHECKS.map((check) => check(context)).find((found) => found !== undefined);
    return rule === undefined ? permit(context) : refuse(rule);
  }
}

function permit(context: CheckContext): PermittedRequest | Refusal {
  const permitted = new Map<SourceId, readonly SectionId[]>();
  const refused = new Map<SourceId, { state: 'withheld' | 'not-agreed' | 'not-connected'; rule: string }>();
  for (const [source, verdict] of judgeSources(context)) {
    if ('sections' in verdict) permitted.set(source.id, verdict.sections);
    else refused.set(source.id, verdict);
  }
  if (permitted.size === 0)
    return refuse(refused.size === 1 && context.ask.kind === 'document' ? firstRule(refused) : 'sources.none');
  for (const member of unconnectedMembers(context))
    refused.set(member, { state: 'not-connected', rule: 'source.not-connected' });
  const { session, ask } = context;
  return { viewId: randomUUID(), session, ask, permitted, refused } as unknown as PermittedRequest;
}

function firstRule(refused: ReadonlyMap<SourceId, { readonly rule: string }>): RuleId {
  const [first] = refused.values();
  return (first?.rule ?? 'sources.none') as RuleId;
}

function refuse(rule: RuleId): Refusal {
  return { refused: true, rule, code: rule === 'session.live' ? 'session.expired' : 'access.refused' };
}

/** Agreements begin and end at midnight where the community is. `en-CA` writes YYYY-MM-DD. */
function dayOf(nowMs: number): string {
  return DAY.format(nowMs);
}

const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
