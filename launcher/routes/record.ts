import { Router, type Request } from 'express';
import type { SourceId } from '../../src/record/source.ts';
import type { PermittedRequest, RecordAsk, Refusal } from '../access/decision.ts';
import { createRedaction, hidesPlaces, type RedactionRule } from '../access/redact.ts';
import { createSourceAliases, underAliases } from '../access/source-aliases.ts';
import type { SeenView, ViewAbout } from '../audit/as-seen/seen-views.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Federate, FederationDeps } from '../federation/deps.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { Session } from '../session/session.ts';
import { refusedEvent, viewedEvent } from './access-trail.ts';
import { requireSession, type SessionFinder } from './bearer.ts';
import { sendEvents, watchReader } from './event-stream.ts';

export type RecordRouteDeps = {
  readonly sessions: SessionFinder;
  /** Takes a place among the open streams, or throws `request.too_many` or `server.busy`. */
  readonly streams: { open(userKey: string): { readonly signal: AbortSignal; close(): void } };
  decide(session: Session, ask: RecordAsk): Promise<PermittedRequest | Refusal>;
  locate(request: PermittedRequest): LocatedRequest | Promise<LocatedRequest>;
  /** Clearance of the reader's role, as data (`ruleFor` of access/redact.ts). */
  ruleOf(request: PermittedRequest): RedactionRule;
  readonly federate: Federate;
  /** Everything federation needs but the redactor, which is made for each reader here. */
  readonly federation: Omit<FederationDeps, 'redactor'>;
  /** Every source of the community: an alias given to a reader is looked up among them. */
  sourceIds(): readonly SourceId[];
  readonly audit: Audit;
  /** Follows what a view shows, so that it can be shown again (safety H44). Left out: nothing is kept. */
  readonly seen?: { open(about: ViewAbout): SeenView } | undefined;
  /** Told of each record that was let be opened, and waited for by nobody: the reader's teams care for this person. */
  readonly opened?: (session: Session) => void;
  now(): number;
  /** How often a running stream asks whether its session still lives; revocation takes at most this long. */
  readonly recheckMs?: number;
};

/** GET /api/record: one reader's request from beginning to end. NDJSON of `RecordEvent`; `?only=<source>` asks one again. */
export function recordRoutes(deps: RecordRouteDeps): Router {
  const router = Router();
  router.get('/api/record', async (request, response) => {
    const given = parseAsk(request);
    const { bearer, session } = await requireSession(request, deps.sessions);
    const aliases = createSourceAliases(session.id, deps.sourceIds());
    const ask = { ...given, ...(given.only && { only: given.only.map((name) => aliases.sourceOf(name) ?? name) }) };
    const place = deps.streams.open(session.context.user.key);
    const watch = {
      isLive: () => deps.sessions.isLive(bearer),
      everyMs: deps.recheckMs ?? 1_000,
      stopping: place.signal,
    };
    const reader = watchReader(response, watch);
    let seen: SeenView | undefined;
    let opened = false;
    try {
      const permitted = await deps.decide(session, ask);
      if ('refused' in permitted && permitted.refused === true) throw await refuse(session, ask, permitted, deps);
      const rule = deps.ruleOf(permitted);
      // Real names would let a reader find out, one by one, which organisation is behind which alias.
      if (hidesPlaces(rule) && given.only?.some((name) => !aliases.sourceOf(name)))
        throw new CorridorError('request.invalid', 'only');
      const viewed = viewedEvent(permitted, deps.now());
      await deps.audit.record(viewed);
      opened = given.only === undefined;
      seen = deps.seen?.open(aboutOf(viewed, permitted));
      const located = await deps.locate(permitted);
      const redactor = createRedaction(rule);
      const federation = { ...deps.federation, redactor, ...(seen && { withheld: seen.withheld }) };
      const events = deps.federate(located, federation, reader.signal);
      const shown = hidesPlaces(rule) ? underAliases(events, aliases) : events;
      await sendEvents(shown, response, reader.signal, seen?.line);
    } finally {
      reader.end();
      // Within the stream's place: a launcher that stops waits for it.
      await seen?.finish();
      place.close();
      // After the reader's own view: nothing else asks the same sources meanwhile.
      if (opened) deps.opened?.(session);
    }
  });
  return router;
}

function aboutOf(
  { type: _type, outcome: _outcome, at: _at, code: _code, detail: _detail, ...who }: AuditEvent,
  permitted: PermittedRequest,
): ViewAbout {
  return { ...who, viewId: permitted.viewId, nhsNumber: permitted.session.context.patient.nhsNumber };
}

async function refuse(
  session: Session,
  ask: RecordAsk,
  refusal: Refusal,
  deps: RecordRouteDeps,
): Promise<CorridorError> {
  await deps.audit.record(refusedEvent(session, ask, refusal, deps.now()));
  return new CorridorError(refusal.code, refusal.rule, { cause: refusal });
}

const MAX_ONLY = 32;

/** Only names of sources, which the decision looks up; nothing of a patient is ever in this address. */
function parseAsk(request: Request): Extract<RecordAsk, { kind: 'record' }> {
  const given: unknown = request.query['only'];
  if (given === undefined) return { kind: 'record' };
  const names: readonly unknown[] = Array.isArray(given) ? given : [given];
  const only = names.filter(
    (name): name is SourceId => typeof name === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(name),
  );
  if (only.length === 0 || only.length !== names.length || only.length > MAX_ONLY)
    throw new CorridorError('request.invalid');
  return { kind: 'record', only };
}
