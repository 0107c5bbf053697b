import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDriver from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start.ts';
import { bareEnvironment } from '../../support/bare-environment.ts';
import { askRecord, openView } from '../../support/plain-browser.ts';

const CLI = fileURLToPath(new URL('../../../launcher/cli.ts', import.meta.url));
const KEYS = {
  CORRIDOR_SEAL_KEYS: `a:${randomBytes(32).toString('base64')}`,
  CORRIDOR_AUDIT_KEYS: `a:${randomBytes(32).toString('base64')}`,
};

const COMMUNITY_WITHOUT_ANYBODY = `
corridor: 1
name: Another Care
environment: test
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: all, from: 2026-01-01 }]
roles: [{ id: another, name: Another, sections: all, clearance: N }]
organisations: [{ ods: XT001, name: Test Surgery, kind: gp }]
`;

// Each command is a process of its own, which on a busy machine takes seconds to start.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let sandbox: RunningSandbox;
let nhsNumber: string;
let shown: string;
let viewId: string;
let letter: Buffer;
const at = (name: string): string => join(folder, name);

/** One view of one resident, and then a launcher that has stopped. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-audit-cli-'));
  sandbox = await startSandbox({
    port: 'free',
    launcher: {
      logTo: { write: () => undefined },
      settings: {
        'storage.url': `sqlite:${at('audit.sqlite')}`,
        'seal.keys': KEYS.CORRIDOR_SEAL_KEYS,
        'audit.keys': KEYS.CORRIDOR_AUDIT_KEYS,
      },
    },
  });
  writeFileSync(at('community.yaml'), sandbox.communityText);
  const [resident] = sandbox.community.residents;
  const ods = Object.keys(resident?.patientIds ?? {}).find((code) =>
    sandbox.eprs.some((epr) => epr.organisation.ods === code),
  );
  const view = await openView(sandbox.launcherUrl, sandbox.mintLaunch(ods ?? '', resident?.story ?? ''));
  shown = await (await askRecord(sandbox.launcherUrl, view.session)).text();
  viewId = (JSON.parse(shown.split('\n')[0] ?? '{}') as { viewId: string }).viewId;
  nhsNumber = (JSON.parse(shown.split('\n')[0] ?? '{}') as { patient: { nhsNumber: string } }).patient.nhsNumber;
  letter = await openLetter(view.session);
  // They look every two seconds, and a quick machine has shown everything by then.
  await vi.waitUntil(() => sandbox.witnesses.every(({ heads }) => heads.length > 0), 20_000);
  await sandbox.close();
  writeFileSync(at('heads'), sandbox.witnesses.flatMap(({ heads }) => heads).join(''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first document of the record that opens, as a reader opens it. */
