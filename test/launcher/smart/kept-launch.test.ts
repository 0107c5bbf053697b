import { beforeEach, describe, expect, it } from 'vitest';
import { forgetLaunch, keepLaunch } from '../../../launcher/smart/kept-launch.ts';
import { tokenCalls, useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

const bench = useHostileLaunch();
const never = new AbortController().signal;

beforeEach(() => {
  Object.assign(bench.world.deps, { keepsMs: 28_800_000 });
  bench.epr.token['refresh_token'] = 'refresh-1';
});

const open = async () => {
  const finished = await bench.world.finish(await launchAt(bench.world, bench.epr));
  bench.epr.requests.length = 0;
  return finished;
};
const keep = (launchId: string) => keepLaunch(launchId, bench.world.deps, never);
const later = (ms: number): void => void (bench.world.clock.now += ms);
const answer = (body: object, status = 200) => bench.epr.answer('/auth/token', { status, body: JSON.stringify(body) });
const next = (more: object = {}) =>
  answer({ access_token: 'user-token-2', token_type: 'Bearer', expires_in: 600, refresh_token: 'refresh-2', ...more });
/** Nobody looks at its signature: it came from the token endpoint itself, and is only ever a reason to refuse. */
const idTokenOf = (sub: string) => {
  const [iat, exp] = [Math.floor(Date.now() / 1_000), Math.floor(Date.now() / 1_000) + 600];
  const claims = { iss: bench.epr.issuer, aud: 'corridor', sub, iat, exp };
  return [{ alg: 'RS256' }, claims, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
};
const introspected = (body: object) => {
  bench.epr.smart['introspection_endpoint'] = `${bench.epr.issuer}/introspect`;
  bench.epr.answer('/auth/introspect', { body: JSON.stringify(body) });
};

describe('a view whose EPR gave a refresh token', () => {
  it('is over when the EPR refuses it, and the token is gone', async () => {
    const { context } = await open();
    later(500_000);
    answer({ error: 'invalid_grant' }, 400);
    expect(await keep(context.launchId)).toEqual({ state: 'revoked', code: 'token.revoked', why: 'invalid_grant' });
    expect(await keep(context.launchId)).toEqual({ state: 'unknown' });
    expect(tokenCalls(bench.epr)).toHaveLength(1);
  });

  it.each([
    ['patient', { patient: 'p2' }],
    ['patient', { patient: 'Patient/p2' }],
    ['scope', { scope: 'launch openid fhirUser patient/Patient.r patient/*.cruds' }],
    ['sub', 'an id_token of another user'],
  ])('is over when what comes is for another %s', async (why, more) => {
    const { context } = await open();
    later(500_000);
    next(typeof more === 'string' ? { id_token: idTokenOf('user-2') } : more);
    expect(await keep(context.launchId)).toEqual({ state: 'revoked', code: 'token.changed', why });
  });

  it.each([
    ['redirects', { status: 307, headers: { location: 'https://evil.example/' }, body: '{}' }],
    ['answers with a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['is down', { status: 503, body: '{}' }],
    ['says nothing of use', { body: '{"access_token":"x","token_type":"mac"}' }],
  ])('lasts as long as it would anyway when the EPR %s, and is asked again', async (_how, given) => {
    const { context } = await open();
    later(500_000);
    bench.epr.answer('/auth/token', given);
    expect(await keep(context.launchId)).toEqual({ state: 'unknown' });
    next();
    expect(await keep(context.launchId)).toMatchObject({ state: 'kept' });
    expect([...bench.other.requests]).toEqual([]);
  });

  it('uses each refresh token once, whoever asks: five windows make one question', async () => {
    const { context } = await open();
    later(500_000);
    next();
    const keepings = await Promise.all(Array.from({ length: 5 }, () => keep(context.launchId)));
    expect(keepings.filter(({ state }) => state === 'kept')).toHaveLength(1);
    expect(keepings.some(({ state }) => state === 'revoked')).toBe(false);
    expect(tokenCalls(bench.epr)).toHaveLength(1);
  });

  it('is refreshed at four fifths of the token’s life and not before, with the rotated token the next time', async () => {
    const { context, kept } = await open();
    expect(kept).toBe(true);
    later(300_000);
    expect(await keep(context.launchId)).toEqual({ state: 'unknown' });
    expect(tokenCalls(bench.epr)).toEqual([]);
    later(200_000);
    next();
    expect(await keep(context.launchId)).toEqual({ state: 'kept', untilMs: bench.world.clock.now + 600_000 });
    later(500_000);
    await keep(context.launchId);
    const sent = tokenCalls(bench.epr).map(({ body }) => new URLSearchParams(body).get('refresh_token'));
    expect(sent).toEqual(['refresh-1', 'refresh-2']);
  });

  it('keeps the tokens sealed, out of what the launch gives and out of the audit, until the view is over', async () => {
    const { context } = await open();
    const everything = JSON.stringify([context, [...bench.world.transactions.held.values()], bench.world.audit.events]);
    expect(everything).not.toMatch(/refresh-1|user-token/);
    expect(bench.world.transactions.held.size).toBe(1);
    await forgetLaunch(context.launchId, bench.world.deps);
    expect(bench.world.transactions.held.size).toBe(0);
  });
});

describe('a view whose EPR can be asked about its token', () => {
  beforeEach(() => delete bench.epr.token['refresh_token']);

  it('is over when the token is no longer active, or is somebody else’s', async () => {
    for (const [said, code] of [
      [{ active: false }, 'token.revoked'],
      [{ active: true, sub: 'user-2' }, 'token.changed'],
      [{ active: true, sub: 'user-1', patient: 'p2' }, 'token.changed'],
    ] as const) {
      introspected(said);
      delete bench.epr.claims['nonce'];
      const { context } = await open();
      expect(await keep(context.launchId)).toMatchObject({ state: 'revoked', code });
    }
  });

  it('is not over because a token has run out by itself, which says nothing of the user', async () => {
    introspected({ active: false });
    const { context } = await open();
    later(700_000);
    expect(await keep(context.launchId)).toEqual({ state: 'unknown' });
    expect(bench.epr.requests.map(({ path }) => path)).not.toContain('/auth/introspect');
  });

  it('goes on while it is active', async () => {
    introspected({ active: true, sub: 'user-1', patient: 'p1' });
    const { context } = await open();
    expect(await keep(context.launchId)).toEqual({ state: 'kept' });
    expect(await keep(context.launchId)).toEqual({ state: 'kept' });
  });

  it('keeps nothing where the EPR offers neither, or names an address outside its own', async () => {
    expect((await open()).kept).toBeUndefined();
    await bench.reopen({});
    Object.assign(bench.world.deps, { keepsMs: 28_800_000 });
    bench.epr.smart['introspection_endpoint'] = `${bench.other.origin}/introspect`;
    delete bench.epr.claims['nonce'];
    expect((await open()).kept).toBeUndefined();
    expect(bench.world.transactions.held.size).toBe(0);
  });
});
