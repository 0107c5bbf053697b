import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceAgents, createSourceFetch, type SourceAgents } from '../../../launcher/federation/source-fetch.ts';
import { isAbout } from '../../../launcher/identity/subject.ts';
import { ipsSummary } from '../../../plugins/ips-summary/plugin.ts';
import type { SourceConnection, SourcePage, SourceSettings, TypeEnd } from '../../../plugins/plugin.ts';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../../src/record/fhir/write-json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import { asObject, isResource, type Resource } from '../../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import { buildSummary } from '../../../src/record/summary.ts';
import { mergedRecordOf } from '../../golden/merged.ts';
import { NHS_NUMBER, SMALL_LIMITS } from '../../support/federation.ts';
import { openFhirServer, person, sendJson, type FhirServer } from '../../support/fhir-server.ts';
import { community } from '../../support/sandbox/people.ts';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const LOINC = 'http://loinc.org';
const signal = new AbortController().signal;

let server: FhirServer;
let agents: SourceAgents;

beforeEach(async () => {
  server = await openFhirServer([person('p1', NHS_NUMBER)]);
  agents = createSourceAgents({ connections: 4, connectMs: 1_000 });
});
afterEach(async () => {
  await Promise.all([server.close(), agents.close()]);
});

function connect(more: object = {}): SourceConnection {
  const settings = ipsSummary.source?.readSettings({ base: server.base, ...more }) as SourceSettings;
  const fetch = createSourceFetch({
    base: server.base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: SMALL_LIMITS,
    token: () => Promise.resolve('bearer'),
    requestId: (count) => String(count),
    correlationId: 'launch-1',
  });
  const connection = ipsSummary.source?.open(settings, { fetch, limits: { ...SMALL_LIMITS, resources: 5_000 } });
  if (!connection) throw new Error('no source face');
  return connection;
}

/** Serves this document, and answers what was asked. */
async function pages(document: unknown, types: readonly string[], more: object = {}): Promise<readonly SourcePage[]> {
  server.script('Patient/', (seen, response, usual) => {
    if (!seen.path.endsWith('$summary')) usual();
    else sendJson(response, typeof document === 'string' ? document : JSON.stringify(document));
  });
  const connection = connect(more);
  await connection.findPatients(NHS_NUMBER, signal);
  const all: SourcePage[] = [];
  for await (const page of connection.fetch({ patientId: 'p1', types }, signal)) all.push(page);
  return all;
}

const ends = (all: readonly SourcePage[]): Record<string, TypeEnd> =>
  Object.fromEntries(all.map(({ type, end }) => [type, end as TypeEnd]));

type Section = { code: string; entry?: readonly string[]; emptyReason?: string };

function documentOf(
  sections: readonly Section[],
  resources: readonly object[] = [],
  number: string = NHS_NUMBER,
): object {
  const patient = { resourceType: 'Patient', id: 'doc-patient', identifier: [{ system: NHS, value: number }] };
  const composition = {
    resourceType: 'Composition',
    type: { coding: [{ system: LOINC, code: '60591-5' }] },
    subject: { reference: 'urn:uuid:doc-patient' },
    author: [{ display: 'Neighbouring Shared Record' }],
    section: sections.map(({ code, entry, emptyReason }) => ({
      code: { coding: [{ system: LOINC, code }] },
      ...(entry && { entry: entry.map((reference) => ({ reference })) }),
      ...(emptyReason && { emptyReason: { coding: [{ code: emptyReason }] } }),
    })),
  };
  return {
    resourceType: 'Bundle',
    type: 'document',
    entry: [
      { fullUrl: 'urn:uuid:c', resource: composition },
      { fullUrl: 'urn:uuid:doc-patient', resource: patient },
      ...resources.map((resource) => ({ fullUrl: `urn:uuid:${String((resource as { id?: unknown }).id)}`, resource })),
    ],
  };
}

const penicillin = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: 'Penicillin' },
  patient: { reference: 'urn:uuid:doc-patient' },
};

