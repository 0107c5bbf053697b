import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LaunchSettings } from '../../../launcher/trust/community.ts';
import { communityOf, launchAt, openLaunchWorld, type LaunchWorld } from '../../support/launch-world.ts';
import { makeRsa, openPretendEpr, type PretendEpr } from '../../support/pretend-epr.ts';

let epr: PretendEpr;
let other: PretendEpr;
let world: LaunchWorld;

const place = (ods: string, at: PretendEpr) => ({ ods, iss: at.iss, issuer: at.issuer, origin: at.origin });

beforeEach(async () => {
  [epr, other] = await Promise.all([openPretendEpr(), openPretendEpr()]);
  world = await openLaunchWorld(communityOf([place('XB001', epr), place('XB002', other)]));
});

afterEach(async () => {
  await Promise.all([world.close(), epr.close(), other.close()]);
});

const reopen = async (changes: Partial<LaunchSettings>): Promise<void> => {
  await world.close();
  world = await openLaunchWorld(communityOf([place('XB001', epr), place('XB002', other)], changes));
};

/** Expects a whole launch to end in this code, and the audit to say so. */
async function refused(code: string): Promise<void> {
  const answer = await launchAt(world, epr);
  await expect(world.finish(answer)).rejects.toMatchObject({ code });
  expect(world.audit.events.at(-1)).toMatchObject({ type: 'launch.refused', code });
}

const tokenCalls = (at: PretendEpr) => at.requests.filter((request) => request.path === '/auth/token');

describe('a callback that is not the one that was asked for', () => {
  it('16 an unknown state makes no token call', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, state: 'never-minted' })).rejects.toMatchObject({
      code: 'launch.state_invalid',
    });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('16 a state older than five minutes', async () => {
    const answer = await launchAt(world, epr);
    world.clock.now += 300_001;
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('17 a replayed state is refused, and of two at once only one is served', async () => {
    const answer = await launchAt(world, epr);
    const results = await Promise.allSettled([world.finish(answer), world.finish(answer)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(epr)).toHaveLength(1);
  });

  it('19 an answer in a window that did not ask: no code is spent, and the state is burnt', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, binding: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'launch.binding_missing',
    });
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('19 a window that kept nothing', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, binding: '' })).rejects.toMatchObject({ code: 'launch.binding_missing' });
  });

  it('21 another organisation’s callback: the verifier goes to neither', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, ods: 'XB002' })).rejects.toMatchObject({ code: 'launch.mixup' });
    expect([...tokenCalls(epr), ...tokenCalls(other)]).toEqual([]);
  });

  it('22 an iss that is another’s', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, iss: other.issuer })).rejects.toMatchObject({ code: 'launch.mixup' });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('22 no iss though the server promised one (RFC 9207)', async () => {
    epr.smart['authorization_response_iss_parameter_supported'] = true;
    await refused('launch.mixup');
  });

  it('23 an error is told by its known name and never by its description', async () => {
    const { code: _code, ...answer } = await launchAt(world, epr);
    await expect(world.finish({ ...answer, error: '<img onerror=x>' })).rejects.toMatchObject({
      code: 'launch.denied',
    });
    expect(JSON.stringify(world.audit.events)).not.toContain('onerror');
  });

  it('24 an error and a code together are an error', async () => {
    const answer = await launchAt(world, epr);
    await expect(world.finish({ ...answer, error: 'access_denied' })).rejects.toMatchObject({ code: 'launch.denied' });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('26 a stored launch that was tampered with can’t be opened', async () => {
    const answer = await launchAt(world, epr);
    const [hash = '', stored] = [...world.transactions.held][0] ?? [];
    if (stored) world.transactions.held.set(hash, { ...stored, sealed: `${stored.sealed.slice(0, -4)}AAAA` });
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'server.fault' });
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
    epr.answer('/auth/token', answer);
    await refused(code);
  });

  it('30 a token of another type', async () => {
    epr.token['token_type'] = 'mac';
    await refused('token.invalid_response');
  });

  it('30 a token of no type', async () => {
    delete epr.token['token_type'];
    await refused('token.invalid_response');
  });

  it('30 an access token longer than any header', async () => {
    epr.token['access_token'] = 'x'.repeat(20_000);
    await refused('token.invalid_response');
  });

  it.each([
    ['a narrower scope', 'launch openid fhirUser'],
    ['no scope at all', ''],
    ['another resource', 'openid patient/Observation.rs'],
    ['writing only', 'openid patient/Patient.u'],
  ])('32 %s', async (_title, scope) => {
    epr.token['scope'] = scope;
    await refused('launch.scope_insufficient');
  });

  it('44 no id_token', async () => {
    epr.idToken = undefined;
    await refused('launch.no_identity');
  });
});

