import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../sandbox/start.ts';
import {
  CANARIES,
  CANARY_NUMBER,
  CANARY_ODS,
  canaryCommunity,
  found,
  PERSON_CANARIES,
  VISIBLE_CANARIES,
  WITHHELD_CANARIES,
} from './support/canaries.ts';
import { askRecord, completeLaunch, followLaunch, openView } from './support/plain-browser.ts';
import { unhurried } from './support/unhurried.ts';

/** Every surface a planted string could reach without a browser; `journeys/canary.test.ts` has those of the browser. */
const EXPORT_TOKEN = 'x'.repeat(40);
let sandbox: RunningSandbox;
let folder: string;
const logged: string[] = [];
const asked: string[] = [];
const answered: string[] = [];
let wire = '';

type Outgoing = { readonly request: { readonly origin: unknown; readonly path: string; readonly headers: unknown } };
const onRequest = (message: unknown): void => {
  const { request } = message as Outgoing;
  asked.push(`${String(request.origin)}${request.path} ${JSON.stringify(request.headers)}`);
};
const keep = async (answer: Response): Promise<string> => {
  answered.push(`${String(answer.status)} ${answer.url} ${JSON.stringify([...answer.headers])}`);
  return answer.text();
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-canary-'));
  subscribe('undici:request:create', onRequest);
  sandbox = await startSandbox(
    unhurried({
      community: canaryCommunity(),
      launcher: {
        settings: {
          'log.level': 'debug',
          'audit.exportToken': EXPORT_TOKEN,
          'storage.url': `sqlite:${join(folder, 'canary.sqlite')}`,
        },
        logTo: { write: (line) => void logged.push(line) },
      },
    }),
  );
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(CANARY_ODS, 'canary'));
  wire = await keep(await askRecord(sandbox.launcherUrl, session));
  await goWrong(session);
});
afterAll(async () => {
  unsubscribe('undici:request:create', onRequest);
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What fails says the most: a replayed launch, a broken source, a document that is none, a broken glass. */
async function goWrong(session: string): Promise<void> {
  const url = sandbox.launcherUrl;
  const callback = await followLaunch(sandbox.mintLaunch(CANARY_ODS, 'canary'));
  await keep(await completeLaunch(url, { ...callback, code: 'wrong' }));
  await keep(await completeLaunch(url, callback));
  const post = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${session}`, origin: url };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    errors.push(await keep(answer));
  };
  await post('/api/document', { source: 'x', reference: 'DocumentReference/seen-0' });
  await post('/api/break-glass', { reason: 'no' });
  for (const mode of ['half-way', 'garbage', 'wrong-patient', 'down'] as const) {
    sandbox.setMode(CANARY_ODS, mode);
    const answer = await askRecord(url, session);
    const text = await keep(answer).catch(() => '');
    expect(found(text, WITHHELD_CANARIES)).toEqual([]);
  }
  sandbox.setMode(CANARY_ODS, 'normal');
}
const errors: string[] = [];

describe('two hundred planted strings', () => {
  it('are two hundred, and the record shows those that may be seen, so that the scan means something', () => {
    expect(new Set(CANARIES).size).toBe(200);
    expect(found(wire, VISIBLE_CANARIES)).toHaveLength(VISIBLE_CANARIES.length);
  });

  it('105 that a label holds back are not on the wire, in any answer', () => {
    expect(found(wire, WITHHELD_CANARIES)).toEqual([]);
  });

  it('105 are in no line of the log, at its most talkative', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(found(logged.join('\n'))).toEqual([]);
    expect(logged.join('\n')).not.toContain(CANARY_NUMBER);
  });

  it('105 are in no metric', async () => {
    const text = await (await fetch(`${sandbox.launcherUrl}/metrics`)).text();
    expect(text).toContain('# TYPE');
    expect([...found(text), ...(text.includes(CANARY_NUMBER) ? ['number'] : [])]).toEqual([]);
  });

  it('105 are in no address the launcher asks, and in no header it sends', () => {
    expect(asked.filter((one) => one.includes('/fhir/')).length).toBeGreaterThan(10);
    // The national service's own address of a person is the number (PDS FHIR API, GET /Patient/{id}); nobody else is asked so.
    const text = asked.filter((one) => !one.includes('/personal-demographics/')).join('\n');
    expect(found(text)).toEqual([]);
    expect(text).not.toContain(CANARY_NUMBER);
    expect(text).not.toMatch(/referer/i);
  });

  it('105 are in no address and no header of an answer', () => {
    expect(answered.length).toBeGreaterThan(5);
    expect(found(answered.join('\n'))).toEqual([]);
    expect(answered.join('\n')).not.toContain(CANARY_NUMBER);
  });

  it('105 are in no error', () => {
    expect(errors.join('\n')).toContain('error');
    expect(found(errors.join('\n'))).toEqual([]);
  });

  it('105 are in no exported audit event, nor in what the audit keeps', async () => {
    const exported = await fetch(`${sandbox.launcherUrl}/audit/events?limit=1000`, {
      headers: { authorization: `Bearer ${EXPORT_TOKEN}` },
    });
    const text = await exported.text();
    expect(text.split('\n').length).toBeGreaterThan(10);
    expect(found(text)).toEqual([]);
    expect(found(JSON.stringify(await sandbox.launcher.audit.read({ limit: 10_000 })))).toEqual([]);
  });

  it('105 are readable in no file of the store: what was shown is sealed', () => {
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      expect([file, found(bytes.toString('latin1')), found(bytes.toString('utf16le'))]).toEqual([file, [], []]);
    }
  });

  it('105 of the person are in the banner’s own event and in no other place of the wire but it', () => {
    const [opened = ''] = wire.split('\n');
    expect(found(opened, PERSON_CANARIES)).toEqual(expect.arrayContaining(['Xanfamily', 'Xangiven']));
    expect(found(opened, ['Xanformer', ...VISIBLE_CANARIES])).toEqual([]);
  });
});
