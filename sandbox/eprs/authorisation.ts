import Provider, { errors } from 'oidc-provider';
import type { OidcContext } from 'oidc-provider';
import type { SandboxUser } from '../community.ts';
import { asObject, asString } from '../../src/record/resource.ts';
import type { Json } from '../../src/record/resource.ts';
import { makeSigningKeys } from './keys.ts';
import { openLaunchTokens } from './launch-tokens.ts';
import type { Chart, LaunchTokens } from './launch-tokens.ts';
import { ACCESS_SCOPES, CONTEXT_SCOPES, parseScopes } from './scopes.ts';
import type { Grant } from './scopes.ts';
import { openTokenStore } from './token-store.ts';

/** A registered app: the launcher, at this EPR. */
export type RegisteredClient = {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
} & ({ readonly jwksUri: string } | { readonly jwks: { readonly keys: readonly object[] } });

/** Who stands behind a bearer token. */
export type Bearer = {
  readonly clientId: string;
  readonly scope: string;
  readonly grants: readonly Grant[];
  /** A person's token: what it reaches is bound to the chart that was open. */
  readonly chart?: Chart;
  /** What a Backend Services client said of the person it asks for (UDAP hl7-b2b, IHE IUA). */
  readonly acting?: Json;
};

export type AuthorisationServer = {
  readonly issuer: string;
  readonly launches: LaunchTokens;
  readonly handle: ReturnType<Provider['callback']>;
  bearer(token: string): Promise<Bearer | undefined>;
};

export type AuthorisationOptions = {
  readonly ods: string;
  readonly issuer: string;
  readonly fhirBase: string;
  readonly users: readonly SandboxUser[];
  readonly clients: readonly RegisteredClient[];
  readonly now?: () => number;
};

const CONTEXT_LIMIT = 20_000;

/** oidc-provider made into the authorisation server of one EPR: SMART App Launch 2.2 and Backend Services. */
export function openAuthorisation(options: AuthorisationOptions): AuthorisationServer {
  const now = options.now ?? Date.now;
  const launches = openLaunchTokens(now);
  const charts = new Map<string, Chart>();
  const acting = new Map<string, Json>();
  const provider = new Provider(options.issuer, {
    ...fixedSettings(options),
    adapter: openTokenStore(now),
    extraParams: { aud: audienceCheck(options.fhirBase), launch: launchCheck(launches) },
    findAccount: (_context: OidcContext, id: string) => findAccount(options, id),
    loadExistingGrant: async (context: OidcContext) => loadGrant(provider, context, charts),
  });
  provider.use(withoutCookies);
  provider.use(async (context, next) => {
    await next();
    addLaunchContext(context, charts);
    rememberActing(context, acting);
  });
  return {
    issuer: options.issuer,
    launches,
    handle: provider.callback(),
    bearer: (token) => findBearer(provider, token, charts, acting),
  };
}

function fixedSettings(options: AuthorisationOptions): { readonly [name: string]: unknown } {
  const algorithms = ['ES384', 'RS384', 'ES256'];
  return {
    clients: options.clients.map(clientMetadata),
    jwks: makeSigningKeys(options.ods),
    routes: {
      authorization: '/authorize',
      token: '/token',
      jwks: '/jwks',
      userinfo: '/userinfo',
      revocation: '/revoke',
      introspection: '/introspect',
    },
    scopes: [...CONTEXT_SCOPES, ...ACCESS_SCOPES],
    claims: {
      openid: ['sub'],
      profile: ['name'],
      fhirUser: ['fhirUser', 'nhsid_useruid', 'nhsid_nrbac_roles', 'selected_roleid'],
    },
    // The launcher reads fhirUser from the id_token (SMART 2.2 §Scopes for requesting identity data), not from userinfo.
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    enabledJWA: {
      clientAuthSigningAlgValues: algorithms,
      idTokenSigningAlgValues: ['ES384', 'ES256'],
      userinfoSigningAlgValues: ['ES384'],
    },
    clientAuthMethods: ['private_key_jwt'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
    },
    // The launch token has already answered who and for whom: nothing is left to ask, so there is no prompt.
    interactions: { policy: [] },
    expiresWithSession: async () => false,
    issueRefreshToken: async (
      _context: unknown,
      client: { grantTypeAllowed(type: string): boolean },
      code: { scopes: Set<string> },
    ) => client.grantTypeAllowed('refresh_token') && code.scopes.has('online_access'),
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
    cookies: { keys: ['not-used: every cookie is dropped before it is read or sent'] },
    // The launcher's keys are on loopback, which the package's own fetch refuses: right for the world, wrong for a sandbox.
    fetch: (url: string, { dispatcher: _guard, ...init }: RequestInit & { dispatcher?: unknown }) => fetch(url, init),
    renderError: (context: OidcContext, out: { error: string; error_description?: string }) => {
      context.body = out;
    },
  };
}

