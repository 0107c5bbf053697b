import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Config } from '../config.ts';
import type { Sealing } from './seal.ts';
import type { Session, TeamSession } from './session.ts';

/** As the store keeps it: found by the bearer's hash, the rest sealed. Instants are ISO. */
export type StoredSession = {
  readonly bearerHash: string;
  readonly sessionId: string;
  readonly sealed: string;
  readonly openedAt: string;
  readonly idleExpiresAt: string;
  readonly expiresAt: string;
  readonly endedAt?: string;
};

export type SessionStore = {
  save(session: StoredSession): Promise<void>;
  find(bearerHash: string): Promise<StoredSession | undefined>;
  /** Moves the idle limit on; an ended session stays ended. */
  touch(sessionId: string, idleExpiresAt: string): Promise<void>;
  /** Moves the end on, never back; an ended session stays ended. */
  extend(sessionId: string, expiresAt: string): Promise<void>;
  /** Returns false when it was over already. */
  end(sessionId: string, endedAt: string): Promise<boolean>;
};

export type SessionDeps = {
  readonly store: SessionStore;
  readonly sealing: Sealing;
  readonly audit: Audit;
  readonly limits: Config['session'];
  readonly now: () => number;
};

type Any = Session | TeamSession;

export type OpenedSession<S extends Any = Session> = { readonly bearer: string; readonly session: S };

export type Sessions = SessionsOf<Session>;
export type TeamSessions = SessionsOf<TeamSession>;

export type SessionsOf<S extends Any> = {
  /**
   * A view of one patient, or of a team's list, for one launch. `lifeMs`: life of the token the EPR gave its user; it bounds the view, but not
   * below the idle limit: an access token's five minutes end no reading (docs/decisions/0009).
   */
  open(context: S['context'], lifeMs: number): Promise<OpenedSession<S>>;
  /** The live session of a bearer; `undefined` for unknown, idle too long, run out or ended, all the same. */
  find(bearer: string): Promise<S | undefined>;
  /** The live session of a bearer, without taking it for use: its idle limit stays where it is. */
  peek(bearer: string): Promise<S | undefined>;
  /** The EPR lets its user in until then; the longest life of a view stays. What it says is when the view now ends. */
  extend(bearer: string, untilMs: number): Promise<string | undefined>;
  /** Whether a session found before is still live: asked again in the middle of long streams. */
  isLive(bearer: string): Promise<boolean>;
  end(bearer: string): Promise<boolean>;
};

/** A bearer says by its shape what it opens, and what lies sealed under it says so once more. */
type Kind = { readonly bearer: RegExp; readonly prefix: string; readonly purpose: string };

const OF_PATIENT: Kind = { bearer: /^[A-Za-z0-9_-]{43}$/, prefix: '', purpose: 'session' };
const OF_TEAM: Kind = { bearer: /^team\.[A-Za-z0-9_-]{43}$/, prefix: 'team.', purpose: 'team-session' };

export function createSessions(deps: SessionDeps): Sessions {
  return keep<Session>(OF_PATIENT, deps);
}

export function createTeamSessions(deps: SessionDeps): TeamSessions {
  return keep<TeamSession>(OF_TEAM, deps);
}

/** Without looking: what no route of a patient's may take. */
export function isTeamBearer(bearer: string): boolean {
  return bearer.startsWith(OF_TEAM.prefix);
}

function keep<S extends Any>(kind: Kind, deps: SessionDeps): SessionsOf<S> {
  return {
    open: (context, lifeMs) => openSession<S>(context, lifeMs, kind, deps),
    find: (bearer) => findSession<S>(bearer, kind, deps),
    peek: async (bearer) => {
      const stored = await findLive(bearer, kind, deps);
      return stored && openStored<S>(stored, kind, deps);
    },
    extend: (bearer, untilMs) => extendSession(bearer, untilMs, kind, deps),
    isLive: async (bearer) => (await findLive(bearer, kind, deps)) !== undefined,
    end: (bearer) => endSession(bearer, kind, deps),
  };
}

async function openSession<S extends Any>(
  context: S['context'],
  lifeMs: number,
  { prefix, purpose }: Kind,
  { store, sealing, limits, now }: SessionDeps,
): Promise<OpenedSession<S>> {
  const bearer = `${prefix}${randomBytes(32).toString('base64url')}`;
  const openedAtMs = now();
  const expiresAtMs = openedAtMs + Math.min(limits.absoluteMs, Math.max(limits.idleMs, lifeMs));
  const session = {
    id: randomUUID(),
    context,
    purpose: 'direct-care',
    openedAt: iso(openedAtMs),
    expiresAt: iso(expiresAtMs),
  } as unknown as S;
  await store.save({
    bearerHash: hashOf(bearer),
    sessionId: session.id,
    sealed: sealing.seal(purpose, session),
    openedAt: session.openedAt,
    idleExpiresAt: iso(Math.min(openedAtMs + limits.idleMs, expiresAtMs)),
    expiresAt: session.expiresAt,
  });
  return { bearer, session };
}

async function findSession<S extends Any>(bearer: string, kind: Kind, deps: SessionDeps): Promise<S | undefined> {
  const stored = await findLive(bearer, kind, deps);
  if (!stored) return undefined;
  const session = openStored<S>(stored, kind, deps);
  if (!session) return undefined;
  await deps.store.touch(
    stored.sessionId,
    iso(Math.min(deps.now() + deps.limits.idleMs, Date.parse(stored.expiresAt))),
  );
  return session;
}

/** As it was sealed, but for its end, which a refresh at the EPR may have moved on. */
function openStored<S extends Any>(stored: StoredSession, { purpose }: Kind, { sealing }: SessionDeps): S | undefined {
  const session = sealing.open(purpose, stored.sealed) as S;
  if (session.id !== stored.sessionId) return undefined;
  return Object.freeze({ ...session, expiresAt: stored.expiresAt } as S);
}

async function extendSession(
  bearer: string,
  untilMs: number,
  kind: Kind,
  deps: SessionDeps,
): Promise<string | undefined> {
  const stored = await findLive(bearer, kind, deps);
  if (!stored) return undefined;
  const until = iso(Math.min(untilMs, Date.parse(stored.openedAt) + deps.limits.absoluteMs));
  if (until <= stored.expiresAt) return stored.expiresAt;
  await deps.store.extend(stored.sessionId, until);
  return until;
}

/** Our bearers have one shape each; anything else is not even looked up. */
async function findLive(
  bearer: string,
  { bearer: shape }: Kind,
  { store, now }: SessionDeps,
): Promise<StoredSession | undefined> {
  if (!shape.test(bearer)) return undefined;
  const stored = await store.find(hashOf(bearer));
  if (!stored || stored.endedAt !== undefined) return undefined;
  return now() < Date.parse(stored.expiresAt) && now() < Date.parse(stored.idleExpiresAt) ? stored : undefined;
}

async function endSession(bearer: string, kind: Kind, deps: SessionDeps): Promise<boolean> {
  const stored = await findLive(bearer, kind, deps);
  if (!stored) return false;
  const at = iso(deps.now());
  const ended = await deps.store.end(stored.sessionId, at);
  if (ended) {
    const { context } = deps.sealing.open(kind.purpose, stored.sealed) as Any;
    await deps.audit.record({
      type: 'session.ended',
      at,
      outcome: 'success',
      launchId: context.launchId,
      user: context.user.key,
      organisation: context.home.ods,
    });
  }
  return ended;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
