import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endByStatus, endOf, ignoresPerson, isJson, readPage, resolveNext } from '../../../plugins/fhir-r4/adapt.ts';
import { binaryId } from '../../../plugins/fhir-r4/document.ts';
import { fhirR4 } from '../../../plugins/fhir-r4/plugin.ts';
import { orderTypes, searchForm } from '../../../plugins/fhir-r4/search.ts';

const BASE = 'https://fhir.example.nhs.uk/r4';

describe('a next link', () => {
  it.each([
    'https://evil.example/r4/Observation?page=2',
    'https://fhir.example.nhs.uk:8443/r4?page=2',
    'http://fhir.example.nhs.uk/r4?page=2',
    'https://user:pass@fhir.example.nhs.uk/r4?page=2',
    '//evil.example/r4?page=2',
    '/other?page=2',
    '../other?page=2',
    'https://fhir.example.nhs.uk/r4/%2e%2e/other',
    'https://fhir.example.nhs.uk/r4evil?page=2',
    'https:\\\\evil.example\\r4',
    'javascript:alert(1)',
    'https://fhir.example.nhs.uk/r4?page=\n2',
    'https://[bad',
  ])('outside the base is not followed: %s', (link) => {
    expect(resolveNext(BASE, link)).toBeUndefined();
  });

  it.each([
    ['https://fhir.example.nhs.uk/r4?_getpages=abc', 'https://fhir.example.nhs.uk/r4?_getpages=abc'],
    ['https://fhir.example.nhs.uk/r4/Observation?page=2#top', 'https://fhir.example.nhs.uk/r4/Observation?page=2'],
    ['Observation?page=2', 'https://fhir.example.nhs.uk/r4/Observation?page=2'],
    ['?_getpages=abc', 'https://fhir.example.nhs.uk/r4/?_getpages=abc'],
    ['/r4/Observation?page=2', 'https://fhir.example.nhs.uk/r4/Observation?page=2'],
  ])('inside it is: %s', (link, address) => {
    expect(resolveNext(BASE, link)).toBe(address);
  });

  it('never leads anywhere but under the base, whatever is written in it', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '/',
      '\\',
      '@',
      ':',
      '//',
      'evil.example',
      'https:',
      '?',
      '#',
      'r4',
      'Observation',
      '\t',
      ' ',
      '%2F',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
          fc.webUrl(),
        ),
        (link) => {
          const next = resolveNext(BASE, link);
          expect(next === undefined || next === BASE || /^https:\/\/fhir\.example\.nhs\.uk\/r4[/?]/.test(next)).toBe(
            true,
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('an answer', () => {
  const failed = { end: { state: 'failed', code: 'source.invalid_answer' } };
  it.each([
    ['a login page', '<html>Sign in</html>'],
    ['half a document', '{"resourceType":"Bundle","entry":[{'],
    ['a bare OperationOutcome', '{"resourceType":"OperationOutcome"}'],
    ['a resource that is no Bundle', '{"resourceType":"Patient"}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['nothing', ''],
  ])('that is %s has failed, and is never an empty one', (_what, text) => {
    expect(readPage(text, 'Observation', BASE)).toEqual(failed);
  });

  it('keeps what is no resource, so that it is counted and not dropped', () => {
    const text = JSON.stringify({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Flag', id: '1' } }, { resource: 7 }, {}, null],
    });
    expect(readPage(text, 'Flag', BASE)).toMatchObject({ page: { matches: [{ id: '1' }, 7, null, null] } });
  });

  it('tells matches from what came along, also where the server does not say which is which', () => {
    const entry = [
      { resource: { resourceType: 'MedicationRequest', id: '1' } },
      { resource: { resourceType: 'Medication', id: '2' } },
      { resource: { resourceType: 'Medication', id: '3' }, search: { mode: 'include' } },
    ];
    const page = readPage(JSON.stringify({ resourceType: 'Bundle', entry, total: 1 }), 'MedicationRequest', BASE);
    expect(page).toMatchObject({ page: { matches: [{ id: '1' }], included: [{ id: '2' }, { id: '3' }], total: 1 } });
  });

  it('does not let keys of the payload reach the prototype', () => {
    readPage(
      '{"resourceType":"Bundle","__proto__":{"polluted":true},"entry":[{"resource":{"constructor":{"prototype":{"polluted":true}}}}]}',
      'Flag',
      BASE,
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('has the server’s own absolute references made relative, and no other server’s', () => {
    const flag = { resourceType: 'Flag', id: '1', subject: { reference: `${BASE}/Patient/p1` } };
    const other = { resourceType: 'Flag', id: '2', subject: { reference: 'https://elsewhere.example/r4/Patient/p1' } };
    const text = JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: flag }, { resource: other }] });
    expect(readPage(text, 'Flag', BASE)).toMatchObject({
      page: { matches: [{ subject: { reference: 'Patient/p1' } }, { subject: other.subject }] },
    });
  });

  it.each([
    ['warning', 'incomplete', 'partial'],
    ['error', 'exception', 'partial'],
    ['information', 'informational', 'none'],
    ['warning', 'not-supported', 'none'],
    ['information', 'suppressed', 'withheld'],
    ['warning', 'forbidden', 'withheld'],
  ])('with an OperationOutcome (%s, %s) is %s', (severity, code, notice) => {
    const outcome = {
      resource: { resourceType: 'OperationOutcome', issue: [{ severity, code }] },
      search: { mode: 'outcome' },
    };
    expect(readPage(JSON.stringify({ resourceType: 'Bundle', entry: [outcome] }), 'Flag', BASE)).toMatchObject({
      page: { notice, matches: [] },
    });
  });

  it('is judged by its status', () => {
    expect(endByStatus(200)).toBeUndefined();
    expect(endByStatus(403)).toEqual({ end: { state: 'withheld' } });
    expect(endByStatus(404)).toEqual({ end: { state: 'not-supported' } });
    expect(endByStatus(400)).toEqual({ refused: true });
    expect(endByStatus(401)).toEqual({ end: { state: 'failed', code: 'source.auth' } });
    for (const status of [408, 429, 500, 502, 503, 504])
      expect(endByStatus(status)).toEqual({ end: { state: 'failed', code: 'source.unavailable' } });
    for (const status of [201, 204, 301, 302, 410, 418]) expect(endByStatus(status)).toEqual(failed);
  });

  it('is read only when it says that it is JSON', () => {
    for (const type of ['application/fhir+json; charset=utf-8', 'application/json', 'Application/JSON'])
      expect(isJson(type)).toBe(true);
    for (const type of ['text/html', 'application/fhir+xml', 'text/plain', undefined]) expect(isJson(type)).toBe(false);
  });
});

describe('a self link', () => {
  const patient = searchForm({ type: 'Flag', patientId: 'p1', pageSize: 200 }, 'with-includes');
  const identifier = new URLSearchParams({ identifier: 'system|number', _count: '10' });
  it.each([
    [patient, `${BASE}/Flag?_count=200`],
    [patient, `${BASE}/Flag/_search?_include=Flag%3Aauthor&_count=200`],
    [patient, 'Flag?_count=200#patient=p1'],
    [identifier, `${BASE}/Patient?_count=10`],
    [identifier, `${BASE}/Patient?_count=10&name=x`],
  ])('shows that the person was left out: %s %s', (asked, self) => {
    expect(ignoresPerson(self, asked)).toBe(true);
  });

  it.each([
    [patient, undefined],
    [patient, `${BASE}/Flag/_search`],
    [patient, `${BASE}/Flag/_search?`],
    [patient, `${BASE}?_getpages=5f0c&_getpagesoffset=0`],
    [patient, `${BASE}/Flag?patient=p1&_count=200`],
    [patient, `${BASE}/Flag?patient%3APatient=p1&_count=200`],
    [patient, `${BASE}/Flag?subject=Patient/p1&_count=200`],
    [patient, `${BASE}/Flag?patient=***&_count=200`],
    [identifier, `${BASE}/Patient?identifier=x&_count=10`],
    [new URLSearchParams({ _id: 'p1', _count: '10' }), `${BASE}/Patient?_id=p1&_count=10`],
    [new URLSearchParams({ _count: '10' }), `${BASE}/Patient?_count=10`],
    [patient, '%E0%A4%A'],
  ])('shows no such thing: %s %s', (asked, self) => {
    expect(ignoresPerson(self, asked)).toBe(false);
  });
});

describe('the end of a type', () => {
  it('is truncated when fewer came than were counted, complete when as many or more did, or when nothing was said', () => {
    expect(endOf(9, 10, 'none')).toEqual({ state: 'truncated', code: 'source.truncated', received: 9, total: 10 });
    expect(endOf(10, 10, 'none')).toEqual({ state: 'complete', received: 10, total: 10 });
    expect(endOf(11, 10, 'none').state).toBe('complete');
    expect(endOf(0, undefined, 'none')).toEqual({ state: 'complete', received: 0 });
    expect(endOf(10, 10, 'partial').state).toBe('truncated');
    expect(endOf(10, 10, 'withheld').state).toBe('withheld');
  });
});

describe('what is asked', () => {
  it('begins with alerts and allergies', () => {
    expect(
      orderTypes(['Observation', 'Encounter', 'Condition', 'AllergyIntolerance', 'Patient', 'Flag', 'Flag']),
    ).toEqual([...['Patient', 'Flag', 'AllergyIntolerance', 'Condition', 'Observation', 'Encounter']]);
  });

  it('is about one patient, in pages of the size allowed', () => {
    const ask = { type: 'MedicationRequest', patientId: 'p1', pageSize: 200 };
    expect(searchForm(ask, 'with-includes').toString()).toBe(
      'patient=p1&_count=200&_include=MedicationRequest%3Amedication&_include=MedicationRequest%3Arequester',
    );
    expect(searchForm(ask, 'plain').toString()).toBe('patient=p1&_count=200');
    expect(searchForm({ ...ask, type: 'Patient' }, 'plain').toString()).toBe('_id=p1&_count=200');
    expect(searchForm({ ...ask, ids: ['a', 'b'] }, 'plain').get('_id')).toBe('a,b');
  });
});

describe('settings', () => {
  it.each([
    undefined,
    7,
    '',
    'fhir.example',
    'https://fhir.example/',
    'https://a@fhir.example/r4',
    'https://fhir.example/r4?x',
    'http://fhir.example/r4',
    'https://fhir.example/a/../b',
    'ftp://fhir.example/r4',
  ])('with a base of %s are refused with what to do', (base) => {
    expect(fhirR4.source?.readSettings({ base })).toMatchObject({ problems: [{ field: 'base' }] });
  });

  it('with a proper base are taken, plain http only on this machine', () => {
    expect(fhirR4.source?.readSettings({ base: BASE })).toEqual({ base: BASE });
    expect(fhirR4.source?.readSettings({ base: 'http://localhost:8410/fhir' })).toEqual({
      base: 'http://localhost:8410/fhir',
    });
  });
});

describe('the address of a document', () => {
  it('is a Binary of this source or none', () => {
    expect(binaryId('Binary/b-1', BASE)).toBe('b-1');
    expect(binaryId(`${BASE}/Binary/b.1`, BASE)).toBe('b.1');
    for (const url of [
      undefined,
      '',
      'Binary/',
      'Binary/..',
      'Binary/a/b',
      'binary/a',
      'https://evil.example/Binary/a',
      `${BASE}/../Binary/a`,
      'data:text/html,x',
    ]) {
      expect(binaryId(url, BASE)).toBeUndefined();
    }
  });
});
