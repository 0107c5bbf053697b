import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { RegisteredClient } from '../../../sandbox/eprs/provider-settings.ts';
import type { Epr } from '../../../sandbox/eprs/epr.ts';
import type { Chart } from '../../../sandbox/eprs/launch-tokens.ts';

export const REDIRECT = 'http://127.0.0.1:9/callback/XT001';

export type Authorised = {
  readonly location: URL;
  readonly verifier: string;
  readonly nonce: string;
  readonly setCookie: string | null;
};

/** An app with keys of its own, made for the test, that speaks to a sandbox EPR over real HTTP. */
export type TestClient = {
  readonly registration: RegisteredClient;
  /** `changes` replaces parameters of the authorise request; an empty string leaves one out. */
  authorise(epr: Epr, chart: Chart, changes?: Readonly<Record<string, string>>): Promise<Authorised>;
  token(
    epr: Epr,
    form: Readonly<Record<string, string>>,
    claims?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  exchange(
    epr: Epr,
    authorised: Authorised,
    changes?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** A Backend Services bearer. */
  systemToken(epr: Epr, scope?: string, claims?: object): Promise<string>;
  /** A bearer for a chart, through the whole launch. */
  userToken(epr: Epr, chart: Chart, scope?: string): Promise<string>;
};

export function makeTestClient(clientId: string): TestClient {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES384', use: 'sig' };
  const client: TestClient = {
    registration: { clientId, redirectUris: [REDIRECT], jwks: { keys: [jwk] } },
    async authorise(epr, chart, changes = {}) {
      const [verifier, nonce] = [randomBytes(32).toString('base64url'), randomUUID()];
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const asked = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: REDIRECT,
        scope: 'launch openid fhirUser patient/*.rs',
        state: 'state',
        nonce,
        aud: epr.fhirBase,
        launch: epr.launches.mint(chart),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...changes,
      };
      const parameters = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
      const answer = await fetch(`${epr.issuer}/authorize?${parameters.toString()}`, { redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? `http://none.invalid/?status=${answer.status}`);
      return { location, verifier, nonce, setCookie: answer.headers.get('set-cookie') };
    },
    async token(epr, form, claims = {}) {
      const audience = { iss: clientId, sub: clientId, aud: `${epr.issuer}/token`, jti: randomUUID(), ...claims };
      const assertion = jsonwebtoken.sign(audience, privateKey, { algorithm: 'ES384', keyid: 'test', expiresIn: 120 });
      const body = new URLSearchParams({
        ...form,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      });
      const answer = await fetch(`${epr.issuer}/token`, { method: 'POST', body });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    async exchange(epr, authorised, changes = {}) {
      const code = authorised.location.searchParams.get('code') ?? '';
      return client.token(epr, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT,
        code_verifier: authorised.verifier,
        ...changes,
      });
    },
    async systemToken(epr, scope = 'system/*.rs', claims = {}) {
      const { body } = await client.token(epr, { grant_type: 'client_credentials', scope }, claims);
      return String(body['access_token']);
    },
    async userToken(epr, chart, scope = 'launch openid fhirUser patient/*.rs') {
      const { body } = await client.exchange(epr, await client.authorise(epr, chart, { scope }));
      return String(body['access_token']);
    },
  };
  return client;
}
