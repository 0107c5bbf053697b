import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import { urlLaunch } from '../../../plugins/url-launch/plugin.ts';
import { freePort } from '../../support/free-port.ts';
import { SMALL_NHS_NUMBER } from '../../support/sandbox/small-epr.ts';
import { openSignInService } from '../../support/sign-in-service.ts';
import { refusalOf, useSmallLauncher } from '../../support/small-launcher.ts';

const KEYS = urlLaunch.links?.makeKeys('jwt');
const DECRYPTION = 'ef'.repeat(64);
const SYSTMONE = { id: '1', key: 'ab'.repeat(32), iv: 'cd'.repeat(16) };
const signInPort = await freePort();
const ISSUER = `http://localhost:${String(signInPort)}`;

const LINKS = [
  {
    id: 'jwt',
    profile: 'jwt',
    user: 'asserted',
    issuer: 'epr',
    ...KEYS?.settings,
    decryption: DECRYPTION,
    roles: { DR: 'gp' },
  },
  { id: 'systmone', profile: 'systmone', keys: [SYSTMONE] },
  { id: 'sider', profile: 'sider', issuer: 'epr', ...KEYS?.settings, decryption: DECRYPTION },
];
const SETTINGS = {
  links: LINKS,
  signIn: { issuer: ISSUER, clientId: 'corridor-link', roles: { R8000: 'gp' }, sdsUserClaim: 'sds' },
};

let text = '';
const bench = useSmallLauncher(
  {},
  {
    edit: (given) =>
      (text = given.replace('    sources:', `    plugins: { url-launch: ${JSON.stringify(SETTINGS)} }\n    sources:`)),
  },
);

let signIn: Awaited<ReturnType<typeof openSignInService>>;
/** Who the sign-in service says has signed in. */
const person = { name: 'Dr Link', role: 'R8000', sds: '555000000001' };

beforeAll(async () => {
  signIn = await openSignInService(signInPort, `${bench.url}/plugins/url-launch/signed-in`, person);
});
afterAll(() => signIn.close());

function link(id: string, birthDate = '1950-01-02'): string {
  const { data: settings } = urlLaunch.manifest?.settings.safeParse(SETTINGS) ?? {};
  const made = urlLaunch.links?.make({
    settings,
    ods: 'XT001',
    link: id,
    launcherUrl: bench.url,
    nowMs: Date.now(),
    patient: { nhsNumber: SMALL_NHS_NUMBER, birthDate },
    user: { id: '555000000001', name: 'Dr Link', role: 'DR' },
    ...(KEYS && { key: KEYS.secret }),
  });
  return made?.address ?? '';
}

