import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientReport } from '../../launcher/audit/reports/patient-report.ts';
import { visitOf } from '../../launcher/audit/reports/report.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { buildPeople } from '../../sandbox/people/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { buildSummary } from '../../src/record/summary.ts';
import { encodeEvent, type RecordEvent } from '../../src/record/wire.ts';
import { RecordStore } from '../../src/stream/record-store.ts';
import { openView, readRecord } from '../support/plain-browser.ts';

/** Only the national service, and the practice it learnt it from, know of the flag: the hospital's own chart says nothing. */
const HOSPITAL = 'XB101';
const STREET = '4 Canary Lane';
const logged: string[] = [];
let sandbox: RunningSandbox;
let events: readonly RecordEvent[];
let session: string;
let names: readonly string[];

beforeAll(async () => {
  const people = buildPeople();
  const patientId = people.residents.find(({ story }) => story === 'restricted')?.patientIds[HOSPITAL];
  const unflagged = (resource: Resource): Resource =>
    resource.resourceType === 'Patient' && resource.id === patientId
      ? { ...resource, meta: {}, address: [{ use: 'home', line: [STREET], postalCode: 'ZZ99 9CN' }] }
      : resource;
  const held = (people.resources.get(HOSPITAL) ?? []).map(unflagged);
  const community = { ...people, resources: new Map(people.resources).set(HOSPITAL, held) };
  sandbox = await startSandbox({
    port: 'free',
    community,
    launcher: { settings: { 'log.level': 'debug' }, logTo: { write: (line: string) => void logged.push(line) } },
  });
  const view = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'restricted'));
  session = view.session;
  events = await readRecord(sandbox.launcherUrl, session);
  names = people.organisations.flatMap(({ name, ods }) => [name, ods, ods.toLowerCase()]);
}, 120_000);
afterAll(async () => {
  await sandbox.close();
});

const found = (text: string): readonly string[] => [STREET, 'ZZ99 9CN', ...names].filter((name) => text.includes(name));

function store(): RecordStore {
  const made = new RecordStore((task) => {
    task();
    return () => undefined;
  });
  for (const event of events) made.take(event);
  return made;
}

describe('H24 a person whom the national service alone marks as restricted', () => {
  it('opens as restricted, and the launch says in the audit that the number was looked at', async () => {
    expect(events.find((event) => event.type === 'opened')).toMatchObject({ patient: { restricted: true } });
    const [launch] = (await sandbox.launcher.audit.read({ limit: 1_000 })).filter(
      ({ type }) => type === 'launch.finished',
    );
    expect(launch?.detail).toMatchObject({ 'patient.number': 'current' });
  });

  it.each(['opened', 'entries', 'settled'])('in the stream (banner, strip, ledger, lines): no place in %s', (type) => {
    const lines = events.filter((event) => event.type === type).map(encodeEvent);
    expect(lines.length).toBeGreaterThan(0);
    expect(found(lines.join(''))).toEqual([]);
  });

  it('in what is merged of it (provenance, disagreements, sections, print): no place', () => {
    const { record } = store();
    expect(record?.sections.some(({ facts }) => facts.length > 0)).toBe(true);
    expect(found(JSON.stringify(record))).toEqual([]);
  });

  it('in the summary that leaves (IPS): no place', () => {
    const { record } = store();
    if (!record) throw new Error('no record');
    const { ods, name, kind } = sandbox.epr(HOSPITAL).organisation;
    const author = { ods: ods as OdsCode, name, kind };
    const facts = { at: '2026-11-22T09:00:00Z', documentId: 'd', author, title: 'Patient summary' };
    expect(found(JSON.stringify(buildSummary(record, facts).bundle))).toEqual([]);
  });

  it('no letter opens: it can’t be cut', async () => {
    const document = events
      .flatMap((event) => (event.type === 'entries' ? event.entries : []))
      .find(({ section }) => section === 'documents');
    const source = events.find((event) => event.type === 'opened')?.sources[0]?.id ?? '';
    const answer = await fetch(`${sandbox.launcherUrl}/api/document`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        source: document?.origin.source ?? source,
        reference: document?.origin.resource ?? 'DocumentReference/any',
      }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(found(await answer.text())).toEqual([]);
  });

  it('in the report that the person is given of who looked: no organisation, in either language', async () => {
    const { nhsNumber } = sandbox.resident('restricted');
    const written = (await sandbox.launcher.audit.read({ limit: 10_000 })).filter(
      (event) => event.nhsNumber === nhsNumber,
    );
    const visits = written.flatMap((event) => visitOf(event) ?? []);
    expect(visits.length).toBeGreaterThan(0);
    expect(written.find(({ type }) => type === 'launch.finished')?.detail).toMatchObject({
      'patient.restricted': 'national',
    });
    const named = { organisation: (ods: string) => `LEAK ${ods}`, role: (id: string) => id };
    for (const language of ['en', 'cy'] as const) {
      const text = patientReport(visits, named, language, { protectedPerson: true });
      expect(text).not.toContain('LEAK');
      expect(found(text)).toEqual([]);
    }
    expect(patientReport(visits, named)).toContain(`LEAK ${HOSPITAL}`);
  });

  it('in the logs: no place, number or name', () => {
    const { nhsNumber = '' } = sandbox.resident('restricted');
    const text = logged.join('');
    for (const word of [STREET, 'ZZ99 9CN', nhsNumber, 'Hossain']) expect(text).not.toContain(word);
  });

  it('in no address that a browser asks for', () => {
    expect(sandbox.mintLaunch(HOSPITAL, 'restricted')).not.toMatch(/99913\d|Hossain|Canary/);
  });
});

it('and the clinical lines are all there', () => {
  expect(events.flatMap((event) => (event.type === 'entries' ? event.entries : [])).length).toBeGreaterThan(5);
});
