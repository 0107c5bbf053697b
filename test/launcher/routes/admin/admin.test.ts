import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Launcher, startLauncher } from '../../../../launcher/main.ts';
import { migrate } from '../../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../../launcher/storage/sqlite.ts';
import { saveAlert } from '../../../../launcher/storage/tables/alerts.ts';

const TOKEN = 'the-admin-secret-that-only-this-test-knows';
const COMMUNITY = `
corridor: 1
name: Try <b>me</b> Care
environment: test
pathways:
  - { id: care, name: Care, purpose: direct-care, askers: all, givers: [XT001, XT101], from: 2026-01-01 }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N, emergency: true }
  - { id: clerk, name: Clerk, sections: [demographics], clearance: N }
organisations:
  - { ods: XT001, name: Test Surgery, kind: gp, sources: [{ id: one, plugin: fhir-r4, base: "https://one.example/fhir", authorisation: { profile: none } }] }
  - { ods: XT101, name: Test Hospital, kind: acute, sources: [{ id: two, plugin: fhir-r4, base: "https://two.example/fhir", authorisation: { profile: none } }] }
`;

const LIVE = `
corridor: 1
name: Live Care
environment: live
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: all }]
roles: [{ id: gp, name: GP, sections: all, clearance: N }]
organisations: [{ ods: XT001, name: Test Surgery, kind: gp }]
`;

let launcher: Launcher;
const lines: string[] = [];

function start(settings: object): Promise<Launcher> {
  return startLauncher({
    environment: {},
    logTo: { write: (line) => void lines.push(line) },
    settings: { 'server.port': 0, 'storage.url': 'sqlite::memory:', ...settings },
    communityText: COMMUNITY,
  });
}

beforeAll(async () => {
  launcher = await start({ 'admin.token': TOKEN });
});
afterAll(() => launcher.close());

const basic = (secret: string, name = 'Ada'): string => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

function get(path: string, headers: Record<string, string> = { authorization: basic(TOKEN) }): Promise<Response> {
  return fetch(`${launcher.url}${path}`, { headers: { accept: 'text/html', ...headers } });
}