function go(address: string, cookie?: string): Promise<Response> {
  return fetch(address, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
}

/** From the link through the sign-in service to the address that comes back to us, with the cookie that ties them. */
async function signedIn(id: string): Promise<{ readonly back: string; readonly cookie: string }> {
  const start = await go(link(id));
  expect(start.status).toBe(303);
  const cookie = (start.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const answer = await go(start.headers.get('location') ?? '');
  return { back: answer.headers.get('location') ?? '', cookie };
}

function redeem(location: string | null): Promise<Response> {
  const address = new URL(location ?? '');
  expect(`${address.origin}${address.pathname}${address.search}`).toBe(`${bench.url}/open/XT001`);
  return fetch(`${bench.url}/open/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: bench.url, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ ods: 'XT001', ticket: address.hash.slice(1) }),
  });
}

describe('a link to the launcher', () => {
  it('is refused by the error table, with nothing of the link in the answer or the log', async () => {
    const address = new URL(link('jwt'));
    address.searchParams.set('token', `${address.searchParams.get('token') ?? ''}x`);
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await refusalOf(answer)).toEqual([400, 'link.invalid']);
    expect(await refusalOf(await go(`${bench.url}/plugins/url-launch/launch/XT001/none`))).toEqual([
      400,
      'link.invalid',
    ]);
    expect(bench.logged.join('')).not.toContain(address.searchParams.get('token'));
    const events = await bench.launcher.audit.read({ type: 'plugin.acted', limit: 10 });
    expect(JSON.stringify(events)).toContain('link.invalid');
  });

  it('opens nothing when its birth date is another than the home EPR’s', async () => {
    const answer = await go(link('jwt', '1950-01-03'));
    expect(await refusalOf(await redeem(answer.headers.get('location')))).toEqual([400, 'launch.patient_mismatch']);
  });

  it('opens the record once, at an address with nothing of the patient', async () => {
    const address = link('jwt');
    const answer = await go(address);
    expect(answer.headers.get('location')).not.toMatch(/999|1950/);
    const { context } = (await (await redeem(answer.headers.get('location'))).json()) as { context: object };
    expect(context).toMatchObject({ role: 'gp', patient: { nhsNumber: SMALL_NHS_NUMBER, family: 'Tester' } });
    expect(await refusalOf(await go(address))).toEqual([400, 'link.used']);
  });
});

describe('a link that proves no user', () => {
  it('opens nothing for an answer that nobody asked for, or in another browser (rows 16, 17, 19)', async () => {
    const made = `${bench.url}/plugins/url-launch/signed-in?code=x&state=${'a'.repeat(43)}`;
    expect(await refusalOf(await go(made))).toEqual([400, 'launch.state_invalid']);
    const first = await signedIn('systmone');
    const second = await signedIn('systmone');
    expect(await refusalOf(await go(first.back, second.cookie))).toEqual([400, 'launch.binding_missing']);
    expect(await refusalOf(await go(first.back, first.cookie))).toEqual([400, 'launch.state_invalid']);
    expect((await go(second.back, second.cookie)).status).toBe(303);
    expect(await refusalOf(await go(second.back, second.cookie))).toEqual([400, 'launch.state_invalid']);
  });

  it('opens nothing when the sign-in ends in an error, or its code is another’s (rows 18, 23, 24)', async () => {
    const denied = await signedIn('systmone');
    const error = `${denied.back}&error=access_denied&error_description=%3Cimg%20onerror%3E`;
    expect(await refusalOf(await go(error, denied.cookie))).toEqual([403, 'launch.denied']);
    const changed = await signedIn('systmone');
    const back = new URL(changed.back);
    back.searchParams.set('code', createHash('sha256').update('x').digest('base64url'));
    expect(await refusalOf(await go(back.href, changed.cookie))).toEqual([403, 'idtoken.invalid']);
  });

  it('opens nothing for a role that is not mapped, or for another than the link names', async () => {
    Object.assign(person, { role: 'R9999' });
    const unmapped = await signedIn('systmone');
    expect(await refusalOf(await go(unmapped.back, unmapped.cookie))).toEqual([403, 'launch.role_unmapped']);
    Object.assign(person, { role: 'R8000', sds: '555000000009' });
    const other = await signedIn('sider');
    expect(await refusalOf(await go(other.back, other.cookie))).toEqual([403, 'launch.identity_conflict']);
    Object.assign(person, { sds: '555000000001' });
  });

  it('opens the record for whoever signed in, in their own name and role', async () => {
    const { back, cookie } = await signedIn('sider');
    const answer = await go(back, cookie);
    const { context } = (await (await redeem(answer.headers.get('location'))).json()) as { context: object };
    expect(context).toMatchObject({ role: 'gp', patient: { nhsNumber: SMALL_NHS_NUMBER } });
    const events = JSON.stringify(await bench.launcher.audit.read({ type: 'launch.finished', limit: 10 }));
    expect(events).toContain('signed-url (oidc)');
  });

  it('leaves no word of the patient with the sign-in service or the browser', async () => {
    const start = await go(link('systmone'));
    const said = `${start.headers.get('location') ?? ''} ${start.headers.get('set-cookie') ?? ''}`;
    expect(said).not.toMatch(/9990000018|1950/);
    expect(start.headers.get('set-cookie')).toMatch(/^__Host-.*Secure; HttpOnly; SameSite=None; Partitioned$/);
  });
});

describe('the community file', () => {
  it('may not let a number stand in an address when it is live', () => {
    const loud = {
      ...SETTINGS,
      links: [
        {
          ...LINKS[1],
          profile: 'oidc-plus-patient',
          keys: undefined,
          allowClearNumber: true,
          origins: ['https://epr.example'],
        },
      ],
    };
    const live = text
      .replace('environment: test', 'environment: live')
      .replace(JSON.stringify(SETTINGS), JSON.stringify(loud));
    const parsed = parseCommunity(live, PLUGINS);
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toContainEqual(
      expect.stringContaining('allowClearNumber'),
    );
  });
});
