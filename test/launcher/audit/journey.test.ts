import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkBalp } from '../../../launcher/verifier/check-balp.ts';
import { parseHead, readTrustedKey, signedBy, type TrustedKey } from '../../../launcher/verifier/notes.ts';
import { openLog } from '../../../launcher/verifier/read-store.ts';
import { leafDigest, provesConsistency, provesInclusion } from '../../../launcher/verifier/tree.ts';
import { verifyLog } from '../../../launcher/verifier/verify-log.ts';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start.ts';
import { openView, readRecord } from '../../support/plain-browser.ts';

const EXPORT_TOKEN = 'export-token-of-this-test-0123456789';
let folder: string;
let sandbox: RunningSandbox;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-audit-'));
  sandbox = await startSandbox({
    port: 'free',
    launcher: {
      logTo: { write: () => undefined },
      settings: {
        'storage.url': `sqlite:${join(folder, 'audit.sqlite')}`,
        'audit.exportToken': EXPORT_TOKEN,
        'audit.checkpointMs': 50,
      },
    },
  });
  url = sandbox.launcherUrl;
  const [resident] = sandbox.community.residents;
  const [ods = ''] = Object.keys(resident?.patientIds ?? {}).filter((code) =>
    sandbox.eprs.some((epr) => epr.organisation.ods === code),
  );
  for (let visit = 0; visit < 2; visit += 1) {
    const view = await openView(url, sandbox.mintLaunch(ods, resident?.story ?? ''));
    await readRecord(url, view.session);
    await fetch(`${url}/api/session/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${view.session}`, origin: url },
    });
  }
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function keys(): readonly TrustedKey[] {
  return sandbox.witnesses.map(({ key }) => readTrustedKey(key)).filter((key) => key !== undefined);
}

async function text(path: string): Promise<string> {
  const answer = await fetch(`${url}${path}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

const hashes = (lines: string): readonly string[] => lines.split('\n').filter(Boolean);

describe('the audit of real views', () => {
  it('gives its events to nobody without the token of the export', async () => {
    expect((await fetch(`${url}/audit/events`)).status).toBe(403);
    const wrong = await fetch(`${url}/audit/events`, { headers: { authorization: `Bearer ${EXPORT_TOKEN}x` } });
    expect(wrong.status).toBe(403);
  });

  it('takes a cosignature from no stranger, and none over another head', async () => {
    const post = (body: object): Promise<Response> =>
      fetch(`${url}/audit/witness`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const head = parseHead(await text('/audit/checkpoint'));
    expect((await post({ size: head?.size, line: '— stranger AAAA\n' })).status).toBe(403);
    expect((await post({ size: 'x', line: '' })).status).toBe(400);
  });

  it('is exported page by page, each event once, and every one conforms to the profile it claims', async () => {
    const events: { id: number; body: string }[] = [];
    const before = await sandbox.launcher.audit.read({ limit: 10_000 });
    for (let from = 0; from < before.length;) {
      const answer = await fetch(`${url}/audit/events?from=${String(from)}&limit=7`, {
        headers: { authorization: `Bearer ${EXPORT_TOKEN}` },
      });
      expect(answer.headers.get('content-type')).toContain('application/fhir+ndjson');
      for (const body of hashes(await answer.text())) events.push({ id: events.length, body });
      from = Number(answer.headers.get('corridor-audit-next'));
      expect(from).toBe(events.length);
    }
    const departures = events.flatMap(({ id, body }) =>
      checkBalp(JSON.parse(body)).map((problem) => `${String(id)}: ${problem}`),
    );
    expect(departures).toEqual([]);
    const claimed = new Set(
      events.flatMap(({ body }) => (JSON.parse(body) as { meta?: { profile?: string[] } }).meta?.profile ?? []),
    );
    expect([...claimed].map((address) => address.split('IHE.BasicAudit.').at(-1))).toEqual(
      expect.arrayContaining(['AuthZconsent', 'PatientQuery', 'PrivacyDisclosure.Recipient']),
    );
  });

  it('is cosigned by at least two members, who each keep the head', async () => {
    await vi.waitFor(
      async () => {
        const head = parseHead(await text('/audit/checkpoint'));
        expect(keys().filter((key) => head && signedBy(head, key)).length).toBeGreaterThanOrEqual(2);
        expect(sandbox.witnesses.every(({ heads }) => heads.length > 0)).toBe(true);
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('proves each event to be in the tree, and the tree to have only grown', async () => {
    const head = parseHead(await text('/audit/checkpoint'));
    if (!head) throw new Error('no head');
    const answer = await fetch(`${url}/audit/events?limit=${String(head.size)}`, {
      headers: { authorization: `Bearer ${EXPORT_TOKEN}` },
    });
    const bodies = hashes(await answer.text());
    for (const index of [0, 1, Math.floor(head.size / 2), head.size - 1]) {
      const proof = hashes(await text(`/audit/proof/inclusion?index=${String(index)}&size=${String(head.size)}`));
      expect(provesInclusion(leafDigest(bodies[index] ?? ''), index, head.size, proof, head.root)).toBe(true);
      expect(provesInclusion(leafDigest(`${bodies[index] ?? ''} `), index, head.size, proof, head.root)).toBe(false);
    }
    const [first] = sandbox.witnesses.flatMap(({ heads }) => heads).map((note) => parseHead(note));
    if (!first) throw new Error('no witnessed head');
    const proof = hashes(await text(`/audit/proof/consistency?from=${String(first.size)}&to=${String(head.size)}`));
    expect(provesConsistency(first, head, proof)).toBe(true);
    expect((await fetch(`${url}/audit/proof/consistency?from=1&to=99999999`)).status).toBe(404);
  });

  it('verifies beside the running launcher, against the heads the members hold', async () => {
    const witnessed = sandbox.witnesses.flatMap(({ heads }) => heads);
    const image = await openLog(`sqlite:${join(folder, 'audit.sqlite')}`, witnessed);
    try {
      const verdict = await verifyLog(image, { keys: keys() });
      expect(verdict.problems).toEqual([]);
      expect(verdict.size).toBeGreaterThan(20);
      expect(Object.keys(verdict.witnesses).length).toBeGreaterThanOrEqual(2);
    } finally {
      await image.close();
    }
  });
});
