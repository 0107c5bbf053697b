import { describe, expect, it } from 'vitest';
import type { LaunchSettings } from '../../launcher/trust/community.ts';
import { tokenCalls, useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';
import { makeRsa } from '../support/pretend-epr.ts';
import { useSmallLauncher } from '../support/small-launcher.ts';

const AUTHENTICATIONS: readonly LaunchSettings['clientAuthentication'][] = ['public', 'private_key_jwt'];

describe.each(AUTHENTICATIONS)('a launch whose client authentication is %s', (clientAuthentication) => {
  const bench = useHostileLaunch({ clientAuthentication });
  const launch = () => launchAt(bench.world, bench.epr);
  const finish = async () => bench.world.finish(await launch());
  const nowS = () => Math.floor(Date.now() / 1_000);

  it('S01 of an unknown iss asks nobody', async () => {
    await expect(bench.world.start({ iss: 'https://other.example/fhir', launch: 'x' })).rejects.toMatchObject({
      code: 'launch.iss_unknown',
    });
    expect(bench.epr.requests).toEqual([]);
  });

  it('S02 always names the one redirect address that is registered, and ends when the server refuses it', async () => {
    const { code: _code, ...answer } = await launch();
    await expect(bench.world.finish({ ...answer, error: 'invalid_request' })).rejects.toMatchObject({
      code: 'launch.denied',
    });
    const { address } = await bench.world.start({ iss: bench.epr.iss, launch: 'x&redirect_uri=https://evil.example' });
    expect(new URL(address).searchParams.getAll('redirect_uri')).toEqual(['http://127.0.0.1:8400/callback/XB001']);
  });

  it('S03 with a launch token that was used before ends where the server says so, without a session', async () => {
    await finish();
    bench.epr.answer('/auth/token', { status: 400, body: '{"error":"invalid_grant"}' });
    await bench.refused('token.invalid_grant');
  });

  it('S04 for another patient than the token’s', async () => {
    bench.epr.claims['patient'] = 'p2';
    await bench.refused('launch.patient_mismatch');
  });

  it('S05 without a patient', async () => {
    delete bench.epr.token['patient'];
    await bench.refused('launch.no_patient');
  });

  it('S06 with an encounter of another patient brings nothing of them: it is never read', async () => {
    bench.epr.token['encounter'] = 'encounter-of-p2';
    const { context } = await finish();
    expect(context).toMatchObject({ homePatientId: 'p1', patient: { nhsNumber: '9990000018' } });
    expect(bench.epr.requests.map(({ path }) => path).filter((path) => /Encounter|p2/.test(path))).toEqual([]);
  });

  it.each([
    ['S07 asking for no banner of ours', false, false],
    ['S07 asking for one', true, true],
    ['S07 asking in a word that is neither', 'perhaps', true],
  ])('%s', async (_title, asked, needPatientBanner) => {
    bench.epr.token['need_patient_banner'] = asked;
    expect(await finish()).toMatchObject({ context: { needPatientBanner } });
  });

  it('S08 granted less than was asked for', async () => {
    bench.epr.token['scope'] = 'launch openid fhirUser';
    await bench.refused('launch.scope_insufficient');
  });

  it('S08 granted more than was asked for reads no more than it would have', async () => {
    bench.epr.token['scope'] = 'launch openid fhirUser patient/*.cruds user/*.cruds system/*.cruds';
    const finished = await finish();
    expect(JSON.stringify(finished)).not.toContain('user-token');
    const read = bench.epr.requests.filter(({ path }) => path.startsWith('/fhir/') && !path.includes('.well-known'));
    expect(
      read.every(
        ({ method, path }) => method === 'GET' && /^\/fhir\/(?:Patient|Practitioner|PractitionerRole)/.test(path),
      ),
    ).toBe(true);
  });

  it.each(['S09 after consent was withdrawn', 'S10 with a refresh token used twice'])(
    '%s, asks for no new token at all',
    async () => {
      bench.epr.token['refresh_token'] = 'refresh-canary';
      const finished = await finish();
      expect(JSON.stringify([finished, ...bench.world.transactions.held])).not.toContain('refresh-canary');
      expect(tokenCalls(bench.epr).map(({ body }) => new URLSearchParams(body).get('grant_type'))).toEqual([
        'authorization_code',
      ]);
    },
  );

  it.each([
    ['S11 five minutes ahead', 300],
    ['S11 five minutes behind', -660],
  ])('%s of our clock', async (_title, byS) => {
    Object.assign(bench.epr.claims, { iat: nowS() + byS, exp: nowS() + byS + 300 });
    await bench.refused('idtoken.invalid');
  });

  it('S12 whose EPR changes its keys between the click and the callback', async () => {
    const answer = await launch();
    const { key, jwk } = makeRsa();
    bench.epr.keys.splice(0, 1, { ...jwk, kid: 'k2' });
    bench.epr.signer = { key, algorithm: 'RS256' };
    bench.epr.header['kid'] = 'k2';
    await expect(bench.world.finish(answer)).resolves.toBeDefined();
  });

  it('S13 by a user of another server', async () => {
    bench.epr.claims['fhirUser'] = `${bench.other.iss}/Practitioner/u1`;
    await bench.refused('launch.no_identity');
    expect(bench.other.requests).toEqual([]);
  });

  it('S14 in two frames of one browser stays two: neither window can finish the other’s', async () => {
    const one = await launch();
    delete bench.epr.claims['nonce'];
    const two = await launch();
    await expect(bench.world.finish({ ...two, binding: one.binding })).rejects.toMatchObject({
      code: 'launch.binding_missing',
    });
    await expect(bench.world.finish({ ...one, binding: two.binding })).rejects.toMatchObject({
      code: 'launch.binding_missing',
    });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('S15 gone back to, reloaded or opened in a second tab is refused, and the first stays', async () => {
    const answer = await launch();
    await expect(bench.world.finish(answer)).resolves.toBeDefined();
    for (let again = 0; again < 3; again += 1)
      await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(bench.epr)).toHaveLength(1);
  });

  it.each(['login_required', 'access_denied'])('S16 of a user who has signed out of the EPR: %s', async (error) => {
    const { code: _code, ...answer } = await launch();
    await expect(bench.world.finish({ ...answer, error })).rejects.toMatchObject({ code: 'launch.denied' });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });
});

describe('a launch without an EPR’s link', () => {
  const at = useSmallLauncher();

  it.each(['/launch/XT001', '/launch/XT001?patient=p1', '/launch?launch=x', '/launch'])(
    'S17 there is none: %s',
    async (path) => {
      const answer = await fetch(`${at.url}${path}`, { redirect: 'manual' });
      // 403: the organisation's file does not let its staff begin here (smart.md 1.3, standalone).
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.headers.get('location')).toBeNull();
    },
  );
});
