import { Router, type Request } from 'express';
import type { Audit } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Session, TeamSession } from '../session/session.ts';
import { isTeamBearer, type Sessions, type TeamSessions } from '../session/sessions.ts';
import type { Keeping } from '../smart/kept-launch.ts';
import { untilGone } from './until-gone.ts';

export type KeepRouteDeps = {
  readonly sessions: Pick<Sessions, 'peek' | 'extend' | 'end'>;
  /** Lists of teams, which the EPR vouches for in the same way. */
  readonly teamSessions?: Pick<TeamSessions, 'peek' | 'extend' | 'end'>;
  /** `keepLaunch` of `smart/kept-launch.ts` with its deps. */
  keep(launchId: string, signal: AbortSignal): Promise<Keeping>;
  readonly audit: Audit;
  readonly now: () => number;
};

/**
 * POST /api/session/keep: an open view asks whether the EPR still vouches for its user. It is no use of the record, and
 * does not keep an idle view alive. A user whom the EPR no longer knows has no view from this answer on.
 */
export function keepRoutes(deps: KeepRouteDeps): Router {
  const router = Router();
  router.post('/api/session/keep', async (request, response) => {
    const bearer = bearerOf(request);
    const sessions = isTeamBearer(bearer) ? deps.teamSessions : deps.sessions;
    const session = await sessions?.peek(bearer);
    if (!sessions || !session) throw new CorridorError('session.expired');
    const keeping = await deps.keep(session.context.launchId, untilGone(response));
    if (keeping.state === 'revoked') {
      await sessions.end(bearer);
      await deps.audit.record(lost(session, keeping, deps.now()));
      throw new CorridorError('session.expired', keeping.code);
    }
    const moved =
      keeping.state === 'kept' && keeping.untilMs !== undefined
        ? await sessions.extend(bearer, keeping.untilMs)
        : undefined;
    response.json({ expiresAt: moved ?? session.expiresAt });
  });
  return router;
}

function bearerOf(request: Request): string {
  const bearer = /^Bearer ((?:team\.)?[A-Za-z0-9_-]{43})$/i.exec(request.get('authorization') ?? '')?.[1];
  if (bearer === undefined) throw new CorridorError('session.missing');
  return bearer;
}

function lost(
  { context }: Session | TeamSession,
  { code, why }: Extract<Keeping, { state: 'revoked' }>,
  nowMs: number,
): Parameters<Audit['record']>[0] {
  return {
    type: 'context.changed',
    at: new Date(nowMs).toISOString(),
    outcome: 'refused',
    launchId: context.launchId,
    user: context.user.key,
    role: context.role,
    organisation: context.home.ods,
    ...('patient' in context && { nhsNumber: context.patient.nhsNumber }),
    code,
    detail: { why },
  };
}
