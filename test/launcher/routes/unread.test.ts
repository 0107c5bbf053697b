import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import { openFhirServer, person, type FhirServer } from '../../support/fhir-server.ts';
import { NHS_NUMBER, permittedOf, RULE } from '../../support/federation.ts';
import { BEARER, openReaderBench, type ReaderBench } from '../../support/reader.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const label = (code: string): object => ({ meta: { security: [{ system: CONFIDENTIALITY, code }] } });

/** Of a type that is read, and without what it must have. */
function nameless(id: string, more: object = {}): Resource {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    patient: { reference: 'Patient/p1' },
    note: [{ text: '<b>Nuts?</b>' }],
    ...more,
  };
}

/** Of a type that no section reads. */
function strange(id: string): Resource {
  return { resourceType: 'AdverseEvent', id, subject: { reference: 'Patient/p1' }, actuality: 'actual' };
}

async function setUp(
  resources: readonly Resource[],
  more: Parameters<typeof openReaderBench>[1] = {},
  who: object = {},
): Promise<{ reader: ReaderBench; source: FhirServer }> {
  const source = await openFhirServer([{ ...person('p1', NHS_NUMBER), ...who }, ...resources]);
  const reader = await openReaderBench({ a: source.base }, more);
  open.push(source, reader);
  return { reader, source };
}

const allSections: Parameters<typeof openReaderBench>[1] = {
  decide: (_session, ask) =>
    Promise.resolve(permittedOf({ sources: ['a'], ask, sections: SECTIONS.map(({ id }) => id) })),
};

function ask(bench: ReaderBench, reference: unknown, bearer = BEARER): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return fetch(`${bench.url}/api/unread`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ source: 'a', reference }),
  });
}

async function codeOf(answer: Promise<Response>): Promise<string> {
  return ((await (await answer).json()) as { error: string }).error;
}

describe('POST /api/unread refuses', () => {
  it('a request without its bearer, or one that is not well formed', async () => {
    const { reader, source } = await setUp([nameless('x')]);
    expect((await ask(reader, 'AllergyIntolerance/x', 'other')).status).toBe(401);
    for (const reference of [
      'x',
      'allergyintolerance/x',
      'AllergyIntolerance/../Patient/p1',
      'https://evil.example/A/x',
      7,
    ])
      expect((await ask(reader, reference)).status).toBe(400);
    expect(source.seen).toEqual([]);
  });

  it('what can be read: that is shown as a line, cut to what the reader may see', async () => {
    const { reader } = await setUp([nameless('x', { code: { text: 'Nuts' } })]);
    expect(await codeOf(ask(reader, 'AllergyIntolerance/x'))).toBe('document.not_found');
    expect(reader.events.some(({ type }) => type === 'document.viewed')).toBe(false);
  });

  it('what is about somebody else, labelled above the clearance, or of a section not allowed', async () => {
    const { reader } = await setUp([
      nameless('other', { patient: { reference: 'Patient/p2' } }),
      nameless('sealed', label('R')),
      strange('s'),
      { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/p1' } },
    ]);
    expect(await codeOf(ask(reader, 'AllergyIntolerance/other'))).toBe('source.wrong_patient');
    expect(await codeOf(ask(reader, 'AllergyIntolerance/sealed'))).toBe('access.refused');
    expect(await codeOf(ask(reader, 'AdverseEvent/s'))).toBe('access.refused');
    expect(await codeOf(ask(reader, 'Condition/c'))).toBe('access.refused');
    expect(reader.events.filter(({ type }) => type === 'source.wrong_patient')).toHaveLength(1);
    expect(reader.events.some(({ type }) => type === 'document.viewed')).toBe(false);
  });

  it('anything of a person whose whereabouts are restricted, by the home EPR or by the source', async () => {
    const home = await setUp([nameless('x')], { ruleOf: () => ({ ...RULE, restrictedPatient: true }) });
    expect(await codeOf(ask(home.reader, 'AllergyIntolerance/x'))).toBe('access.refused');
    expect(home.source.seen).toEqual([]);
    const there = await setUp([nameless('x')], { ruleOf: () => ({ ...RULE, clearance: 'R' }) }, label('R'));
    expect(await codeOf(ask(there.reader, 'AllergyIntolerance/x'))).toBe('access.refused');
  });

  it('what is longer than anybody reads, and what is not there', async () => {
    const { reader } = await setUp([nameless('long', { note: [{ text: 'x'.repeat(300_000) }] })]);
    expect(await codeOf(ask(reader, 'AllergyIntolerance/long'))).toBe('document.refused');
    expect(await codeOf(ask(reader, 'AllergyIntolerance/gone'))).toBe('document.not_found');
  });
});

describe('POST /api/unread', () => {
  it('sends what the source holds, as inert text, and audits that it was seen', async () => {
    const { reader } = await setUp([nameless('x')]);
    const answer = await ask(reader, 'AllergyIntolerance/x');
    expect(answer.status).toBe(200);
    expect(JSON.parse(await answer.text())).toMatchObject(nameless('x'));
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox;/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(reader.events.map(({ type }) => type)).toEqual(['source.asked', 'source.settled', 'document.viewed']);
  });

  it('hides no mark that turns or hides the text beside it, and stays the same JSON', async () => {
    const { reader } = await setUp([nameless('x', { note: [{ text: 'mg 01\u202e \u{e0041}' }] })]);
    const text = await (await ask(reader, 'AllergyIntolerance/x')).text();
    expect(text).toContain('mg 01\\u202e \\udb40\\udc41');
    expect(JSON.parse(text)).toMatchObject({ note: [{ text: 'mg 01\u202e \u{e0041}' }] });
  });

  it('sends what no section reads to a reader who may see every section', async () => {
    const { reader } = await setUp([strange('s')], allSections);
    expect((await ask(reader, 'AdverseEvent/s')).status).toBe(200);
  });
});
