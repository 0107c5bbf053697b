import { generateKeyPairSync, randomBytes } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { linkBench, NOW_S, NUMBER } from './bench.ts';
import { aesCbc, encoded, hmacOfBytes, rsaKey, sharedToken, token } from './openssl.ts';

const KEY = rsaKey('k1');
const OTHER = rsaKey('k1');
const ISSUER = 'https://epr.example';
const ADDRESS = 'https://corridor.example/plugins/url-launch/launch/XB001/main';
const LINK = {
  profile: 'jwt',
  user: 'asserted',
  issuer: ISSUER,
  keys: [KEY.jwk],
  roles: { DR: 'gp' },
  allowClearNumber: true,
};

let count = 0;

function claims(changes: object = {}): object {
  return {
    iss: ISSUER,
    aud: ADDRESS,
    iat: NOW_S - 10,
    exp: NOW_S + 50,
    jti: `j${String(count++)}`,
    nhs_number: NUMBER,
    birthdate: '1950-01-02',
    ods: 'XB001',
    sub: 'u1',
    name: 'Dr A',
    role: 'DR',
    ...changes,
  };
}

describe('a link with a signed token', () => {
  it.each<[string, () => string]>([
    ['is not there', () => ''],
    ['is no token', () => 'a.b.c'],
    ['has the algorithm none (row 86)', () => `${encoded({ alg: 'none' })}.${encoded(claims())}.`],
    ['has none with a signature that is there', () => token(KEY, claims(), { alg: 'none' })],
    [
      'takes the public key for a shared secret (row 34)',
      () => sharedToken(JSON.stringify(KEY.jwk), claims(), { kid: 'k1' }),
    ],
    ['is signed by another key of the same name (row 35)', () => token(OTHER, claims())],
    ['names a key that is not known (row 36)', () => token(KEY, claims(), { kid: 'k2' })],
    ['asks for an extension to be understood', () => token(KEY, claims(), { crit: ['exp'] })],
    ['brings a key of its own (row 39)', () => token(OTHER, claims(), { kid: 'x', jwk: OTHER.jwk, jku: ISSUER })],
    ['was changed after signing', () => changed(token(KEY, claims()))],
    ['has a second spelling of its signature', () => `${token(KEY, claims())}=`],
    ['is of another issuer (row 40)', () => token(KEY, claims({ iss: `${ISSUER}/` }))],
    ['is for another audience (row 41)', () => token(KEY, claims({ aud: ADDRESS.replace('main', 'other') }))],
    ['has no end (row 42)', () => token(KEY, claims({ exp: undefined }))],
    ['has no id', () => token(KEY, claims({ jti: undefined }))],
    ['has a time that is none', () => token(KEY, claims({ iat: '1780000000' }))],
    ['is very long', () => token(KEY, claims({ padding: 'x'.repeat(9_000) }))],
  ])('opens nothing when it %s', async (_name, make) => {
    const bench = linkBench(LINK);
    await expect(bench.open({ token: make() })).rejects.toMatchObject({ code: 'link.invalid' });
    expect(bench.issued).toEqual([]);
    expect(bench.events).toMatchObject([{ outcome: 'refused', what: 'link-refused', code: 'link.invalid' }]);
  });

  it.each<[string, object, string]>([
    ['is older than a minute (row 99)', { iat: NOW_S - 61 }, 'link.expired'],
    ['has run out', { exp: NOW_S }, 'link.expired'],
    ['comes from the future', { iat: NOW_S + 6 }, 'link.expired'],
    ['is not good yet', { nbf: NOW_S + 6 }, 'link.expired'],
    ['names another organisation', { ods: 'XB002' }, 'link.organisation'],
    ['names none', { ods: undefined }, 'link.organisation'],
    ['has a number that is none (row 54)', { nhs_number: '9990000019' }, 'patient.nhs_invalid'],
    ['has a number of nobody', { nhs_number: '0000000000' }, 'patient.nhs_invalid'],
    ['has a number with full-width digits', { nhs_number: '９９９００００018' }, 'patient.nhs_invalid'],
    ['has no birth date', { birthdate: undefined }, 'patient.demographics_missing'],
    ['has a birth date that is no day', { birthdate: '1950-02-30' }, 'patient.demographics_missing'],
    ['has a role that is not mapped (row 49)', { role: 'CLEANER' }, 'launch.role_unmapped'],
    ['has a role with a name of the language', { role: 'constructor' }, 'launch.role_unmapped'],
    ['names no user', { sub: undefined }, 'launch.no_identity'],
  ])('is refused by its own code when it %s', async (_name, changes, code) => {
    const bench = linkBench(LINK);
    await expect(bench.open({ token: token(KEY, claims(changes)) })).rejects.toMatchObject({ code });
    expect(bench.issued).toEqual([]);
    expect(bench.events).toMatchObject([{ outcome: 'refused', code }]);
    expect(JSON.stringify(bench.events)).not.toMatch(/999000|1950/);
  });

  it('opens nothing from an address in which the number could be read, unless that is said out loud', async () => {
    const quiet = { ...LINK, allowClearNumber: undefined };
    await expect(linkBench(quiet).open({ token: token(KEY, claims()) })).rejects.toMatchObject({
      code: 'link.invalid',
    });
    const bench = linkBench(quiet);
    await bench.post({ token: token(KEY, claims()) });
    expect(bench.issued).toHaveLength(1);
  });

  it('opens nothing the second time', async () => {
    const bench = linkBench(LINK);
    const given = { token: token(KEY, claims()) };
    await bench.open(given);
    await expect(bench.open(given)).rejects.toMatchObject({ code: 'link.used' });
    expect(bench.issued).toHaveLength(1);
  });

  it('leads to a clean address for the patient and the user it names', async () => {
    const bench = linkBench(LINK);
    expect(await bench.open({ token: token(KEY, claims({ family_name: 'Tester' })) })).toEqual({
      see: 'https://corridor.example/open/XB001#t',
    });
    expect(bench.issued).toEqual([
      {
        ods: 'XB001',
        patient: { nhsNumber: NUMBER, birthDate: '1950-01-02', family: 'Tester' },
        user: { id: 'u1', name: 'Dr A', role: 'gp', assurance: 'asserted' },
        evidence: 'signed-url',
      },
    ]);
  });

  it('takes the shared secret of the EPR instead of a key', async () => {
    const secret = 's'.repeat(40);
    const bench = linkBench({ ...LINK, keys: undefined, secret });
    await expect(bench.open({ token: sharedToken('t'.repeat(40), claims()) })).rejects.toMatchObject({
      code: 'link.invalid',
    });
    await bench.open({ token: sharedToken(secret, claims()) });
    expect(bench.issued).toHaveLength(1);
  });

  it('takes ES384 as another library signs it', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const bench = linkBench({ ...LINK, keys: [publicKey.export({ format: 'jwk' })] });
    const text = jsonwebtoken.sign(claims(), privateKey as never, { algorithm: 'ES384' });
    await bench.open({ token: text });
    expect(bench.issued).toHaveLength(1);
  });

  it('is decrypted with our secret first where it is agreed, and then has to be', async () => {
    const secret = randomBytes(64).toString('hex');
    const link = { ...LINK, decryption: secret, allowClearNumber: undefined };
    const inner = token(KEY, claims());
    for (const wrong of [inner, encrypted(inner, randomBytes(64).toString('hex')), tampered(encrypted(inner, secret))])
      await expect(linkBench(link).open({ token: wrong })).rejects.toMatchObject({ code: 'link.invalid' });
    const bench = linkBench(link);
    await bench.open({ token: encrypted(inner, secret) });
    expect(bench.issued).toHaveLength(1);
  });
});

