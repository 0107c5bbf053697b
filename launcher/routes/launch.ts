import { Router } from 'express';
import type { StartedLaunch } from '../smart/authorise.ts';
import { page } from './page.ts';
import { untilGone } from './until-gone.ts';

export type LaunchRouteDeps = {
  /** `startLaunch` of `smart/authorise.ts` with its deps. */
  start(link: { readonly iss: unknown; readonly launch: unknown }, signal: AbortSignal): Promise<StartedLaunch>;
};

/**
 * GET /launch?iss&launch: a page, not a redirect, because the window must keep its half of the binding before it leaves
 * for the EPR's sign-in. Other query parameters are not read at all (smart.md §5 row 13).
 */
export function launchRoutes(deps: LaunchRouteDeps): Router {
  const router = Router();
  router.get('/launch', async (request, response) => {
    const { iss, launch } = request.query;
    const started = await deps.start({ iss, launch }, untilGone(response));
    const { handle, binding, address, post } = started;
    response.type('html').send(page('launch', { handle, binding, address, post }));
  });
  return router;
}
