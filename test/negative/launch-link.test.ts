import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { communityOf, openLaunchWorld, type LaunchWorld } from '../support/launch-world.ts';
import { openPretendEpr, type PretendEpr } from '../support/pretend-epr.ts';

let epr: PretendEpr;
let world: LaunchWorld;

const member = () => [{ ods: 'XB001', iss: epr.iss, issuer: epr.issuer, origin: epr.origin }];

beforeEach(async () => {
  epr = await openPretendEpr();
  world = await openLaunchWorld(communityOf(member()));
});

afterEach(async () => {
  await world.close();
  await epr.close();
});

describe('a link that is not from a member asks nobody anything', () => {
  it.each([
    ['1 an unknown iss', 'https://epr.example/fhir', 'launch.iss_unknown'],
    ['2 a missing iss', undefined, 'launch.iss_invalid'],
    ['2 a repeated iss', ['a', 'b'], 'launch.iss_invalid'],
    ['7 an address inside', 'http://169.254.169.254', 'launch.iss_invalid'],
    ['7 loopback that is no member', 'http://localhost:1/fhir', 'launch.iss_unknown'],
  ])('%s', async (_title, iss, code) => {
    await expect(world.start({ iss, launch: 'x' })).rejects.toMatchObject({ code });
    expect(epr.requests).toEqual([]);
    expect(world.audit.events).toMatchObject([{ type: 'launch.refused', code }]);
  });

  it('105 the refused address is in the audit only as a short hash', async () => {
    await expect(world.start({ iss: 'https://canary.example/fhir', launch: 'x' })).rejects.toThrow();
    expect(JSON.stringify(world.audit.events)).not.toContain('canary');
    expect(world.audit.events[0]?.detail).toMatchObject({ issHash: expect.stringMatching(/^[\w-]{12}$/) });
  });

  it.each([
    ['15 no launch', undefined],
    ['15 an empty launch', ''],
    ['15 a launch of ten thousand characters', 'x'.repeat(10_000)],
    ['15 a launch with a line break', 'a\r\nSet-Cookie: x'],
    ['15 a launch with markup', '<script>'],
    ['15 two launches', ['a', 'b']],
  ])('%s', async (_title, launch) => {
    await expect(world.start({ iss: epr.iss, launch })).rejects.toMatchObject({ code: 'launch.token_invalid' });
    expect(epr.requests).toEqual([]);
  });
});

describe('a sign-in service that does not say what it must ends the launch', () => {
  it.each([
    ['9 a redirect to elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'discovery.redirect'],
    ['10 a web page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'discovery.invalid'],
    ['10 broken JSON', { body: '{' }, 'discovery.invalid'],
    ['10 a list', { body: '[]' }, 'discovery.invalid'],
    ['10 ten megabytes', { body: `{"x":"${'y'.repeat(10_000_000)}"}` }, 'discovery.invalid'],
    ['10 an error', { status: 503, body: '{}' }, 'discovery.invalid'],
  ])('%s', async (_title, answer, code) => {
    epr.answer('/fhir/.well-known/smart-configuration', answer);
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code });
    expect(epr.requests).toHaveLength(1);
    expect(world.audit.events).toMatchObject([{ type: 'launch.refused', code }]);
  });

  it('10 silence ends at the deadline', async () => {
    await world.close();
    world = await openLaunchWorld(communityOf(member()), { 'launch.discoveryMs': 150 });
    epr.answer('/fhir/.well-known/smart-configuration', 'silence');
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code: 'discovery.timeout' });
  });

  it('10 a failure is not remembered: the next launch asks again', async () => {
    epr.answer('/fhir/.well-known/smart-configuration', { status: 500 });
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code: 'discovery.invalid' });
    epr.answer('/fhir/.well-known/smart-configuration', { body: JSON.stringify(epr.smart) });
    await expect(world.start({ iss: epr.iss, launch: 'x' })).resolves.toMatchObject({ ods: 'XB001' });
  });

  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])('11 %s on a foreign origin', async (name) => {
    epr.smart[name] = 'https://evil.example/x';
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({
      code: 'discovery.endpoint_origin',
    });
  });

  it('11 an endpoint with a user name', async () => {
    epr.smart['token_endpoint'] = epr.origin.replace('//', '//a@');
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({
      code: 'discovery.endpoint_origin',
    });
  });

  it.each([[['plain']], [[]], ['S256'], [undefined]])('12 PKCE methods %j', async (methods) => {
    epr.smart['code_challenge_methods_supported'] = methods;
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code: 'discovery.invalid' });
  });

  it('40 an issuer that is not registered', async () => {
    epr.smart['issuer'] = `${epr.issuer}/`;
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code: 'discovery.invalid' });
  });

  it('107 no more launches than allowed are under way for one organisation', async () => {
    await world.close();
    world = await openLaunchWorld(communityOf(member()), { 'launch.outstandingPerOrganisation': 2 });
    await world.start({ iss: epr.iss, launch: 'x' });
    await world.start({ iss: epr.iss, launch: 'x' });
    await expect(world.start({ iss: epr.iss, launch: 'x' })).rejects.toMatchObject({ code: 'launch.too_many' });
  });
});

describe('a good link', () => {
  it('3 leads to the sign-in with aud as configured, whatever the link’s spelling', async () => {
    const { address } = await world.start({ iss: `${epr.iss}/`, launch: 'a+b/c=' });
    const parameters = Object.fromEntries(new URL(address).searchParams);
    expect(parameters).toMatchObject({
      response_type: 'code',
      client_id: 'corridor',
      aud: epr.iss,
      launch: 'a+b/c=',
      redirect_uri: 'http://127.0.0.1:8400/callback/XB001',
      scope: 'launch openid fhirUser patient/Patient.r',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(parameters[name]).toMatch(/^[\w-]{43}$/);
  });

  it('20 mints everything anew each time, and stores no state, binding or verifier in the clear', async () => {
    const [one, two] = [
      await world.start({ iss: epr.iss, launch: 'x' }),
      await world.start({ iss: epr.iss, launch: 'x' }),
    ];
    expect(one.binding).not.toBe(two.binding);
    expect(one.handle).not.toBe(two.handle);
    const stored = JSON.stringify([...world.transactions.held.values()]);
    expect(stored).not.toContain(one.binding);
    expect(stored).not.toContain(new URL(one.address).searchParams.get('state'));
  });

  it('asks the sign-in service once for many launches at once', async () => {
    await Promise.all([1, 2, 3].map(() => world.start({ iss: epr.iss, launch: 'x' })));
    expect(epr.requests).toHaveLength(1);
  });
});

describe('where a name leads', () => {
  let isReachable: (address: string, family: number, allowLoopback: boolean) => boolean;
  beforeAll(async () => ({ isReachable } = await import('../../launcher/smart/outbound.ts')));
  afterAll(() => undefined);

  it.each([
    ['127.0.0.1', 4],
    ['::1', 6],
    ['169.254.169.254', 4],
    ['0.0.0.0', 4],
    ['fe80::1', 6],
    ['::ffff:127.0.0.1', 6],
  ])('8 a name that now leads to %s is not connected to', (address, family) => {
    expect(isReachable(address, family, false)).toBe(false);
  });

  it('8 the loud opt-in opens loopback and nothing else', () => {
    expect(isReachable('127.0.0.1', 4, true)).toBe(true);
    expect(isReachable('169.254.169.254', 4, true)).toBe(false);
    expect(isReachable('10.1.2.3', 4, false)).toBe(true);
  });
});
