import type { Request } from 'express';
import jsonwebtoken from 'jsonwebtoken';
import type { SourceId } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';
import type { CommunitySource } from '../trust/community.ts';
import type { KeySource } from '../trust/verify/index.ts';

export type SourceProofDeps = {
  readonly source: (id: SourceId) => CommunitySource | undefined;
  /** The keys a source has registered in the community file. */
  readonly keysOf: (source: CommunitySource) => KeySource | undefined;
  /** True the first time this is shown, false ever after. */
  readonly once: (key: string, expiresAtMs: number) => boolean | Promise<boolean>;
  /** This address, as sources name it: `aud`. */
  readonly audience: string;
  readonly now: () => number;
};

const LONGEST_S = 300;
const ALGORITHMS = ['ES384', 'ES256', 'RS384'] as const;

/**
 * Which source calls: by a JWT signed with a key it has registered, for this address, once and within minutes (as in SMART
 * Backend Services, without the step between). Whatever is wrong with it, the answer is the same; `why` goes to the log.
 */
export async function proveSource(request: Request, deps: SourceProofDeps): Promise<CommunitySource> {
  return (await proveToken(/^Bearer (\S{1,8192})$/.exec(request.get('authorization') ?? '')?.[1] ?? '', deps)).source;
}

/** The same of a token wherever it came from, with what else it says. */
export async function proveToken(
  token: string,
  deps: SourceProofDeps,
): Promise<{ readonly source: CommunitySource; readonly claims: jsonwebtoken.JwtPayload }> {
  const { source, keysOf, once, audience, now } = deps;
  const decoded = jsonwebtoken.decode(token, { complete: true });
  const claimed: unknown = typeof decoded?.payload === 'object' ? decoded.payload.iss : undefined;
  const known = typeof claimed === 'string' ? source(claimed as SourceId) : undefined;
  const key = known && decoded?.header.kid !== undefined ? await keysOf(known)?.(decoded.header.kid) : undefined;
  if (!known || !key || !ALGORITHMS.some((one) => one === key.alg)) throw refused('key');
  const claims = verified(token, key.key, key.alg as (typeof ALGORITHMS)[number], { known, audience, nowMs: now() });
  const { jti, iat, exp } = claims;
  if (typeof jti !== 'string' || jti.length > 200 || typeof iat !== 'number' || typeof exp !== 'number')
    throw refused('claims');
  if (exp - iat > LONGEST_S) throw refused('life');
  if (!(await once(`${known.id}|${jti}`, (exp + 60) * 1_000))) throw refused('replayed');
  return { source: known, claims };
}

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
  return new CorridorError('request.forbidden', `source proof: ${why}`);
}
