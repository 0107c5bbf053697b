import { describe, expect, it } from 'vitest';
import { tokenCalls, useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';

const bench = useHostileLaunch();

describe('a callback that is not the one that was asked for', () => {
  it('16 an unknown state makes no token call', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, state: 'never-minted' })).rejects.toMatchObject({
      code: 'launch.state_invalid',
    });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('16 a state older than five minutes', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    bench.world.clock.now += 300_001;
    await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('17 a replayed state is refused, and of two at once only one is served', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    const results = await Promise.allSettled([bench.world.finish(answer), bench.world.finish(answer)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(bench.epr)).toHaveLength(1);
  });

  it('19 an answer in a window that did not ask: no code is spent, and the state is burnt', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, binding: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'launch.binding_missing',
    });
    await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('19 a window that kept nothing', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, binding: '' })).rejects.toMatchObject({
      code: 'launch.binding_missing',
    });
  });

  it('21 another organisation’s callback: the verifier goes to neither', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, ods: 'XB002' })).rejects.toMatchObject({ code: 'launch.mixup' });
    expect([...tokenCalls(bench.epr), ...tokenCalls(bench.other)]).toEqual([]);
  });

  it('22 an iss that is another’s', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, iss: bench.other.issuer })).rejects.toMatchObject({
      code: 'launch.mixup',
    });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('22 no iss though the server promised one (RFC 9207)', async () => {
    bench.epr.smart['authorization_response_iss_parameter_supported'] = true;
    await bench.refused('launch.mixup');
  });

  it('23 an error is told by its known name and never by its description', async () => {
    const { code: _code, ...answer } = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, error: '<img onerror=x>' })).rejects.toMatchObject({
      code: 'launch.denied',
    });
    expect(JSON.stringify(bench.world.audit.events)).not.toContain('onerror');
  });

  it('24 an error and a code together are an error', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    await expect(bench.world.finish({ ...answer, error: 'access_denied' })).rejects.toMatchObject({
      code: 'launch.denied',
    });
    expect(tokenCalls(bench.epr)).toEqual([]);
  });

  it('26 a stored launch that was tampered with can’t be opened', async () => {
    const answer = await launchAt(bench.world, bench.epr);
    const [hash = '', stored] = [...bench.world.transactions.held][0] ?? [];
    if (stored) bench.world.transactions.held.set(hash, { ...stored, sealed: `${stored.sealed.slice(0, -4)}AAAA` });
    await expect(bench.world.finish(answer)).rejects.toMatchObject({ code: 'server.fault' });
  });
});

describe('a token endpoint that does not answer as it must', () => {
  const json = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
  it.each([
    ['18 a code that was spent', json({ error: 'invalid_grant' }, 400), 'token.invalid_grant'],
    ['a client it does not know', json({ error: 'invalid_client' }, 401), 'token.invalid_client'],
    ['28 a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/token' } }, 'token.invalid_response'],
    ['29 a web page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'token.invalid_response'],
    ['29 an error in a 200', json({ error: 'oops' }), 'token.invalid_response'],
    ['29 two megabytes', json({ x: 'y'.repeat(2_000_000) }), 'token.invalid_response'],
    ['29 a list', json([]), 'token.invalid_response'],
  ])('%s', async (_title, answer, code) => {
    bench.epr.answer('/auth/token', answer);
    await bench.refused(code);
  });

  it('30 a token of another type', async () => {
    bench.epr.token['token_type'] = 'mac';
    await bench.refused('token.invalid_response');
  });

  it('30 a token of no type', async () => {
    delete bench.epr.token['token_type'];
    await bench.refused('token.invalid_response');
  });

  it('30 an access token longer than any header', async () => {
    bench.epr.token['access_token'] = 'x'.repeat(20_000);
    await bench.refused('token.invalid_response');
  });

  it.each([
    ['a narrower scope', 'launch openid fhirUser'],
    ['no scope at all', ''],
    ['another resource', 'openid patient/Observation.rs'],
    ['writing only', 'openid patient/Patient.u'],
  ])('32 %s', async (_title, scope) => {
    bench.epr.token['scope'] = scope;
    await bench.refused('launch.scope_insufficient');
  });

  it('44 no id_token', async () => {
    bench.epr.idToken = undefined;
    await bench.refused('launch.no_identity');
  });
});

describe('a token answer that takes small liberties', () => {
  it.each([
    ['31 no expires_in is five minutes', undefined, 300_000],
    ['31 a negative one too', -5, 300_000],
    ['31 a text is a number', '900', 900_000],
    ['31 a huge one is an hour', 999_999, 3_600_000],
  ])('%s', async (_title, expiresIn, lifeMs) => {
    bench.epr.token['expires_in'] = expiresIn;
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      tokenLifeMs: lifeMs,
    });
  });
});
