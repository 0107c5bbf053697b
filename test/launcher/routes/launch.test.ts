import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLauncher, type Launcher } from '../../../launcher/main.ts';
import type { Chart } from '../../../sandbox/eprs/launch-tokens.ts';
import { writeCommunityFile } from '../../../sandbox/community-file.ts';
import { freePort, openSmallEpr, SMALL_SURGERY, type SmallEpr } from '../../support/sandbox/small-epr.ts';

/** The real launcher and a real authorisation server (oidc-provider), over loopback. */
let small: SmallEpr;
let launcher: Launcher;
const logged: string[] = [];
const [doctor] = SMALL_SURGERY.users;
const chart: Chart = { user: doctor!, patientId: 'p1', needPatientBanner: false, intent: 'allergies' };

beforeAll(async () => {
  const port = await freePort();
  small = await openSmallEpr({ launcherUrl: `http://127.0.0.1:${String(port)}` });
  const community = { name: 'Small', organisations: [SMALL_SURGERY], residents: [], resources: new Map() };
  launcher = await startLauncher({
    communityText: writeCommunityFile(community, () => small.epr),
    settings: { 'server.port': port, 'storage.url': 'sqlite::memory:', 'log.level': 'debug', 'server.shutdownMs': 500 },
    environment: {},
    logTo: { write: (line) => void logged.push(line) },
  });
});
afterAll(async () => {
  await launcher.close();
  await small.close();
});

type Page = {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly data: Record<string, string>;
};

async function openPage(address: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(address, { headers: { accept: 'text/html', ...headers } });
  const html = await response.text();
  const found = /id="page-data">(.*?)<\/script>/.exec(html)?.[1];
  return {
    status: response.status,
    headers: response.headers,
    html,
    data: JSON.parse(found ?? '{}') as Record<string, string>,
  };
}

