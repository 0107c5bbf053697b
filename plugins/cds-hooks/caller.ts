import { asObject, asString, type Json } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import { readPublishedKeys } from '../published-keys.ts';
import type { PluginMember, PluginRequest, RouterTools } from '../router-face.ts';
import { verifySignedToken, type TokenKey, type VerifiedToken } from '../signed-token.ts';
import type { CdsClient, CdsSettings } from './manifest.ts';

export type Caller = { readonly member: PluginMember; readonly client: CdsClient };

/** CDS Hooks 2.0 §Trusting CDS Clients: five minutes at most, and a minute between two clocks. */
const LIFE_S = 300;
const SKEW_S = 60;

/**
 * Which EPR calls, by its token: of an issuer in the list, signed by that issuer's pinned key, for this address, fresh,
 * and never seen before (smart.md §5 row 97). Everything that fails is the same refusal; why stands in the audit.
 */
export async function readCaller(
  request: PluginRequest,
  audiences: readonly string[],
  tools: RouterTools,
): Promise<Caller> {
  const token = /^Bearer ([\w.-]+)$/.exec(request.header('authorization') ?? '')?.[1];
  const said = token === undefined ? undefined : peek(token);
  const caller = said && callerOf(said.claims, tools);
  if (token === undefined || !said || !caller) throw refusal('no token of a client');
  const { jku } = said.header;
  if (jku !== undefined && jku !== caller.client.jku) throw refusal('jku');
  const verified = await verify(token, caller, request, tools);
  if ('fault' in verified) throw refusal(verified.fault);
  const { claims } = verified;
  if (![claims['aud']].flat().some((one) => audiences.includes(String(one)))) throw refusal('audience');
  const late = timeFault(claims, tools.now() / 1_000);
  if (late !== undefined) throw refusal(late);
  const jti = asString(claims['jti']);
  if (jti === undefined || jti.length > 200) throw refusal('jti');
  const key = `${caller.member.ods} ${caller.client.iss} ${jti}`;
  if (!(await tools.once(key, (LIFE_S + SKEW_S) * 1_000))) throw refusal('used before');
  return caller;
}

/** Before anything is proven: only to know whose key it must be. */
function peek(token: string): VerifiedToken | undefined {
  const [header, claims] = token.split('.').map((part) => {
    try {
      return asObject(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    } catch {
      return undefined;
    }
  });
  return header && claims ? { header, claims } : undefined;
}

/** Two that would both fit are none: nobody may guess for which organisation a call is. */
function callerOf(claims: Json, { members }: RouterTools): Caller | undefined {
  const found = members.flatMap((member) =>
    (member.settings as CdsSettings).clients
      .filter(({ iss, tenant }) => iss === claims['iss'] && (tenant === undefined || tenant === claims['tenant']))
      .map((client) => ({ member, client })),
  );
  return found.length === 1 ? found[0] : undefined;
}

async function verify(
  token: string,
  { member, client }: Caller,
  { signal }: PluginRequest,
  tools: RouterTools,
): Promise<VerifiedToken | { readonly fault: string }> {
  const { jku, keys } = client;
  if (jku === undefined) return verifySignedToken(token, keys ?? []);
  const keysOf = (again: boolean): Promise<readonly TokenKey[]> =>
    readPublishedKeys(jku, member, tools, { again, signal });
  const first = verifySignedToken(token, await keysOf(false));
  return 'fault' in first && first.fault === 'key' ? verifySignedToken(token, await keysOf(true)) : first;
}

function timeFault({ iat, exp, nbf }: Json, nowS: number): string | undefined {
  if (typeof exp !== 'number' || typeof iat !== 'number') return 'iat or exp is missing';
  if (exp <= nowS - SKEW_S) return 'run out';
  if (iat > nowS + SKEW_S || exp - iat > LIFE_S) return 'life';
  return nbf !== undefined && (typeof nbf !== 'number' || nbf > nowS + SKEW_S) ? 'nbf' : undefined;
}

function refusal(why: string): PluginTrouble {
  return new PluginTrouble('cds.unauthorised', why);
}
