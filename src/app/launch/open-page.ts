import { launchEnGB as words } from '../../words/launch-en-GB.ts';
import { post, showResult, type CallbackDeps, type OpenedLaunch } from './callback-page.ts';
import type { LaunchPageData } from './page-data.ts';
import { showProblem } from './problem-page.ts';

/**
 * /open/<ods>#<ticket>: a launch that a plugin has proven. The ticket is taken out of the address before anything else;
 * it works once, so a reload or the history leads nowhere.
 */
export async function runOpenPage(
  root: HTMLElement,
  data: LaunchPageData,
  deps: Pick<CallbackDeps, 'window' | 'fetch' | 'open' | 'openTeam'>,
): Promise<void> {
  const ticket = deps.window.location.hash.slice(1);
  deps.window.history.replaceState(null, '', deps.window.location.pathname);
  if (ticket === '') {
    showProblem(root, words.relaunch);
    return;
  }
  const result = await post('/open/redeem', { ods: data.ods, ticket }, deps.fetch);
  await showResult(root, result, deps);
}

/** A ticket that the host gave an open page for its new patient. */
export async function redeemTicket(ticket: string, ods: string, send: typeof fetch): Promise<OpenedLaunch> {
  const result = await post('/open/redeem', { ods, ticket }, send);
  if ('opened' in result) return result.opened;
  throw new Error('ticket.refused');
}