/** `fetch` sets Host itself. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: basic(TOKEN) };
    httpRequest({ host: '127.0.0.1', port: launcher.port, path: '/admin', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the admin pages refuse', () => {
  it('to be there without a setting', async () => {
    const without = await start({});
    try {
      for (const path of ['/admin', '/admin/rules', '/admin/alerts'])
        expect((await fetch(`${without.url}${path}`, { headers: { authorization: basic(TOKEN) } })).status).toBe(404);
    } finally {
      await without.close();
    }
  });

  it('a secret that is short enough to guess', async () => {
    await expect(start({ 'admin.token': 'short' })).rejects.toThrow(/admin\.token .* needs at least 32 characters/);
  });

  it('whoever comes through a proxy or by another name, as if nothing were there', async () => {
    expect((await get('/admin', { authorization: basic(TOKEN), 'x-forwarded-for': '127.0.0.1' })).status).toBe(404);
    expect((await get('/admin', { authorization: basic(TOKEN), forwarded: 'for=127.0.0.1' })).status).toBe(404);
    expect(await statusFor('corridor.example')).toBe(404);
    expect(await statusFor('localhost')).toBe(200);
  });

  it('to be opened to other machines quietly, or in a live community at all', async () => {
    lines.length = 0;
    const open = await start({ 'admin.token': TOKEN, 'admin.allowBeyondLoopback': 'yes' });
    await open.close();
    expect(lines.join('')).toContain('admin.beyond_loopback_allowed');
    const live = startLauncher({
      environment: {},
      settings: { 'admin.allowBeyondLoopback': 'yes', 'storage.url': 'sqlite::memory:' },
      communityText: LIVE,
    });
    await expect(live).rejects.toThrow(/admin\.allowBeyondLoopback/);
  });

  it('a change that another site’s page asks for, with the secret the browser adds', async () => {
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${launcher.url}/admin/alerts`, {
        method: 'POST',
        headers: {
          authorization: basic(TOKEN),
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        body: 'id=a1&to=closed',
        redirect: 'manual',
      });
    expect((await post({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: launcher.url, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: launcher.url })).status).toBe(404);
  });

  it('a question that is none of theirs', async () => {
    for (const query of [
      'role=nobody',
      'section=secrets',
      'day=tomorrow',
      'label=XYZ',
      'organisation=XZ999',
      'resident=Ada',
    ])
      expect([query, (await get(`/admin?${query}`)).status]).toEqual([query, 400]);
    expect((await get('/admin/rules?situation=never')).status).toBe(400);
    expect((await get('/admin/alerts?state=all')).status).toBe(400);
  });
});

describe('the simulator', () => {
  it('says of each organisation yes or no, by which rule in words, of which policy', async () => {
    const page = await (await get('/admin?role=gp&organisation=XT001&resident=objection')).text();
    expect(page).toContain('General practitioner at Test Surgery: the record opens.');
    expect(page).toContain('By policy default, in force from the beginning until another follows');
    expect(page).toMatch(
      /Test Hospital[\s\S]*Withheld[\s\S]*This person has objected to this being shared\.[\s\S]*consent\.objection/,
    );
    expect(page).toContain('seen from 1 of 2 organisations');
  });

  it('refuses for research, for a commissioner’s role and without evidence of care, each by its rule', async () => {
    expect(await (await get('/admin?purpose=research')).text()).toContain('purpose.direct-care');
    expect(await (await get('/admin?relationship=none')).text()).toContain('relationship.known');
    expect(await (await get('/admin?role=clerk&section=problems')).text()).toContain('role.section');
    expect(await (await get('/admin?label=V')).text()).toContain('Nothing is said');
  });

  it('is one document without a script, in nobody’s frame, that no cache keeps, and escapes what it is told', async () => {
    const answer = await get('/admin?unit=%3Cscript%3Ealert(1)%3C/script%3E');
    const page = await answer.text();
    expect(page).not.toMatch(/<script|<b>me/i);
    expect(page).toContain('&lt;script&gt;');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).not.toMatch(/unsafe|script-src|https?:/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the rules page', () => {
  it('reads the rules out in their order and shows what they come to for each role and section', async () => {
    const page = await (await get('/admin/rules')).text();
    expect(page.indexOf('purpose.direct-care')).toBeLessThan(page.indexOf('label.clearance'));
    expect(page).toContain('<th scope="col">Clerk</th>');
    expect(page).toContain('Role by part of the record');
    expect(page).toContain('names one version');
    const restricted = await (await get('/admin/rules?label=V&situation=having+broken+the+glass')).text();
    expect(restricted).toContain('label.clearance');
  });
});

describe('with two versions of a policy and an alert', () => {
  let folder: string;
  let second: Launcher;
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${second.url}${path}`, { headers: { authorization: basic(TOKEN) }, redirect: 'manual', ...init });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-admin-'));
    const policy = readFileSync(new URL('../../../../launcher/access/policies/default.cedar', import.meta.url), 'utf8');
    writeFileSync(join(folder, 'first.cedar'), policy);
    writeFileSync(join(folder, 'second.cedar'), policy.replace('["silent", "permit"]', '["permit"]'));
    const versions = `policies:
  - { file: first.cedar, version: '1', from: 2020-01-01 }
  - { file: second.cedar, version: '2', from: 2090-01-01 }
`;
    const file = join(folder, 'community.yaml');
    writeFileSync(file, COMMUNITY.trimStart() + versions);
    const storage = join(folder, 'store.sqlite');
    const database = openSqlite({ file: storage, busyMs: 1_000 });
    await migrate(database);
    const about = { at: '2026-11-22T10:00:00Z', user: 'iss|<u>', organisation: 'XT001', state: 'open' } as const;
    await saveAlert(database.queries, { id: 'a-1', kind: 'break-glass', patientHandle: 'abcdefghijklmnop', ...about });
    await database.close();
    second = await startLauncher({
      environment: {},
      logTo: { write: () => undefined },
      settings: { 'server.port': 0, 'storage.url': `sqlite:${storage}`, 'admin.token': TOKEN, 'community.file': file },
    });
  });
  afterAll(async () => {
    await second.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('an alert is taken and closed once each, by somebody whose name is written down first', async () => {
    const move = (to: string): Promise<Response> =>
      ask('/admin/alerts', {
        method: 'POST',
        headers: {
          authorization: basic(TOKEN, 'Ada L'),
          'content-type': 'application/x-www-form-urlencoded',
          origin: second.url,
        },
        body: `id=a-1&to=${to}`,
      });
    expect(await (await ask('/admin/alerts')).text()).toMatch(
      /Broke the glass[\s\S]*iss\|&lt;u&gt;[\s\S]*abcdefghijkl</,
    );
    expect((await move('open')).status).toBe(400);
    expect([(await move('seen')).status, (await move('seen')).status]).toEqual([303, 404]);
    expect(await (await ask('/admin/alerts?state=seen')).text()).toContain('Broke the glass');
    expect([(await move('closed')).status, (await move('closed')).status]).toEqual([303, 404]);
    expect(await (await ask('/admin/alerts')).text()).toContain('There is none.');
    const moved = await second.audit.read({ type: 'alert.moved', limit: 10 });
    expect(moved[0]).toMatchObject({ user: 'urn:corridor:admin|Ada L', detail: { alert: 'a-1', to: 'seen' } });
  });

  it('says from when to when each counts, and what changes in words', async () => {
    expect(await (await ask('/admin')).text()).toContain('By policy 1, in force from 01-Jan-2020 to 31-Dec-2089');
    expect(await (await ask('/admin?day=2090-01-01')).text()).toContain('By policy 2, in force from 01-Jan-2090');
    expect(await (await ask('/admin?day=2019-12-31')).text()).toContain('no policy is in force: nobody sees anything');
    expect(await (await ask('/admin/rules')).text()).not.toContain('cells change');
    const page = await (await ask('/admin/rules?before=1&after=2')).text();
    expect(page).toMatch(/0 open, \d+ close/);
    expect(page).toContain('see.care → default.deny');
    expect(await (await ask('/admin/rules?before=1&after=1')).text()).toContain('Nothing that anybody sees changes.');
  });
});

// Last: the guesses use up the minute.
describe('the secret', () => {
  it('is asked for, compared whole, never logged, and guessed ten times a minute at most', async () => {
    lines.length = 0;
    const bare = await get('/admin', {});
    expect(bare.status).toBe(401);
    expect(bare.headers.get('www-authenticate')).toContain('Basic');
    for (const guess of ['', TOKEN.slice(0, -1), `${TOKEN}x`])
      expect((await get('/admin', { authorization: basic(guess) })).status).toBe(401);
    expect((await get('/admin', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    const statuses: number[] = [];
    for (let guess = 0; guess < 10; guess++)
      statuses.push((await get('/admin', { authorization: basic(`guess-${String(guess)}`) })).status);
    expect(statuses).toContain(429);
    expect((await get('/admin', { authorization: basic(TOKEN) })).status).toBe(429);
    expect(lines.join('')).not.toContain('guess-');
    expect(lines.join('')).not.toContain(TOKEN);
  });
});
