import { createServer } from 'node:http';
import Provider, { type OidcContext } from 'oidc-provider';
import { makeSigningKeys } from '../../sandbox/eprs/keys.ts';

export type SignInPerson = { name: string; role: string; sds: string };

const ACCOUNT = 'person-1';

/** oidc-provider as an organisation's own sign-in: whoever comes is signed in already, as `person`. */
export async function openSignInService(
  port: number,
  redirectUri: string,
  person: SignInPerson,
): Promise<{ close(): Promise<void> }> {
  const provider: Provider = new Provider(`http://localhost:${String(port)}`, {
    clients: [
      {
        client_id: 'corridor-link',
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: 'ES384',
      },
    ],
    jwks: makeSigningKeys('XT001'),
    claims: { openid: ['sub'], profile: ['name', 'role', 'sds'] },
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: ['ES384'] },
    interactions: { policy: [] },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Session: 300 },
    cookies: { keys: ['of this test alone'] },
    // Called for every request.
    extraParams: {
      who: (context: OidcContext) => void context.oidc?.session.loginAccount({ accountId: ACCOUNT, transient: true }),
    },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...person }) }),
    loadExistingGrant: async () => {
      const grant = new provider.Grant({ clientId: 'corridor-link', accountId: ACCOUNT });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  } as never);
  const handle = provider.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