describe('what is not shown', () => {
  it('is a document about somebody else', async () => {
    await expect(pages(documentOf([], [], '9990000026'), ['Condition'])).rejects.toMatchObject({
      code: 'source.wrong_patient',
    });
  });

  it.each([
    ['a searchset', { resourceType: 'Bundle', type: 'searchset', entry: [] }, 'source.invalid_answer'],
    ['half a document', '{"resourceType":"Bundle"', 'source.invalid_answer'],
    ['a bare outcome', { resourceType: 'OperationOutcome' }, 'source.invalid_answer'],
  ])('is %s: it is trouble, never an empty record', async (_name, document, code) => {
    await expect(pages(document, ['Condition'])).rejects.toMatchObject({ code });
  });

  it.each([
    [403, 'source.withheld'],
    [404, 'source.invalid_answer'],
    [401, 'source.auth'],
  ])('is what is answered with %i', async (status, code) => {
    server.script('Patient/p1/$summary', (_seen, response) => sendJson(response, {}, status));
    const connection = connect();
    await connection.findPatients(NHS_NUMBER, signal);
    const first = connection
      .fetch({ patientId: 'p1', types: ['Condition'] }, signal)
      [Symbol.asyncIterator]()
      .next();
    await expect(first).rejects.toMatchObject({ code });
  });

  it('keeps a resource of the document that is about another person recognisable as that', async () => {
    const strange = { ...penicillin, id: 'a2', patient: { reference: 'Patient/other' } };
    const [page] = await pages(
      documentOf([{ code: '48765-2', entry: ['urn:uuid:a1', 'urn:uuid:a2'] }], [penicillin, strange]),
      ['AllergyIntolerance'],
    );
    const own = page?.resources.filter(isResource).filter((one) => isAbout(one, 'p1'));
    expect(own?.map(({ id }) => id)).toEqual(['a1']);
  });
});

describe('an empty section', () => {
  it('is withheld, unavailable, or was not asked, as the document says', async () => {
    const types = ['AllergyIntolerance', 'Condition', 'MedicationStatement', 'Immunization', 'Procedure', 'Encounter'];
    const all = await pages(
      documentOf([
        { code: '48765-2', emptyReason: 'withheld' },
        { code: '11450-4', emptyReason: 'unavailable' },
        { code: '10160-0' },
        { code: '11369-6', emptyReason: 'notasked' },
      ]),
      types,
    );
    expect(ends(all)).toEqual({
      AllergyIntolerance: { state: 'withheld' },
      Condition: { state: 'failed', code: 'source.unavailable' },
      MedicationStatement: { state: 'failed', code: 'source.unavailable' },
      Immunization: { state: 'not-supported' },
      Procedure: { state: 'not-supported' },
      Encounter: { state: 'not-supported' },
    });
  });

  it('is complete only where the document says that none is known', async () => {
    const all = await pages(documentOf([{ code: '48765-2', emptyReason: 'nilknown' }]), ['AllergyIntolerance']);
    expect(ends(all)).toEqual({ AllergyIntolerance: { state: 'complete', received: 0 } });
  });

  it('of results makes the observations that came not all there are', async () => {
    const pulse = {
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      code: { text: 'Pulse' },
      subject: { reference: 'urn:uuid:doc-patient' },
    };
    const all = await pages(documentOf([{ code: '8716-3', entry: ['urn:uuid:o1'] }], [pulse]), ['Observation']);
    expect(ends(all)).toEqual({ Observation: { state: 'truncated', code: 'source.truncated', received: 1 } });
  });
});

it('keeps the worst of all sections that one type fills', async () => {
  const all = await pages(
    documentOf([
      { code: '11450-4', emptyReason: 'nilknown' },
      { code: '11348-0', emptyReason: 'withheld' },
    ]),
    ['Condition'],
  );
  expect(ends(all)).toEqual({ Condition: { state: 'withheld' } });
});

