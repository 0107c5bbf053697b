import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActingContext } from '../../../../launcher/trust/acting-context.ts';
import { signActingHeader, signSubjectToken } from '../../../../launcher/trust/acting-token.ts';
import { makeKeys, type LauncherKeys } from '../../../../launcher/trust/keys.ts';
import {
  ACTING_CONTEXT_TYPE,
  createActingVerifier,
  createKeySource,
  createReplayGuard,
  isAboutPatient,
  type ActingVerifier,
} from '../../../../launcher/trust/verify/index.ts';

const ISSUER = 'https://launcher.example';
const BASE = 'https://acute.example/fhir';
const REQUEST = { method: 'POST', url: `${BASE}/Condition/_search` };
const acting: ActingContext = {
  launchId: 'launch-1',
  organisation: { ods: 'XB001', name: 'Northcliffe Surgery' },
  user: { key: 'https://fhir.nhs.uk/Id/sds-user-id|555000000001', name: 'Dr Test', sdsUserId: '555000000001' },
  role: { code: 'gp', name: 'General practitioner' },
  purpose: 'TREAT',
  patient: { nhsNumber: '9990000018' },
};

let keys: LauncherKeys;
let clock: number;
let loads: number;
let verifier: ActingVerifier;
const now = (): number => clock;
const signer = (): { issuer: string; keys: LauncherKeys; now: () => number } => ({ issuer: ISSUER, keys, now });
const header = (patient: 'number' | 'hash' = 'number'): string =>
  signActingHeader(acting, { audience: BASE, patient, ...REQUEST }, signer());

beforeAll(async () => {
  keys = await makeKeys();
});
beforeEach(() => {
  [clock, loads] = [1_800_000_000_000, 0];
  const source = createKeySource({ now, load: () => Promise.resolve((loads++, keys.jwks)) });
  verifier = createActingVerifier({ issuer: ISSUER, audience: BASE, keys: source, replay: createReplayGuard(3), now });
});

/** The claims of a good header with changes, signed by `key`. */
function forged(
  changes: object,
  key: jsonwebtoken.Secret | jsonwebtoken.PrivateKey,
  options: jsonwebtoken.SignOptions,
): string {
  const claims = jsonwebtoken.decode(header()) as object;
  return jsonwebtoken.sign({ ...claims, ...changes }, key, {
    header: { typ: ACTING_CONTEXT_TYPE, alg: options.algorithm ?? 'none' },
    ...options,
  });
}
const kidOf = (alg: string): string => String(keys.jwks.keys.find((key) => key['alg'] === alg)?.['kid']);
const changed = (changes: object): string =>
  keys.signJwt(
    { ...(jsonwebtoken.decode(header()) as object), ...changes },
    { typ: ACTING_CONTEXT_TYPE, algorithms: ['ES256'] },
  ) ?? '';

describe('a source refuses an acting context', () => {
  it.each<[string, string, () => string | undefined]>([
    ['that is not there', 'missing', () => undefined],
    ['that is no JWT', 'malformed', () => 'x.y.z'],
    [
      'of another type',
      'malformed',
      () => keys.signJwt(jsonwebtoken.decode(header()) as object, { typ: 'JWT', algorithms: ['ES256'] }),
    ],
    ['86 with alg none', 'algorithm', () => forged({}, '', { algorithm: 'none', keyid: kidOf('ES256') })],
    [
      '34 with HS256 and the public key as the secret',
      'algorithm',
      () => forged({}, JSON.stringify(keys.jwks.keys[0]), { algorithm: 'HS256', keyid: kidOf('ES256') }),
    ],
    [
      'by a key that is for another algorithm',
      'algorithm',
      () =>
        forged({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {
          algorithm: 'ES256',
          keyid: kidOf('ES384'),
        }),
    ],
    [
      'by a key nobody published',
      'key',
      () =>
        forged({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {
          algorithm: 'ES256',
          keyid: 'mine',
        }),
    ],
    [
      'signed by somebody else',
      'signature',
      () =>
        forged({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {
          algorithm: 'ES256',
          keyid: kidOf('ES256'),
        }),
    ],
    ['of another launcher', 'issuer', () => changed({ iss: 'https://other.example' })],
    ['meant for another source', 'audience', () => changed({ aud: 'https://gp.example/fhir' })],
    ['meant for several', 'malformed', () => changed({ aud: [BASE, 'https://gp.example/fhir'] })],
    ['that has run out', 'expired', () => changed({ iat: 1_799_999_900, exp: 1_799_999_960 })],
    ['from the future', 'expired', () => changed({ iat: 1_800_000_030, exp: 1_800_000_060 })],
    ['that lives too long', 'too-long-lived', () => changed({ exp: 1_800_000_120 })],
    ['of another request', 'other-request', () => changed({ htu: `${BASE}/Patient/_search` })],
    ['of another method', 'other-request', () => changed({ htm: 'GET' })],
    ['85 whose user is not its subject', 'malformed', () => changed({ sub: 'someone else' })],
    ['that names no purpose it knows', 'malformed', () => changed({ acting: { ...acting, purpose: 'RESEARCH' } })],
  ])('%s', async (_title, reason, make) => {
    expect(await verifier.header(make(), REQUEST)).toEqual({ ok: false, reason });
  });

  it('a second time', async () => {
    const value = header();
    expect((await verifier.header(value, REQUEST)).ok).toBe(true);
    expect(await verifier.header(value, REQUEST)).toEqual({ ok: false, reason: 'replayed' });
  });

  it('that it has no room to remember, and takes others again when old ones have run out', async () => {
    for (let count = 0; count < 3; count++) expect((await verifier.header(header(), REQUEST)).ok).toBe(true);
    expect(await verifier.header(header(), REQUEST)).toEqual({ ok: false, reason: 'replayed' });
    clock += 180_000;
    expect((await verifier.header(header(), REQUEST)).ok).toBe(true);
  });

  it('without reading the key set again for every invented kid', async () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    for (let count = 0; count < 20; count++)
      await verifier.header(forged({}, key, { algorithm: 'ES256', keyid: `k${String(count)}` }), REQUEST);
    expect(loads).toBe(1);
  });
});

describe('a source learns', () => {
  it('who asks, in what role, for whom, about whom and why', async () => {
    expect(await verifier.header(header(), { ...REQUEST, url: `${REQUEST.url}?_count=200` })).toMatchObject({
      ok: true,
      acting,
    });
  });

  it('of the patient only a hash that it can hold against a number it knows, and never the same one twice', async () => {
    const [first, second] = [
      await verifier.header(header('hash'), REQUEST),
      await verifier.header(header('hash'), REQUEST),
    ];
    if (!first.ok || !second.ok) throw new Error('refused');
    expect(JSON.stringify(first)).not.toContain('9990000018');
    expect(first.acting.patient).not.toEqual(second.acting.patient);
    expect(isAboutPatient(first.acting, first.jti, '9990000018')).toBe(true);
    expect(isAboutPatient(first.acting, first.jti, '9990000026')).toBe(false);
  });

  it('the same from the subject token of an exchange, which is no header', async () => {
    const token = signSubjectToken(acting, BASE, signer());
    expect(await verifier.header(token, REQUEST)).toMatchObject({ ok: false });
    expect(await verifier.subjectToken(token)).toMatchObject({ ok: true, acting });
  });
});
