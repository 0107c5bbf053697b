import { sign, type KeyObject } from 'node:crypto';

/** What the voucher says of a launch; the names are those of `vouched-assertion.ts`. */
export type Claims = {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly name: string;
  readonly role: string;
  readonly nhs_number: string;
  readonly birthdate: string;
  readonly family_name?: string;
  readonly local_id: string;
  readonly jti: string;
};

const LIFE_S = 60;

/** A signed JWT (RFC 7519), ES256: good for a minute. */
export function assertionOf(claims: Claims, key: KeyObject, keyId: string, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'ES256', typ: 'JWT', kid: keyId })}.${part({ ...claims, iat, exp: iat + LIFE_S })}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
