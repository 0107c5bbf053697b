import { Router, type Request, type Response } from 'express';
import { CorridorError } from '../errors.ts';
import { parseAct, parseDraft, parseOpened, type RequestedAct } from '../messaging/drafts.ts';
import type { Messages } from '../messaging/messages.ts';
import { patientReader, type PatientReader } from '../messaging/reader.ts';
import { ThreadStands } from '../messaging/thread-stands.ts';
import { requestIdOf } from '../observability/request-watch.ts';
import { requireSession, type SessionFinder } from './bearer.ts';
import { untilGone } from './until-gone.ts';

export type MessageRouteDeps = {
  readonly sessions: SessionFinder;
  readonly messages: Messages;
  readonly now: () => number;
};

const ACTS: readonly RequestedAct['kind'][] = ['reply', 'reassign', 'take', 'close', 'reopen'];
const THREAD = /^[0-9a-f-]{36}$/;

/**
 * /api/messages: the conversations about the resident whose chart is open. Ids are made by the page, so that what is sent
 * again after a lost answer is the same act.
 */
export function messageRoutes({ sessions, messages, now }: MessageRouteDeps): Router {
  const router = Router();
  const reading = async (request: Request, response: Response): Promise<PatientReader> => {
    response.setHeader('Cache-Control', 'no-store');
    const { session } = await requireSession(request, sessions);
    return patientReader(session);
  };
  router.get('/api/messages', async (request, response) => {
    response.json(await messages.list(await reading(request, response)));
  });
  router.get('/api/messages/addresses', async (request, response) => {
    const reader = await reading(request, response);
    response.json(await messages.addresses(reader, untilGone(response)));
  });
  router.post('/api/messages', async (request, response) => {
    const reader = await reading(request, response);
    const draft = parseDraft(request.body, now());
    await orWhatStands(response, async () => {
      const { thread, created } = await messages.send(reader, draft, untilGone(response));
      response.status(created ? 201 : 200).json(thread);
    });
  });
  router.post('/api/messages/:thread/opened', async (request, response) => {
    const reader = await reading(request, response);
    await messages.opened(reader, threadOf(request), parseOpened(request.body));
    response.status(204).end();
  });
  for (const kind of ACTS)
    router.post(`/api/messages/:thread/${kind}`, async (request, response) => {
      const reader = await reading(request, response);
      const act = parseAct(kind, request.body);
      await orWhatStands(response, async () => response.json(await messages.act(reader, threadOf(request), act)));
    });
  return router;
}

/** Who is refused for what stands there already is answered with it: they decide when they have seen it. */
async function orWhatStands(response: Response, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ThreadStands)) throw error;
    const { status, message, nextStep } = error.entry;
    const answer = { error: error.code, message, nextStep, supportId: requestIdOf(response) };
    response.status(status).json({ ...answer, thread: error.thread });
  }
}

function threadOf(request: Request): string {
  const thread = request.params['thread'];
  if (typeof thread !== 'string' || !THREAD.test(thread)) throw new CorridorError('message.not_found', 'thread');
  return thread;
}