describe('an id_token that proves nobody', () => {
  it('34 alg none', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const answer = await launchAt(world, epr);
    epr.idToken = `${part({ alg: 'none' })}.${part({ ...epr.claims, iat: now, exp: now + 300 })}.`;
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'idtoken.invalid' });
  });

  it('34 HS256 signed with the public key', async () => {
    epr.signer = { key: JSON.stringify(epr.keys[0]), algorithm: 'HS256' };
    await refused('idtoken.invalid');
  });

  it('34 an algorithm that is not on the list', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    epr.signer = { key: privateKey, algorithm: 'ES512' };
    epr.keys.push({ ...publicKey.export({ format: 'jwk' }), kid: 'k1' });
    await refused('idtoken.invalid');
  });

  it('35 signed by a key that is not the EPR’s', async () => {
    epr.signer = { key: makeRsa().key, algorithm: 'RS256' };
    await refused('idtoken.invalid');
  });

  it('35 signed by another organisation', async () => {
    epr.signer = other.signer;
    await refused('idtoken.invalid');
  });

  it('36 no kid and two keys', async () => {
    delete epr.header['kid'];
    epr.keys.push({ ...makeRsa().jwk, kid: 'k2' });
    await refused('idtoken.invalid');
  });

  it('36 an unknown kid', async () => {
    epr.header['kid'] = 'k9';
    await refused('idtoken.invalid');
  });

  it.each([
    ['38 two keys of one kid', () => epr.keys.push({ ...makeRsa().jwk, kid: 'k1' })],
    ['38 a key for encryption', () => (epr.keys[0] = { ...epr.keys[0], use: 'enc' })],
    ['38 a private key on display', () => (epr.keys[0] = { ...epr.keys[0], d: 'AQAB' })],
    ['38 a thousand keys', () => epr.keys.push(...Array.from({ length: 1000 }, () => ({ kty: 'RSA', kid: 'x' })))],
  ])('%s', async (_title, spoil) => {
    spoil();
    await refused('idtoken.invalid');
  });

  it('38 an RSA key of 1024 bits', async () => {
    const { key, jwk } = makeRsa(1024);
    epr.signer = { key, algorithm: 'RS256' };
    epr.keys.splice(0, 1, { ...jwk, kid: 'k1' });
    await refused('idtoken.invalid');
  });

  it('39 keys named in the token’s own header are not looked at', async () => {
    const { key, jwk } = makeRsa();
    epr.signer = { key, algorithm: 'RS256' };
    Object.assign(epr.header, { jwk, jku: `${epr.origin}/evil-jwks` });
    await refused('idtoken.invalid');
    expect(epr.requests.map((request) => request.path)).not.toContain('/evil-jwks');
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each([
    ['40 another issuer', () => ({ iss: 'https://evil.example' })],
    ['40 its issuer with a trailing slash', () => ({ iss: `${epr.issuer}/` })],
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
    Object.assign(epr.claims, claims());
    await refused('idtoken.invalid');
  });

  it('43 a wrong nonce even where a missing one is forgiven', async () => {
    await reopen({ nonce: 'if-present' });
    epr.claims['nonce'] = 'replayed';
    await refused('idtoken.invalid');
  });
});

