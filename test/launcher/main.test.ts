import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Launcher, type LauncherOptions, startLauncher } from '../../launcher/main.ts';
import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import { openSqlite } from '../../launcher/storage/sqlite.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { askRecord, completeLaunch, followLaunch, openView, readRecord } from '../support/plain-browser.ts';
import { unhurried } from '../support/unhurried.ts';

const COMMUNITY = `
corridor: 1
name: Test Community
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all, from: 2026-01-01 }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - { ods: XT001, name: Test Surgery, kind: gp }
`;
const SEAL = `k:${Buffer.alloc(32, 9).toString('base64')}`;
const GP = 'XB001';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-main-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(settings: LauncherOptions['settings'] = {}, communityText?: string): Promise<Launcher> {
  return startLauncher({
    environment: {},
    logTo: { write: () => undefined },
    settings: { 'server.port': 0, 'storage.url': 'sqlite::memory:', ...settings },
    ...(communityText !== undefined && { communityText }),
  });
}

describe('the launcher does not start', () => {
  it('without a community file, or with one that isn’t there', async () => {
    await expect(start()).rejects.toThrow(/community.file .* must name the community file/);
    await expect(start({ 'community.file': join(folder, 'none.yaml') })).rejects.toThrow(/can’t be read \(ENOENT\)/);
  });

  it('with a community file that is wrong, and says on which line', async () => {
    const file = join(folder, 'community.yaml');
    writeFileSync(file, COMMUNITY.replace('kind: gp', 'kind: practice'));
    await expect(start({ 'community.file': file })).rejects.toThrow(`${file}:10: `);
  });

  it('for a live community with keys that don’t outlive it or an address without TLS', async () => {
    const live = start({}, COMMUNITY.replace('environment: test', 'environment: live'));
    await expect(live).rejects.toThrow(/keys\.file[\s\S]*seal\.keys[\s\S]*server\.publicUrl/);
  });

  it('on a port that is taken, and lets go of its store', async () => {
    const first = await start({}, COMMUNITY);
    const storage = { 'storage.url': `sqlite:${join(folder, 'one.sqlite')}` };
    try {
      await expect(start({ ...storage, 'server.port': Number(new URL(first.url).port) }, COMMUNITY)).rejects.toThrow(
        /EADDRINUSE/,
      );
      await openSqlite({ file: join(folder, 'one.sqlite'), busyMs: 100 }).close();
    } finally {
      await first.close();
    }
  });

  it('on a store that another launcher holds', async () => {
    const storage = { 'storage.url': `sqlite:${join(folder, 'one.sqlite')}` };
    const first = await start(storage, COMMUNITY);
    try {
      await expect(start(storage, COMMUNITY)).rejects.toThrow(`in use by process ${String(process.pid)}`);
    } finally {
      await first.close();
    }
  });
});

