import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLUGINS } from '../../plugins/index.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import type { SandboxCommunity } from '../../sandbox/community.ts';
import { openSandbox } from '../../sandbox/open-sandbox.ts';
import type { Sandbox } from '../../sandbox/open-sandbox.ts';
import { readyLine } from '../../sandbox/printed.ts';
import { SMALL_NHS_NUMBER, SMALL_SURGERY, smallRecords } from '../support/sandbox/small-epr.ts';

const HOSPITAL = { ...SMALL_SURGERY, ods: 'XT101', name: 'Test <General> Hospital', kind: 'acute' as const };
const COMMUNITY: SandboxCommunity = {
  name: 'A small community',
  organisations: [
    SMALL_SURGERY,
    HOSPITAL,
    { ods: 'XT901', name: 'Commissioners', kind: 'commissioner', epr: 'none', users: [] },
  ],
  residents: [
    {
      story: 'ann',
      shows: 'Two places.',
      name: 'Ann Tester',
      nhsNumber: SMALL_NHS_NUMBER,
      patientIds: { XT001: 'p1', XT101: 'p1' },
    },
    { story: 'nobody', shows: 'No NHS number.', name: 'Nobody', patientIds: { XT101: 'p3' } },
  ],
  resources: new Map([
    ['XT001', smallRecords()],
    [
      'XT101',
      [...smallRecords(), { resourceType: 'Patient', id: 'p3', name: [{ family: '<b>Nobody' }], birthDate: '1970' }],
    ],
  ]),
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ community: COMMUNITY, port: 'free', modes: new Map([['XT101', 'slow']]), slowMs: 20 });
});
afterAll(() => sandbox.close());

describe('the control page', () => {
  it('hands out the community file that the launcher reads, for a first try of the command line', async () => {
    const text = await (await fetch(`${sandbox.controlUrl}/community.yaml`)).text();
    expect(text).toBe(sandbox.communityText);
    expect(parseCommunity(text, PLUGINS).ok).toBe(true);
  });

  it('refuses a mode it does not know and an organisation that is not there', async () => {
    for (const body of [{ ods: 'XT001', mode: 'broken' }, { ods: 'XT999', mode: 'down' }, {}]) {
      const answer = await fetch(`${sandbox.controlUrl}/modes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(400);
    }
  });

  it('switches an EPR while it runs, and says how each behaves', async () => {
    const body = JSON.stringify({ ods: 'XT001', mode: 'garbage' });
    await fetch(`${sandbox.controlUrl}/modes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const modes: unknown = await (await fetch(`${sandbox.controlUrl}/modes`)).json();
    expect(modes).toMatchObject([
      { ods: 'XT001', mode: 'garbage' },
      { ods: 'XT101', mode: 'slow', slowMs: 20 },
    ]);
    sandbox.setMode('XT001', 'normal');
  });

  it('shows who asked an EPR for what', async () => {
    await fetch(`${sandbox.epr('XT001').fhirBase}/Observation?patient=p1`, { headers: { 'x-request-id': 'asked-1' } });
    const events: unknown = await (
      await fetch(`${sandbox.controlUrl}/audit/XT001`, { headers: { accept: 'application/json' } })
    ).json();
    expect(events).toMatchObject([{ requestId: 'asked-1', status: 401, type: 'Observation' }]);
    expect(await (await fetch(`${sandbox.controlUrl}/audit/XT001`)).text()).toContain('asked-1');
  });
});

describe('a chart', () => {
  const page = async (url: string) => (await fetch(url)).text();

  it('of nobody, or for a user who does not work there, is not found', async () => {
    const { origin } = sandbox.epr('XT001');
    for (const path of ['/u/0/patients/nobody', '/u/9/patients/p1', '/u/9/patients'])
      expect((await fetch(origin + path)).status).toBe(404);
  });

  it('mints no launch for a plain form, which another site could send', async () => {
    const answer = await fetch(`${sandbox.chartUrl('XT001', 'ann')}/launch`, {
      method: 'POST',
      body: new URLSearchParams(),
    });
    expect(answer.status).toBe(404);
  });

  it('mints an opaque launch that names no patient', async () => {
    const answer = await fetch(`${sandbox.chartUrl('XT001', 'ann')}/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"place":"frame"}',
    });
    const url = new URL(((await answer.json()) as { url: string }).url);
    expect(url.origin).toBe(sandbox.launcherUrl);
    expect(url.searchParams.get('iss')).toBe(sandbox.epr('XT001').fhirBase);
    expect([...url.searchParams.keys()]).toEqual(['iss', 'launch']);
    expect(sandbox.epr('XT001').launches.redeem(url.searchParams.get('launch') ?? '')).toMatchObject({
      patientId: 'p1',
    });
  });

  it('shows the EPR’s own record, its own banner and the ways to the shared record', async () => {
    const text = await page(sandbox.chartUrl('XT001', 'ann'));
    expect(text).toContain('TESTER, Ann');
    expect(text).toContain('Ramipril 5 mg capsules');
    for (const id of ['shared-record', 'shared-record-popup', 'shared-record-tab'])
      expect(text).toContain(`id="${id}"`);
  });

  it('of a person without NHS number says so, and writes what it was given as text', async () => {
    const text = await page(sandbox.chartUrl('XT101', 'nobody'));
    expect(text).toContain('not recorded');
    expect(text).not.toContain('<b>Nobody');
    expect(text).not.toContain('<General>');
  });

  it('asks for nothing from elsewhere', async () => {
    const answer = await fetch(sandbox.chartUrl('XT001', 'ann'));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
    const text = await answer.text();
    for (const [, address] of text.matchAll(/(?:src|href)="([^"]+)"/g)) expect(address).toMatch(/^(\/|data:)/);
    for (const [, address] of text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g))
      expect((await fetch(sandbox.epr('XT001').origin + address!)).status).toBe(200);
  });
});

describe('the community the sandbox writes for itself', () => {
  it('is one that the launcher takes', () => {
    const parsed = parseCommunity(sandbox.communityText, PLUGINS);
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    expect(
      parsed.community.members.map((member) => [member.ods, member.sources.length, member.launch !== undefined]),
    ).toEqual([
      ['XT001', 1, true],
      ['XT101', 1, true],
      ['XT901', 0, false],
    ]);
  });
});

describe('the ready line', () => {
  it('is one line of JSON with what a script needs', () => {
    const line = readyLine(sandbox);
    expect(line).toMatch(/^ready \{[^\n]*\}$/);
    const { origin, fhirBase } = sandbox.epr('XT001');
    expect(JSON.parse(line.slice(6))).toMatchObject({
      launcher: sandbox.launcherUrl,
      control: sandbox.controlUrl,
      organisations: [
        { ods: 'XT001', name: 'Test Lane Surgery', kind: 'gp', chart: `${origin}/`, fhir: fhirBase },
        { ods: 'XT101' },
      ],
      residents: [
        { story: 'ann', nhsNumber: SMALL_NHS_NUMBER, name: 'Ann Tester', chart: sandbox.chartUrl('XT001', 'ann') },
        { story: 'nobody', nhsNumber: null },
      ],
    });
  });
});
