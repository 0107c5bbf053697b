import { randomUUID } from 'node:crypto';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Community } from '../trust/community.ts';
import type { Asking } from './cell.ts';
import { judgeSources, unconnectedMembers, type CheckContext } from './checks.ts';
import { consentItemOf } from './consent-item.ts';
import { choosesItems, voiceOf, type ConsentAsker } from './consent-voice.ts';
import { NOTHING_SAID, type Consents, type KnownConsents } from './consents.ts';
import { dayOf } from './day.ts';
import type { PermittedRequest, RecordAsk, Refusal, SourceRefusal } from './decision.ts';
import type { Judgement } from './judge.ts';
import type { Policy } from './policy.ts';
import { relationshipOf } from './relationship.ts';
import type { SourceStanding } from './standing.ts';

export type DecideDeps = {
  readonly community: Community;
  readonly policy: Policy;
  /** Left out: nobody has said anything of the sharing of their record. */
  readonly consents?: Consents;
  /** Until when this session has broken the glass (ISO instant), if it has. */
  readonly emergency?: (session: Session) => Promise<string | undefined>;
  readonly now: () => number;
};

export type Decide = (session: Session, ask: RecordAsk) => Promise<PermittedRequest | Refusal>;

/**
 * Whether this session may ask this, and whom: what the registry knows, then whether the record may be opened at all,
 * then what the person has said, then every section of every source. Deny by default: what no rule lets through is
 * refused, and every refusal names its rule. The caller audits both outcomes before anything leaves.
 */
export function createDecide(deps: DecideDeps): Decide {
  return async (session, ask) => {
    const opened = await open(session, ask, deps);
    if ('refused' in opened) return opened;
    const known = deps.consents
      ? await deps.consents.ask(consentRequest(opened, keepersOf(deps.community)))
      : NOTHING_SAID;
    return permit(opened, contextOf(opened, known, deps));
  };
}

/**
 * Which sources of a running view may no longer be shown, by the rule that says so: the store is asked again, so that
 * a withdrawal stops what is still streaming.
 */
export function createRecheck(deps: DecideDeps): (request: PermittedRequest) => Promise<ReadonlyMap<SourceId, string>> {
  return async (request) => {
    const { session, ask } = request;
    const barred = new Map<SourceId, string>();
    if (!deps.consents) return barred;
    const opened = await open(session, ask, deps);
    if ('refused' in opened) return new Map([...request.permitted.keys()].map((id) => [id, opened.rule]));
    const statements = await deps.consents.stored(session.context.patient);
    for (const [{ id }, verdict] of judgeSources(contextOf(opened, { statements, known: true }, deps))) {
      const before = request.permitted.get(id);
      if (before === undefined) continue;
      if (!('sections' in verdict)) barred.set(id, verdict.rule);
      else {
        const lost = before.find((section) => !verdict.sections.includes(section));
        if (lost) barred.set(id, verdict.withheld.get(lost)?.rule ?? 'default.deny');
      }
    }
    return barred;
  };
}

/**
 * Asks those who keep objections again while a record streams. What they say now is kept in the store, which every
 * `createRecheck` reads: a withdrawal made at a keeper counts from the answer on.
 */
export function createReask(deps: DecideDeps): (request: PermittedRequest) => Promise<void> {
  return async ({ session, ask }) => {
    const keepers = keepersOf(deps.community);
    if (!deps.consents || keepers.size === 0) return;
    const opened = await open(session, ask, deps);
    if (!('refused' in opened)) await deps.consents.ask(consentRequest(opened, keepers));
  };
}

type Opened = {
  readonly session: Session;
  readonly ask: RecordAsk;
  readonly asking: Asking;
  readonly day: string;
  readonly nowMs: number;
  readonly by: Judgement;
  readonly inForce: NonNullable<ReturnType<Policy['on']>>;
  readonly until: string | undefined;
};

