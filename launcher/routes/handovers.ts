import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { HandoverAct } from '../handovers/acts.ts';
import type { HandoverLists } from '../handovers/lists.ts';
import type { HandoverList } from '../../src/messages/handover.ts';
import type { Reader, ReadingSession } from '../handovers/look.ts';
import type { Subscribe } from '../handovers/subscribe.ts';
import { CorridorError, ERRORS } from '../errors.ts';
import { requestIdOf } from '../observability/request-watch.ts';
import { requireSession, type SessionFinder } from './bearer.ts';
import { untilGone } from './until-gone.ts';

export type HandoverRouteDeps = {
  readonly sessions: SessionFinder;
  /** Whose window it is, with a chart open or a team's list alone. Throws as `requireSession` does. */
  readonly reader: (request: Request) => Promise<ReadingSession>;
  readonly lists: HandoverLists;
  readonly subscribe: Pick<Subscribe, 'end'>;
  /** The teams somebody belongs to who has this role at this organisation, and the role's own place. */
  readonly teamsOf: (session: ReadingSession) => readonly string[];
};

const address = z.string().regex(/^[A-Z0-9]{3,10}\/[a-z0-9][a-z0-9-]{0,68}(?:\/[A-Za-z0-9._-]{1,64})?$/);
const own = z.strictObject({ id: z.uuid(), version: z.number().int().min(1), address });
const BODIES = { acknowledge: own, take: own, reassign: own.extend({ to: address }) } as const;

/**
 * GET /api/handovers: transitions and notices of the open patient. GET /api/inbox/handovers: those of the reader's teams,
 * with or without a chart open. POST /api/handovers/:id/acknowledge, /take, /reassign: taken on, taken over from a colleague
 * (or back), passed on to the team, role or person `to`, each by one action; 409 with how it stands when somebody was quicker.
 * GET /api/handovers/:id/targets: whom it can be passed on to. POST /api/handovers/unsubscribe: the reader's teams are told of this patient no longer.
 */
export function handoverRoutes({ sessions, reader, lists, subscribe, teamsOf }: HandoverRouteDeps): Router {
  const router = Router();
  const readerOf = async (request: Request): Promise<Reader> => {
    const session = await reader(request);
    const { patient } = session.context;
    return { session, addresses: teamsOf(session), ...(patient && { patient }) };
  };
  const send = (response: Response, answer: HandoverList): void => {
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  };

  router.get('/api/handovers', async (request, response) => {
    const { session } = await requireSession(request, sessions);
    const { patient } = session.context;
    send(response, await lists.ofPatient({ session, addresses: teamsOf(session), patient }));
  });

  router.get('/api/inbox/handovers', async (request, response) => {
    send(response, await lists.ofTeams(await readerOf(request)));
  });

  router.post('/api/handovers/unsubscribe', async (request, response) => {
    const { session } = await requireSession(request, sessions);
    await subscribe.end(session);
    response.status(204).end();
  });

  router.get('/api/handovers/:handover/targets', async (request, response) => {
    const reading = await readerOf(request);
    const found = await lists.targets(reading, idOf(request), untilGone(response));
    response.setHeader('Cache-Control', 'no-store').json(found);
  });

  for (const kind of ['acknowledge', 'take', 'reassign'] as const)
    router.post(`/api/handovers/:handover/${kind}`, async (request, response) => {
      const acting = await readerOf(request);
      const read = BODIES[kind].safeParse(request.body);
      if (!read.success) throw new CorridorError('request.invalid', 'handover');
      const act: HandoverAct = { ...read.data, kind, handover: idOf(request) };
      const done = await lists.act(acting, act, untilGone(response));
      response.setHeader('Cache-Control', 'no-store');
      if (done.moved) {
        const { status, message, nextStep } = ERRORS['handover.moved'];
        const answer = { error: 'handover.moved', message, nextStep, supportId: requestIdOf(response) };
        response.status(status).json({ ...answer, handover: done.handover });
      } else response.json(done.handover);
    });
  return router;
}

function idOf({ params }: Request): string {
  const id = z.uuid().safeParse(params['handover']);
  if (!id.success) throw new CorridorError('request.invalid', 'handover');
  return id.data;
}
