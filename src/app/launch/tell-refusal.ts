import type { Envelope } from '../../../plugins/host-wire.ts';
import type { Problem } from './problem-page.ts';

/**
 * Tells the page around a frame which refusal stands in it, by its code and what to quote, in the envelope of the
 * contract. No launch has begun, so there is no port yet: `frame-ancestors` has already said who may be around it, and
 * the browser says who is. One that does not say is told nothing; the origin is named, never '*'.
 */
export function tellRefusal(
  problem: Problem,
  ours: Pick<Window, 'parent'> & { readonly location: Ancestry } = window,
): void {
  const host = ours.location.ancestorOrigins?.[0];
  // A document without an origin can't be named.
  if (host === undefined || host === 'null') return;
  const message: Envelope = {
    ...{ corridor: 1, id: 'refusal', launchId: NO_LAUNCH, epoch: 0, type: 'error' },
    payload: { code: problem.code, severity: 'fatal', message: '', correlationId: problem.supportId ?? '' },
  };
  ours.parent.postMessage(message, host);
}

/** Not every browser says it. */
type Ancestry = { readonly ancestorOrigins?: { readonly [at: number]: string } };

const NO_LAUNCH = 'none';
