import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';
import { makeRsa } from '../support/pretend-epr.ts';

const bench = useHostileLaunch();

describe('an id_token that proves nobody', () => {
  it('34 alg none', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const answer = await launchAt(bench.world, bench.epr);
    bench.epr.idToken = `${part({ alg: 'none' })}.${part({ ...bench.epr.claims, iat: now, exp: now + 300 })}.`;
    await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'idtoken.invalid' });
  });

  it('34 HS256 signed with the public key', async () => {
    bench.epr.signer = { key: JSON.stringify(bench.epr.keys[0]), algorithm: 'HS256' };
    await bench.refused('idtoken.invalid');
  });

  it('34 an algorithm that is not on the list', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    bench.epr.signer = { key: privateKey, algorithm: 'ES512' };
    bench.epr.keys.push({ ...publicKey.export({ format: 'jwk' }), kid: 'k1' });
    await bench.refused('idtoken.invalid');
  });

  it('35 signed by a key that is not the EPR’s', async () => {
    bench.epr.signer = { key: makeRsa().key, algorithm: 'RS256' };
    await bench.refused('idtoken.invalid');
  });

  it('35 signed by another organisation', async () => {
    bench.epr.signer = bench.other.signer;
    await bench.refused('idtoken.invalid');
  });

  it('36 no kid and two keys', async () => {
    delete bench.epr.header['kid'];
    bench.epr.keys.push({ ...makeRsa().jwk, kid: 'k2' });
    await bench.refused('idtoken.invalid');
  });

  it('36 an unknown kid', async () => {
    bench.epr.header['kid'] = 'k9';
    await bench.refused('idtoken.invalid');
  });

  it.each([
    ['38 two keys of one kid', () => bench.epr.keys.push({ ...makeRsa().jwk, kid: 'k1' })],
    ['38 a key for encryption', () => (bench.epr.keys[0] = { ...bench.epr.keys[0], use: 'enc' })],
    ['38 a private key on display', () => (bench.epr.keys[0] = { ...bench.epr.keys[0], d: 'AQAB' })],
    [
      '38 a thousand keys',
      () => bench.epr.keys.push(...Array.from({ length: 1000 }, () => ({ kty: 'RSA', kid: 'x' }))),
    ],
  ])('%s', async (_title, spoil) => {
    spoil();
    await bench.refused('idtoken.invalid');
  });

  it('38 an RSA key of 1024 bits', async () => {
    const { key, jwk } = makeRsa(1024);
    bench.epr.signer = { key, algorithm: 'RS256' };
    bench.epr.keys.splice(0, 1, { ...jwk, kid: 'k1' });
    await bench.refused('idtoken.invalid');
  });

  it('39 keys named in the token’s own header are not looked at', async () => {
    const { key, jwk } = makeRsa();
    bench.epr.signer = { key, algorithm: 'RS256' };
    Object.assign(bench.epr.header, { jwk, jku: `${bench.epr.origin}/evil-jwks` });
    await bench.refused('idtoken.invalid');
    expect(bench.epr.requests.map((request) => request.path)).not.toContain('/evil-jwks');
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each([
    ['40 another issuer', () => ({ iss: 'https://evil.example' })],
    ['40 its issuer with a trailing slash', () => ({ iss: `${bench.epr.issuer}/` })],
    ['41 another audience', () => ({ aud: 'somebody-else' })],
    ['41 two audiences and no azp', () => ({ aud: ['corridor', 'x'] })],
    ['41 two audiences and another azp', () => ({ aud: ['corridor', 'x'], azp: 'x' })],
    ['41 one audience and another azp', () => ({ azp: 'x' })],
    ['42 run out', () => ({ exp: now() - 61 })],
    ['42 not yet', () => ({ nbf: now() + 120 })],
    ['42 made ten minutes from now', () => ({ iat: now() + 600, exp: now() + 900 })],
    ['42 no subject', () => ({ sub: undefined })],
    ['42 no end', () => ({ exp: undefined })],
    ['43 no nonce', () => ({ nonce: undefined })],
    ['43 another nonce', () => ({ nonce: 'replayed' })],
  ])('%s', async (_title, claims) => {
    Object.assign(bench.epr.claims, claims());
    await bench.refused('idtoken.invalid');
  });

  it('43 a wrong nonce even where a missing one is forgiven', async () => {
    await bench.reopen({ nonce: 'if-present' });
    bench.epr.claims['nonce'] = 'replayed';
    await bench.refused('idtoken.invalid');
  });
});

describe('an id_token that takes small liberties', () => {
  it('36 no kid is enough when there is one key', async () => {
    delete bench.epr.header['kid'];
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { role: 'clinician' },
    });
  });

  it('37 a new key is found after a minute, and a flood of unknown ones asks no more often than that', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const keyCalls = () => bench.epr.requests.filter((request) => request.path === '/auth/jwks').length;
      const launch = async () => {
        delete bench.epr.claims['nonce'];
        bench.world.clock.now = Date.now();
        return bench.world.finish(await launchAt(bench.world, bench.epr));
      };
      await launch();
      const { key, jwk } = makeRsa();
      bench.epr.keys.splice(0, 1, { ...jwk, kid: 'k2' });
      bench.epr.signer = { key, algorithm: 'RS256' };
      bench.epr.header['kid'] = 'k2';
      for (let flood = 0; flood < 3; flood += 1)
        await expect(launch()).rejects.toMatchObject({ code: 'idtoken.invalid' });
      expect(keyCalls()).toBe(1);
      vi.setSystemTime(Date.now() + 61_000);
      await expect(launch()).resolves.toBeDefined();
      expect(keyCalls()).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('42 a minute’s difference of clocks is forgiven', async () => {
    bench.epr.claims['exp'] = Math.floor(Date.now() / 1000) - 30;
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toBeDefined();
  });

  it('43 a missing nonce is forgiven only where the community file says so', async () => {
    await bench.reopen({ nonce: 'if-present' });
    bench.epr.claims['nonce'] = undefined;
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toBeDefined();
  });
});
