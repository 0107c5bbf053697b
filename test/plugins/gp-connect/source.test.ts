import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceAgents, createSourceFetch, type SourceAgents } from '../../../launcher/federation/source-fetch.ts';
import { gpConnect } from '../../../plugins/gp-connect/plugin.ts';
import type { SourceConnection, SourcePage, SourceSettings, TypeEnd } from '../../../plugins/plugin.ts';
import { isResource } from '../../../src/record/resource.ts';
import { NHS_NUMBER, SMALL_LIMITS } from '../../support/federation.ts';
import { openGpConnectServer, spineError, type GpConnectServer } from '../../support/gp-connect-server.ts';

const SUBJECT = { reference: 'Patient/p1' };
const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NHS_NUMBER }],
  name: [{ use: 'official', family: 'Ashdown', given: ['Wren'] }],
  birthDate: '1948-03-07',
  generalPractitioner: { reference: 'Practitioner/d1' },
};
const AREAS = {
  includeAllergies: [
    {
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      clinicalStatus: 'active',
      code: { text: 'Penicillin' },
      patient: SUBJECT,
    },
  ],
  includeMedication: [
    { resourceType: 'Medication', id: 'm1', code: { text: 'Aspirin 75mg tablets' } },
    {
      resourceType: 'MedicationStatement',
      id: 's1',
      status: 'active',
      subject: SUBJECT,
      medicationReference: { reference: 'Medication/m1' },
    },
  ],
  includeConsultations: [
    { resourceType: 'Encounter', id: 'e1', status: 'finished', type: [{ text: 'GP Surgery' }], subject: SUBJECT },
    {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      type: { text: 'Letter' },
      subject: SUBJECT,
      content: [],
    },
  ],
};

let server: GpConnectServer;
let agents: SourceAgents;
const signal = new AbortController().signal;

beforeEach(async () => {
  server = await openGpConnectServer(PATIENT, AREAS);
  agents = createSourceAgents({ connections: 4, connectMs: 1_000 });
});
afterEach(async () => {
  await Promise.all([server.close(), agents.close()]);
});

function connect(settings: object = {}): SourceConnection {
  const read = gpConnect.source?.readSettings({ provider: server.base, ...settings });
  if (!read || 'problems' in read) throw new Error(JSON.stringify(read));
  const base = (read as SourceSettings).base;
  const fetch = createSourceFetch({
    base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: SMALL_LIMITS,
    token: () => Promise.resolve('unsigned'),
    requestId: (count) => String(count),
    correlationId: 'launch-1',
  });
  const connection = gpConnect.source?.open(read as SourceSettings, { fetch, limits: SMALL_LIMITS });
  if (!connection) throw new Error('no source face');
  return connection;
}

async function pages(types: readonly string[], ids?: readonly string[]): Promise<readonly SourcePage[]> {
  const connection = connect();
  await connection.findPatients(NHS_NUMBER, signal);
  const all: SourcePage[] = [];
  for await (const page of connection.fetch({ patientId: 'p1', types, ...(ids && { ids }) }, signal)) all.push(page);
  return all;
}

const ends = (all: readonly SourcePage[]): Record<string, TypeEnd['state'] | undefined> =>
  Object.fromEntries(all.map(({ type, end }) => [type, end?.state]));
const keys = (page: SourcePage | undefined): readonly string[] =>
  (page?.resources ?? []).filter(isResource).map(({ resourceType, id }) => `${resourceType}/${String(id)}`);

describe('what the practice or the spine refuses', () => {
  it.each([
    ['NO_PATIENT_CONSENT', 403, 'source.withheld'],
    ['NO_ORGANISATIONAL_CONSENT', 403, 'source.withheld'],
    ['ACCESS_DENIED', 403, 'source.withheld'],
    ['ASID_CHECK_FAILED', 403, 'source.auth'],
    ['INVALID_NHS_NUMBER', 400, 'source.invalid_answer'],
    ['INVALID_PATIENT_DEMOGRAPHICS', 400, 'source.details_differ'],
    ['INTERNAL_SERVER_ERROR', 500, 'source.unavailable'],
  ])('says of %s what it is, and gives nothing', async (code, status, expected) => {
    server.answer = () => ({ status, body: spineError(code) });
    await expect(connect().findPatients(NHS_NUMBER, signal)).rejects.toMatchObject({ code: expected });
  });

  it.each([
    ['a login page', { type: 'text/html', body: '<html></html>' }, 'source.invalid_answer'],
    ['half a document', { body: '{"resourceType":"Bun' }, 'source.invalid_answer'],
    ['no Bundle', { body: { resourceType: 'Patient' } }, 'source.invalid_answer'],
    ['503 without a word', { status: 503, type: 'text/plain', body: '' }, 'source.unavailable'],
    ['404 without a Spine code', { status: 404, type: 'text/html', body: '' }, 'source.invalid_answer'],
  ])('takes %s for trouble, never for an empty record', async (_name, answer, expected) => {
    server.answer = () => answer;
    await expect(connect().findPatients(NHS_NUMBER, signal)).rejects.toMatchObject({ code: expected });
  });

  it('finds nobody where the practice says PATIENT_NOT_FOUND', async () => {
    server.answer = () => ({ status: 404, body: spineError('PATIENT_NOT_FOUND') });
    expect(await connect().findPatients(NHS_NUMBER, signal)).toEqual([]);
  });

  it('is not asked about somebody it was not asked to find', async () => {
    const step = connect()
      .fetch({ patientId: 'p1', types: ['AllergyIntolerance'] }, signal)
      [Symbol.asyncIterator]()
      .next();
    await expect(step).rejects.toMatchObject({ code: 'source.invalid_answer' });
    expect(server.asked).toEqual([]);
  });
});

