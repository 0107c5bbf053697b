import { Router } from 'express';
import { z } from 'zod';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { Audit } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Locator, PushedPointer } from '../identity/locate/locator.ts';
import { proveSource, type SourceProofDeps } from './source-proof.ts';

export type LocatorRouteDeps = SourceProofDeps & {
  readonly locator: Pick<Locator, 'push'>;
  readonly audit: Audit;
};

const DEFAULT_DAYS = 366;
const DAY_MS = 86_400_000;

const body = z.strictObject({
  pointers: z
    .array(
      z.strictObject({
        nhsNumber: z.string().refine((value) => parseNhsNumber(value) !== undefined),
        until: z.iso.date().optional(),
        gone: z.literal(true).optional(),
      }),
    )
    .max(1_000),
  complete: z.literal(true).optional(),
});

/**
 * POST /locator: a source says whom it knows, or no longer knows, a thousand at a time, and with the last of them that
 * these are all (`complete`): before that nobody is left out for its silence. It proves itself with a JWT signed by a key it has
 * registered (as in SMART Backend Services, without the step between), and speaks for its own organisation alone.
 */
export function locatorRoutes(deps: LocatorRouteDeps): Router {
  const router = Router();
  router.post('/locator', async (request, response) => {
    const source = await proveSource(request, deps);
    const read = body.safeParse(request.body);
    if (!read.success) throw new CorridorError('request.invalid', 'pointers');
    const pointers = read.data.pointers.map((pointer) => parsePointer(pointer, deps.now()));
    await deps.audit.record({
      type: 'locator.updated',
      at: new Date(deps.now()).toISOString(),
      outcome: 'success',
      organisation: source.ods,
      source: source.id,
      detail: { pointers: pointers.length, ...(read.data.complete && { complete: true }) },
    });
    await deps.locator.push(source.ods, pointers, read.data.complete);
    response.status(204).end();
  });
  return router;
}

function parsePointer(
  { nhsNumber, until, gone }: z.infer<typeof body>['pointers'][number],
  nowMs: number,
): PushedPointer {
  const parsed = parseNhsNumber(nhsNumber);
  if (!parsed) throw new CorridorError('request.invalid', 'pointers');
  if (gone) return { nhsNumber: parsed, gone };
  const latest = nowMs + DEFAULT_DAYS * DAY_MS;
  return { nhsNumber: parsed, untilMs: until === undefined ? latest : Math.min(Date.parse(until), latest) };
}