/** What a browser does between the click and the callback. */
async function signIn(address = small.epr.launchUrl(chart)): Promise<Record<string, string>> {
  const { data } = await openPage(address);
  const answer = await fetch(data['address'] ?? '', { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  return { ods: 'XT001', binding: data['binding'] ?? '', ...Object.fromEntries(searchParams) };
}

function complete(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${launcher.url}/callback/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: launcher.url, 'sec-fetch-site': 'same-origin', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const codeOf = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error];
const record = (bearer: string, query = '') =>
  fetch(`${launcher.url}/api/record${query}`, { headers: bearer === '' ? {} : { authorization: `Bearer ${bearer}` } });

describe('GET /launch refuses', () => {
  it('1 a stranger’s iss with a page that names the code and repeats nothing', async () => {
    const { status, html, headers } = await openPage(`${launcher.url}/launch?iss=https://canary.example/fhir&launch=x`);
    expect(status).toBe(400);
    expect(html).toContain('launch.iss_unknown');
    expect(html).not.toContain('canary');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('2 two iss, and never picks one', async () => {
    const iss = encodeURIComponent(small.epr.fhirBase);
    const { status, html } = await openPage(`${launcher.url}/launch?iss=${iss}&iss=https://b.example&launch=x`);
    expect([status, html.includes('launch.iss_invalid')]).toEqual([400, true]);
  });

  it('15 a launch with markup in it', async () => {
    const { status, html } = await openPage(`${small.epr.launchUrl(chart)}%3Cscript%3E`);
    expect([status, html.includes('launch.token_invalid')]).toEqual([400, true]);
  });
});

describe('GET /launch of a member', () => {
  it('13 takes nothing else from the link', async () => {
    const extra =
      '&client_id=evil&redirect_uri=https://evil.example&patientId=p2&fhirServiceUrl=https://evil.example&scope=evil';
    const { data } = await openPage(small.epr.launchUrl(chart) + extra);
    expect(data['address']).not.toContain('evil');
    expect(Object.keys(data).sort()).toEqual(['address', 'binding', 'handle']);
  });

  it('14 takes its own address from nobody’s headers', async () => {
    const { data } = await openPage(small.epr.launchUrl(chart), {
      'x-forwarded-host': 'evil.example',
      'x-original-uri': '/evil',
      forwarded: 'host=evil.example',
    });
    expect(new URL(data['address'] ?? '').searchParams.get('redirect_uri')).toBe(`${launcher.url}/callback/XT001`);
  });

  it('is a page of our own script that the member alone may frame, and that nothing keeps', async () => {
    const { status, headers, html } = await openPage(small.epr.launchUrl(chart));
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${small.epr.origin}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).toContain('data-page="launch"');
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});

describe('the callback refuses', () => {
  it('16 no state at all, and an unknown one', async () => {
    const { state: _state, ...without } = await signIn();
    expect(await codeOf(await complete(without))).toEqual([400, 'launch.state_invalid']);
    expect(await codeOf(await complete({ ...without, state: 'x' }))).toEqual([400, 'launch.state_invalid']);
  });

  it('17 a replayed state, and the first session stays', async () => {
    const answer = await signIn();
    const { session } = (await (await complete(answer)).json()) as { session: string };
    expect(await codeOf(await complete(answer))).toEqual([400, 'launch.state_invalid']);
    expect((await record(session)).status).toBe(200);
  });

  it('18 a spent code with a fresh state', async () => {
    const first = await signIn();
    await complete(first);
    const second = await signIn();
    expect(await codeOf(await complete({ ...second, code: first['code'] }))).toEqual([401, 'token.invalid_grant']);
  });

  it('19 an attacker’s code and state in another window', async () => {
    const attacker = await signIn();
    const victim = await openPage(small.epr.launchUrl(chart));
    expect(await codeOf(await complete({ ...attacker, binding: victim.data['binding'] }))).toEqual([
      400,
      'launch.binding_missing',
    ]);
  });

  it('22 an answer without the iss the server promised', async () => {
    const { iss: _iss, ...answer } = await signIn();
    expect(await codeOf(await complete(answer))).toEqual([400, 'launch.mixup']);
  });

  it('23 an error of the sign-in, in words of our own', async () => {
    const answer = await signIn();
    const response = await complete({
      ods: answer['ods'],
      state: answer['state'],
      binding: answer['binding'],
      iss: answer['iss'],
      error: 'access_denied',
    });
    const text = await response.text();
    expect(response.status).toBe(403);
    expect(text).toContain('launch.denied');
  });

  it.each([
    ['88 another origin', { origin: 'https://evil.example' }],
    ['88 no origin', { origin: '' }],
    ['88 the null origin', { origin: 'null' }],
    ['88 another site by fetch metadata', { 'sec-fetch-site': 'cross-site' }],
    ['88 text that only looks like JSON', { 'content-type': 'text/plain' }],
    ['88 a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s', async (_title, headers) => {
    const answer = await signIn();
    expect((await complete(answer, headers)).status).toBe(403);
    expect((await complete(answer)).status, 'nothing was spent').toBe(200);
  });

  it('85 a body that brings more than it should', async () => {
    const answer = await signIn();
    expect(await codeOf(await complete({ ...answer, role: 'gp', patient: 'p2' }))).toEqual([
      400,
      'launch.state_invalid',
    ]);
  });

  it('108 the callback of an organisation that is none', async () => {
    expect((await openPage(`${launcher.url}/callback/XZ999?state=x`)).status).toBe(404);
  });
});

describe('a finished launch', () => {
  it('answers with an opaque bearer and the banner’s facts, and with no token of the EPR', async () => {
    const response = await complete(await signIn());
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(['context', 'expiresAt', 'session']);
    expect(body['session']).toMatch(/^[\w-]{43}$/);
    expect(body['context']).toMatchObject({
      patient: { nhsNumber: '9990000018', family: 'Tester' },
      needPatientBanner: false,
      intent: 'allergies',
      role: 'gp',
    });
    expect(JSON.stringify(body)).not.toContain('access_token');
  });

  it('opens the record of that patient, and of nobody else', async () => {
    const { session } = (await (await complete(await signIn())).json()) as { session: string };
    const text = await (await record(session)).text();
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; patient?: { nhsNumber: string } });
    expect(events[0]).toMatchObject({ type: 'opened', patient: { nhsNumber: '9990000018' } });
    expect(events.at(-1)).toMatchObject({ type: 'closed' });
    expect(text).not.toContain('9990000026');
  });

  it('95 two launches at once are two sessions with two patients', async () => {
    const [one, two] = await Promise.all([signIn(), signIn(small.epr.launchUrl({ ...chart, patientId: 'p2' }))]);
    const opened = await Promise.all(
      [complete(two), complete(one)].map(
        async (response) =>
          (await (await response).json()) as { session: string; context: { patient: { nhsNumber: string } } },
      ),
    );
    expect(opened.map((each) => each.context.patient.nhsNumber)).toEqual(['9990000026', '9990000018']);
    expect(new Set(opened.map((each) => each.session)).size).toBe(2);
  });

  it('94 an ended session is over, and ending it again says nothing', async () => {
    const { session } = (await (await complete(await signIn())).json()) as { session: string };
    const end = () =>
      fetch(`${launcher.url}/api/session/end`, {
        method: 'POST',
        headers: { authorization: `Bearer ${session}`, origin: launcher.url },
      });
    expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
    expect(await codeOf(await record(session))).toEqual([401, 'session.expired']);
  });

  it('87 a bearer in the address is not a bearer', async () => {
    const { session } = (await (await complete(await signIn())).json()) as { session: string };
    expect(await codeOf(await record('', `?access_token=${session}`))).toEqual([401, 'session.missing']);
    expect(await codeOf(await record('x'.repeat(43)))).toEqual([401, 'session.expired']);
  });
});

describe('what is left behind', () => {
  it('every launch, good and bad, is in the audit', async () => {
    const events = await launcher.audit.read({ limit: 1_000 });
    const types = new Set(events.map((event) => event.type));
    for (const type of ['launch.started', 'launch.refused', 'launch.finished', 'session.ended'])
      expect(types).toContain(type);
  });

  it('105 no name, number, code, state or token is in the log', () => {
    const text = logged.join('\n');
    for (const canary of ['Tester', '9990000018', '1950-01-02', 'Bearer', 'eyJ', 'state=', 'launch=', 'Dr Asha'])
      expect(text).not.toContain(canary);
  });

  it('104 our keys are public halves only, of every algorithm', async () => {
    const response = await fetch(`${launcher.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(keys.map((key) => key['alg'])).toEqual(['ES384', 'RS384', 'ES256', 'RS512']);
    for (const key of keys)
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
  });
});
