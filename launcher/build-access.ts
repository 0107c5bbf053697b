import { createHash, randomUUID } from 'node:crypto';
import type { SourceId } from '../src/record/source.ts';
import type { RecordEvent } from '../src/record/wire.ts';
import { createBreakGlass, type BreakGlass, type BreakGlassDeps } from './access/break-glass.ts';
import { createConsents } from './access/known-consents.ts';
import { createDecide, createReask, createRecheck, type Decide } from './access/decide.ts';
import type { PermittedRequest, Refusal } from './access/decision.ts';
import { createPolicy, type Policy } from './access/policy.ts';
import { explained } from './access/explained.ts';
import type { PolicySet } from './access/policy-set.ts';
import { wordsOfRule } from './access/rules.ts';
import { dayOf } from './access/day.ts';
import { stopBarred } from './access/stop-barred.ts';
import type { Parts } from './build-services.ts';
import type { SpooledItem } from './build-spool.ts';
import type { FederationDeps } from './federation/deps.ts';
import { readConsents } from './federation/read-consents.ts';
import { locate } from './identity/locate.ts';
import type { Session } from './session/session.ts';
import { saveAlert } from './storage/tables/alerts.ts';
import { findBreakGlass, saveBreakGlass } from './storage/tables/break-glass.ts';
import { endConsent, loadConsents, saveConsent } from './storage/tables/consents.ts';

/** The rules as the routes use them. */
export type AccessServices = {
  readonly policy: Policy;
  readonly decide: Decide;
  readonly breakGlass: BreakGlass;
  /** The stream of a view, stopped where a rule comes to bar it. */
  guard(events: AsyncGenerator<RecordEvent>, request: PermittedRequest): AsyncGenerator<RecordEvent>;
};

type Federation = Pick<FederationDeps, 'open' | 'match' | 'isAbout'>;

/** How long those who keep objections have to say what they keep: a record waits for them (safety H27). */
const KEEPERS_MS = 2_500;

export function buildAccess(parts: Parts, federation: Federation, now: () => number): AccessServices {
  const { community, database, audit, config } = parts;
  const { queries } = database;
  const policy = createPolicy(community, parts.policies);
  const consents = createConsents({
    askKeepers: (request) => readConsents(locate(request), { ...federation, audit, now, deadlineMs: KEEPERS_MS }),
    load: (nhsNumber) => loadConsents(queries, nhsNumber),
    replace: (ended, added, at) =>
      database.transaction(async (transaction) => {
        for (const id of ended) await endConsent(transaction, id, at);
        for (const row of added) await saveConsent(transaction, row);
      }),
    onForgotten: (error) => parts.log.error('consents.not_kept', { error }),
    newId: randomUUID,
    now,
  });
  const raise = createAlerts(parts);
  const breakGlass = createBreakGlass({
    community,
    policy,
    audit,
    lifeMs: config.access.breakGlassMs,
    ...createGrants(parts),
    now,
  });
  const deps = { community, policy, consents, emergency: (session: Session) => breakGlass.until(session), now };
  const decide = createDecide(deps);
  const recheck = createRecheck(deps);
  const reask = createReask(deps);
  /** Beside the store's own check and never before it: a slow keeper holds up nothing. One question at a time. */
  const askingKeepers = (request: PermittedRequest): (() => void) => {
    let next = now() + config.access.keepersMs;
    return () => {
      if (now() < next) return;
      next = Number.POSITIVE_INFINITY;
      void reask(request)
        .catch((error: unknown) => parts.log.error('consents.not_asked', { error }))
        .finally(() => (next = now() + config.access.keepersMs));
    };
  };
  const setNow = (): PolicySet | undefined => policy.on(dayOf(now()))?.set;
  /** What the reader is told of a refusal: the rule in words, and whether an emergency would change it. */
  const inWords = (refusal: Refusal, session: Session): Refusal => ({
    ...refusal,
    words: wordsOfRule(refusal.rule, setNow()),
    mayBreakGlass: refusal.rule === 'consent.objection' && breakGlass.mayOpen(session),
  });
  return {
    policy,
    breakGlass,
    decide: async (session, ask) => {
      const decided = await decide(session, ask);
      if ('code' in decided) return inWords(decided, session);
      if (decided.obligations?.includes('alert') === true)
        await raise(
          session,
          decided.relationship ?? 'none',
          new Date(now()).toISOString(),
          decided.emergency !== undefined,
        );
      return decided;
    },
    guard: (events, request) => {
      const askKeepers = askingKeepers(request);
      return stopBarred(
        explained(events, {
          request,
          mayBreakGlass: breakGlass.mayOpen(request.session),
          set: setNow(),
          spooled: () => (parts.spool?.waiting() ?? 0) > 0,
        }),
        {
          barred: (): Promise<ReadonlyMap<SourceId, string>> => {
            askKeepers();
            return recheck(request);
          },
          everyMs: config.session.recheckMs,
          now,
        },
      );
    },
  };
}

/** Grants of a broken glass, in the store; while it can't be written, in the spool and the memory of this launcher. */
function createGrants(parts: Parts): Pick<BreakGlassDeps, 'find' | 'save'> {
  const { database, spool } = parts;
  const held = new Map<string, string>();
  return {
    find: async (sessionId) => held.get(sessionId) ?? (await findBreakGlass(database.queries, sessionId))?.expiresAt,
    save: async (grant, session) => {
      const alert = alertOf(parts, session, 'break-glass', grant.alertId, grant.openedAt);
      try {
        await database.transaction(async (transaction) => {
          await saveBreakGlass(transaction, grant);
          await saveAlert(transaction, alert);
        });
      } catch (cause) {
        if (!spool) throw cause;
        await spool.append([{ kind: 'grant', grant, alert } satisfies SpooledItem]);
        if (held.size >= MOST_TOLD) held.clear();
        held.set(grant.sessionId, grant.expiresAt);
      }
    },
  };
}

/** Told once a day for each reader and person: the queue is for a person to read. */
function createAlerts(parts: Parts): (session: Session, kind: string, at: string, emergency: boolean) => Promise<void> {
  const told = new Set<string>();
  return async (session, kind, at, emergency) => {
    const { user, patient } = session.context;
    const name = `${kind}|${user.key}|${patient.nhsNumber}|${at.slice(0, 10)}`;
    const id = createHash('sha256').update(name).digest('base64url');
    if (told.has(id)) return;
    const alert = alertOf(parts, session, kind, id, at);
    try {
      await saveAlert(parts.database.queries, alert);
    } catch (cause) {
      if (!parts.spool || !emergency) throw cause;
      await parts.spool.append([{ kind: 'alert', alert } satisfies SpooledItem]);
    }
    if (told.size >= MOST_TOLD) told.clear();
    told.add(id);
  };
}

const MOST_TOLD = 10_000;

function alertOf(
  { handle }: Parts,
  session: Session,
  kind: string,
  id: string,
  at: string,
): Parameters<typeof saveAlert>[1] {
  const { user, home, patient, role } = session.context;
  return {
    id,
    at,
    kind,
    user: user.key,
    organisation: home.ods,
    patientHandle: handle(patient.nhsNumber),
    detailCode: `role.${role}`,
    state: 'open',
  };
}
