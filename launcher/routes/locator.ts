import { Router, type Request } from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Locator, PushedPointer } from '../identity/locate/locator.ts';
import type { CommunitySource } from '../trust/community.ts';
import type { KeySource, ReplayGuard } from '../trust/verify/index.ts';

export type LocatorRouteDeps = {
  readonly locator: Pick<Locator, 'push'>;
  readonly source: (id: SourceId) => CommunitySource | undefined;
  /** The keys a source has registered in the community file. */
  readonly keysOf: (source: CommunitySource) => KeySource | undefined;
  readonly replay: ReplayGuard;
  /** This address, as sources name it: `aud`. */
  readonly audience: string;
  readonly audit: Audit;
  readonly now: () => number;
};

const LONGEST_S = 300;
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
    const source = await prove(request, deps);
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

async function prove(
  request: Request,
  { source, keysOf, replay, audience, now }: LocatorRouteDeps,
): Promise<CommunitySource> {
  const token = /^Bearer (\S{1,8192})$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const decoded = jsonwebtoken.decode(token, { complete: true });
  const claimed: unknown = typeof decoded?.payload === 'object' ? decoded.payload.iss : undefined;
  const known = typeof claimed === 'string' ? source(claimed as SourceId) : undefined;
  const key = known && decoded?.header.kid !== undefined ? await keysOf(known)?.(decoded.header.kid) : undefined;
  if (!known || !key || !ALGORITHMS.some((one) => one === key.alg)) throw refused('key');
  const claims = verified(token, key.key, key.alg as (typeof ALGORITHMS)[number], { known, audience, nowMs: now() });
  const { jti, iat, exp } = claims;
  if (typeof jti !== 'string' || typeof iat !== 'number' || typeof exp !== 'number' || exp - iat > LONGEST_S)
    throw refused('claims');
  if (!replay.take(`${known.id}|${jti}`, (exp + 60) * 1_000, now())) throw refused('replayed');
  return known;
}

const ALGORITHMS = ['ES384', 'ES256', 'RS384'] as const;

function verified(
  token: string,
  key: jsonwebtoken.PublicKey,
  algorithm: (typeof ALGORITHMS)[number],
  { known, audience, nowMs }: { readonly known: CommunitySource; readonly audience: string; readonly nowMs: number },
): jsonwebtoken.JwtPayload {
  try {
    return jsonwebtoken.verify(token, key, {
      algorithms: [algorithm],
      audience,
      issuer: known.id,
      subject: known.id,
      clockTolerance: 30,
      clockTimestamp: Math.floor(nowMs / 1_000),
    }) as jsonwebtoken.JwtPayload;
  } catch {
    // Whatever is wrong with it: the answer is the same.
    throw refused('signature');
  }
}

function refused(why: string): CorridorError {
  return new CorridorError('request.forbidden', `locator: ${why}`);
}