describe('a user or patient who is not who the launch is about', () => {
  it.each([
    ['45 the id_token names another patient', () => (epr.claims['patient'] = 'p2'), 'launch.patient_mismatch'],
    [
      '45 fhirContext names another patient',
      () => (epr.token['fhirContext'] = [{ reference: 'Patient/p2' }]),
      'launch.patient_mismatch',
    ],
    [
      '47 fhirUser on another server',
      () => (epr.claims['fhirUser'] = 'https://evil.example/fhir/Practitioner/u1'),
      'launch.no_identity',
    ],
    ['47 fhirUser is a patient', () => (epr.claims['fhirUser'] = 'Patient/p1'), 'launch.no_identity'],
    ['47 fhirUser that climbs', () => (epr.claims['fhirUser'] = 'Practitioner/../Patient/p1'), 'launch.no_identity'],
    ['47 fhirUser is dots', () => (epr.claims['fhirUser'] = 'Practitioner/..'), 'launch.no_identity'],
    ['47 fhirUser is a group', () => (epr.claims['fhirUser'] = 'Group/1'), 'launch.no_identity'],
    ['47 no fhirUser', () => delete epr.claims['fhirUser'], 'launch.no_identity'],
    ['48 the user can’t be read', () => epr.answer('/fhir/Practitioner/u1', { status: 403 }), 'launch.no_identity'],
    ['48 another user comes', () => (epr.practitioner['id'] = 'u2'), 'launch.no_identity'],
    ['49 a role that is not mapped', () => (epr.claims['role_code'] = 'R9999'), 'launch.role_unmapped'],
    ['49 a role called like a method', () => (epr.claims['role_code'] = 'constructor'), 'launch.role_unmapped'],
    ['49 no role anywhere', () => delete epr.claims['role_code'], 'launch.role_unmapped'],
    [
      '49 two roles that differ',
      () => Object.assign(epr.claims, { nhsid_nrbac_roles: [{ role_code: 'R8000' }, { role_code: 'R0260' }] }),
      'launch.role_unmapped',
    ],
    [
      '49 a selected role that is not mapped',
      () =>
        Object.assign(epr.claims, {
          selected_roleid: '2',
          nhsid_nrbac_roles: [
            { person_roleid: '1', role_code: 'R8000' },
            { person_roleid: '2', role_code: 'R9' },
          ],
        }),
      'launch.role_unmapped',
    ],
    ['50 no patient', () => delete epr.token['patient'], 'launch.no_patient'],
    [
      '51 the patient is an address',
      () => (epr.token['patient'] = 'https://evil.example/Patient/p1'),
      'launch.no_patient',
    ],
    ['51 the patient is dots', () => (epr.token['patient'] = '..'), 'launch.no_patient'],
    ['51 the patient has two hundred characters', () => (epr.token['patient'] = 'x'.repeat(200)), 'launch.no_patient'],
    ['52 another patient comes', () => (epr.patient['id'] = 'p2'), 'patient.unreadable'],
    ['52 an OperationOutcome comes', () => (epr.patient['resourceType'] = 'OperationOutcome'), 'patient.unreadable'],
    ['52 the patient can’t be read', () => epr.answer('/fhir/Patient/p1', { status: 404 }), 'patient.unreadable'],
    [
      '52 the patient is a redirect',
      () => epr.answer('/fhir/Patient/p1', { status: 302, headers: { location: '/fhir/Practitioner/u1' } }),
      'patient.unreadable',
    ],
    ['53 no NHS number', () => (epr.patient['identifier'] = []), 'patient.no_nhs_number'],
    [
      '54 a wrong NHS number',
      () => (epr.patient['identifier'] = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000019' }]),
      'patient.nhs_invalid',
    ],
    [
      '56 replaced by itself',
      () => (epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'Patient/p1' } }]),
      'patient.unreadable',
    ],
    [
      '56 replaced by someone elsewhere',
      () => (epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'https://x/Patient/1' } }]),
      'patient.unreadable',
    ],
  ])('%s', async (_title, spoil, code) => {
    spoil();
    await refused(code);
  });

  it('46 another tenant', async () => {
    await reopen({ tenant: 'north' });
    epr.token['tenant'] = 'south';
    await refused('launch.mixup');
  });
});

