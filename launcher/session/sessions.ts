import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Config } from '../config.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import type { Sealing } from './seal.ts';
import type { Session } from './session.ts';

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

export type OpenedSession = { readonly bearer: string; readonly session: Session };

export type Sessions = {
  /**
   * A view of one patient for one launch. `lifeMs`: life of the token the EPR gave its user; it bounds the view, but not
   * below the idle limit: an access token's five minutes end no reading (docs/decisions/0009).
   */
  open(context: LaunchContext, lifeMs: number): Promise<OpenedSession>;
  /** The live session of a bearer; `undefined` for unknown, idle too long, run out or ended, all the same. */
  find(bearer: string): Promise<Session | undefined>;
  /** The live session of a bearer, without taking it for use: its idle limit stays where it is. */
  peek(bearer: string): Promise<Session | undefined>;
  /** The EPR lets its user in until then; the longest life of a view stays. What it says is when the view now ends. */
  extend(bearer: string, untilMs: number): Promise<string | undefined>;
  /** Whether a session found before is still live: asked again in the middle of long streams. */
  isLive(bearer: string): Promise<boolean>;
  end(bearer: string): Promise<boolean>;
};

export function createSessions(deps: SessionDeps): Sessions {
  return {
    open: (context, lifeMs) => openSession(context, lifeMs, deps),
    find: (bearer) => findSession(bearer, deps),
    peek: async (bearer) => {
      const stored = await findLive(bearer, deps);
      return stored && openStored(stored, deps);
    },
    extend: (bearer, untilMs) => extendSession(bearer, untilMs, deps),
    isLive: async (bearer) => (await findLive(bearer, deps)) !== undefined,
    end: (bearer) => endSession(bearer, deps),
  };
}

async function openSession(
  context: LaunchContext,
  lifeMs: number,
  { store, sealing, limits, now }: SessionDeps,
): Promise<OpenedSession> {
  const bearer = randomBytes(32).toString('base64url');
  const openedAtMs = now();
  const expiresAtMs = openedAtMs + Math.min(limits.absoluteMs, Math.max(limits.idleMs, lifeMs));
  const session = {
    id: randomUUID(),
    context,
    purpose: 'direct-care',
    openedAt: iso(openedAtMs),
    expiresAt: iso(expiresAtMs),
  } as unknown as Session;
  await store.save({
    bearerHash: hashOf(bearer),
    sessionId: session.id,
    sealed: sealing.seal('session', session),
    openedAt: session.openedAt,
    idleExpiresAt: iso(Math.min(openedAtMs + limits.idleMs, expiresAtMs)),
    expiresAt: session.expiresAt,
  });
  return { bearer, session };
}

async function findSession(bearer: string, deps: SessionDeps): Promise<Session | undefined> {
  const stored = await findLive(bearer, deps);
  if (!stored) return undefined;
  const session = openStored(stored, deps);
  if (!session) return undefined;
  await deps.store.touch(
    stored.sessionId,
    iso(Math.min(deps.now() + deps.limits.idleMs, Date.parse(stored.expiresAt))),
  );
  return session;
}

/** As it was sealed, but for its end, which a refresh at the EPR may have moved on. */
function openStored(stored: StoredSession, { sealing }: SessionDeps): Session | undefined {
  const session = sealing.open('session', stored.sealed) as Session;
  return session.id === stored.sessionId ? Object.freeze({ ...session, expiresAt: stored.expiresAt }) : undefined;
}

async function extendSession(bearer: string, untilMs: number, deps: SessionDeps): Promise<string | undefined> {
  const stored = await findLive(bearer, deps);
  if (!stored) return undefined;
  const until = iso(Math.min(untilMs, Date.parse(stored.openedAt) + deps.limits.absoluteMs));
  if (until <= stored.expiresAt) return stored.expiresAt;
  await deps.store.extend(stored.sessionId, until);
  return until;
}

/** Our bearers are 43 characters of base64url; anything else is not even looked up. */
async function findLive(bearer: string, { store, now }: SessionDeps): Promise<StoredSession | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(bearer)) return undefined;
  const stored = await store.find(hashOf(bearer));
  if (!stored || stored.endedAt !== undefined) return undefined;
  return now() < Date.parse(stored.expiresAt) && now() < Date.parse(stored.idleExpiresAt) ? stored : undefined;
}

async function endSession(bearer: string, deps: SessionDeps): Promise<boolean> {
  const stored = await findLive(bearer, deps);
  if (!stored) return false;
  const at = iso(deps.now());
  const ended = await deps.store.end(stored.sessionId, at);
  if (ended) {
    const { context } = deps.sealing.open('session', stored.sealed) as Session;
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

function hashOf(bearer: string): string {
  return createHash('sha256').update(bearer).digest('base64url');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