function clientMetadata(client: RegisteredClient): Json {
  return {
    client_id: client.clientId,
    redirect_uris: client.redirectUris,
    grant_types: ['authorization_code', 'client_credentials', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES384',
    ...('jwksUri' in client ? { jwks_uri: client.jwksUri } : { jwks: client.jwks }),
  };
}

/** SMART 2.2 §Obtain authorization code: `aud` stops a token for this server being asked for in another's name. */
function audienceCheck(fhirBase: string) {
  return (_context: OidcContext, aud: unknown): void => {
    if (aud !== fhirBase) throw new errors.InvalidRequest('aud does not name this FHIR server');
  };
}

/** Redeems the launch token in the very request that brings it, so that no cookie has to survive a cross-site frame. */
function launchCheck(launches: LaunchTokens) {
  return (context: OidcContext, launch: unknown): void => {
    const oidc = context.oidc;
    if (!oidc) return;
    if (!oidc.requestParamScopes.has('launch'))
      throw new errors.InvalidScope('an EHR launch asks for the launch scope', 'launch');
    const chart = typeof launch === 'string' ? launches.redeem(launch) : undefined;
    if (!chart) throw new errors.InvalidRequest('launch is unknown, used or expired');
    oidc.session.loginAccount({ accountId: chart.user.practitionerId, transient: true });
    REDEEMED.set(context, chart);
  };
}

/** The chart a request redeemed, for as long as that request lives. */
const REDEEMED = new WeakMap<OidcContext, Chart>();

async function loadGrant(provider: Provider, context: OidcContext, charts: Map<string, Chart>) {
  const chart = REDEEMED.get(context);
  const oidc = context.oidc;
  if (!chart || !oidc) return undefined;
  const grant = new provider.Grant({ accountId: chart.user.practitionerId, clientId: oidc.client.clientId });
  // A person's token never carries system scopes.
  grant.addOIDCScope([...oidc.requestParamScopes].filter((scope) => !scope.startsWith('system/')).join(' '));
  await grant.save();
  remember(charts, grant.jti, chart);
  return grant;
}

function findAccount(options: AuthorisationOptions, id: string) {
  const user = options.users.find((candidate) => candidate.practitionerId === id);
  if (!user) return undefined;
  const role = {
    person_orgid: options.ods,
    person_roleid: `${user.sdsUserId}-1`,
    org_code: options.ods,
    role_code: user.roleCode,
    role_name: user.roleName,
  };
  return {
    accountId: id,
    claims: () => ({
      sub: id,
      name: user.name,
      fhirUser: `${options.fhirBase}/Practitioner/${id}`,
      nhsid_useruid: user.sdsUserId,
      nhsid_nrbac_roles: [role],
      selected_roleid: role.person_roleid,
    }),
  };
}

async function withoutCookies(context: OidcContext, next: () => Promise<void>): Promise<void> {
  delete context.req.headers.cookie;
  await next();
  context.response.remove('set-cookie');
}

/** SMART 2.2 §Launch context arrives with your access token. */
function addLaunchContext(context: OidcContext, charts: ReadonlyMap<string, Chart>): void {
  const body = asObject(context.body);
  const grantId = context.oidc?.entities.AuthorizationCode?.grantId ?? context.oidc?.entities.RefreshToken?.grantId;
  const chart = grantId === undefined ? undefined : charts.get(grantId);
  if (context.oidc?.route !== 'token' || !chart || !body || !('access_token' in body)) return;
  context.body = {
    ...body,
    patient: chart.patientId,
    ...(chart.encounterId === undefined ? {} : { encounter: chart.encounterId }),
    need_patient_banner: chart.needPatientBanner,
    ...(chart.intent === undefined ? {} : { intent: chart.intent }),
  };
}

/** Keeps what a verified assertion said of the acting person, so that the audit log here can name them. */
function rememberActing(context: OidcContext, acting: Map<string, Json>): void {
  const token = context.oidc?.entities.ClientCredentials;
  const assertion = asString(context.oidc?.params?.['client_assertion']);
  if (!token || assertion === undefined) return;
  const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const extensions = asObject(asObject(claims)?.['extensions']);
  if (extensions) remember(acting, token.jti, extensions);
}

async function findBearer(
  provider: Provider,
  value: string,
  charts: ReadonlyMap<string, Chart>,
  acting: ReadonlyMap<string, Json>,
): Promise<Bearer | undefined> {
  const user = await provider.AccessToken.find(value);
  const chart = user?.grantId === undefined ? undefined : charts.get(user.grantId);
  const token = user ?? (await provider.ClientCredentials.find(value));
  if (!token || token.isExpired || (user && !chart)) return undefined;
  const said = acting.get(token.jti);
  const all = parseScopes(token.scope);
  return {
    clientId: token.clientId,
    scope: token.scope ?? '',
    grants: all.filter((grant) => (chart ? grant.level !== 'system' : grant.level === 'system')),
    ...(chart ? { chart } : {}),
    ...(said ? { acting: said } : {}),
  };
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  const oldest = map.keys().next();
  if (map.size >= CONTEXT_LIMIT && !oldest.done) map.delete(oldest.value);
  map.set(key, value);
}
