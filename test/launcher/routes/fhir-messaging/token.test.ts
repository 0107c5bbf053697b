import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ALL_SCOPES, type ChangedToken, communication, fhirWorldOfEach } from '../../../support/fhir-messaging.ts';

const epr = fhirWorldOfEach();
const { ask } = epr;

describe('the token of an EPR', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  it.each<[string, ChangedToken]>([
    ['another key', { key: stranger }],
    ['a key nobody registered', { kid: 'other' }],
    ['a client nobody knows', { claims: { iss: 'who', sub: 'who' } }],
    ['another subject', { claims: { sub: 'ward-epr' } }],
    ['another audience', { claims: { aud: 'https://elsewhere.example/token' } }],
    ['a proof that has run out', { claims: { iat: 1_000, exp: 1_060 } }],
    ['a proof that lives for a day', { claims: { exp: 4_000_000_000 } }],
    ['no id', { claims: { jti: 7 } }],
  ])('is refused with %s', async (_what, changed) => {
    const answer = await epr.askToken(changed);
    expect(answer).toEqual({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is given for a proof once, and for scopes there are', async () => {
    const claims = { jti: 'one' };
    expect((await epr.askToken({ claims })).body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      scope: ALL_SCOPES,
    });
    expect((await epr.askToken({ claims })).status).toBe(401);
    expect((await epr.askToken({ scope: 'system/Patient.rs' })).body).toEqual({ error: 'invalid_scope' });
  });

  it('opens nothing by itself: without it, after its time, or beyond its scope there is nothing', async () => {
    expect((await fetch(`${epr.url}/fhir/Task`)).status).toBe(401);
    const { body } = await epr.askToken();
    epr.world.clock.nowMs += 301_000;
    const late = await fetch(`${epr.url}/fhir/Task`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    });
    expect(late.status).toBe(401);
    const beyond = await ask('Communication', { body: communication().resource, scope: 'system/Task.rs' });
    expect([beyond.status, beyond.body['resourceType']]).toEqual([403, 'OperationOutcome']);
  });
});
