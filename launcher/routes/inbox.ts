import { Router, type Request } from 'express';
import { asObject } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { Inbox } from '../messaging/inbox.ts';
import type { Reader } from '../messaging/reader.ts';

export type InboxRouteDeps = {
  /** Who asks: by a session with a chart open, or by one of a team's list alone. Throws as `requireSession` does. */
  readonly reader: (request: Request) => Promise<Reader>;
  readonly inbox: Inbox;
};

/** So many lines are asked for: 200 unless told, and never more than the list gives at all. */
function mostOf({ query }: Request): number | undefined {
  const { most } = query;
  if (most === undefined) return undefined;
  if (typeof most !== 'string' || !/^[1-9]\d{0,4}$/.test(most)) throw new CorridorError('request.invalid', 'most');
  return Number(most);
}

/** /api/inbox: what the teams of the reader have to do. No chart needs to be open, and none is opened by this. */
export function inboxRoutes({ reader, inbox }: InboxRouteDeps): Router {
  const router = Router();
  router.get('/api/inbox', async (request, response) => {
    const reading = await reader(request);
    response.setHeader('Cache-Control', 'no-store').json(await inbox.list(reading, mostOf(request)));
  });
  router.get('/api/inbox/counts', async (request, response) => {
    const reading = await reader(request);
    response.setHeader('Cache-Control', 'no-store').json(await inbox.counts(reading));
  });
  router.post('/api/inbox/open', async (request, response) => {
    const reading = await reader(request);
    const thread = asObject(request.body)?.['thread'];
    if (typeof thread !== 'string' || !/^[0-9a-f-]{36}$/.test(thread))
      throw new CorridorError('request.invalid', 'thread');
    response.setHeader('Cache-Control', 'no-store').json(await inbox.open(reading, thread));
  });
  return router;
}
