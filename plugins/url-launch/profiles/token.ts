import { readPublishedKeys } from '../../published-keys.ts';
import { verifySignedToken, type TokenKey, type VerifiedToken } from '../../signed-token.ts';
import { decryptToken } from '../jwe.ts';
import { textOf, type LinkFault } from '../pointer.ts';
import type { LinkOf } from '../settings.ts';
import { fault, type Asked } from './profile.ts';

type TokenLink = LinkOf<'jwt'> | LinkOf<'jwt-pair'> | LinkOf<'sider'>;

export type LinkToken = {
  readonly claims: { readonly [name: string]: unknown };
  readonly atS: number;
  readonly untilS: number;
  readonly nonce: string;
};

/** A token of this link: decrypted, its signature, issuer and audience checked, with the times and the id that it must have. */
export async function readLinkToken(given: unknown, link: TokenLink, asked: Asked): Promise<LinkToken | LinkFault> {
  const { decryption } = link;
  if (!asked.posted && decryption === undefined && link.allowClearNumber !== true)
    return fault('a number in the address');
  const token = decryption === undefined ? given : decryptToken(given, decryption);
  if (token === undefined) return fault('no token, or not encrypted with our secret');
  const verified = await verify(token, link, asked);
  if ('fault' in verified) return fault(`token: ${verified.fault}`);
  const { claims } = verified;
  if (claims['iss'] !== link.issuer) return fault('issuer');
  const audience = link.audience ?? asked.address;
  if (![claims['aud']].flat().includes(audience)) return fault('audience');
  return timed(claims);
}

/** `exp` and an id are required; when it was made is `iat` or `nbf`, or a minute before its end where it says neither (SIDeR). */
function timed(claims: LinkToken['claims']): LinkToken | LinkFault {
  const { exp, iat, nbf, jti } = claims;
  const nonce = textOf(jti);
  if (typeof exp !== 'number' || nonce === undefined) return fault('exp or jti is missing');
  const times = [iat, nbf].filter((time) => time !== undefined);
  if (!times.every((time): time is number => typeof time === 'number' && Number.isFinite(time)))
    return fault('a time is none');
  return { claims, atS: times.length > 0 ? Math.max(...times) : exp - 60, untilS: exp, nonce };
}

async function verify(
  token: unknown,
  link: TokenLink,
  { member, tools, request }: Asked,
): Promise<VerifiedToken | { readonly fault: string }> {
  const { keysAddress } = link;
  if (keysAddress === undefined) return verifySignedToken(token, ownKeys(link));
  const keysOf = (again: boolean): Promise<readonly TokenKey[]> =>
    readPublishedKeys(keysAddress, member, tools, { again, signal: request.signal });
  const first = verifySignedToken(token, await keysOf(false));
  return 'fault' in first && first.fault === 'key' ? verifySignedToken(token, await keysOf(true)) : first;
}

function ownKeys({ keys, secret }: TokenLink): readonly TokenKey[] {
  return keys ?? [{ kty: 'oct', k: Buffer.from(secret ?? '', 'utf8').toString('base64url') }];
}