describe('the question', () => {
  it('is a POST whose address tells nothing of the person', async () => {
    await pages(['AllergyIntolerance', 'MedicationStatement']);
    for (const { method, path } of server.asked) {
      expect(method).toBe('POST');
      expect(path.endsWith('/Patient/$gpc.getstructuredrecord')).toBe(true);
      expect(path).not.toContain(NHS_NUMBER);
    }
    expect(server.asked[0]?.headers['content-type']).toBe('application/fhir+json');
  });

  it('asks once for all areas, resolved allergies included, and for no area that is not wanted', async () => {
    await pages(['AllergyIntolerance', 'Encounter', 'Flag']);
    expect(server.asked.map(({ parameters }) => parameters)).toEqual([
      [],
      ['includeAllergies', 'includeConsultations'],
    ]);
    expect(server.asked[1]?.body).toContain('"includeResolvedAllergies","valueBoolean":true');
  });

  it('asks again with an area where a system wants one', async () => {
    server.answer = ({ parameters }) =>
      parameters.length === 0 ? { status: 422, body: spineError('INVALID_PARAMETER') } : undefined;
    expect(await connect().findPatients(NHS_NUMBER, signal)).toHaveLength(1);
    expect(server.asked.at(-1)?.parameters).toEqual(['includeAllergies']);
  });

  it('goes to the proxy with the provider after it, and so nowhere else', async () => {
    const { origin } = new URL(server.base);
    const provider = 'https://provider.example/fhir';
    const connection = connect({ provider, proxy: origin });
    await connection.findPatients(NHS_NUMBER, signal);
    expect(server.asked[0]?.path).toBe(`/${provider}/Patient/$gpc.getstructuredrecord`);
  });
});

describe('the answer', () => {
  it('comes as R4, with the products ahead of what names them', async () => {
    const all = await pages(['AllergyIntolerance', 'MedicationStatement']);
    expect(ends(all)).toEqual({ AllergyIntolerance: 'complete', MedicationStatement: 'complete' });
    expect(all.flatMap(keys)).toEqual(['Medication/m1', 'AllergyIntolerance/a1', 'MedicationStatement/s1']);
  });

  it('never calls a type it has no area for, or letters that merely came along, asked', async () => {
    const all = await pages(['Encounter', 'DocumentReference', 'Flag']);
    expect(ends(all)).toEqual({ Encounter: 'complete', DocumentReference: 'not-supported', Flag: 'not-supported' });
    expect(all.find(({ type }) => type === 'Encounter') && keys(all[0])).toContain('DocumentReference/d1');
    expect(all.filter(({ type }) => type !== 'Encounter').flatMap(keys)).toEqual([]);
  });

  it('answers without asking where none of the types is of GP Connect', async () => {
    expect(ends(await pages(['Flag', 'CarePlan']))).toEqual({ Flag: 'not-supported', CarePlan: 'not-supported' });
    expect(server.asked).toHaveLength(1);
  });

  it('gives only the letter that was asked for by its id, found among what names letters', async () => {
    const all = await pages(['DocumentReference'], ['d1']);
    expect(all.flatMap(keys)).toEqual(['DocumentReference/d1']);
    expect(server.asked.at(-1)?.parameters).toEqual(['includeProblems', 'includeConsultations']);
  });
});

describe('a document', () => {
  const reference = (url: string) => ({
    resourceType: 'DocumentReference',
    content: [{ attachment: { contentType: 'application/msword', url } }],
  });

  it.each(['{{request.baseUrl}}/x/Binary/1', 'https://elsewhere.example/Binary/1', 'Binary/../Patient', 'Binary/..'])(
    'is never fetched from %s',
    async (url) => {
      expect(await connect().fetchDocument(reference(url), signal)).toBeNull();
      expect(server.asked).toEqual([]);
    },
  );

  it('is the bytes inside the STU3 Binary', async () => {
    const content = Buffer.from('a letter').toString('base64');
    server.answer = () => ({ body: { resourceType: 'Binary', contentType: 'application/msword', content } });
    const document = await connect().fetchDocument(reference(`${server.base}/Binary/b1`), signal);
    expect(document?.contentType).toBe('application/msword');
    expect(Buffer.from(document?.bytes ?? []).toString()).toBe('a letter');
  });

  it('that the practice may not give is withheld', async () => {
    server.answer = () => ({ status: 403, body: spineError('NO_PATIENT_CONSENT') });
    await expect(connect().fetchDocument(reference('Binary/b1'), signal)).rejects.toMatchObject({
      code: 'source.withheld',
    });
  });
});

describe('the settings', () => {
  it.each([
    ['no provider', {}, 'provider'],
    ['an address with a slash at its end', { provider: 'https://p.example/' }, 'provider'],
    ['plain http to another machine', { provider: 'http://p.example/fhir' }, 'provider'],
    ['a proxy with a user name', { provider: 'https://p.example/fhir', proxy: 'https://a@proxy.example' }, 'proxy'],
    ['a base beside them', { provider: 'https://p.example/fhir', base: 'https://other.example' }, 'base'],
    [
      'issues that are neither true nor false',
      { provider: 'https://p.example/fhir', prescriptionIssues: 'yes' },
      'prescriptionIssues',
    ],
  ])('refuse %s and name the field', (_name, settings, field) => {
    const read = gpConnect.source?.readSettings(settings);
    expect(read).toMatchObject({ problems: [{ field }] });
  });
});