describe('what is shown', () => {
  it('belongs to the person matched, and is recorded by its author, via the source', async () => {
    const [page] = await pages(documentOf([{ code: '48765-2', entry: ['urn:uuid:a1'] }], [penicillin]), [
      'AllergyIntolerance',
    ]);
    expect(page?.resources).toMatchObject([{ patient: { reference: 'Patient/p1' } }]);
    const [entry] = readResources(page?.resources ?? [], 'neighbours' as SourceId).entries;
    expect(entry?.origin).toMatchObject({ source: 'neighbours', onBehalfOf: 'Neighbouring Shared Record' });
  });

  it('is asked for by the person’s id, or with the number in the body, never in the address', async () => {
    const document = documentOf([]);
    await pages(document, ['Condition']);
    await pages(document, ['Condition'], { ask: 'by-identifier' });
    const asked = server.seen
      .filter(({ path }) => path.endsWith('$summary'))
      .map(({ method, path }) => `${method} ${path}`);
    expect(asked).toEqual(['GET /fhir/Patient/p1/$summary', 'POST /fhir/Patient/$summary']);
    for (const { path, query } of server.seen) expect(`${path}?${query}`).not.toContain(NHS_NUMBER);
  });
});

it('reads what another Corridor wrote, with every organisation that recorded it', async () => {
  const resident = community.residents.find(({ story }) => story === 'penicillin-conflict');
  if (!resident) throw new Error('no such resident');
  const record = mergedRecordOf(resident);
  const author = { ods: 'XN001' as OdsCode, name: 'Neighbouring Shared Record', kind: 'community' as const };
  const { bundle } = buildSummary(record, { at: '2026-11-22T09:00:00Z', documentId: 'd', author, title: 'Summary' });
  const text = writeFhirJson(bundle).replaceAll(record.patient.nhsNumber, NHS_NUMBER);
  const all = await pages(text, ['AllergyIntolerance', 'Condition', 'MedicationRequest', 'MedicationStatement']);
  const { entries } = readResources(
    all.flatMap(({ resources }) => resources),
    'neighbours' as SourceId,
  );
  const names = record.sources.map(({ source }) => source.organisation.name);
  expect(entries.length).toBeGreaterThan(2);
  for (const { origin } of entries) expect(names).toContain(origin.onBehalfOf);
  const allergies = record.sections.find(({ id }) => id === 'allergies')?.facts.flatMap((fact) => fact.entries) ?? [];
  expect(
    entries
      .filter(({ section }) => section === 'allergies')
      .map(({ title }) => title)
      .sort(),
  ).toEqual(allergies.map(({ title }) => title).sort());
});

const DATA = resolve(import.meta.dirname, '../../../../shared/data/hl7-ips');

describe.skipIf(!existsSync(DATA))('the example of the IPS guide', () => {
  it('is read in full as a source: problems, medicines, allergies and blood groups, recorded by its author', async () => {
    const example = parseFhirJson(
      gunzipSync(readFileSync(`${DATA}/Bundle-IPS-examples-Bundle-01.json.gz`)).toString('utf8'),
    );
    const text = JSON.stringify(example, (_key, value: unknown) =>
      asObject(value)?.['resourceType'] === 'Patient'
        ? { ...(value as object), identifier: [{ system: NHS, value: NHS_NUMBER }] }
        : value,
    );
    const all = await pages(text, ['Condition', 'AllergyIntolerance', 'MedicationStatement', 'Observation']);
    expect(ends(all)).toMatchObject({
      Condition: { state: 'complete', received: 2 },
      AllergyIntolerance: { state: 'complete', received: 2 },
      MedicationStatement: { state: 'complete', received: 2 },
      Observation: { state: 'truncated', received: 7 },
    });
    const resources = all.flatMap(({ resources: some }) => some);
    expect(resources.filter(isResource).every((one: Resource) => isAbout(one, 'p1'))).toBe(true);
    const { entries, unread } = readResources(resources, 'nl' as SourceId);
    expect(unread).toEqual([]);
    expect(new Set(entries.map(({ origin }) => origin.onBehalfOf))).toEqual(new Set(['Beetje van Hulp']));
  });
});