describe('the launcher with a community behind it', () => {
  const lines: string[] = [];
  let sandbox: RunningSandbox;
  let url: string;

  beforeAll(async () => {
    sandbox = await startSandbox(
      unhurried({
        launcher: {
          logTo: { write: (line) => void lines.push(line) },
          settings: { 'log.level': 'debug', 'storage.url': 'sqlite::memory:', 'stream.perUser': 2 },
        },
      }),
    );
    url = sandbox.launcherUrl;
  });
  afterAll(() => sandbox.close());

  const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as { error: unknown }).error;
  const refusals = async (): Promise<readonly unknown[]> =>
    (await sandbox.launcher.audit.read({ type: 'launch.refused', limit: 1_000 })).map((event) => event.code);

  it('answers a launch from a stranger with a page that names a code, asks nobody, and audits it', async () => {
    const asked = sandbox.eprs.flatMap((epr) => epr.audit.events()).length;
    const answer = await fetch(`${url}/launch?iss=${encodeURIComponent('https://evil.example/fhir')}&launch=abc`, {
      headers: { accept: 'text/html' },
    });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('launch.iss_unknown');
    expect(page).not.toContain('evil.example');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(sandbox.eprs.flatMap((epr) => epr.audit.events())).toHaveLength(asked);
    expect(await refusals()).toContain('launch.iss_unknown');
  });

  it('refuses a launch completed twice, from another window, at another organisation, or from another site', async () => {
    const callback = await followLaunch(sandbox.mintLaunch(GP, 'hero'));
    const foreign = await fetch(`${url}/callback/complete`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify(callback),
    });
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'request.forbidden']);
    expect((await completeLaunch(url, callback)).status).toBe(200);
    expect(await codeOf(await completeLaunch(url, callback))).toBe('launch.state_invalid');
    const other = await followLaunch(sandbox.mintLaunch(GP, 'hero'));
    expect(await codeOf(await completeLaunch(url, { ...other, binding: callback.binding }))).toBe(
      'launch.binding_missing',
    );
    const third = await followLaunch(sandbox.mintLaunch(GP, 'hero'));
    expect(await codeOf(await completeLaunch(url, { ...third, ods: 'XB101' }))).toBe('launch.mixup');
  });

  it('refuses to show a record without a live bearer in the one place it may stand', async () => {
    expect(await codeOf(await fetch(`${url}/api/record`))).toBe('session.missing');
    expect(await codeOf(await askRecord(url, 'A'.repeat(43)))).toBe('session.expired');
    const { session } = await openView(url, sandbox.mintLaunch(GP, 'hero'));
    expect((await fetch(`${url}/api/record?session=${session}&access_token=${session}`)).status).toBe(401);
    await fetch(`${url}/api/session/end`, { method: 'POST', headers: { authorization: `Bearer ${session}` } });
    expect(await codeOf(await askRecord(url, session))).toBe('session.expired');
  });

  it('lets the page of a known organisation be framed by that organisation alone', async () => {
    const ancestorsOf = async (ods: string): Promise<string | undefined> => {
      const answer = await fetch(sandbox.mintLaunch(ods, 'hero'));
      return /frame-ancestors ([^;]+)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    };
    expect(await ancestorsOf(GP)).toBe(sandbox.epr(GP).origin);
    expect(await ancestorsOf('XB101')).toBe(sandbox.epr('XB101').origin);
    const callback = await fetch(`${url}/callback/${GP}`);
    expect(callback.headers.get('content-security-policy')).toContain(`frame-ancestors ${sandbox.epr(GP).origin}`);
  });

  it('shows the record of every organisation, each settled once, audited on the way', async () => {
    const { session } = await openView(url, sandbox.mintLaunch(GP, 'hero'));
    const events = await readRecord(url, session);
    const opened = events[0];
    const settled = events.filter((event) => event.type === 'settled').map((event) => event.source);
    expect(opened?.type).toBe('opened');
    expect(events.at(-1)?.type).toBe('closed');
    const sources = opened?.type === 'opened' ? opened.sources : [];
    expect([...settled].sort()).toEqual(sources.map((source) => source.id).sort());
    expect(sources.filter((source) => source.home).map((source) => source.organisation.ods)).toEqual([GP]);
    // A member that is not connected is named, and cannot be asked.
    const answering = events.filter((event) => event.type === 'settled' && event.status.state !== 'not-connected');
    expect(answering).toHaveLength(settled.length - 1);
    const view = opened?.type === 'opened' ? opened.viewId : '';
    const trail = (await sandbox.launcher.audit.read({ limit: 10_000 })).filter((event) => event.viewId === view);
    expect(trail.filter((event) => event.type === 'record.viewed')).toHaveLength(1);
    // Nor is one asked that has said whom it knows, and did not name her; it is said by name all the same.
    const asked = answering.filter((event) => event.type === 'settled' && event.status.state !== 'not-asked');
    expect(asked.length).toBeGreaterThanOrEqual(18);
    expect(trail.filter((event) => event.type === 'source.asked')).toHaveLength(asked.length);
    expect(trail.filter((event) => event.type === 'source.settled')).toHaveLength(asked.length);
  });

  it('lets one user open only so many streams at once, and others go on', async () => {
    sandbox.setMode(GP, 'slow', 2_000);
    const leave = new AbortController();
    try {
      const { session } = await openView(url, sandbox.mintLaunch('XB101', 'hero'));
      const open = await Promise.all([askRecord(url, session, leave.signal), askRecord(url, session, leave.signal)]);
      expect(open.map((answer) => answer.status)).toEqual([200, 200]);
      const third = await askRecord(url, session);
      expect([third.status, await codeOf(third)]).toEqual([429, 'request.too_many']);
    } finally {
      leave.abort();
      sandbox.setMode(GP, 'normal');
    }
  });

  it('takes no body beyond its limit and no body it can’t read', async () => {
    const post = (body: string): Promise<Response> =>
      fetch(`${url}/callback/complete`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body,
      });
    expect(await codeOf(await post(JSON.stringify({ state: 'x'.repeat(70_000) })))).toBe('request.too_large');
    expect(await codeOf(await post('{"state":'))).toBe('request.invalid');
  });

  it('has written nothing of a patient, a user or a secret to its log and metrics', async () => {
    const { session } = await openView(url, sandbox.mintLaunch(GP, 'hero'));
    await readRecord(url, session);
    const { nhsNumber = '', name } = sandbox.resident('hero');
    const secrets = [nhsNumber, ...name.split(/[ ,]+/), session, '1948-03-14', 'Bearer'];
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const written = `${lines.join('')}${metrics}`;
    expect(lines.length).toBeGreaterThan(20);
    expect(secrets.filter((secret) => secret.length > 3 && written.includes(secret))).toEqual([]);
  });
});

