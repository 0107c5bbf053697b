import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { embedSdk } from '../../../plugins/embed-sdk/plugin.ts';
import { openmrsO3 } from '../../../plugins/openmrs-o3/plugin.ts';
import type { Ask } from '../../../plugins/openmrs-o3/voucher/openmrs.ts';
import { createVoucher } from '../../../plugins/openmrs-o3/voucher/serve.ts';
import { readSettings, type VoucherSettings } from '../../../plugins/openmrs-o3/voucher/settings.ts';
import { vouch } from '../../../plugins/openmrs-o3/voucher/vouch.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { pluginTools } from '../../support/plugin-tools.ts';

const SITE = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
const SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';
const SETTINGS: VoucherSettings = {
  openmrs: 'https://emr.example/openmrs',
  origin: 'https://emr.example',
  launcher: 'https://corridor.example',
  organisation: 'XB001',
  issuer: 'https://emr.example',
  key: SITE.privateKey,
  keyId: 'k1',
  roles: ['Organizational: Doctor', 'Organizational: Nurse'],
  nhsNumber: { system: SYSTEM, identifierType: 'type-1' },
  host: '127.0.0.1',
  port: 0,
};
const SESSION = {
  authenticated: true,
  user: {
    uuid: 'u1',
    display: 'asha',
    person: { display: 'Dr Asha Testing' },
    roles: [{ display: 'Organizational: Nurse' }, { display: 'Organizational: Doctor' }],
  },
};
const PATIENT = {
  resourceType: 'Patient',
  id: 'p-1',
  identifier: [{ system: SYSTEM, value: '999 000 0018' }],
  name: [{ family: 'Tester' }],
  birthDate: '1950-01-02',
};
const COOKIES = 'other=1; JSESSIONID=AB12.node0; _REFERENCE_APPLICATION_LAST_USER_=7';

type World = { session: object; patient: object; patientStatus: number };
const world: World = { session: SESSION, patient: PATIENT, patientStatus: 200 };
const asked: { readonly address: string; readonly cookie: string | undefined; readonly body: string | undefined }[] =
  [];
const openmrs: Ask = (address, { headers, body }) => {
  asked.push({ address, cookie: headers['cookie'], body });
  if (address.endsWith('/session')) return Promise.resolve({ status: 200, json: world.session as never });
  if (address.includes('/Patient/'))
    return Promise.resolve({ status: world.patientStatus, json: world.patient as never });
  return Promise.resolve({ status: 200, json: { launch: 't'.repeat(43) } });
};
const vouched = (patient: unknown = 'p-1', cookies = COOKIES): ReturnType<typeof vouch> =>
  vouch({ cookies, patient }, SETTINGS, openmrs, () => NOW_MS);
const toLauncher = (): (typeof asked)[number] | undefined =>
  asked.find(({ address }) => address.startsWith(SETTINGS.launcher));

beforeEach(() => {
  Object.assign(world, { session: SESSION, patient: PATIENT, patientStatus: 200 });
  asked.splice(0);
});

