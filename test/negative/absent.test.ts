import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tokenCalls, useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';
import { useSmallLauncher } from '../support/small-launcher.ts';

/** Doors of the table that Corridor does not have: what is at their address, and what a token's invitation to them does. */
const at = useSmallLauncher();
const bench = useHostileLaunch();

const post = (path: string, type: string, body: string): Promise<Response> =>
  fetch(`${at.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });

describe('a door that is not there', () => {
  it.each([
    ['97 the list of CDS services', '/cds-services'],
    ['99 a contextual link with a patient in it', '/app/launch?patient=https://fhir.nhs.uk/Id/nhs-number|9990000018'],
    ['99 a signed link', '/ctx/signed?jws=e30.e30.'],
    ['99 an encrypted link', '/ctx/systmone?data=AAAA'],
    ['101 refreshing a session', '/api/session/refresh'],
    ['25 an address that leads on', '/redirect?next=https://evil.example'],
    ['108 a document by its path', '/api/doc/..%2f..%2fetc%2fpasswd'],
  ])('%s', async (_title, path) => {
    const answer = await fetch(`${at.url}${path}`, { redirect: 'manual' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/9990000018|evil|passwd/);
  });

  it.each([
    ['97 a CDS Hooks call', '/cds-services/cross-org-record', 'application/json', '{"hook":"patient-view"}', 404],
    [
      '97 a CDS Hooks call with a huge prefetch',
      '/cds-services/x',
      'application/json',
      `"${'x'.repeat(200_000)}"`,
      413,
    ],
    [
      '100 a session request in XML with an entity bomb',
      '/ctx/emis-ssi',
      'application/xml',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
      404,
    ],
    ['101 a refresh by POST', '/api/session/refresh', 'application/json', '{}', 404],
    ['91 a message', '/api/message', 'application/json', '{}', 404],
  ])('%s', async (_title, path, type, body, status) => {
    expect((await post(path, type, body)).status).toBe(status);
  });
});

describe('an invitation in the EPR’s token', () => {
  it.each([
    ['92 to send messages to any origin', { smart_web_messaging_handle: 'h-canary', smart_web_messaging_origin: '*' }],
    ['93 to fetch a style from elsewhere', { smart_style_url: 'http://127.0.0.1:9/canary.css' }],
    ['96 to follow a context hub', { 'hub.url': 'http://127.0.0.1:9/canary', 'hub.topic': 'canary' }],
    ['98 to believe a word of ours that we never signed', { appContext: 'canary: patient p2' }],
    ['101 to refresh the token', { refresh_token: 'canary' }],
    [
      '102 to keep refreshing with another patient',
      { refresh_token: 'canary', patient: 'p1', scope: 'launch openid fhirUser patient/Patient.r offline_access' },
    ],
  ])('%s is neither kept nor followed', async (_title, offered) => {
    Object.assign(bench.epr.token, offered);
    const finished = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(JSON.stringify(finished)).not.toContain('canary');
    expect(JSON.stringify(bench.world.audit.events)).not.toContain('canary');
    expect(tokenCalls(bench.epr)).toHaveLength(1);
    expect(bench.epr.requests.map(({ path }) => path).filter((path) => path.includes('canary'))).toEqual([]);
  });

  it('101 no scope asks for a refresh token, so that there is none to race for', async () => {
    const { address } = await bench.world.start({ iss: bench.epr.iss, launch: 'x' });
    expect(new URL(address).searchParams.get('scope')).not.toMatch(/offline_access|online_access/);
  });

  it('109 to prove possession is not taken up: a token of that type is refused', async () => {
    bench.epr.token['token_type'] = 'DPoP';
    await bench.refused('token.invalid_response');
  });
});

describe('messages between windows', () => {
  it('91 nothing but the vendor’s frame, which checks their origin, listens for them or sends any, but for a refusal told by its code to the one origin around it', () => {
    const files = globSync('src/**/*.ts', { cwd: new URL('../..', import.meta.url) });
    expect(files.length).toBeGreaterThan(100);
    const textOf = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const holding = (words: RegExp): readonly string[] => files.filter((file) => words.test(textOf(file)));
    const listening = holding(/addEventListener\(\s*['"]message['"]|\bonmessage\b|BroadcastChannel/);
    expect(listening).toEqual(['src/app/corridor-frame.ts']);
    const refusal = 'src/app/launch/tell-refusal.ts';
    expect([...holding(/\bpostMessage\(/)].sort()).toEqual(['src/app/corridor-frame.ts', refusal]);
    expect(textOf(refusal)).toContain('postMessage(message, host)');
  });
});
