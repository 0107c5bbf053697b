import type { RequestHandler } from 'express';
import { CorridorError } from '../errors.ts';

/**
 * What changes something comes from our own pages only. There is no cookie to ride on, so this is a second line: a
 * browser that says the request is another site's is believed (Fetch Metadata; smart.md §5 case 88).
 */
export function sameOriginOnly(publicOrigin: string): RequestHandler {
  return (request, _response, next) => {
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const foreign = (site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== publicOrigin);
    if (request.method === 'POST' && foreign)
      throw new CorridorError('request.forbidden', 'a request of another origin');
    next();
  };
}
