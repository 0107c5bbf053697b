import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { manifest } from '../../../plugins/embed-sdk/manifest.ts';
import { embedSdk } from '../../../plugins/embed-sdk/plugin.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { pluginTools, type PretendTools } from '../../support/plugin-tools.ts';

const VENDOR = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const STRANGER = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const NOW_S = Date.parse('2026-06-01T12:00:00Z') / 1_000;
const SETTINGS = {
  issuer: 'https://epr.example',
  keys: [{ ...VENDOR.publicKey.export({ format: 'jwk' }), kid: 'k1' }],
  roles: { DR: 'gp' },
  origins: ['https://epr.example'],
};
const [assertion, launch] = embedSdk.router?.routes ?? [];

function claims(changes: object = {}): object {
  return {
    iss: 'https://epr.example',
    aud: 'https://corridor.example/plugins/embed-sdk',
    iat: NOW_S,
    exp: NOW_S + 60,
    jti: randomUUID(),
    sub: 'u1',
    name: 'Dr A',
    role: 'DR',
    nhs_number: '9990000018',
    birthdate: '1950-01-01',
    ...changes,
  };
}

function signed(changes: object = {}, key = VENDOR.privateKey, kid = 'k1'): string {
  return jsonwebtoken.sign(claims(changes), key, { algorithm: 'ES256', keyid: kid });
}

function post(body: unknown, bench: PretendTools = pluginTools(embedSdk, SETTINGS), ods = 'XB001') {
  return { ...bench, answer: assertion?.handle(request(body, { parameters: { ods } }), bench.tools) };
}

describe('a launch assertion', () => {
  it.each<[string, () => unknown]>([
    ['not signed', () => jsonwebtoken.sign(claims(), null, { algorithm: 'none' })],
    ['signed with a key that is not pinned', () => signed({}, STRANGER.privateKey)],
    ['signed with a key of another name', () => signed({}, VENDOR.privateKey, 'k2')],
    ['signed by the public key as a secret', () => jsonwebtoken.sign(claims(), 's'.repeat(64), { keyid: 'k1' })],
    ['of another issuer', () => signed({ iss: 'https://else.example' })],
    ['for another launcher', () => signed({ aud: 'https://else.example/plugins/embed-sdk' })],
    ['over', () => signed({ iat: NOW_S - 61, exp: NOW_S - 1 })],
    ['good for longer than a minute', () => signed({ exp: NOW_S + 61 })],
    ['from the future', () => signed({ iat: NOW_S + 30 })],
    ['without an id', () => signed({ jti: undefined })],
    ['of a number without a birth date', () => signed({ birthdate: undefined })],
    ['of nobody', () => signed({ sub: undefined })],
    ['no token at all', () => ({ launch: 'x' })],
  ])('opens nothing when it is %s', async (_name, make) => {
    const { answer, issued, events } = post(make());
    await expect(answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(issued).toEqual([]);
    expect(events).toMatchObject([{ outcome: 'refused', what: 'assertion-refused' }]);
    expect(JSON.stringify(events)).not.toContain('9990000018');
  });

  it('opens nothing the second time, nor at another organisation', async () => {
    const bench = pluginTools(embedSdk, SETTINGS);
    const token = signed();
    await expect(post(token, bench, 'XB999').answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    await post(token, bench).answer;
    await expect(post(token, bench).answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(bench.issued).toHaveLength(1);
  });

  it('gives nobody a role that is not in the settings', async () => {
    for (const role of ['NURSE', 'toString'])
      await expect(post(signed({ role })).answer).rejects.toMatchObject({ code: 'launch.role_unmapped' });
  });

  it('becomes a launch that names nobody, for the patient and the user it names', async () => {
    const { answer, issued } = post(signed({ family_name: 'EXAMPLE' }));
    expect(await answer).toMatchObject({ json: { launch: 't'.repeat(43), expires_in: 60 } });
    expect(issued).toMatchObject([
      {
        ods: 'XB001',
        patient: { nhsNumber: '9990000018', birthDate: '1950-01-01', family: 'EXAMPLE' },
        user: { id: 'u1', name: 'Dr A', role: 'gp', assurance: 'asserted' },
        host: { plugin: 'embed-sdk', settings: {} },
      },
    ]);
  });
});

describe('the address of a frame', () => {
  it('leads nowhere with what is no launch', async () => {
    const { tools } = pluginTools(embedSdk, SETTINGS);
    for (const query of [{}, { launch: 'short' }, { launch: `${'t'.repeat(42)}/` }])
      await expect(
        launch?.handle(request(undefined, { parameters: { ods: 'XB001' }, query }), tools),
      ).rejects.toMatchObject({ code: 'launch.state_invalid' });
  });

  it('leads to the record’s page, the launch in its fragment', async () => {
    const { tools } = pluginTools(embedSdk, SETTINGS);
    const query = { launch: 't'.repeat(43) };
    const answer = await launch?.handle(request(undefined, { parameters: { ods: 'XB001' }, query }), tools);
    expect(answer).toEqual({ see: `https://corridor.example/open/XB001#${'t'.repeat(43)}` });
  });
});

it('takes no private key into its settings', () => {
  const keys = [{ ...VENDOR.privateKey.export({ format: 'jwk' }), kid: 'k1' }];
  expect(manifest.settings.safeParse({ ...SETTINGS, keys }).success).toBe(false);
});
