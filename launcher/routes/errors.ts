import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Refusal } from '../access/decision.ts';
import { CorridorError, type ErrorCode } from '../errors.ts';
import type { Log } from '../observability/log.ts';
import { requestIdOf } from '../observability/request-watch.ts';
import { type ErrorAnswer, errorPage } from './error-page.ts';

export const notFound: RequestHandler = () => {
  throw new CorridorError('request.not_found');
};

/**
 * The one way an error leaves the launcher: a page for a person, JSON for a program, both only from the error table,
 * with the support number that finds the log line. What was sent to us is never repeated.
 */
export function answerErrors(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const known = asCorridorError(error);
    const supportId = requestIdOf(response);
    const { status } = known.entry;
    if (status >= 500) log.error('request.failed', { requestId: supportId, code: known.code, status, error: known });
    else log.info('request.refused', { requestId: supportId, code: known.code, status, ...reasonOf(known) });
    if (response.headersSent) {
      // The answer is under way: the only honest end left is to cut it (a stream without `closed` was cut).
      response.destroy();
      return;
    }
    const answer: ErrorAnswer = { ...known.entry, code: known.code, supportId };
    if (status === 429 || status === 503) response.setHeader('Retry-After', '60');
    response.status(status);
    const wantsPage = request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
    if (wantsPage) response.type('html').send(errorPage(answer));
    else
      response.json({
        error: answer.code,
        message: answer.message,
        nextStep: answer.nextStep,
        supportId,
        ...ruleBehind(known),
      });
  };
}

/** Who is refused is told by which rule, and whether an emergency would change it. */
function ruleBehind({ cause }: CorridorError): Pick<Refusal, 'rule' | 'words' | 'mayBreakGlass'> | undefined {
  if (typeof cause !== 'object' || cause === null || !('refused' in cause)) return undefined;
  const { rule, words, mayBreakGlass } = cause as Refusal;
  return {
    rule,
    ...(words !== undefined && { words }),
    ...(mayBreakGlass !== undefined && { mayBreakGlass }),
  };
}

/** A refusal is ordinary: why, in our own words, and no frames. */
function reasonOf(error: CorridorError): { readonly reason?: string } {
  return error.detail === undefined ? {} : { reason: error.detail };
}

/** Express and its body readers throw errors with a `status`; anything else is a fault of ours. */
function asCorridorError(error: unknown): CorridorError {
  if (error instanceof CorridorError) return error;
  const status: unknown = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return new CorridorError(codeOf(status), undefined, { cause: error });
}

function codeOf(status: unknown): ErrorCode {
  if (status === 413) return 'request.too_large';
  if (status === 404) return 'request.not_found';
  if (typeof status === 'number' && status >= 400 && status < 500) return 'request.invalid';
  return 'server.fault';
}
