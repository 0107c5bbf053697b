import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../launcher/audit/audit.ts';
import { startLauncher, type Launcher } from '../../../launcher/main.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let keys: Server;
let launcher: Launcher;

beforeAll(async () => {
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((keys.address() as AddressInfo).port)}`;
  const source = (id: string, more = ''): string =>
    `{ id: ${id}, plugin: fhir-r4, base: "${origin}/fhir", authorisation: { profile: none, allowLoopbackHttp: true }${more} }`;
  launcher = await startLauncher({
    environment: {},
    settings: { 'server.port': 0, 'storage.url': 'sqlite::memory:', 'log.level': 'silent' },
    communityText: `
corridor: 1
name: Test
environment: test
locator: pointers
pathways: [{ id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }]
roles: [{ id: gp, name: GP, sections: all, clearance: N }]
organisations:
  - { ods: XB001, name: One, kind: gp, sources: [${source('one', `, pointers: { jwksUri: "${origin}/jwks" }`)}] }
  - { ods: XB002, name: Two, kind: gp, sources: [${source('two')}] }
`,
  });
});
afterAll(async () => {
  await launcher.close();
  keys.close();
});

let claims: Record<string, unknown>;
beforeEach(() => {
  const iat = Math.floor(Date.now() / 1_000);
  claims = { iss: 'one', sub: 'one', aud: `${launcher.url}/locator`, iat, exp: iat + 60, jti: randomUUID() };
});

const sign = (key = pair.privateKey): string => jsonwebtoken.sign(claims, key, { algorithm: 'ES256', keyid: 'k1' });
const push = (token: string, body: object = { pointers: [{ nhsNumber: '9990000018' }] }): Promise<Response> =>
  fetch(`${launcher.url}/locator`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
const updates = async (): Promise<readonly AuditEvent[]> =>
  (await launcher.audit.read({ limit: 100 })).filter(({ type }) => type === 'locator.updated');

describe('a pointer is not taken', () => {
  it.each<[string, () => void]>([
    ['from a source that has registered no key', () => Object.assign(claims, { iss: 'two', sub: 'two' })],
    ['from somebody who is no source', () => Object.assign(claims, { iss: 'none', sub: 'none' })],
    ['for another launcher', () => Object.assign(claims, { aud: 'https://other.example/locator' })],
    ['with a proof that has run out', () => Object.assign(claims, { iat: 1_000, exp: 1_060 })],
    ['with a proof that lives too long', () => Object.assign(claims, { exp: Number(claims['iat']) + 3_600 })],
    ['with a proof without an id', () => delete claims['jti']],
  ])('%s', async (_title, spoil) => {
    spoil();
    expect((await push(sign())).status).toBe(403);
    expect(await updates()).toEqual([]);
  });

  it('signed by another key, unsigned, or not proven at all', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const unsigned = jsonwebtoken.sign(claims, '', { algorithm: 'none', keyid: 'k1' });
    for (const token of [sign(other), unsigned, 'x']) expect((await push(token)).status).toBe(403);
    expect(await updates()).toEqual([]);
  });

  it('about a number that is none', async () => {
    expect((await push(sign(), { pointers: [{ nhsNumber: '9990000011' }] })).status).toBe(400);
    expect(await updates()).toEqual([]);
  });
});

describe('a source that has proven itself', () => {
  it('says whom it knows, for its own organisation, once with each proof, and the audit keeps that', async () => {
    const token = sign();
    expect((await push(token)).status).toBe(204);
    expect((await push(token)).status).toBe(403);
    expect(await updates()).toMatchObject([{ organisation: 'XB001', source: 'one', detail: { pointers: 1 } }]);
  });
});