describe('a link with a token for the patient and one for the user', () => {
  const PAIR = { profile: 'jwt-pair', issuer: ISSUER, keys: [KEY.jwk], roles: { DR: 'gp' }, allowClearNumber: true };
  const patient = (changes: object = {}): string =>
    token(KEY, claims({ sub: undefined, name: undefined, role: undefined, sid: 's1', ...changes }));
  const user = (changes: object = {}): string =>
    token(KEY, claims({ nhs_number: undefined, birthdate: undefined, sid: 's1', ...changes }));

  it.each<[string, () => object]>([
    ['the user’s is missing', () => ({ patient: patient() })],
    ['the patient’s stands for both', () => ({ patient: patient({ sub: 'u1' }), user: patient({ sub: 'u1' }) })],
    ['they are of two sessions', () => ({ patient: patient(), user: user({ sid: 's2' }) })],
    ['they are of two organisations', () => ({ patient: patient(), user: user({ ods: 'XB002' }) })],
    ['the user has no role', () => ({ patient: patient(), user: user({ role: undefined }) })],
  ])('opens nothing when %s', async (_name, make) => {
    const bench = linkBench(PAIR);
    await expect(bench.open(make())).rejects.toMatchObject({ code: 'link.invalid' });
    expect(bench.issued).toEqual([]);
  });

  it('opens nothing when one of them was used before, or is old', async () => {
    const bench = linkBench(PAIR);
    const [first, second] = [patient(), user()];
    await bench.open({ patient: first, user: second });
    await expect(bench.open({ patient: patient(), user: second })).rejects.toMatchObject({ code: 'link.used' });
    await expect(bench.open({ patient: patient(), user: user({ iat: NOW_S - 61 }) })).rejects.toMatchObject({
      code: 'link.expired',
    });
    expect(bench.issued).toMatchObject([{ user: { id: 'u1', role: 'gp' }, patient: { nhsNumber: NUMBER } }]);
  });
});

/** A256CBC-HS512 (RFC 7518 §5.2) made by the OpenSSL command line. */
function encrypted(text: string, secretHex: string): string {
  const head = encoded({ alg: 'dir', enc: 'A256CBC-HS512' });
  const iv = randomBytes(16);
  const sealed = Buffer.from(aesCbc(text, secretHex.slice(64), iv.toString('hex')), 'base64');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(head.length * 8));
  const whole = Buffer.concat([Buffer.from(head), iv, sealed, length]);
  const tag = hmacOfBytes(whole, secretHex.slice(0, 64), 'sha512').subarray(0, 32);
  return [head, '', ...[iv, sealed, tag].map((each) => each.toString('base64url'))].join('.');
}

function tampered(text: string): string {
  const parts = text.split('.');
  const sealed = Buffer.from(parts[3] ?? '', 'base64url');
  sealed[0] = (sealed[0] ?? 0) ^ 1;
  return [...parts.slice(0, 3), sealed.toString('base64url'), parts[4]].join('.');
}

function changed(given: string): string {
  const [head = '', body = '', signature = ''] = given.split('.');
  const other = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), nhs_number: '9990000026' };
  return [head, encoded(other), signature].join('.');
}
