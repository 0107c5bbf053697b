import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import jsonwebtoken from 'jsonwebtoken';
import { openSmallEpr, SMALL_SURGERY } from '../support/sandbox/small-epr.ts';
import type { SmallEpr } from '../support/sandbox/small-epr.ts';
import type { Chart } from '../../sandbox/eprs/launch-tokens.ts';
import { makeTestClient } from '../support/sandbox/test-client.ts';

let small: SmallEpr;
const [user] = SMALL_SURGERY.users;
const chart: Chart = { user: user!, patientId: 'p1', encounterId: 'e1', needPatientBanner: false };

beforeAll(async () => {
  small = await openSmallEpr();
});
afterAll(() => small.close());

describe('the sandbox’s authorisation server refuses', () => {
  it('an aud that is not its FHIR base', async () => {
    const { location } = await small.client.authorise(small.epr, chart, { aud: `${small.epr.fhirBase}/` });
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('code')).toBeNull();
  });

  it('a launch that was used before', async () => {
    const launch = small.epr.launches.mint(chart);
    const first = await small.client.authorise(small.epr, chart, { launch });
    const second = await small.client.authorise(small.epr, chart, { launch });
    expect(first.location.searchParams.get('code')).not.toBeNull();
    expect(second.location.searchParams.get('error')).toBe('invalid_request');
  });

  it('an authorise request without a launch, or with an unknown one', async () => {
    for (const launch of ['', 'guess']) {
      const { location } = await small.client.authorise(small.epr, chart, { launch });
      expect(location.searchParams.get('error')).toBe('invalid_request');
    }
  });

  it('an authorise request without PKCE, or with a plain challenge', async () => {
    const without = await small.client.authorise(small.epr, chart, { code_challenge: '', code_challenge_method: '' });
    const plain = await small.client.authorise(small.epr, chart, { code_challenge_method: 'plain' });
    expect(without.location.searchParams.get('error')).toBe('invalid_request');
    expect(plain.location.searchParams.get('error')).toBe('invalid_request');
  });

  it('a wrong code verifier', async () => {
    const authorised = await small.client.authorise(small.epr, chart);
    const { status, body } = await small.client.exchange(small.epr, authorised, { code_verifier: 'x'.repeat(43) });
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  it('a code that was used before, and takes back the token it gave', async () => {
    const authorised = await small.client.authorise(small.epr, chart);
    const first = await small.client.exchange(small.epr, authorised);
    const second = await small.client.exchange(small.epr, authorised);
    expect(second.body['error']).toBe('invalid_grant');
    const answer = await fetch(`${small.epr.fhirBase}/Patient/p1`, {
      headers: { authorization: `Bearer ${String(first.body['access_token'])}` },
    });
    expect(answer.status).toBe(401);
  });

  it('an unknown client, without sending anything to its address', async () => {
    const { location } = await small.client.authorise(small.epr, chart, { client_id: 'stranger' });
    expect(location.hostname).toBe('none.invalid');
  });

  it('a registered client’s name with another’s key', async () => {
    const thief = makeTestClient('tester');
    const { status, body } = await thief.token(small.epr, { grant_type: 'client_credentials', scope: 'system/*.rs' });
    expect([status, body['error']]).toEqual([401, 'invalid_client']);
  });

  it('a client assertion meant for somebody else, or sent twice', async () => {
    const ask = { grant_type: 'client_credentials', scope: 'system/*.rs' };
    const elsewhere = await small.client.token(small.epr, ask, { aud: 'http://elsewhere.invalid/token' });
    expect(elsewhere.body['error']).toBe('invalid_client');
    await small.client.token(small.epr, ask, { jti: 'once' });
    const again = await small.client.token(small.epr, ask, { jti: 'once' });
    expect(again.body['error']).toBe('invalid_client');
  });

  it('a foreign redirect address', async () => {
    const { location } = await small.client.authorise(small.epr, chart, {
      redirect_uri: 'http://127.0.0.1:9/callback/XT002',
    });
    expect(location.hostname).toBe('none.invalid');
  });
});

describe('an EHR launch', () => {
  it('needs no prompt and no cookie, and names its issuer in the answer (RFC 9207)', async () => {
    const { location, setCookie } = await small.client.authorise(small.epr, chart);
    expect(location.searchParams.get('iss')).toBe(small.epr.issuer);
    expect(location.searchParams.get('state')).toBe('state');
    expect(setCookie).toBeNull();
  });

  it('gives the patient, the encounter and the banner wish with the token', async () => {
    const { body } = await small.client.exchange(small.epr, await small.client.authorise(small.epr, chart));
    expect(body).toMatchObject({ patient: 'p1', encounter: 'e1', need_patient_banner: false, token_type: 'Bearer' });
  });

  it('gives an id_token with fhirUser, nonce and the user’s national role, signed by a key of its own', async () => {
    const authorised = await small.client.authorise(small.epr, chart);
    const { body } = await small.client.exchange(small.epr, authorised);
    const decoded = jsonwebtoken.decode(String(body['id_token']), { complete: true });
    expect(decoded?.header.alg).toBe('ES384');
    expect(decoded?.payload).toMatchObject({
      iss: small.epr.issuer,
      aud: 'tester',
      nonce: authorised.nonce,
      fhirUser: `${small.epr.fhirBase}/Practitioner/dr-a`,
      nhsid_nrbac_roles: [{ role_code: 'R0260', org_code: 'XT001' }],
    });
  });

  it('never gives a person system scopes', async () => {
    const scope = 'launch openid fhirUser patient/*.rs system/*.rs';
    const { body } = await small.client.exchange(small.epr, await small.client.authorise(small.epr, chart, { scope }));
    expect(body['scope']).toBe('launch openid fhirUser patient/*.rs');
  });

  it('publishes endpoints, algorithms and capabilities in smart-configuration', async () => {
    const answer = await fetch(`${small.epr.fhirBase}/.well-known/smart-configuration`);
    const metadata = (await answer.json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      issuer: small.epr.issuer,
      authorization_endpoint: `${small.epr.issuer}/authorize`,
      token_endpoint: `${small.epr.issuer}/token`,
      code_challenge_methods_supported: ['S256'],
    });
    const discovered = await fetch(`${small.epr.issuer}/.well-known/openid-configuration`);
    const oidc = (await discovered.json()) as Record<string, unknown>;
    for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'])
      expect(metadata[name]).toBe(oidc[name]);
    expect((await fetch(String(oidc['jwks_uri']))).status).toBe(200);
  });
});
