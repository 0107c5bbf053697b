import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import * as oauth from 'oauth4webapi';

/**
 * The peer of B6: the least a relying party can be with oauth4webapi. State, nonce and PKCE; the code for an id_token
 * whose signature is checked; who the user and the patient are; one durable row for the session. No audit, no sealing, no
 * binding to the window, no roles, no linking of users, no limits. `reads: false` leaves the two resources out as well.
 * Argument: one JSON object. First line printed: its origin.
 */
type Options = { readonly epr: string; readonly folder: string; readonly clientId: string; readonly reads: boolean };
type Waiting = { readonly verifier: string; readonly nonce: string; readonly launch: string };

const { epr, folder, clientId, reads } = JSON.parse(process.argv[2] ?? '{}') as Options;
const INSECURE = { [oauth.allowInsecureRequests]: true };
const metadata = await (await fetch(`${epr}/fhir/.well-known/smart-configuration`)).json();
const authority = metadata as oauth.AuthorizationServer & { authorization_endpoint: string };
const client: oauth.Client = { client_id: clientId };
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const publicKey = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: 'bare-1', alg: 'ES256' };
const authentication = oauth.PrivateKeyJwt({ key: pair.privateKey, kid: 'bare-1' });
const keyCache: oauth.JWKSCacheInput = {};
const waiting = new Map<string, Waiting>();

const database = new SqliteDriver(join(folder, `${clientId}.sqlite`));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('create table sessions (bearer_hash text primary key, body text not null, opened_at text not null)');
const insert = database.prepare('insert into sessions values (?, ?, ?)');

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', origin);
  if (url.pathname === '/launch') void begin(url, response);
  else if (url.pathname === '/callback') void finish(url, response);
  else response.end(JSON.stringify({ keys: [publicKey] }));
});
server.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
console.log(origin);
process.once('SIGTERM', () => process.exit(0));

async function begin({ searchParams }: URL, response: ServerResponse): Promise<void> {
  const state = oauth.generateRandomState();
  const kept = {
    verifier: oauth.generateRandomCodeVerifier(),
    nonce: oauth.generateRandomNonce(),
    launch: searchParams.get('launch') ?? '',
  };
  waiting.set(state, kept);
  const address = new URL(authority.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: `${origin}/callback`,
    scope: 'launch openid fhirUser patient/Patient.r',
    state,
    aud: `${epr}/fhir`,
    launch: kept.launch,
    nonce: kept.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  response.writeHead(302, { location: address.href, 'content-length': 0 }).end();
}

async function finish(url: URL, response: ServerResponse): Promise<void> {
  const state = url.searchParams.get('state') ?? '';
  const kept = waiting.get(state);
  waiting.delete(state);
  if (!kept) return void response.writeHead(400).end();
  const parameters = oauth.validateAuthResponse(authority, client, url, state);
  const answer = await oauth.authorizationCodeGrantRequest(
    authority,
    client,
    authentication,
    parameters,
    `${origin}/callback`,
    kept.verifier,
    INSECURE,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(authority, client, answer, {
    expectedNonce: kept.nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(authority, answer, { ...INSECURE, [oauth.jwksCache]: keyCache });
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const user = reads ? await read(claims?.['fhirUser'] as string, tokens.access_token) : claims;
  const patient = reads ? await read(`Patient/${tokens['patient'] as string}`, tokens.access_token) : {};
  const bearer = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(bearer).digest('base64url');
  insert.run(hash, JSON.stringify({ user, patient }), new Date().toISOString());
  const body = JSON.stringify({ session: bearer, context: { patient } });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

async function read(path: string, token: string): Promise<unknown> {
  const headers = { accept: 'application/fhir+json', authorization: `Bearer ${token}` };
  const answer = await fetch(`${epr}/fhir/${path}`, { headers });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
  return answer.json();
}
