import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFhirStore } from '../../sandbox/eprs/fhir-store.ts';
import { READABLE_TYPES } from '../../sandbox/eprs/scopes.ts';
import { runSearch } from '../../sandbox/eprs/search.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { openSmallEpr, SMALL_NHS_NUMBER, SMALL_SURGERY } from '../support/sandbox/small-epr.ts';
import type { SmallEpr } from '../support/sandbox/small-epr.ts';

type Bundle = {
  total: number;
  link: { relation: string; url: string }[];
  entry?: { fullUrl: string; resource: { id: string; resourceType: string }; search: { mode: string } }[];
};

let small: SmallEpr;
let system: string;
let ofAnn: string;

beforeAll(async () => {
  small = await openSmallEpr();
  system = await small.client.systemToken(small.epr);
  ofAnn = await small.client.userToken(small.epr, {
    user: SMALL_SURGERY.users[0]!,
    patientId: 'p1',
    needPatientBanner: true,
  });
});
afterAll(() => small.close());

function get(
  path: string,
  token: string | undefined = system,
  headers: Record<string, string> = {},
): Promise<Response> {
  const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
  return fetch(path.startsWith('http') ? path : `${small.epr.fhirBase}/${path}`, {
    headers: { ...authorization, ...headers },
  });
}

async function bundle(path: string, token: string = system): Promise<Bundle> {
  return (await (await get(path, token)).json()) as Bundle;
}

async function post(type: string, form: Record<string, string>): Promise<Bundle> {
  const answer = await fetch(`${small.epr.fhirBase}/${type}/_search`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { authorization: `Bearer ${system}` },
  });
  return (await answer.json()) as Bundle;
}

describe('the sandbox’s FHIR server refuses', () => {
  it('a request without a bearer, or with one it did not give', async () => {
    for (const token of ['', 'guess']) {
      const answer = await get('Patient/p1', token);
      expect(answer.status).toBe(401);
      expect(((await answer.json()) as { resourceType: string }).resourceType).toBe('OperationOutcome');
    }
  });

  it('what the scopes do not name', async () => {
    const narrow = await small.client.systemToken(small.epr, 'system/Patient.rs');
    expect((await get('Observation?patient=p1', narrow)).status).toBe(403);
    expect((await get('Patient/p1', narrow)).status).toBe(200);
  });

  it('to search when the scope only reads', async () => {
    const token = await small.client.userToken(
      small.epr,
      { user: SMALL_SURGERY.users[0]!, patientId: 'p1', needPatientBanner: true },
      'launch openid fhirUser patient/Patient.r',
    );
    expect((await get('Patient/p1', token)).status).toBe(200);
    expect((await get('Patient', token)).status).toBe(403);
  });

  it('another patient’s resources to a person’s token, as if they were not there', async () => {
    expect((await get('Patient/p2', ofAnn)).status).toBe(404);
    expect((await get('Observation/other', ofAnn)).status).toBe(404);
    expect((await get('Binary/b2', ofAnn)).status).toBe(404);
    expect((await bundle('Observation?patient=p2', ofAnn)).total).toBe(0);
    expect((await bundle('Patient', ofAnn)).total).toBe(1);
  });

  it('another client’s next link', async () => {
    const first = await bundle('Observation?patient=p1&_count=10');
    const next = first.link.find((link) => link.relation === 'next')!.url;
    expect((await get(next, ofAnn)).status).toBe(410);
  });

  it('types it does not hold, and a _count that is no number', async () => {
    expect((await get('Account?patient=p1')).status).toBe(404);
    expect((await get('Observation?patient=p1&_count=many')).status).toBe(400);
  });
});

describe('the types the record asks for', () => {
  const asked = [...new Set(SECTIONS.flatMap(({ reads }) => reads))];

  it.each(asked)('are offered, and %s is found by its patient and by nobody else’s', (type) => {
    expect(READABLE_TYPES).toContain(type);
    if (type === 'Patient') return;
    const to = (reference: string): object => ({ reference });
    const owner = { subject: to('Patient/p1'), patient: to('Patient/p1'), for: to('Patient/p1') };
    const actors = { individual: to('Patient/p1'), participant: [{ actor: to('Patient/p1') }] };
    const store = openFhirStore([{ resourceType: type, id: 'x', ...owner, ...actors }]);
    const search = (patient: string): number => runSearch(store, type, new URLSearchParams({ patient })).matches.length;
    expect([search('p1'), search('Patient/p1'), search('p2')]).toEqual([1, 1, 0]);
  });
});

