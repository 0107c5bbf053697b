import * as oauth from 'oauth4webapi';
import { randomUUID } from 'node:crypto';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { ActingContext } from './acting-context.ts';
import { actingExtensions } from './acting-extensions.ts';
import { signSubjectToken } from './acting-token.ts';
import type { CommunitySource, SourceAuthorisation } from './community.ts';
import type { LauncherKeys } from './keys.ts';

/** Profiles that ask a token endpoint for the bearer. */
export type TokenProfile = Extract<SourceAuthorisation, { readonly tokenEndpoint: string }>;

export type TokenAsk = {
  readonly source: CommunitySource;
  readonly authorisation: TokenProfile;
  readonly acting: ActingContext;
  readonly keys: LauncherKeys;
  /** The launcher's public address. */
  readonly issuer: string;
  readonly now: () => number;
};

type Options = oauth.TokenEndpointRequestOptions;
type Server = oauth.AuthorizationServer;

/** Sends the request its profile asks for, and judges the answer (smart.md 3.2, P1, P2, P4). */
export async function askByProfile(
  ask: TokenAsk,
  server: Server,
  options: Options,
): Promise<oauth.TokenEndpointResponse> {
  const { authorisation } = ask;
  const client: oauth.Client = { client_id: authorisation.clientId };
  if (authorisation.profile === 'token-exchange') return exchange(ask, server, client, authorisation.scopes, options);
  const parameters = authorisation.profile === 'smart-b2b' ? { scope: authorisation.scopes } : {};
  const proof = authorisation.profile === 'smart-b2b' ? b2bAssertion(ask) : platformAssertion(ask);
  const response = await oauth.clientCredentialsGrantRequest(server, client, proof, parameters, options);
  return oauth.processClientCredentialsResponse(server, client, response);
}

/** Backend Services as nobody but the launcher itself: what concerns no patient, and nothing that was asked of anybody. */
export async function askAsLauncher(
  authorisation: TokenProfile & { readonly profile: 'smart-b2b' },
  scope: string,
  keys: LauncherKeys,
  server: Server,
  options: Options,
): Promise<oauth.TokenEndpointResponse> {
  const client: oauth.Client = { client_id: authorisation.clientId };
  const proof = plainAssertion(authorisation, keys);
  const response = await oauth.clientCredentialsGrantRequest(server, client, proof, { scope }, options);
  return oauth.processClientCredentialsResponse(server, client, response);
}

/** P1. A new assertion with a new `jti` for every request (servers refuse one seen before), two minutes of life. */
function b2bAssertion({ authorisation, acting, keys }: TokenAsk): oauth.ClientAuth {
  return plainAssertion(authorisation, keys, { extensions: actingExtensions(acting) });
}

function plainAssertion({ tokenEndpoint }: TokenProfile, keys: LauncherKeys, more: object = {}): oauth.ClientAuth {
  const { key, kid } = keys.signingKey();
  return oauth.PrivateKeyJwt(
    { key, kid },
    {
      [oauth.modifyAssertion]: (header, payload) => {
        header['typ'] = 'JWT';
        delete payload['nbf'];
        Object.assign(payload, {
          aud: tokenEndpoint,
          exp: Number(payload['iat']) + 120,
          jti: randomUUID(),
          ...more,
        });
      },
    },
  );
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt';
const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/** P2, RFC 8693: our signed word for the user becomes the source's own token for that user. */
async function exchange(
  ask: TokenAsk,
  server: Server,
  client: oauth.Client,
  scopes: string,
  options: Options,
): Promise<oauth.TokenEndpointResponse> {
  const { source, authorisation, acting } = ask;
  const parameters = {
    subject_token: signSubjectToken(acting, authorisation.tokenEndpoint, ask),
    subject_token_type: JWT_TYPE,
    requested_token_type: ACCESS_TOKEN_TYPE,
    resource: source.settings.base,
    scope: scopes,
  };
  const proof = plainAssertion(authorisation, ask.keys);
  const response = await oauth.genericTokenEndpointRequest(server, client, proof, EXCHANGE, parameters, options);
  const answer = await oauth.processGenericTokenEndpointResponse(server, client, response);
  // Row 110: an id_token in an access token's place opens nothing it should.
  if (answer['issued_token_type'] !== ACCESS_TOKEN_TYPE) throw new SourceTrouble('source.auth', 'issued token type');
  return answer;
}

/** P4: NHS England's API platform takes RS512 and knows the application, not the user. */
function platformAssertion({ authorisation, keys, now }: TokenAsk): oauth.ClientAuth {
  return (_server, client, body) => {
    const iat = Math.floor(now() / 1_000);
    const claims = {
      iss: client.client_id,
      sub: client.client_id,
      aud: authorisation.tokenEndpoint,
      jti: randomUUID(),
      iat,
      exp: iat + 120,
    };
    const assertion = keys.signJwt(claims, { typ: 'JWT', algorithms: ['RS512'] });
    if (assertion === undefined) throw new SourceTrouble('source.auth', 'no RS512 key in the key file');
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    body.set('client_assertion', assertion);
  };
}
