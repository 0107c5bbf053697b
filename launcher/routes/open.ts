import { Router } from 'express';
import { z } from 'zod';
import { CorridorError } from '../errors.ts';
import type { FinishedLaunch, FinishedTeamLaunch } from '../smart/finished-launch.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import { checkOwnPage, openedAnswer, type OpenSession } from './callback.ts';
import { page } from './page.ts';
import { teamAnswer, type OpenTeamSession } from './team-answer.ts';
import { untilGone } from './until-gone.ts';

export type OpenRouteDeps = {
  /** `redeemTicket` of `smart/ticketed-launch.ts` with its deps. */
  redeem(
    given: { readonly ods: string; readonly ticket: string },
    signal: AbortSignal,
  ): Promise<FinishedLaunch | FinishedTeamLaunch>;
  readonly openSession: OpenSession;
  readonly openTeamSession?: OpenTeamSession | undefined;
  isMember(ods: string): boolean;
  readonly publicOrigin: string;
  /** Told of the session's launch, for plugins that follow it. */
  opened?(context: LaunchContext): void;
};

const redemption = z.strictObject({
  ods: z.string().regex(/^[A-Z0-9]{3,10}$/),
  ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** GET /open/:ods#ticket is a page that looks at nothing; its script posts the ticket to /open/redeem, once. */
export function openRoutes(deps: OpenRouteDeps): Router {
  const router = Router();
  router.get('/open/:ods', (request, response) => {
    const { ods } = request.params;
    if (!deps.isMember(ods)) throw new CorridorError('request.not_found');
    response.type('html').send(page('open', { ods }));
  });
  router.post('/open/redeem', async (request, response) => {
    checkOwnPage(request, deps.publicOrigin);
    const read = redemption.safeParse(request.body);
    if (!read.success) throw new CorridorError('launch.state_invalid', 'not a ticket');
    const finished = await deps.redeem(read.data, untilGone(response));
    response.json(
      'team' in finished
        ? await teamAnswer(finished, deps.openTeamSession)
        : await openedAnswer(finished, deps.openSession),
    );
  });
  return router;
}