describe('stopping', () => {
  it('ends streams at once, cut and not closed, and writes how each source ended before it lets go of the store', async () => {
    const file = join(folder, 'one.sqlite');
    const settings = { 'server.shutdownMs': 3_000, 'storage.url': `sqlite:${file}`, 'log.level': 'silent' };
    const sandbox = await startSandbox({ port: 'free', launcher: { settings } });
    try {
      sandbox.setMode(GP, 'slow', 6_000);
      const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch('XB101', 'hero'));
      const answer = await askRecord(sandbox.launcherUrl, session);
      const text = answer.text().catch(() => 'cut');
      const began = performance.now();
      await Promise.all([sandbox.launcher.close(), sandbox.launcher.close()]);
      expect(performance.now() - began).toBeLessThan(5_500);
      expect(await text).not.toContain('"type":"closed"');
      await expect(fetch(`${sandbox.launcherUrl}/health/live`)).rejects.toThrow();
      const store = openSqlite({ file, busyMs: 100 });
      const events = await createStoreAudit(store).read({ limit: 1_000 });
      await store.close();
      const sourcesOf = (type: string): readonly unknown[] =>
        events
          .filter((event) => event.type === type)
          .map((event) => event.source)
          .sort();
      expect(sourcesOf('source.asked').length).toBeGreaterThan(1);
      expect(sourcesOf('source.settled')).toEqual(sourcesOf('source.asked'));
    } finally {
      await sandbox.close();
    }
  });

  it('ends every view when the keys of the seal go with it, and keeps them when they stay', async () => {
    const file = join(folder, 'one.sqlite');
    const storage = { 'storage.url': `sqlite:${file}`, 'log.level': 'silent' };
    const sandbox = await startSandbox({ port: 'free', launcher: { settings: { ...storage, 'seal.keys': SEAL } } });
    try {
      const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(GP, 'hero'));
      await sandbox.launcher.close();
      const stranger = await start(storage, sandbox.communityText);
      const refused = await askRecord(stranger.url, session);
      expect([refused.status, await refused.json()]).toMatchObject([401, { error: 'session.expired' }]);
      await stranger.close();
      const same = await start({ ...storage, 'seal.keys': SEAL }, sandbox.communityText);
      const leave = new AbortController();
      expect((await askRecord(same.url, session, leave.signal)).status).toBe(200);
      leave.abort();
      await same.close();
    } finally {
      await sandbox.close();
    }
  });
});

describe('when the audit can’t be written', () => {
  it('nothing is shown, no source is asked, and readiness is another matter', async () => {
    const file = join(folder, 'one.sqlite');
    const settings = { 'storage.url': `sqlite:${file}`, 'log.level': 'silent' };
    const sandbox = await startSandbox({ port: 'free', launcher: { settings } });
    try {
      const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(GP, 'hero'));
      const asked = sandbox.audit('XB101').length;
      const vandal = new SqliteDriver(file);
      vandal.exec('drop table audit_events');
      vandal.close();
      const answer = await askRecord(sandbox.launcherUrl, session);
      expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'audit.unavailable' }]);
      expect(sandbox.audit('XB101')).toHaveLength(asked);
      expect(await (await fetch(`${sandbox.launcherUrl}/metrics`)).text()).toContain('corridor_audit_failures_total 1');
    } finally {
      await sandbox.close();
    }
  });
});
