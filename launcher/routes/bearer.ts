import type { Request } from 'express';
import { CorridorError } from '../errors.ts';
import type { Session, TeamSession } from '../session/session.ts';
import { isTeamBearer } from '../session/sessions.ts';

export type SessionFinder = {
  /** The live session of a bearer; `undefined` for unknown, idle, run out or ended, all the same. */
  find(bearer: string): Promise<Session | undefined>;
  /** Whether it still is: asked again while a long answer is under way. */
  isLive(bearer: string): Promise<boolean>;
};

export type TeamSessionFinder = { find(bearer: string): Promise<TeamSession | undefined> };

/**
 * For whatever is a patient's. From the Authorization header and nowhere else: one in a query or a cookie is never read
 * (smart.md 5 #87). A team's list has no patient, and is told so before anything is looked up.
 */
export async function requireSession(
  request: Request,
  sessions: SessionFinder,
): Promise<{ readonly bearer: string; readonly session: Session }> {
  const bearer = bearerOf(request);
  if (isTeamBearer(bearer)) throw new CorridorError('session.no_patient');
  const session = await sessions.find(bearer);
  if (!session) throw new CorridorError('session.expired');
  return { bearer, session };
}

/** For what a team's list may do too: whose session it is, with a patient open or without. */
export async function requireReader(
  request: Request,
  sessions: SessionFinder,
  teams: TeamSessionFinder | undefined,
): Promise<Session | TeamSession> {
  const bearer = bearerOf(request);
  const session = await (isTeamBearer(bearer) ? teams : sessions)?.find(bearer);
  if (!session) throw new CorridorError('session.expired');
  return session;
}

function bearerOf(request: Request): string {
  const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (bearer === undefined) throw new CorridorError('session.missing');
  return bearer;
}
