import { Router, type Request } from 'express';
import { asObject } from '../../src/record/resource.ts';
import type { Audit } from '../audit/audit.ts';
import type { AuditLog } from '../audit/log.ts';
import { NoSuchTree } from '../audit/tree/proofs.ts';
import { CorridorError } from '../errors.ts';
import { sameSecret } from './same-secret.ts';

export type AuditRouteDeps = {
  readonly log: AuditLog;
  readonly audit: Audit;
  /** What the export asks for; without one there is no export. */
  readonly exportToken: string | undefined;
  now(): number;
};

const MOST_AT_ONCE = 5_000;

/**
 * The audit for other members. Heads and proofs are open to all: they hold hashes and counts, and are worth most in many
 * hands. A witness hands in its cosignature. The events themselves are for who has the export's token.
 */
export function auditRoutes(deps: AuditRouteDeps): Router {
  const { log } = deps;
  const router = Router();
  router.get('/audit/checkpoint', async (request, response) => {
    const note = await log.signedHead(optional(request, 'size'));
    if (note === undefined) throw new CorridorError('request.not_found', 'checkpoint');
    response.setHeader('Cache-Control', 'no-store');
    response.type('text/plain').send(note);
  });
  router.get('/audit/proof/inclusion', async (request, response) => {
    response.type('text/plain').send(await lines(log.inclusion(whole(request, 'index'), whole(request, 'size'))));
  });
  router.get('/audit/proof/consistency', async (request, response) => {
    response.type('text/plain').send(await lines(log.consistency(whole(request, 'from'), whole(request, 'to'))));
  });
  router.post('/audit/witness', async (request, response) => {
    const body = asObject(request.body);
    const size = body?.['size'];
    const line = body?.['line'];
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || typeof line !== 'string' || line.length > 500)
      throw new CorridorError('request.invalid', 'cosignature');
    if (!(await log.witness(size, line)))
      throw new CorridorError('request.forbidden', 'not a cosignature of a witness');
    response.status(204).end();
  });
  router.get('/audit/events', async (request, response) => {
    const { exportToken } = deps;
    if (exportToken === undefined) throw new CorridorError('request.not_found', 'export');
    if (!sameSecret(request.get('authorization') ?? '', `Bearer ${exportToken}`))
      throw new CorridorError('request.forbidden', 'export without its token');
    const from = optional(request, 'from') ?? 0;
    const limit = Math.min(optional(request, 'limit') ?? 1_000, MOST_AT_ONCE);
    const leaves = await log.leaves(from, limit);
    const next = (leaves.at(-1)?.leaf ?? from - 1) + 1;
    await deps.audit.record({
      type: 'audit.read',
      at: new Date(deps.now()).toISOString(),
      outcome: 'success',
      detail: { from, before: next },
    });
    response.setHeader('Cache-Control', 'no-store');
    // Where to read on from: the same cursor again gives the same events again.
    response.setHeader('Corridor-Audit-Next', String(next));
    response.type('application/fhir+ndjson').send(leaves.map(({ body }) => `${body}\n`).join(''));
  });
  return router;
}

async function lines(proof: Promise<readonly Buffer[]>): Promise<string> {
  try {
    return (await proof).map((hash) => `${hash.toString('base64')}\n`).join('');
  } catch (cause) {
    if (cause instanceof NoSuchTree) throw new CorridorError('request.not_found', 'tree', { cause });
    throw cause;
  }
}

function optional(request: Request, name: string): number | undefined {
  return request.query[name] === undefined ? undefined : whole(request, name);
}

function whole(request: Request, name: string): number {
  const text = request.query[name];
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) throw new CorridorError('request.invalid', name);
  return Number(text);
}
