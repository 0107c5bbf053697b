import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { SMALL_NHS_NUMBER } from '../../support/sandbox/small-epr.ts';
import { refusalOf, useSmallLauncher } from '../../support/small-launcher.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ISS = 'https://epr.example/fhir';
const settings = JSON.stringify({
  clients: [{ iss: ISS, keys: [publicKey.export({ format: 'jwk' })], origins: ['https://epr.example'] }],
  counts: 'number',
});
const bench = useSmallLauncher(
  { 'server.bodyBytes': 8_192 },
  { edit: (text) => text.replace('    sources:', `    plugins: { cds-hooks: ${settings} }\n    sources:`) },
);

function send(more: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  const url = `${bench.url}/plugins/cds-hooks/cds-services/shared-record`;
  const nowS = Math.floor(Date.now() / 1_000);
  const token = jsonwebtoken.sign(
    { iss: ISS, aud: url, iat: nowS, exp: nowS + 60, jti: randomUUID() },
    privateKey as never,
    { algorithm: 'ES384' },
  );
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({
      hook: 'patient-view',
      hookInstance: randomUUID(),
      context: { userId: 'Practitioner/1', patientId: 'p1' },
      prefetch: {
        patient: {
          resourceType: 'Patient',
          id: 'p1',
          identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: SMALL_NHS_NUMBER }],
        },
      },
      ...more,
    }),
  });
}

describe('CDS Hooks at the launcher', () => {
  it('refuses a prefetch that is very large, and a caller without a token', async () => {
    expect(await refusalOf(await send({ padding: 'x'.repeat(9_000) }))).toEqual([413, 'request.too_large']);
    expect(await refusalOf(await send({}, { authorization: 'Basic x' }))).toEqual([401, 'cds.unauthorised']);
  });

  it('lets pages of the registered client call, and of nobody else', async () => {
    const evil = await send({}, { origin: 'https://evil.example' });
    expect(evil.headers.get('access-control-allow-origin')).toBeNull();
    const own = await send({}, { origin: 'https://epr.example' });
    expect(own.headers.get('access-control-allow-origin')).toBe('https://epr.example');
  });

  it('lists its services for anybody', async () => {
    const answer = await fetch(`${bench.url}/plugins/cds-hooks/cds-services`, {
      headers: { origin: 'https://x.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const { services } = (await answer.json()) as { services: { hook: string }[] };
    expect(services.map(({ hook }) => hook)).toEqual(['patient-view', 'encounter-start', 'appointment-book']);
  });

  it('answers with a card that leads to the launch, and leaves no patient in log or audit', async () => {
    const answer = await send();
    const { cards } = (await answer.json()) as { cards: object[] };
    expect(cards).toMatchObject([{ indicator: 'info', links: [{ url: `${bench.url}/launch`, type: 'smart' }] }]);
    expect(bench.logged.join('')).not.toContain(SMALL_NHS_NUMBER);
    const events = JSON.stringify(await bench.launcher.audit.read({ type: 'plugin.acted', limit: 10 }));
    expect(events).toContain('card-shown');
    expect(events).not.toContain(SMALL_NHS_NUMBER);
  });
});