async function openLetter(session: string): Promise<Buffer> {
  const origins = shown.split('\n').flatMap((line) => {
    const { entries = [] } = JSON.parse(line || '{}') as {
      entries?: { origin: { source: string; resource: string } }[];
    };
    return entries.map(({ origin }) => origin).filter(({ resource }) => resource.startsWith('DocumentReference/'));
  });
  for (const { source, resource: reference } of origins) {
    const answer = await fetch(`${sandbox.launcherUrl}/api/document`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${session}`,
        'content-type': 'application/json',
        origin: sandbox.launcherUrl,
      },
      body: JSON.stringify({ source, reference }),
    });
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  }
  throw new Error('no document opens');
}

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

function audit(args: readonly string[], input = '', file = 'audit.sqlite', keys: object = KEYS): Promise<Run> {
  const child = spawn(process.execPath, [CLI, 'audit', ...args], {
    env: {
      ...bareEnvironment(),
      CORRIDOR_STORAGE_URL: `sqlite:${at(file)}`,
      CORRIDOR_COMMUNITY_FILE: at('community.yaml'),
      ...keys,
    },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

function tampered(name: string, statement: string): string {
  copyFileSync(at('audit.sqlite'), at(name));
  const driver = new SqliteDriver(at(name));
  driver.exec(statement);
  driver.close();
  return name;
}

describe('corridor audit verify', () => {
  it('names the first bad event and exits 1 when one was changed, or is missing at the end', async () => {
    const changed = tampered(
      'changed.sqlite',
      `update audit_events set body = replace(body, '"E"', '"R"') where leaf = 7`,
    );
    expect(await audit(['verify'], '', changed)).toMatchObject({
      code: 1,
      out: expect.stringContaining('event 7') as string,
    });
    const cut = tampered(
      'cut.sqlite',
      `delete from audit_events where leaf >= 9; delete from audit_checkpoints where size > 9; update audit_tree set size = 9`,
    );
    const witnesses = sandbox.witnesses.flatMap(({ key }) => ['--key', key]);
    const found = await audit(['verify', ...witnesses, '--heads', at('heads')], '', cut);
    expect(found).toMatchObject({ code: 1, out: expect.stringContaining('leaves are missing') as string });
  });

  it('sees who looked changed in a column of its own, and a visit that was put in beside the tree', async () => {
    const moved = tampered(
      'moved.sqlite',
      `update audit_events set organisation = 'XB999' where type = 'record.viewed'`,
    );
    expect(await audit(['verify'], '', moved)).toMatchObject({
      code: 1,
      out: expect.stringContaining('the column organisation says other than the event') as string,
    });
    const visit = `insert into audit_events (type, at, outcome, organisation, nhs_number)
      values ('record.viewed', '2026-11-22T07:00:00.000Z', 'success', 'XB999', '${nhsNumber}')`;
    expect(await audit(['verify'], '', tampered('beside.sqlite', visit))).toMatchObject({
      code: 1,
      out: expect.stringContaining('rows beside the tree that are no leaf of it: 1') as string,
    });
  });

  it('says WRONG, with counts, when what the events tell of was taken out of the tables', async () => {
    const run = await audit(
      ['verify'],
      '',
      tampered('tables.sqlite', `delete from seen_views where view_id = '${viewId}'; delete from patient_keys`),
    );
    expect(run.code).toBe(1);
    expect(run.out).toContain('WRONG: the tables are not what the audit says was done');
    expect(run.out).toContain('views of which something was kept, gone before their day: 1.');
    expect(run.out).toContain('views kept under a key that is not there, not even as destroyed: 1.');
  });

  it('does not call a tree signed when no signed head is left', async () => {
    const found = await audit(['verify'], '', tampered('headless.sqlite', 'delete from audit_checkpoints'));
    expect(found.out).toContain('no signed head is there to hold it against');
    expect(found.out).not.toContain('the one that was signed');
  });

  it('says that all is well, events, heads, witnesses and profiles', async () => {
    const witnesses = sandbox.witnesses.flatMap(({ key }) => ['--key', key]);
    const run = await audit(['verify', '--profiles', '--json', ...witnesses]);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toMatchObject({ ok: true, unsigned: 0, problems: [], departures: [] });
    expect((await audit(['key'])).out).toMatch(/^corridor\.invalid\/audit\+[0-9a-f]{8}\+/);
  });
});

describe('corridor audit replay', () => {
  it('opens nothing without the keys it was sealed under', async () => {
    const other = { ...KEYS, CORRIDOR_SEAL_KEYS: `a:${randomBytes(32).toString('base64')}` };
    const run = await audit(['replay', viewId, '--by', 'Ada L'], '', 'audit.sqlite', other);
    expect(run).toMatchObject({ code: 1, out: '', err: expect.stringContaining('CORRIDOR_SEAL_KEYS') as string });
  });

  it('opens nothing for nobody, and says in the audit who it was opened for', async () => {
    expect(await audit(['replay', viewId])).toMatchObject({ code: 1, out: '' });
    copyFileSync(at('audit.sqlite'), at('read.sqlite'));
    expect((await audit(['replay', viewId, '--by', 'Ada L', '--manifest'], '', 'read.sqlite')).code).toBe(0);
    expect((await audit(['report', '--patient', '-', '--by', 'Bea M'], nhsNumber, 'read.sqlite')).code).toBe(0);
    const listed = await audit(['list', '--type', 'audit.read', '--show-patient'], '', 'read.sqlite');
    const events = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const replayed = { user: 'urn:corridor:operator|Ada L', viewId, nhsNumber };
    expect(events.slice(-2)).toEqual([
      expect.objectContaining(replayed),
      expect.objectContaining({ user: 'urn:corridor:operator|Bea M', nhsNumber }),
    ]);
    expect((await audit(['verify'], '', 'read.sqlite')).code).toBe(0);
  });

  it('prints byte for byte what the view showed', async () => {
    expect(await audit(['replay', viewId, '--by', 'Ada L'])).toMatchObject({ code: 0, out: shown });
    const manifest = JSON.parse((await audit(['replay', viewId, '--by', 'Ada L', '--manifest'])).out) as {
      items: string[][];
    };
    expect(new Set(manifest.items.map(([, , , , state]) => state))).toContain('visible');
  });

  it('names each document that was opened from the view, and writes its very bytes', async () => {
    const run = await audit(['replay', viewId, '--by', 'Ada L', '--documents', at('documents')]);
    expect(run).toMatchObject({ code: 0, out: shown });
    const [name = '', ...others] = readdirSync(at('documents'));
    expect(others).toEqual([]);
    expect(readFileSync(join(at('documents'), name)).equals(letter)).toBe(true);
    expect(statSync(join(at('documents'), name)).mode & 0o777).toBe(0o600);
    const [opening = ''] = name.split('.');
    expect(run.err).toMatch(new RegExp(`${opening}: DocumentReference/.*${String(letter.length)} bytes`));
    expect((await audit(['replay', opening, '--by', 'Ada L'])).out).toBe(letter.toString());
    expect((await audit(['list', '--type', 'document.viewed'])).out).toContain(opening);
  });

  it('shows nothing of a person whose keys were destroyed, while the audit still verifies', async () => {
    copyFileSync(at('audit.sqlite'), at('erased.sqlite'));
    expect((await audit(['erase', '--patient', '-'], nhsNumber, 'erased.sqlite')).out).toBe('1 keys destroyed.\n');
    expect((await audit(['replay', viewId, '--by', 'Ada L'], '', 'erased.sqlite')).err).toContain('erased on');
    expect((await audit(['verify'], '', 'erased.sqlite')).code).toBe(0);
  });
});

describe('corridor audit report', () => {
  it('asks for a number that is one', async () => {
    expect((await audit(['report', '--patient', '-'], '123')).err).toContain('is not an NHS number');
  });

  it('says no codes to a person: without a community file it refuses, and says how to name one', async () => {
    const unnamed = { ...KEYS, CORRIDOR_COMMUNITY_FILE: undefined };
    const run = await audit(['report', '--patient', '-', '--plain'], nhsNumber, 'audit.sqlite', unnamed);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('--community FILE');
  });

  it('names roles and organisations by the file it is given, and a member that left in words', async () => {
    const unnamed = { ...KEYS, CORRIDOR_COMMUNITY_FILE: undefined };
    const plain = (file: string): Promise<Run> =>
      audit(['report', '--patient', '-', '--plain', '--community', at(file)], nhsNumber, 'audit.sqlite', unnamed);
    const { out } = await plain('community.yaml');
    expect(out).toContain('opened your shared record, to care for you.');
    expect(out).not.toMatch(/XB\d{3}/);
    writeFileSync(at('left.yaml'), COMMUNITY_WITHOUT_ANYBODY);
    expect((await plain('left.yaml')).out).toMatch(
      /a member of staff at an organisation that no longer takes part \(code /,
    );
  });

  it('says who looked at one person, for the officer and for the person', async () => {
    const officer = await audit(['report', '--patient', '-'], nhsNumber);
    expect(officer.out).toContain('"kind":"record"');
    expect(officer.out).not.toContain(nhsNumber);
    const plain = await audit(['report', '--patient', '-', '--plain'], nhsNumber);
    expect(plain.out).toContain('opened your shared record, to care for you.');
  });

  it('says what one user looked at, and that nothing is unusual', async () => {
    const [{ user }] = (await audit(['report', '--patient', '-'], nhsNumber)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { user: string }) as [{ user: string }];
    expect((await audit(['report', '--user', user])).out).toContain(nhsNumber);
    expect(await audit(['report', '--unusual'])).toMatchObject({ code: 0, err: '' });
    expect(await audit(['alerts'])).toMatchObject({ code: 0, err: '' });
  });
});
