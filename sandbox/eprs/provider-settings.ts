import type { OidcContext } from 'oidc-provider';
import type { SandboxUser } from '../community.ts';
import type { Json } from '../../src/record/resource.ts';
import { makeSigningKeys } from './keys.ts';
import { TOKEN_EXCHANGE } from './token-exchange.ts';
import { ACCESS_SCOPES, CONTEXT_SCOPES, INBOX_SCOPES, NOTICE_SCOPE } from './scopes.ts';

/** A registered app: the launcher, at this EPR. */
export type RegisteredClient = {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
} & ({ readonly jwksUri: string } | { readonly jwks: { readonly keys: readonly object[] } });

export type AuthorisationOptions = {
  readonly ods: string;
  readonly issuer: string;
  readonly fhirBase: string;
  readonly users: readonly SandboxUser[];
  readonly clients: readonly RegisteredClient[];
  readonly now?: () => number;
};

const CLIENT_ALGORITHMS = ['ES384', 'RS384', 'ES256'];

/** What every launch at this EPR has in common, in oidc-provider's words. */
export function providerSettings(options: AuthorisationOptions): { readonly [name: string]: unknown } {
  return {
    ...ENDPOINTS,
    ...NO_PROMPT,
    clients: options.clients.map(clientMetadata),
    jwks: makeSigningKeys(options.ods),
    scopes: [...CONTEXT_SCOPES, ...ACCESS_SCOPES, ...INBOX_SCOPES, NOTICE_SCOPE],
    claims: {
      openid: ['sub'],
      profile: ['name'],
      fhirUser: ['fhirUser', 'nhsid_useruid', 'nhsid_nrbac_roles', 'selected_roleid'],
    },
    // fhirUser is read from the id_token (SMART 2.2 §Scopes for requesting identity data), not from userinfo.
    conformIdTokenClaims: false,
    findAccount: (_context: OidcContext, id: string) => findAccount(options, id),
    // The launcher's keys are on loopback, which the package's own fetch refuses: right for the world, wrong for a sandbox.
    fetch: (url: string, { dispatcher: _guard, ...init }: RequestInit & { dispatcher?: unknown }) => fetch(url, init),
    renderError: (context: OidcContext, out: { error: string; error_description?: string }) => {
      context.body = out;
    },
  };
}

const ENDPOINTS = {
  routes: {
    authorization: '/authorize',
    token: '/token',
    jwks: '/jwks',
    userinfo: '/userinfo',
    revocation: '/revoke',
    introspection: '/introspect',
  },
  responseTypes: ['code'],
  pkce: { required: () => true },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: {
    clientAuthSigningAlgValues: CLIENT_ALGORITHMS,
    idTokenSigningAlgValues: ['ES384', 'ES256'],
    userinfoSigningAlgValues: ['ES384'],
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
  },
  ttl: {
    AuthorizationCode: 60,
    AccessToken: 3_600,
    ClientCredentials: 300,
    IdToken: 300,
    Grant: 28_800,
    RefreshToken: 28_800,
    Session: 60,
    Interaction: 60,
  },
} as const;

type RefreshClient = { grantTypeAllowed(type: string): boolean };

/** The launch token has already answered who and for whom: nothing is left to ask, and no session has to be remembered. */
const NO_PROMPT = {
  interactions: { policy: [] },
  expiresWithSession: () => false,
  issueRefreshToken: (_context: unknown, client: RefreshClient, code: { readonly scopes: ReadonlySet<string> }) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('online_access'),
  cookies: { keys: ['not used: every cookie is dropped before it is read or sent'] },
};

function clientMetadata(client: RegisteredClient): Json {
  return {
    client_id: client.clientId,
    redirect_uris: client.redirectUris,
    grant_types: ['authorization_code', 'client_credentials', 'refresh_token', TOKEN_EXCHANGE],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES384',
    ...('jwksUri' in client ? { jwks_uri: client.jwksUri } : { jwks: client.jwks }),
  };
}

/** The person as NHS CIS2 would describe them, so that the launcher reads real-looking role claims. */
function findAccount(options: AuthorisationOptions, id: string) {
  const user = options.users.find((candidate) => candidate.practitionerId === id);
  if (!user) return undefined;
  const roleId = `${user.sdsUserId}-1`;
  const role = {
    person_orgid: options.ods,
    person_roleid: roleId,
    org_code: options.ods,
    role_code: user.roleCode,
    role_name: user.roleName,
  };
  const claims = {
    sub: id,
    name: user.name,
    fhirUser: `${options.fhirBase}/Practitioner/${id}`,
    nhsid_useruid: user.sdsUserId,
    nhsid_nrbac_roles: [role],
    selected_roleid: roleId,
  };
  return { accountId: id, claims: () => claims };
}
