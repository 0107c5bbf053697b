import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { HandoverList, HandoverLists, Reader } from '../handovers/lists.ts';
import type { Subscribe } from '../handovers/subscribe.ts';
import { CorridorError, ERRORS } from '../errors.ts';
import { requestIdOf } from '../observability/request-watch.ts';
import type { Session } from '../session/session.ts';
import { requireSession, type SessionFinder } from './bearer.ts';

export type HandoverRouteDeps = {
  readonly sessions: SessionFinder;
  readonly lists: HandoverLists;
  readonly subscribe: Pick<Subscribe, 'end'>;
  /** The teams somebody belongs to who has this role at this organisation. */
  readonly teamsOf: (session: Session) => readonly string[];
};

const body = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  address: z.string().regex(/^[A-Z0-9]{3,10}\/[a-z0-9][a-z0-9-]{0,63}$/),
});

/**
 * GET /api/handovers: transitions and notices of the open patient. GET /api/inbox/handovers: those of the reader's teams,
 * with or without a chart open. POST /api/handovers/:id/acknowledge: taken on, by one action; 409 with how it stands when
 * somebody was quicker. POST /api/handovers/unsubscribe: the reader's teams are told of this patient no longer.
 */
export function handoverRoutes({ sessions, lists, subscribe, teamsOf }: HandoverRouteDeps): Router {
  const router = Router();
  const readerOf = async (request: Request): Promise<Reader> => {
    const { session } = await requireSession(request, sessions);
    const patient = patientOf(session);
    return { session, addresses: teamsOf(session), ...(patient && { patient }) };
  };
  const send = (response: Response, answer: HandoverList): void => {
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  };

  router.get('/api/handovers', async (request, response) => {
    const { patient, ...reader } = await readerOf(request);
    if (!patient) throw new CorridorError('request.invalid', 'no patient is open');
    send(response, await lists.ofPatient({ ...reader, patient }));
  });

  router.get('/api/inbox/handovers', async (request, response) => {
    send(response, await lists.ofTeams(await readerOf(request)));
  });

  router.post('/api/handovers/unsubscribe', async (request, response) => {
    const { session, patient } = await readerOf(request);
    if (!patient) throw new CorridorError('request.invalid', 'no patient is open');
    await subscribe.end(session);
    response.status(204).end();
  });

  router.post('/api/handovers/:handover/acknowledge', async (request, response) => {
    const reader = await readerOf(request);
    const read = body.safeParse(request.body);
    const { handover } = request.params;
    if (!read.success || !z.uuid().safeParse(handover).success) throw new CorridorError('request.invalid', 'handover');
    const done = await lists.acknowledge(reader, { ...read.data, handover });
    response.setHeader('Cache-Control', 'no-store');
    if (done.moved) {
      const { status, message, nextStep } = ERRORS['handover.moved'];
      const answer = { error: 'handover.moved', message, nextStep, supportId: requestIdOf(response) };
      response.status(status).json({ ...answer, handover: done.handover });
    } else response.json(done.handover);
  });
  return router;
}

/** A team's session has no patient (`launch-context.ts`). */
function patientOf({ context }: Session): Session['context']['patient'] | undefined {
  return 'patient' in context ? context.patient : undefined;
}
