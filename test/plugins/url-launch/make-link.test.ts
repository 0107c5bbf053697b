import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkCommand } from '../../../launcher/commands/link.ts';
import type { LinkFace, LinkOrder, MadeLink } from '../../../plugins/plugin.ts';
import { urlLaunch } from '../../../plugins/url-launch/plugin.ts';
import { runCommand } from '../../support/run-command.ts';
import { linkBench, NOW_S, NUMBER } from './bench.ts';

const maker = linkMaker();
const { settings: publicHalf, secret: privateHalf } = maker.makeKeys('jwt');
const TOKEN = { issuer: 'https://epr.example', ...publicHalf, decryption: 'ab'.repeat(32) };
const USER = { id: 'u1', name: 'Dr A', role: 'DR' };

function linkMaker(): LinkFace {
  if (!urlLaunch.links) throw new Error('no link maker');
  return urlLaunch.links;
}

function made(settings: unknown, user: LinkOrder['user'] = USER): MadeLink {
  return maker.make({
    settings,
    ods: 'XB001',
    launcherUrl: 'https://corridor.example',
    nowMs: NOW_S * 1_000,
    patient: { nhsNumber: NUMBER, birthDate: '1950-01-02', family: 'Tester' },
    user,
    key: privateHalf,
  });
}

describe('a link that is made to try', () => {
  it.each<[string, object]>([
    ['jwt', { profile: 'jwt', user: 'asserted', roles: { DR: 'gp' }, ...TOKEN }],
    ['jwt, encrypted with 64 bytes', { profile: 'jwt', ...TOKEN, decryption: 'ab'.repeat(64) }],
    ['jwt, only signed', { profile: 'jwt', ...TOKEN, decryption: undefined, allowClearNumber: true }],
    ['jwt with a shared secret', { profile: 'jwt', issuer: 'x', secret: 's'.repeat(32), decryption: 'ab'.repeat(32) }],
    ['jwt-pair', { profile: 'jwt-pair', roles: { DR: 'gp' }, ...TOKEN }],
    ['sider', { profile: 'sider', ...TOKEN }],
    ['hmac', { profile: 'hmac', secret: 's'.repeat(32), allowClearNumber: true }],
    ['systmone', { profile: 'systmone', keys: [{ id: '1', key: 'ab'.repeat(32), iv: 'cd'.repeat(16) }] }],
  ])('is one that the launcher takes: %s', async (_name, link) => {
    const bench = linkBench(link);
    const [member] = bench.tools.members;
    const { address } = made(member?.settings);
    const query = Object.fromEntries(new URL(address).searchParams);
    expect(new URL(address).pathname).toBe('/plugins/url-launch/launch/XB001/main');
    expect(await bench.open(query)).toHaveProperty('see');
  });

  it('is a form or a document where the profile takes one', async () => {
    const form = linkBench({ profile: 'oidc-plus-patient', origins: ['https://epr.example'] });
    const posted = made(form.tools.members[0]?.settings).form;
    expect(await form.post(posted, { header: () => 'https://epr.example' })).toHaveProperty('see');
    const portal = linkBench({ profile: 'emis-portal', certificates: ['ab'.repeat(32)], roles: { DR: 'gp' } });
    const { document } = made(portal.tools.members[0]?.settings);
    expect(await portal.session(document, { clientCertificate: 'ab'.repeat(32) })).toHaveProperty('text');
  });

  it('is not made without the key that signs it, and the reason is said', () => {
    const bench = linkBench({ profile: 'jwt', ...TOKEN });
    const order = { settings: bench.tools.members[0]?.settings, ods: 'XB001', launcherUrl: 'x', nowMs: 0 };
    expect(() => maker.make({ ...order, patient: { nhsNumber: NUMBER, birthDate: '1950-01-02' } })).toThrow(
      /private key/,
    );
  });
});

describe('corridor link', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-link-'));
    const settings = { links: [{ id: 'main', profile: 'jwt', user: 'asserted', roles: { DR: 'gp' }, ...TOKEN }] };
    writeFileSync(
      at('community.yaml'),
      `corridor: 1
name: Links
environment: test
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: all }]
roles: [{ id: gp, name: GP, sections: all, clearance: N }]
organisations:
  - ods: XB001
    name: Northcliffe Surgery
    kind: gp
    plugins: { url-launch: ${JSON.stringify(settings)} }
`,
    );
    writeFileSync(at('key.json'), JSON.stringify(privateHalf));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const make = (...more: readonly string[]) =>
    runCommand(linkCommand(), [
      ...['make', '--community', at('community.yaml'), '--organisation', 'XB001', '--patient', NUMBER],
      ...['--birth-date', '1950-01-02', '--user', 'u1', '--name', 'Dr A', '--role', 'DR', ...more],
    ]);

  it('says in words what is missing, and makes nothing', async () => {
    expect(await make()).toMatchObject({ code: 1, err: expect.stringContaining('private key') as unknown });
    expect(await make('--key', at('community.yaml'))).toMatchObject({ code: 1, out: '' });
    expect(await make('--organisation', 'XB002')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/“XB002”; use one of XB001 \(argument\.unknown_organisation\)/) as unknown,
    });
    expect(await make('--plugin', 'fhir-r4', '--key', at('key.json'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/“fhir-r4”; use one of .*url-launch.* \(argument\.unknown_plugin\)/) as unknown,
    });
    expect(await runCommand(linkCommand(), ['keys', 'telepathy', at('x.json')])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/“telepathy”; use one of .*hmac.* \(argument\.unknown_profile\)/) as unknown,
    });
  });

  it('prints the link for one organisation, and nothing readable of the patient beside it', async () => {
    const { code, out } = await make('--key', at('key.json'));
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:8400\/plugins\/url-launch\/launch\/XB001\/main\?token=[\w.-]+\n$/),
    ]);
    expect(out).not.toContain(NUMBER);
  });

  it.each(maker.profiles)(
    'makes keys for %s: settings to see, and a secret that only its owner can read',
    async (profile) => {
      const file = at(`${profile}.json`);
      const { code, out } = await runCommand(linkCommand(), ['keys', profile, file]);
      expect(code).toBe(0);
      const secret = readFileSync(file, 'utf8');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      for (const [name, value] of Object.entries(JSON.parse(secret) as Record<string, string>))
        if (!['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'].includes(name)) expect(out).not.toContain(value);
      expect((await runCommand(linkCommand(), ['keys', profile, file])).code).toBe(1);
    },
  );
});
