import { asString, type Json } from '../src/record/resource.ts';
import type { PluginMember, RouterTools } from './router-face.ts';
import { verifySignedToken } from './signed-token.ts';
import type { VouchedSettings } from './vouched-settings.ts';

/** What a vendor’s server vouches for, once all of it holds. */
export type Assertion = {
  readonly patient: {
    readonly nhsNumber: string;
    readonly birthDate: string;
    readonly family?: string;
    readonly localId?: string;
  };
  readonly user: { readonly id: string; readonly name: string; readonly role: string };
};

const LIFE_S = 60;
const AHEAD_S = 5;

/**
 * A signed JWT (RFC 7519) by one of the member’s pinned keys, for this address, at most a minute old, once. In this order:
 * nothing of it is looked at before its signature holds, and only one that holds uses up its id.
 */
export async function readAssertion(
  token: unknown,
  member: PluginMember,
  tools: RouterTools,
): Promise<Assertion | { readonly fault: string }> {
  const { keys, issuer } = member.settings as VouchedSettings;
  const verified = verifySignedToken(typeof token === 'string' ? token.trim() : token, keys);
  if ('fault' in verified) return verified;
  const { claims } = verified;
  if (claims['iss'] !== issuer) return { fault: 'issuer' };
  if (claims['aud'] !== tools.address) return { fault: 'audience' };
  const nowS = tools.now() / 1_000;
  const { iat, exp, jti } = claims;
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp - iat > LIFE_S || iat > nowS + AHEAD_S || exp <= nowS)
    return { fault: 'time' };
  const said = facts(claims);
  if (!said || typeof jti !== 'string' || jti.length < 16 || jti.length > 128) return { fault: 'claims' };
  const isFirst = await tools.once(`${member.ods}:${issuer}:${jti}`, (LIFE_S + AHEAD_S) * 1_000);
  return isFirst ? said : { fault: 'used before' };
}

function facts(claims: Json): Assertion | undefined {
  const [nhsNumber, birthDate, family, localId, id, name, role] = [
    'nhs_number',
    'birthdate',
    'family_name',
    'local_id',
    'sub',
    'name',
    'role',
  ].map((claim) => asString(claims[claim]));
  if (!nhsNumber || !birthDate || !id || !name || !role) return undefined;
  return {
    patient: { nhsNumber, birthDate, ...(family && { family }), ...(localId && { localId }) },
    user: { id, name, role },
  };
}
