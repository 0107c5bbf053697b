import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  createHash,
  type JsonWebKey,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SYNTHETIC_PATIENT, syntheticPatient } from './synthetic-record.ts';

/**
 * The EPR's side of a launch in a process of its own: smart-configuration, authorisation with PKCE, a token endpoint that
 * checks client assertions, id_tokens signed with RS256 or ES256, and the resources a launch reads. Bare, so that it is
 * never what a relying party waits for. Argument: one JSON object. First line printed: its origin.
 */
const { algorithm } = JSON.parse(process.argv[2] ?? '{}') as { readonly algorithm: 'RS256' | 'ES256' };

const pair =
  algorithm === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'as-1', alg: algorithm, use: 'sig' }] };
type Waiting = { readonly challenge: string; readonly nonce: string; readonly redirectUri: string };
const codes = new Map<string, Waiting>();
const clients = new Map<string, ReadonlyMap<string, JsonWebKey>>();
let people = 0;

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
console.log(origin);
process.once('SIGTERM', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', origin);
  if (url.pathname === '/auth/authorize') return authorise(url, response);
  if (url.pathname === '/auth/token') {
    const form = new URLSearchParams(await bodyOf(request));
    return token(form, response);
  }
  // A client is registered by the address of its keys: `?id=…&jwks=…`.
  if (url.pathname === '/clients') {
    const read = (await (await fetch(url.searchParams.get('jwks') ?? '')).json()) as { keys: JsonWebKey[] };
    clients.set(url.searchParams.get('id') ?? '', new Map(read.keys.map((key) => [String(key['kid']), key])));
    return json(response, {});
  }
  const document = DOCUMENTS[url.pathname] ?? personOf(url.pathname);
  if (document) json(response, document);
  else response.writeHead(404).end();
}

function authorise({ searchParams }: URL, response: ServerResponse): void {
  const code = randomBytes(16).toString('base64url');
  const redirectUri = searchParams.get('redirect_uri') ?? '';
  codes.set(code, {
    redirectUri,
    challenge: searchParams.get('code_challenge') ?? '',
    nonce: searchParams.get('nonce') ?? '',
  });
  const location = new URL(redirectUri);
  for (const [name, value] of [
    ['code', code],
    ['state', searchParams.get('state') ?? ''],
    ['iss', `${origin}/auth`],
  ] as const)
    location.searchParams.set(name, value);
  response.writeHead(302, { location: location.href, 'content-length': 0 }).end();
}

function token(form: URLSearchParams, response: ServerResponse): void {
  const waiting = codes.get(form.get('code') ?? '');
  codes.delete(form.get('code') ?? '');
  const client = checkAssertion(form.get('client_assertion') ?? '');
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const good = waiting?.challenge === proof && waiting.redirectUri === form.get('redirect_uri');
  if (!waiting || !good || client === undefined) return json(response, { error: 'invalid_grant' }, 400);
  const nowS = Math.floor(Date.now() / 1000);
  const user = `dr-${people++ % 40}`;
  const claims = {
    iss: `${origin}/auth`,
    sub: user,
    aud: client,
    iat: nowS,
    exp: nowS + 300,
    nonce: waiting.nonce,
    fhirUser: `Practitioner/${user}`,
    nhsid_useruid: sdsUserId(user),
    role_code: 'R0260',
  };
  json(response, {
    access_token: randomBytes(24).toString('base64url'),
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'launch openid fhirUser patient/Patient.r',
    id_token: signJwt(claims),
    patient: 'p1',
    need_patient_banner: true,
  });
}

/** The id of the client, once its signature over its own name for this endpoint has been checked. */
function checkAssertion(assertion: string): string | undefined {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string; kid: string };
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { iss: string; aud: string };
  const jwk = clients.get(claims.iss)?.get(header.kid);
  if (!jwk || ![`${origin}/auth/token`, `${origin}/auth`].includes(claims.aud)) return undefined;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const digest = `sha${header.alg.slice(2)}`;
  const good = verify(
    digest,
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return good ? claims.iss : undefined;
}

function signJwt(claims: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: algorithm, kid: 'as-1', typ: 'JWT' })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

const DOCUMENTS: { readonly [path: string]: object } = {
  '/fhir/.well-known/smart-configuration': {
    issuer: `${origin}/auth`,
    jwks_uri: `${origin}/auth/jwks`,
    authorization_endpoint: `${origin}/auth/authorize`,
    token_endpoint: `${origin}/auth/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384', 'ES256'],
    id_token_signing_alg_values_supported: [algorithm],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['launch', 'openid', 'fhirUser', 'patient/Patient.r'],
    capabilities: ['launch-ehr', 'client-confidential-asymmetric', 'sso-openid-connect'],
  },
  '/auth/jwks': jwks,
  '/fhir/Patient/p1': syntheticPatient(),
};

function personOf(path: string): object | undefined {
  const id = /^\/fhir\/Practitioner\/(dr-\d+)$/.exec(path)?.[1];
  return id === undefined
    ? undefined
    : {
        resourceType: 'Practitioner',
        id,
        identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: sdsUserId(id) }],
        name: [{ use: 'official', family: SYNTHETIC_PATIENT.family, given: [id], prefix: ['Dr'] }],
      };
}

function sdsUserId(user: string): string {
  return `5550000${user.slice(3).padStart(5, '0')}`;
}

function json(response: ServerResponse, value: object, status = 200): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