async function open(session: Session, ask: RecordAsk, deps: DecideDeps): Promise<Opened | Refusal> {
  const { community, policy } = deps;
  const nowMs = deps.now();
  const unknown = checkRegistry(session, ask, deps, nowMs);
  if (unknown !== undefined) return refuse(unknown);
  const home = community.member(session.context.home.ods);
  const role = policy.role(session.context.role);
  const day = dayOf(nowMs);
  const inForce = policy.on(day);
  if (!home || !role || !inForce) return refuse('default.deny');
  const until = await deps.emergency?.(session);
  const asking: Asking = {
    role,
    home,
    purpose: session.purpose,
    relationship: relationshipOf(session.context),
    ...(session.context.units && { units: session.context.units }),
    consentKnown: true,
    emergency: until !== undefined && nowMs < Date.parse(until),
  };
  const by = inForce.judge({ action: ask.kind === 'document' ? 'openDocument' : 'openRecord', asking });
  return by.allowed ? { session, ask, asking, day, nowMs, by, inForce, until } : refuse(by.rule);
}

function contextOf(opened: Opened, { statements, known }: KnownConsents, deps: DecideDeps): CheckContext {
  const { session, ask, day, nowMs, inForce } = opened;
  const { community, policy } = deps;
  const asking = { ...opened.asking, consentKnown: known };
  const { user, home } = session.context;
  const names = [user.key, ...(user.sdsUserId === undefined ? [] : [user.sdsUserId])];
  const asker: ConsentAsker = { ods: home.ods, names, emergency: asking.emergency, nowMs };
  const odsOf = (source: SourceId): string => community.source(source)?.ods ?? '';
  const single = choosesItems(statements);
  const some = single || statements.some(({ exceptions }) => exceptions.some(({ type }) => type === 'permit'));
  return {
    session,
    ask,
    community,
    asking,
    judge: inForce.judge,
    policyLooksAtUnit: inForce.set.looksAt('see', 'unit') || inForce.set.looksAt('tell', 'unit'),
    agreed: (from, giver) => policy.agreed(from, giver, session.purpose, day),
    voice: (source, section, labels) => voiceOf(statements, asker, { source, ods: odsOf(source), section, labels }),
    nothingSaid: statements.length === 0,
    permitsSome: () => some,
    voiceOfItem: single
      ? (source, section, labels, resource) =>
          voiceOf(statements, asker, { source, ods: odsOf(source), section, labels, item: consentItemOf(resource) })
      : undefined,
  };
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

function keepersOf(community: Community): ReadonlyMap<SourceId, readonly SectionId[]> {
  return new Map(community.sources.filter((source) => source.keepsObjections === true).map(({ id }) => [id, []]));
}

/** Leave to ask for what the person has said, and for nothing else: no section of any source. */
function consentRequest(
  { session, ask, asking, by, inForce }: Opened,
  permitted: ReadonlyMap<SourceId, readonly SectionId[]>,
) {
  const named = { rule: by.rule, policy: inForce.set.version, ...(asking.emergency && { purpose: 'break-glass' }) };
  const request = { viewId: randomUUID(), session, ask, permitted, refused: new Map(), ...named };
  return request as unknown as PermittedRequest;
}

function permit(opened: Opened, context: CheckContext): PermittedRequest | Refusal {
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
  const { session, ask, by, inForce, until } = opened;
  if (permitted.size === 0) return refuse(ruleOfAll(refused, ask));
  for (const member of unconnectedMembers(context))
    refused.set(member, { state: 'not-connected', rule: 'source.not-connected' });
  const { relationship, emergency } = context.asking;
  const request = {
    viewId: randomUUID(),
    session,
    ask,
    permitted,
    refused,
    withheld,
    standings,
    rule: by.rule,
    policy: inForce.set.version,
    relationship,
    obligations: by.obligations,
    ...(emergency && until !== undefined && { emergency: { until }, purpose: 'break-glass' }),
  };
  return request as unknown as PermittedRequest;
}

/** Nobody may be asked: for one document by the rule of its source, for a record by the one rule they all share. */
function ruleOfAll(refused: ReadonlyMap<SourceId, SourceRefusal>, ask: RecordAsk): string {
  const [first, ...others] = new Set([...refused.values()].map(({ rule }) => rule));
  if (first === undefined || others.length > 0) return 'sources.none';
  return ask.kind === 'document' || first.startsWith('consent.') ? first : 'sources.none';
}

function refuse(rule: string): Refusal {
  return { refused: true, rule, code: rule === 'session.live' ? 'session.expired' : 'access.refused' };
}
