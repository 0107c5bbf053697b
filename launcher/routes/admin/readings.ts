import type { RequestHandler } from 'express';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import type { Audit } from '../../audit/audit.ts';
import { CorridorError } from '../../errors.ts';

export type ReadingRouteDeps = { readonly audit: Audit; now(): number };

const BY = /^urn:corridor:(?:operator|account)\|[^\p{C}]{1,200}$/u;
const WORD = /^[a-z][a-z .-]{0,39}$/;
const VALUE = /^[^\p{C}]{1,200}$/u;
const MOST_WORDS = 8;

/**
 * Who is about to read the audit at a terminal beside this launcher, which alone may write into its store (safety H44):
 * for the commands' `--launcher`, with the admin's secret as a bearer. 204 once it is durable.
 */
export function noteReading(deps: ReadingRouteDeps): RequestHandler {
  return async (request, response) => {
    const body = asObject(request.body) ?? {};
    const patient = body['patient'] === undefined ? undefined : parseNhsNumber(body['patient']);
    if (body['patient'] !== undefined && patient === undefined) throw new CorridorError('request.invalid', 'patient');
    await deps.audit.record({
      type: 'audit.read',
      at: new Date(deps.now()).toISOString(),
      outcome: 'success',
      user: matching(BY, body['by'], 'by'),
      ...(patient !== undefined && { nhsNumber: patient }),
      ...(body['view'] !== undefined && { viewId: matching(VALUE, body['view'], 'view') }),
      detail: { what: matching(WORD, body['what'], 'what'), ...readAbout(asObject(body['about']) ?? {}) },
    });
    response.status(204).end();
  };
}

function readAbout(about: Json): { readonly [name: string]: string } {
  const words = Object.entries(about);
  if (words.length > MOST_WORDS) throw new CorridorError('request.invalid', 'about');
  return Object.fromEntries(
    words.map(([name, value]) => [matching(WORD, name, 'about'), matching(VALUE, value, 'about')]),
  );
}

function matching(pattern: RegExp, value: unknown, name: string): string {
  const text = asString(value);
  if (text === undefined || !pattern.test(text)) throw new CorridorError('request.invalid', name);
  return text;
}