describe('the voucher of OpenMRS', () => {
  it.each<[string, string, () => unknown, string?]>([
    ['without a session of OpenMRS', 'user.signed_out', () => undefined, 'theme=dark'],
    ['whose session is over', 'user.signed_out', () => (world.session = { authenticated: false })],
    ['whose session names nobody', 'user.signed_out', () => (world.session = { authenticated: true, user: {} })],
    [
      'without any of its roles',
      'user.no_role',
      () => (world.session = { ...SESSION, user: { ...SESSION.user, roles: [] } }),
    ],
    ['who may not read the patient', 'patient.unreadable', () => (world.patientStatus = 403)],
    [
      'when OpenMRS answers with another patient',
      'patient.unreadable',
      () => (world.patient = { ...PATIENT, id: 'p-2' }),
    ],
    ['for a patient without a number', 'patient.no_number', () => (world.patient = { ...PATIENT, identifier: [] })],
    [
      'for a patient with two numbers',
      'patient.no_number',
      () =>
        (world.patient = {
          ...PATIENT,
          identifier: [...PATIENT.identifier, { system: SYSTEM, value: '9990000026' }],
        }),
    ],
    [
      'for a birth date that is only a year',
      'patient.no_number',
      () => (world.patient = { ...PATIENT, birthDate: '1950' }),
    ],
  ])('vouches for nobody %s', async (_who, error, change, cookies) => {
    change();
    expect(await vouched('p-1', cookies)).toMatchObject({ error });
    expect(toLauncher()).toBeUndefined();
  });

  it.each(['../session', 'p/1', '', 'p'.repeat(65), 7, undefined])('asks OpenMRS nothing about %j', async (patient) => {
    expect(await vouch({ cookies: COOKIES, patient }, SETTINGS, openmrs)).toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });

  it('asks as the user, with the session’s cookie and no other, and sends none to the launcher', async () => {
    await vouched();
    expect(asked.map(({ cookie }) => cookie)).toEqual(['JSESSIONID=AB12.node0', 'JSESSIONID=AB12.node0', undefined]);
    expect(asked.map(({ address }) => address).join()).not.toMatch(/9990000018|1950|Tester/);
  });

  it('finds the number by the type of its identifier, where OpenMRS gives it no system', async () => {
    world.patient = { ...PATIENT, identifier: [{ type: { coding: [{ code: 'type-1' }] }, value: '9990000018' }] };
    expect(await vouched()).toEqual({ status: 200, launch: 't'.repeat(43) });
  });

  it('signs what the launcher takes for this plugin, once, and for no other', async () => {
    await vouched();
    const jwk = { ...SITE.publicKey.export({ format: 'jwk' }), kid: 'k1' };
    const settings = {
      issuer: SETTINGS.issuer,
      keys: [jwk],
      roles: { 'Organizational: Doctor': 'gp' },
      origins: [SETTINGS.origin],
    };
    const post = (plugin: typeof openmrsO3, bench = pluginTools(plugin, settings)) => ({
      ...bench,
      answer: plugin.router?.routes[0]?.handle(
        request(toLauncher()?.body, { parameters: { ods: 'XB001' } }),
        bench.tools,
      ),
    });
    const first = post(openmrsO3);
    expect(await first.answer).toMatchObject({ json: { launch: expect.any(String) as string } });
    expect(first.issued).toMatchObject([
      {
        ods: 'XB001',
        patient: { nhsNumber: '9990000018', birthDate: '1950-01-02', family: 'Tester', localId: 'p-1' },
        user: { id: 'u1', name: 'Dr Asha Testing', role: 'gp' },
        host: { plugin: 'openmrs-o3', settings: {} },
      },
    ]);
    await expect(post(openmrsO3, first).answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    await expect(post(embedSdk).answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
  });
});

describe('the voucher’s address', () => {
  let server: Server;
  const codes: string[] = [];
  beforeAll(async () => {
    server = createVoucher(SETTINGS, (code) => void codes.push(code), openmrs);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const GOOD = {
    origin: SETTINGS.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: COOKIES,
  };
  const post = (headers: Record<string, string>, body = '{"patient":"p-1"}', path = '/launch', method = 'POST') =>
    new Promise<{ status: number | undefined; text: string; cache: string | undefined }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const call = ask({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (piece) => (text += String(piece)));
        response.on('end', () =>
          resolve({ status: response.statusCode, text, cache: response.headers['cache-control'] }),
        );
      });
      call.once('error', reject);
      call.end(method === 'GET' ? undefined : body);
    });

  it.each([
    ['of another origin', { ...GOOD, origin: 'https://else.example' }],
    ['of no origin', { ...GOOD, origin: '' }],
    ['of another site', { ...GOOD, 'sec-fetch-site': 'cross-site' }],
    ['that is a form', { ...GOOD, 'content-type': 'application/x-www-form-urlencoded' }],
  ])('answers no page %s', async (_which, headers) => {
    expect((await post(headers)).status).toBeGreaterThanOrEqual(400);
    expect(asked).toEqual([]);
  });

  it('has no other address, reads no long body, and nothing that is not JSON', async () => {
    expect((await post(GOOD, '{}', '/')).status).toBe(404);
    expect((await post(GOOD, '', '/launch', 'GET')).status).toBe(404);
    expect((await post(GOOD, `{"patient":"${'p'.repeat(2_000)}"}`)).status).toBe(400);
    expect((await post(GOOD, 'patient')).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('gives O3’s own page a launch that is kept nowhere, and logs codes alone', async () => {
    expect(await post(GOOD)).toEqual({ status: 200, text: `{"launch":"${'t'.repeat(43)}"}`, cache: 'no-store' });
    world.patientStatus = 404;
    expect((await post(GOOD)).status).toBe(404);
    expect(codes.at(-1)).toBe('patient.unreadable');
    expect(codes.join()).not.toMatch(/p-1|AB12|9990000018/);
  });
});

describe('the voucher’s settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-voucher-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'voucher.json');
  writeFileSync(join(folder, 'key.pem'), SITE.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  writeFileSync(join(folder, 'other.pem'), other.export({ type: 'pkcs8', format: 'pem' }));
  const written = (changes: object): VoucherSettings => {
    const { openmrs: address, origin, launcher, organisation, issuer, keyId, roles } = SETTINGS;
    const said = { openmrs: address, origin, launcher, organisation, issuer, keyId, roles, key: 'key.pem' };
    writeFileSync(file, JSON.stringify({ ...said, ...changes }));
    return readSettings(file);
  };

  it.each([
    ['openmrs', { openmrs: 'http://emr.example/openmrs' }],
    ['launcher', { launcher: 'http://record.example' }],
    ['launcher', { launcher: 'https://record.example/path' }],
    ['origin', { origin: '*' }],
    ['organisation', { organisation: 'xb/001' }],
    ['roles', { roles: [] }],
    ['key', { key: 'other.pem' }],
  ])('are refused by the name of what is wrong: %s', (name, changes) => {
    expect(() => written(changes)).toThrow(name);
  });

  it('are read with the key beside them, and listen on this machine alone unless they say otherwise', () => {
    expect(written({})).toMatchObject({
      host: '127.0.0.1',
      port: 8470,
      organisation: 'XB001',
      nhsNumber: { system: SYSTEM },
    });
  });
});
