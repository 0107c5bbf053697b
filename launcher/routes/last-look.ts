import express, { Router } from 'express';
import type { LastLooks, LookAbout } from '../audit/last-looks.ts';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { requireSession, type SessionFinder } from './bearer.ts';

/** Hashes of a record of twenty thousand entries, compressed, are half of this. */
const MOST_BYTES = 1_048_576;

/**
 * GET /api/last-look: what this reader saw of this person the last time. POST /api/last-look (bytes): what they have seen
 * now. Whose look it is and of whom the session says; the bytes are the page's own hashes, and are sealed unread.
 */
export function lastLookRoutes(deps: { readonly sessions: SessionFinder; readonly looks: LastLooks }): Router {
  const router = Router();
  router.get('/api/last-look', async (request, response) => {
    const { session } = await requireSession(request, deps.sessions);
    response.setHeader('Cache-Control', 'no-store');
    response.json(await deps.looks.before(aboutOf(session)));
  });
  const bytes = express.raw({ type: 'application/octet-stream', limit: MOST_BYTES });
  router.post('/api/last-look', bytes, async (request, response) => {
    const { session } = await requireSession(request, deps.sessions);
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body) || body.length === 0) throw new CorridorError('request.invalid', 'look');
    await deps.looks.keep(aboutOf(session), body.toString('base64'));
    response.status(204).end();
  });
  return router;
}

function aboutOf({ context }: Session): LookAbout {
  const { user, patient, encounterId, home } = context;
  return {
    user: user.key,
    nhsNumber: patient.nhsNumber,
    ...(encounterId !== undefined && { encounter: `${home.ods}|${encounterId}` }),
  };
}
