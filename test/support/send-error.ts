import type { NextFunction, Request, Response } from 'express';
import { CorridorError, ERRORS } from '../../launcher/errors.ts';

/** The error table's status and code, for routes that are tested without the whole launcher. */
export function sendError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (!(error instanceof CorridorError)) return next(error);
  response.status(ERRORS[error.code].status).json({ code: error.code });
}
