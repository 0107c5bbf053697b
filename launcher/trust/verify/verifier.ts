import { createHash, timingSafeEqual } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { parseActing, type Acting } from './acting-context.ts';
import type { KeySource } from './key-source.ts';
import type { ReplayGuard } from './replay-guard.ts';

export type VerifierOptions = {
  /** The launcher, as it names itself: its public address. */
  readonly issuer: string;
  /** This source: its FHIR base for the header, its token endpoint for a token exchange. */
  readonly audience: string;
  readonly keys: KeySource;
  readonly replay: ReplayGuard;
  /** Algorithms taken. A key is only ever used with its own (RFC 8725 §3.1). */
  readonly algorithms?: readonly ('ES256' | 'ES384')[];
  readonly now?: () => number;
  readonly clockToleranceS?: number;
};

export type Refused =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'too-long-lived'
  | 'other-request'
  | 'replayed';

export type Verified =
  | { readonly ok: true; readonly acting: Acting; readonly jti: string; readonly expiresAtMs: number }
  | { readonly ok: false; readonly reason: Refused };

export type ActingVerifier = {
  /** `X-Acting-Context` of one request: bound to its method and address. */
  header(value: string | undefined, request: { readonly method: string; readonly url: string }): Promise<Verified>;
  /** `subject_token` of a token exchange (RFC 8693). */
  subjectToken(value: string | undefined): Promise<Verified>;
};

/** RFC 8725 §3.11: explicit typing, so that no other JWT of the launcher can stand in for this one. */
export const ACTING_CONTEXT_TYPE = 'acting-context+jwt';
const LONGEST_HEADER_S = 60;
const LONGEST_SUBJECT_TOKEN_S = 120;
const LONGEST = 8_192;

/** What a source does with the word of a launcher it trusts: believes none of it before all of it is checked. */
export function createActingVerifier(options: VerifierOptions): ActingVerifier {
  return {
    header: async (value, { method, url }) => {
      const read = await verify(value, options, LONGEST_HEADER_S);
      if ('reason' in read) return { ok: false, reason: read.reason };
      const { htm, htu } = read.claims;
      if (htm !== method.toUpperCase() || htu !== withoutQuery(url)) return { ok: false, reason: 'other-request' };
      return take(read.claims, options);
    },
    subjectToken: async (value) => {
      const read = await verify(value, options, LONGEST_SUBJECT_TOKEN_S);
      return 'reason' in read ? { ok: false, reason: read.reason } : take(read.claims, options);
    },
  };
}

/** Whether a verified context is about this person: by number, or by the hash salted with the token's own id. */
export function isAboutPatient(acting: Acting, jti: string, nhsNumber: string): boolean {
  if ('nhsNumber' in acting.patient) return acting.patient.nhsNumber === nhsNumber;
  const [own, given] = [Buffer.from(patientHash(jti, nhsNumber)), Buffer.from(acting.patient.hash)];
  return own.length === given.length && timingSafeEqual(own, given);
}

/** Salted, so that hashes of one person's number can't be joined; with a billion numbers it is a courtesy, no secrecy. */
export function patientHash(jti: string, nhsNumber: string): string {
  return createHash('sha256').update(`${jti}|${nhsNumber}`).digest('base64url');
}

/** Bound addresses leave the query out (RFC 9449 §4.2): it is the source's own log that knows it. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

type Claims = jsonwebtoken.JwtPayload & { readonly htm?: unknown; readonly htu?: unknown; readonly acting?: unknown };

async function verify(
  value: string | undefined,
  { issuer, audience, keys, algorithms = ['ES256', 'ES384'], now = Date.now, clockToleranceS = 5 }: VerifierOptions,
  longestS: number,
): Promise<{ readonly claims: Claims } | { readonly reason: Refused }> {
  if (value === undefined || value === '') return { reason: 'missing' };
  const header = value.length > LONGEST ? undefined : jsonwebtoken.decode(value, { complete: true })?.header;
  if (!header || header.typ !== ACTING_CONTEXT_TYPE || header.kid === undefined) return { reason: 'malformed' };
  const algorithm = algorithms.find((one) => one === header.alg);
  if (algorithm === undefined) return { reason: 'algorithm' };
  const known = await keys(header.kid);
  if (!known) return { reason: 'key' };
  if (known.alg !== algorithm) return { reason: 'algorithm' };
  const clockTimestamp = Math.floor(now() / 1_000);
  let claims: Claims;
  try {
    claims = jsonwebtoken.verify(value, known.key, {
      algorithms: [algorithm],
      issuer,
      audience,
      clockTolerance: clockToleranceS,
      clockTimestamp,
    }) as Claims;
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  const { iat, exp, aud } = claims;
  if (typeof iat !== 'number' || typeof exp !== 'number' || typeof aud !== 'string') return { reason: 'malformed' };
  if (iat > clockTimestamp + clockToleranceS) return { reason: 'expired' };
  return exp - iat > longestS ? { reason: 'too-long-lived' } : { claims };
}

/** Last of all, so that a token that is refused for another reason is not used up. */
function take(claims: Claims, { replay, now = Date.now }: VerifierOptions): Verified {
  const { jti, sub, exp } = claims;
  const acting = parseActing(claims.acting);
  if (!acting || typeof jti !== 'string' || jti === '' || sub !== acting.user.key)
    return { ok: false, reason: 'malformed' };
  const expiresAtMs = Number(exp) * 1_000;
  // Remembered past the forgiven difference of clocks, or the last seconds of a token could be played twice.
  if (!replay.take(jti, expiresAtMs + 60_000, now())) return { ok: false, reason: 'replayed' };
  return { ok: true, acting, jti, expiresAtMs };
}

function reasonOf(error: unknown): Refused {
  const message = error instanceof Error ? error.message : '';
  if (error instanceof jsonwebtoken.TokenExpiredError || error instanceof jsonwebtoken.NotBeforeError) return 'expired';
  if (message.includes('issuer')) return 'issuer';
  if (message.includes('audience')) return 'audience';
  return message.includes('signature') ? 'signature' : 'malformed';
}