describe('a launch that proves who, where and about whom', () => {
  it('ends in a context that is all the EPR’s word', async () => {
    const { context, tokenLifeMs } = await world.finish(await launchAt(world, epr));
    expect(context).toMatchObject({
      home: { ods: 'XB001', iss: epr.iss },
      user: { key: `${epr.issuer}|user-1`, name: 'Dr Test', sdsUserId: '555000000001' },
      role: 'clinician',
      homePatientId: 'p1',
      needPatientBanner: true,
      patient: { nhsNumber: '9990000018', family: 'Example', given: 'Edna', birthDate: '1941-03-02' },
    });
    expect(tokenLifeMs).toBe(600_000);
    expect(world.audit.events.map((event) => event.type)).toEqual(['launch.started', 'launch.finished']);
  });

  it('proves the launcher with a new assertion for the token endpoint, and reads with the user’s own token', async () => {
    await world.finish(await launchAt(world, epr));
    const form = new URLSearchParams(tokenCalls(epr)[0]?.body);
    const claims = JSON.parse(
      Buffer.from(form.get('client_assertion')?.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: 'corridor', sub: 'corridor', aud: `${epr.issuer}/token` });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(120);
    expect(form.get('redirect_uri')).toBe('http://127.0.0.1:8400/callback/XB001');
    const reads = epr.requests.filter((request) => request.path.startsWith('/fhir/P'));
    expect(reads.map((request) => request.authorization)).toEqual(reads.map(() => 'Bearer user-token'));
  });

  it.each([
    ['31 no expires_in is five minutes', undefined, 300_000],
    ['31 a negative one too', -5, 300_000],
    ['31 a text is a number', '900', 900_000],
    ['31 a huge one is an hour', 999_999, 3_600_000],
  ])('%s', async (_title, expiresIn, lifeMs) => {
    epr.token['expires_in'] = expiresIn;
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ tokenLifeMs: lifeMs });
  });

  it('36 no kid is enough when there is one key', async () => {
    delete epr.header['kid'];
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ context: { role: 'clinician' } });
  });

  it('37 a new key is found after a minute, and a flood of unknown ones asks no more often than that', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const keyCalls = () => epr.requests.filter((request) => request.path === '/auth/jwks').length;
      const launch = async () => {
        delete epr.claims['nonce'];
        world.clock.now = Date.now();
        return world.finish(await launchAt(world, epr));
      };
      await launch();
      const { key, jwk } = makeRsa();
      epr.keys.splice(0, 1, { ...jwk, kid: 'k2' });
      epr.signer = { key, algorithm: 'RS256' };
      epr.header['kid'] = 'k2';
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
    epr.claims['exp'] = Math.floor(Date.now() / 1000) - 30;
    await expect(world.finish(await launchAt(world, epr))).resolves.toBeDefined();
  });

  it('43 a missing nonce is forgiven only where the community file says so', async () => {
    await reopen({ nonce: 'if-present' });
    epr.claims['nonce'] = undefined;
    await expect(world.finish(await launchAt(world, epr))).resolves.toBeDefined();
  });

  it('49 the role may come from the user’s PractitionerRoles when they agree', async () => {
    delete epr.claims['role_code'];
    const role = (code: string) => ({
      resourceType: 'PractitionerRole',
      practitioner: { reference: 'Practitioner/u1' },
      code: [{ coding: [{ system: 's', code }] }],
    });
    epr.roles.push(role('R0260'), role('R1234'), { ...role('R8000'), active: false });
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ context: { role: 'gp' } });
  });

  it('49 the selected one of several CIS2 roles counts', async () => {
    Object.assign(epr.claims, {
      selected_roleid: '2',
      nhsid_nrbac_roles: [
        { person_roleid: '1', role_code: 'S0:G0:R8000' },
        { person_roleid: '2', role_code: 'S0010:G0020:R0260' },
      ],
    });
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ context: { role: 'gp' } });
  });

  it('51 Patient/p1 is p1', async () => {
    epr.token['patient'] = 'Patient/p1';
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ context: { homePatientId: 'p1' } });
  });

  it('56 a merged patient is followed to the one that replaced it', async () => {
    epr.answer('/fhir/Patient/p2', { body: JSON.stringify({ ...epr.patient, id: 'p2' }) });
    epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }];
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({ context: { homePatientId: 'p2' } });
  });

  it('a banner the EPR shows itself is not shown twice', async () => {
    epr.token['need_patient_banner'] = 'false';
    await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({
      context: { needPatientBanner: false },
    });
  });
});
