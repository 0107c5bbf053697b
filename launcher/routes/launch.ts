import { Router } from 'express';
import type { StartedLaunch } from '../smart/authorise.ts';
import { page } from './page.ts';
import { untilGone } from './until-gone.ts';

export type LaunchRouteDeps = {
  /** `startLaunch` of `smart/authorise.ts` with its deps. */
  start(link: { readonly iss: unknown; readonly launch: unknown }, signal: AbortSignal): Promise<StartedLaunch>;
  /** `startStandalone`, likewise. */
  startStandalone(ods: string, signal: AbortSignal): Promise<StartedLaunch>;
};

function pageOf({ handle, binding, address, post }: StartedLaunch): string {
  return page('launch', { handle, binding, address, post });
}

/**
 * GET /launch?iss&launch: a page, not a redirect, because the window must keep its half of the binding before it leaves
 * for the EPR's sign-in. Other query parameters are not read at all (smart.md §5 row 13).
 */
export function launchRoutes(deps: LaunchRouteDeps): Router {
  const router = Router();
  router.get('/launch', async (request, response) => {
    const { iss, launch } = request.query;
    const started = await deps.start({ iss, launch }, untilGone(response));
    response.type('html').send(pageOf(started));
  });
  // The organisation stands in our own address, never in an `iss` of somebody's link (smart.md 1.14).
  router.get('/launch/:ods', async (request, response) => {
    response.type('html').send(pageOf(await deps.startStandalone(request.params.ods, untilGone(response))));
  });
  return router;
}
