import * as oauth from 'oauth4webapi';
import type { LaunchManner } from '../../plugins/plugin.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';
import type { Discovery } from './discover.ts';

type Deps = Pick<SmartDeps, 'signingKey' | 'clientSecret' | 'launchFace'>;

/** How the launcher proves itself to an EPR's token endpoint: as its entry says, in its dialect's manner. */
export function clientAuthentication(member: LaunchMember, discovery: Discovery, deps: Deps): oauth.ClientAuth {
  const { launch, plugins } = member;
  const manner = deps.launchFace(launch.plugin)?.manner?.(plugins?.[launch.plugin]) ?? {};
  const proof = proofOf(member, discovery, manner, deps);
  return async (server, client, body, headers) => {
    await proof(server, client, body, headers);
    if (manner.sendClientId === true) body.set('client_id', client.client_id);
    // Whoever proves nothing can only say its name.
    else if (manner.sendClientId === false && launch.clientAuthentication !== 'public') body.delete('client_id');
  };
}

function proofOf(member: LaunchMember, discovery: Discovery, manner: LaunchManner, deps: Deps): oauth.ClientAuth {
  const { clientAuthentication: kind } = member.launch;
  if (kind === 'public') return oauth.None();
  if (kind === 'client_secret_basic') return basic(member, manner, deps);
  return signed(discovery, deps);
}

/** SMART 2.2 §Client authentication, asymmetric: `aud` is the token endpoint, a new `jti` each time, two minutes of life. */
function signed({ server }: Discovery, deps: Deps): oauth.ClientAuth {
  return oauth.PrivateKeyJwt(deps.signingKey(server.token_endpoint_auth_signing_alg_values_supported), {
    [oauth.modifyAssertion]: (header, payload) => {
      header['typ'] = 'JWT';
      payload['aud'] = server.token_endpoint;
      payload['exp'] = Number(payload['iat']) + 120;
      delete payload['nbf'];
    },
  });
}

/** RFC 6749 §2.3.1 form-encodes id and secret first; some servers compare what they get as it is (smart.md 1.5). */
function basic({ ods, launch }: LaunchMember, { basicEncoding }: LaunchManner, deps: Deps): oauth.ClientAuth {
  const secret = deps.clientSecret?.(ods);
  if (secret === undefined) throw new CorridorError('token.invalid_client', 'no client secret');
  if (basicEncoding !== 'raw') return oauth.ClientSecretBasic(secret);
  const credentials = Buffer.from(`${launch.clientId}:${secret}`, 'utf8').toString('base64');
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${credentials}`);
}
