import { describe, expect, it } from 'vitest';
import { refusalOf, useSmallLauncher } from '../support/small-launcher.ts';

/** The real launcher and a real authorisation server (oidc-provider), over loopback. */
const at = useSmallLauncher();

describe('GET /launch refuses', () => {
  it('1 a stranger’s iss with a page that names the code and repeats nothing', async () => {
    const { status, html, headers } = await at.openPage(`${at.url}/launch?iss=https://canary.example/fhir&launch=x`);
    expect(status).toBe(400);
    expect(html).toContain('launch.iss_unknown');
    expect(html).not.toContain('canary');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('2 two iss, and never picks one', async () => {
    const iss = encodeURIComponent(at.small.epr.fhirBase);
    const { status, html } = await at.openPage(`${at.url}/launch?iss=${iss}&iss=https://b.example&launch=x`);
    expect([status, html.includes('launch.iss_invalid')]).toEqual([400, true]);
  });

  it('15 a launch with markup in it', async () => {
    const { status, html } = await at.openPage(`${at.small.epr.launchUrl(at.chart)}%3Cscript%3E`);
    expect([status, html.includes('launch.token_invalid')]).toEqual([400, true]);
  });
});

describe('GET /launch of a member', () => {
  it('13 takes nothing else from the link', async () => {
    const extra =
      '&client_id=evil&redirect_uri=https://evil.example&patientId=p2&fhirServiceUrl=https://evil.example&scope=evil';
    const { data } = await at.openPage(at.small.epr.launchUrl(at.chart) + extra);
    expect(data['address']).not.toContain('evil');
    expect(Object.keys(data).sort()).toEqual(['address', 'binding', 'handle', 'post']);
    expect(JSON.stringify(data)).not.toContain('evil');
  });

  it('14 takes its own address from nobody’s headers', async () => {
    const { data } = await at.openPage(at.small.epr.launchUrl(at.chart), {
      'x-forwarded-host': 'evil.example',
      'x-original-uri': '/evil',
      forwarded: 'host=evil.example',
    });
    expect(new URL(data['address'] ?? '').searchParams.get('redirect_uri')).toBe(`${at.url}/callback/XT001`);
  });
});

describe('the callback refuses', () => {
  it('16 no state at all, and an unknown one', async () => {
    const { state: _state, ...without } = await at.signIn();
    expect(await refusalOf(await at.complete(without))).toEqual([400, 'launch.state_invalid']);
    expect(await refusalOf(await at.complete({ ...without, state: 'x' }))).toEqual([400, 'launch.state_invalid']);
  });

  it('17 a replayed state, and the first session stays', async () => {
    const answer = await at.signIn();
    const { session } = (await (await at.complete(answer)).json()) as { session: string };
    expect(await refusalOf(await at.complete(answer))).toEqual([400, 'launch.state_invalid']);
    expect((await at.record(session)).status).toBe(200);
  });

  it('18 a spent code with a fresh state', async () => {
    const first = await at.signIn();
    await at.complete(first);
    const second = await at.signIn();
    expect(await refusalOf(await at.complete({ ...second, code: first['code'] }))).toEqual([
      401,
      'token.invalid_grant',
    ]);
  });

  it('19 an attacker’s code and state in another window', async () => {
    const attacker = await at.signIn();
    const victim = await at.openPage(at.small.epr.launchUrl(at.chart));
    expect(await refusalOf(await at.complete({ ...attacker, binding: victim.data['binding'] }))).toEqual([
      400,
      'launch.binding_missing',
    ]);
  });

  it('22 an answer without the iss the server promised', async () => {
    const { iss: _iss, ...answer } = await at.signIn();
    expect(await refusalOf(await at.complete(answer))).toEqual([400, 'launch.mixup']);
  });

  it('23 an error of the sign-in, in words of our own', async () => {
    const answer = await at.signIn();
    const response = await at.complete({
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
    const answer = await at.signIn();
    expect((await at.complete(answer, headers)).status).toBe(403);
    expect((await at.complete(answer)).status, 'nothing was spent').toBe(200);
  });

  it('85 a body that brings more than it should', async () => {
    const answer = await at.signIn();
    expect(await refusalOf(await at.complete({ ...answer, role: 'gp', patient: 'p2' }))).toEqual([
      400,
      'launch.state_invalid',
    ]);
  });

  it('108 the callback of an organisation that is none', async () => {
    expect((await at.openPage(`${at.url}/callback/XZ999?state=x`)).status).toBe(404);
  });
});

describe('a finished launch', () => {
  it('95 two launches at once are two sessions with two patients', async () => {
    const [one, two] = await Promise.all([
      at.signIn(),
      at.signIn(at.small.epr.launchUrl({ ...at.chart, patientId: 'p2' })),
    ]);
    const opened = await Promise.all(
      [at.complete(two), at.complete(one)].map(
        async (response) =>
          (await (await response).json()) as { session: string; context: { patient: { nhsNumber: string } } },
      ),
    );
    expect(opened.map((each) => each.context.patient.nhsNumber)).toEqual(['9990000026', '9990000018']);
    expect(new Set(opened.map((each) => each.session)).size).toBe(2);
  });

  it('94 an ended session is over, and ending it again says nothing', async () => {
    const { session } = (await (await at.complete(await at.signIn())).json()) as { session: string };
    const end = () =>
      fetch(`${at.url}/api/session/end`, {
        method: 'POST',
        headers: { authorization: `Bearer ${session}`, origin: at.url },
      });
    expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
    expect(await refusalOf(await at.record(session))).toEqual([401, 'session.expired']);
  });

  it('87 a bearer in the address is not a bearer', async () => {
    const { session } = (await (await at.complete(await at.signIn())).json()) as { session: string };
    expect(await refusalOf(await at.record('', `?access_token=${session}`))).toEqual([401, 'session.missing']);
    expect(await refusalOf(await at.record('x'.repeat(43)))).toEqual([401, 'session.expired']);
  });
});

describe('what is left behind', () => {
  it('every launch, good and bad, is in the audit', async () => {
    const events = await at.launcher.audit.read({ limit: 1_000 });
    const types = new Set(events.map((event) => event.type));
    for (const type of ['launch.started', 'launch.refused', 'launch.finished', 'session.ended'])
      expect(types).toContain(type);
  });

  it('105 no name, number, code, state or token is in the log', () => {
    const text = at.logged.join('\n');
    for (const canary of ['Tester', '9990000018', '1950-01-02', 'Bearer', 'eyJ', 'state=', 'launch=', 'Dr Asha'])
      expect(text).not.toContain(canary);
  });

  it('104 our keys are public halves only, of every algorithm', async () => {
    const response = await fetch(`${at.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(keys.map((key) => key['alg'])).toEqual(['ES384', 'RS384', 'ES256', 'RS512']);
    for (const key of keys)
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
  });
});