describe('the sandbox’s FHIR server', () => {
  it('finds a patient by NHS number with POST, so that the number stays out of the address', async () => {
    const found = await post('Patient', { identifier: `https://fhir.nhs.uk/Id/nhs-number|${SMALL_NHS_NUMBER}` });
    expect(found.total).toBe(1);
    expect(found.entry?.[0]?.resource.id).toBe('p1');
    expect((await post('Patient', { identifier: `https://elsewhere.example/id|${SMALL_NHS_NUMBER}` })).total).toBe(0);
  });

  it('pages to the end without losing or repeating anything, and never more than 200 at once', async () => {
    const ids: string[] = [];
    let url: string | undefined = 'Observation?patient=p1&_count=1000';
    let pages = 0;
    while (url !== undefined) {
      const page: Bundle = await bundle(url);
      expect(page.total).toBe(240);
      ids.push(...(page.entry ?? []).map((entry) => entry.resource.id));
      url = page.link.find((link) => link.relation === 'next')?.url;
      pages += 1;
    }
    expect([pages, new Set(ids).size, ids.length]).toEqual([2, 240, 240]);
  });

  it('gives next links that say nothing of the patient', async () => {
    const next = (await bundle('Observation?patient=p1&_count=10')).link.find((link) => link.relation === 'next')!.url;
    expect(next).toMatch(/^http:\/\/localhost:\d+\/fhir\?_page=[\w-]+$/);
  });

  it('narrows by category and by subject', async () => {
    expect((await bundle('Observation?subject=Patient/p1&category=laboratory')).total).toBe(120);
    expect((await bundle('Observation?patient=p1&category=laboratory,vital-signs')).total).toBe(240);
    expect((await bundle('Observation?patient=p1&category=http://elsewhere.example|laboratory')).total).toBe(0);
  });

  it('brings included resources along, marked as such and not counted', async () => {
    for (const include of ['MedicationRequest:medication', 'MedicationRequest:*', '*']) {
      const found = await post('MedicationRequest', { patient: 'p1', _include: include });
      expect(found.total).toBe(1);
      const included = (found.entry ?? [])
        .filter((entry) => entry.search.mode === 'include')
        .map((entry) => entry.resource.id);
      expect(included).toContain('m1');
    }
  });

  it('brings the people and the place of an appointment along when asked, and not the patient', async () => {
    const found = await post('Appointment', { patient: 'p1', _include: 'Appointment:practitioner' });
    const included = (found.entry ?? []).filter((entry) => entry.search.mode === 'include');
    expect(included.map((entry) => entry.resource.id)).toEqual(['prescriber']);
  });

  it('leaves what it did not understand out of the self link', async () => {
    const self = (await bundle('Observation?patient=p1&unheard-of=1&_count=5')).link.find(
      (link) => link.relation === 'self',
    )!.url;
    expect(self).toContain('patient=p1');
    expect(self).not.toContain('unheard-of');
  });

  it('answers a Binary with its bytes, or as a resource to who asks for FHIR', async () => {
    const raw = await get('Binary/b1', ofAnn);
    expect([raw.headers.get('content-type'), await raw.text()]).toEqual(['text/plain', 'Dear Dr']);
    const resource = await get('Binary/b1', ofAnn, { accept: 'application/fhir+json' });
    expect(((await resource.json()) as { resourceType: string }).resourceType).toBe('Binary');
  });

  it('lets a user’s token read the user: their Practitioner and role', async () => {
    const token = await small.client.userToken(
      small.epr,
      { user: SMALL_SURGERY.users[0]!, patientId: 'p1', needPatientBanner: true },
      'launch openid fhirUser',
    );
    expect((await get('Practitioner/dr-a', token)).status).toBe(200);
    expect((await get('Practitioner/nurse-b', token)).status).toBe(404);
    expect((await bundle('PractitionerRole?practitioner=dr-a', token)).total).toBe(1);
    expect((await get('Patient/p1', token)).status).toBe(403);
  });

  it('tells everyone what it can do, and that nothing may be stored', async () => {
    const answer = await get('metadata', '');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    expect(await answer.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });

  it('keeps a log of who asked for what, with the request’s own number and the person asked for', async () => {
    const extensions = { 'hl7-b2b': { subject_name: 'Dr Elsewhere', purpose_of_use: ['TREAT'] } };
    const token = await small.client.systemToken(small.epr, 'system/*.rs', { extensions });
    small.epr.audit.clear();
    await get('Observation?patient=p1&_count=1', token, { 'x-request-id': 'r-1' });
    await get('Observation/other', ofAnn, { 'x-request-id': 'r-2' });
    expect(small.epr.audit.events()).toMatchObject([
      {
        requestId: 'r-1',
        clientId: 'tester',
        acting: extensions,
        action: 'search',
        type: 'Observation',
        patientId: 'p1',
        status: 200,
        returned: 1,
      },
      { requestId: 'r-2', userId: 'dr-a', action: 'read', status: 404, returned: 0 },
    ]);
  });
});
