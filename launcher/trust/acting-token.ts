import { randomUUID } from 'node:crypto';
import type { ActingContext } from './acting-context.ts';
import type { LauncherKeys } from './keys.ts';
import type { Acting } from './verify/acting-context.ts';
import { ACTING_CONTEXT_TYPE, patientHash, withoutQuery } from './verify/verifier.ts';

/** Who signs, with what, and when. */
export type ActingSigner = {
  /** Public address of the launcher: `iss`. */
  readonly issuer: string;
  readonly keys: Pick<LauncherKeys, 'signJwt'>;
  readonly now: () => number;
};

/** `X-Acting-Context` of one request (smart.md 3.2): a minute of life, one use, this method and address only. */
export function signActingHeader(
  acting: ActingContext,
  request: {
    readonly audience: string;
    readonly method: string;
    readonly url: string;
    readonly patient: 'number' | 'hash';
  },
  signer: ActingSigner,
): string {
  const jti = randomUUID();
  const patient = request.patient === 'hash' ? { hash: patientHash(jti, acting.patient.nhsNumber) } : acting.patient;
  // Signed with every request, so the quick curve comes first.
  return sign({ ...acting, patient }, signer, ['ES256', 'ES384'], {
    aud: request.audience,
    jti,
    lifeS: 60,
    htm: request.method,
    htu: withoutQuery(request.url),
  });
}

/** `subject_token` of a token exchange (RFC 8693): ours, never the EPR's id_token, which was meant for us alone. */
export function signSubjectToken(acting: ActingContext, audience: string, signer: ActingSigner): string {
  return sign(acting, signer, ['ES384', 'ES256'], { aud: audience, jti: randomUUID(), lifeS: 120 });
}

function sign(
  acting: Acting,
  { issuer, keys, now }: ActingSigner,
  algorithms: readonly ('ES256' | 'ES384')[],
  {
    lifeS,
    ...claims
  }: {
    readonly lifeS: number;
    readonly aud: string;
    readonly jti: string;
    readonly htm?: string;
    readonly htu?: string;
  },
): string {
  const iat = Math.floor(now() / 1_000);
  const payload = { iss: issuer, sub: acting.user.key, iat, exp: iat + lifeS, ...claims, acting };
  const signed = keys.signJwt(payload, { typ: ACTING_CONTEXT_TYPE, algorithms });
  if (signed === undefined) throw new Error('no key to sign the acting context with');
  return signed;
}
