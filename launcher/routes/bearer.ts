import type { Request } from 'express';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';

export type SessionFinder = {
  /** The live session of a bearer; `undefined` for unknown, idle, run out or ended, all the same. */
  find(bearer: string): Promise<Session | undefined>;
  /** Whether it still is: asked again while a long answer is under way. */
  isLive(bearer: string): Promise<boolean>;
};

/** From the Authorization header and nowhere else: one in a query or a cookie is never read (smart.md 5 #87). */
export async function requireSession(
  request: Request,
  sessions: SessionFinder,
): Promise<{ readonly bearer: string; readonly session: Session }> {
  const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (bearer === undefined) throw new CorridorError('session.missing');
  const session = await sessions.find(bearer);
  if (!session) throw new CorridorError('session.expired');
  return { bearer, session };
}
