import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeys, makeKeys } from '../../../launcher/trust/keys.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ec = (kid: string, curve = 'P-384') => ({
  ...generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ format: 'jwk' }),
  kid,
  alg: 'ES384',
});
const rsa = (kid: string, bits = 2048) => ({
  ...generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ format: 'jwk' }),
  kid,
  alg: 'RS384',
});

async function load(keys: readonly object[] | string) {
  const file = join(folder, 'keys.json');
  await writeFile(file, typeof keys === 'string' ? keys : JSON.stringify({ keys }));
  return loadKeys(file);
}

describe('a key file is refused, and its values are not repeated', () => {
  it.each([
    ['when it is not JSON', 'canary'],
    ['when it is empty', []],
    ['when a key has no private half', [{ ...ec('a'), d: undefined }]],
    ['111 when an RSA key is weak', [rsa('a', 1024)]],
    ['when the curve is another', [ec('a', 'P-256')]],
    ['when one kid stands twice', [ec('a'), ec('a')]],
    ['when there are only keys to come', [{ ...ec('a'), next: true }]],
    ['when a coordinate is broken', [{ ...ec('a'), x: 'canary' }]],
  ])('%s', async (_title, keys) => {
    const error: unknown = await load(keys).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'KeyFileError', message: expect.not.stringContaining('canary') as unknown });
  });
});

describe('our keys', () => {
  it('sign with ES384 unless the server can only check RS384', async () => {
    const keys = await load([rsa('r'), ec('e')]);
    expect(keys.signingKey().kid).toBe('e');
    expect(keys.signingKey(['RS384', 'ES384']).kid).toBe('e');
    expect(keys.signingKey(['RS384']).kid).toBe('r');
    expect(keys.signingKey(['PS512']).kid).toBe('r');
  });

  it('sign with ES256 for a server that says it can check it, and for no other', async () => {
    const keys = await load([{ ...ec('small', 'P-256'), alg: 'ES256' }, rsa('r'), ec('e')]);
    expect(keys.signingKey(['RS384', 'ES384', 'ES256']).kid).toBe('small');
    expect(keys.signingKey(['RS384', 'ES384']).kid).toBe('e');
    expect(keys.signingKey(['PS512']).kid).toBe('r');
    expect(keys.signingKey().kid).toBe('e');
  });

  it('104 publish the next key before it signs, and only public halves', async () => {
    const keys = await load([ec('now'), { ...ec('soon'), next: true }]);
    expect(keys.jwks.keys.map((key) => key['kid'])).toEqual(['now', 'soon']);
    expect(keys.signingKey().kid).toBe('now');
    for (const key of keys.jwks.keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('104 drop a compromised key: the successor signs and the old one is published no more', async () => {
    const keys = await load([ec('successor')]);
    expect([keys.signingKey().kid, keys.jwks.keys.length]).toEqual(['successor', 1]);
  });

  it('made at start are new each time and can’t be taken out', async () => {
    const [one, two] = await Promise.all([makeKeys(), makeKeys()]);
    expect(one.signingKey().kid).not.toBe(two.signingKey().kid);
    await expect(crypto.subtle.exportKey('jwk', one.signingKey().key)).rejects.toThrow();
  });
});
