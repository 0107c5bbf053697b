import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { tokenCalls, useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';
import { useSmallLauncher } from '../support/small-launcher.ts';

const bench = useHostileLaunch();
const at = useSmallLauncher({ 'server.launchesPerMinute': 40 });

describe('a launch at an EPR that is careless', () => {
  it('27 the challenge is of the verifier, S256, whether or not the server looks at it', async () => {
    const started = await bench.world.start({ iss: bench.epr.iss, launch: 'x' });
    const asked = new URL(started.address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    bench.epr.claims['nonce'] = asked.get('nonce');
    const answer = { ods: 'XB001', state: asked.get('state') ?? '', code: 'c', binding: started.binding };
    await bench.world.finish(answer);
    const verifier = new URLSearchParams(tokenCalls(bench.epr)[0]?.body).get('code_verifier') ?? '';
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.get('code_challenge'));
  });

  it('33 a token answer that forbids no cache is taken, and never kept: each launch asks for its own', async () => {
    await bench.world.finish(await launchAt(bench.world, bench.epr));
    delete bench.epr.claims['nonce'];
    await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(tokenCalls(bench.epr)).toHaveLength(2);
  });

  it('103 a clock two minutes ahead of ours is refused, half a minute is not', async () => {
    const now = Math.floor(Date.now() / 1_000);
    Object.assign(bench.epr.claims, { iat: now + 120, exp: now + 420 });
    await bench.refused('idtoken.invalid');
    delete bench.epr.claims['nonce'];
    Object.assign(bench.epr.claims, { iat: now + 30, exp: now + 330 });
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toBeDefined();
  });

  it('55 two different NHS numbers on one patient', async () => {
    const system = 'https://fhir.nhs.uk/Id/nhs-number';
    bench.epr.patient['identifier'] = ['9990000018', '9990000026'].map((value) => ({ system, value }));
    await bench.refused('patient.ambiguous');
  });

  it.each(['9990000019', '999000001', '99900000181', '999000001O', '９９９００００１８', '1111111111', '0000000000'])(
    '54 an NHS number that is none: %s',
    async (value) => {
      bench.epr.patient['identifier'] = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }];
      await bench.refused('patient.nhs_invalid');
    },
  );
});

describe('a page of ours', () => {
  it('25 leads nowhere but to the member’s own sign-in, whatever the link adds', async () => {
    const evil = '&next=https://evil.example&RelayState=https://evil.example&returnUrl=//evil.example';
    const launch = await at.openPage(`${at.small.epr.launchUrl(at.chart)}${evil}`);
    const callback = await at.openPage(`${at.url}/callback/XT001?state=https://evil.example&code=x${evil}`);
    for (const { html, headers } of [launch, callback]) {
      expect(html).not.toContain('evil');
      expect(headers.get('location')).toBeNull();
    }
    expect(new URL(launch.data['address'] ?? '').origin).toBe(at.small.epr.origin);
  });

  it('90 may be framed by its member alone; one of nobody by nobody', async () => {
    const policyOf = async (address: string): Promise<string> =>
      (await at.openPage(address)).headers.get('content-security-policy') ?? '';
    expect(await policyOf(at.small.epr.launchUrl(at.chart))).toContain(`frame-ancestors ${at.small.epr.origin}`);
    for (const path of ['/launch', '/launch?iss=https://evil.example/fhir&launch=x', '/callback/XZ999?state=x', '/'])
      expect(await policyOf(`${at.url}${path}`), path).toContain("frame-ancestors 'none'");
  });

  it.each(['https://evil.example', 'null'])('89 answers no page of another origin: %s', async (origin) => {
    const session = await at.open();
    for (const path of ['/api/record', '/launch', '/health/live']) {
      const answer = await fetch(`${at.url}${path}`, { headers: { origin, authorization: `Bearer ${session}` } });
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
      await answer.body?.cancel();
    }
    // Public keys are for everybody (RFC 7517); nothing else is.
    const keys = await fetch(`${at.url}/.well-known/jwks.json`, { headers: { origin } });
    expect(keys.headers.get('access-control-allow-credentials')).toBeNull();
    const preflight = await fetch(`${at.url}/api/record`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('88 ends no session for another site', async () => {
    const session = await at.open();
    const end = await fetch(`${at.url}/api/session/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, origin: 'https://evil.example' },
    });
    expect(end.status).toBe(403);
    const still = await at.record(session);
    expect(still.status).toBe(200);
    await still.body?.cancel();
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'POST'])('108 does not answer to %s', async (method) => {
    const answer = await fetch(`${at.url}/api/record`, {
      method,
      headers: { origin: at.url, 'x-http-method-override': 'GET' },
    });
    expect([404, 405]).toContain(answer.status);
  });

  it('108 refuses a head larger than it takes', async () => {
    const { hostname, port } = new URL(at.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (bytes) => (text += bytes.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });
});

it('107 takes no more launches of one address than allowed, and costs no member a request for the rest', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 60 }, () => fetch(`${at.url}/launch?iss=x&launch=y`).then(({ status }) => status)),
  );
  expect(statuses).toContain(429);
  expect(statuses.filter((status) => status !== 429).every((status) => status === 400)).toBe(true);
});

describe('a community file that would let something through stops the start, with its line', () => {
  const file = (launch: string, second = '') => `corridor: 1
name: X
environment: live
pathways: [{ id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }]
roles: [{ id: gp, name: GP, sections: all, clearance: N }]
organisations:
  - { ods: XB001, name: One, kind: gp, launch: { plugin: smart-launch, ${launch} issuers: ["https://a.example/auth"], clientId: c, clientAuthentication: private_key_jwt, allowedOrigins: ["https://a.example"], roles: { R1: gp } } }
${second}`;
  const GOOD = 'iss: "https://a.example/fhir", frameAncestors: ["https://a.example"],';
  const other = `  - { ods: XB002, name: Two, kind: gp, launch: { plugin: smart-launch, iss: "https://a.example/fhir/", issuers: ["https://a.example/auth"], clientId: c, clientAuthentication: public, allowedOrigins: ["https://a.example"], frameAncestors: ["https://a.example"], roles: { R1: gp } } }\n`;

  it('111 and a good one is read', () => {
    expect(parseCommunity(file(GOOD), PLUGINS)).toMatchObject({ ok: true });
  });

  it.each([
    ['111 two members of one iss, even with another slash', file(GOOD, other), 'iss'],
    ['111 http in a live community', file(GOOD.replace('https://a.example/fhir', 'http://a.example/fhir')), 'iss'],
    ['111 nobody who may frame it', file('iss: "https://a.example/fhir",'), 'frameAncestors'],
    [
      '111 a shared secret in place of a key',
      file(GOOD).replace('private_key_jwt', 'secret_basic'),
      'clientAuthentication',
    ],
  ])('%s', (_title, text, field) => {
    const parsed = parseCommunity(text, PLUGINS);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.map((problem) => problem.field).join(' ')).toContain(field);
  });
});
