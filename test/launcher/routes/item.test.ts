import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { openFhirServer, person, type FhirServer } from '../../support/fhir-server.ts';
import { NHS_NUMBER, permittedOf, RULE } from '../../support/federation.ts';
import { askDocument, openReaderBench, type ReaderBench } from '../../support/reader.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function allergy(id: string, more: object = {}): Resource {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    code: { text: 'Penicillin' },
    patient: { reference: 'Patient/p1' },
    ...more,
  };
}

const ITEM = { source: 'a', reference: 'AllergyIntolerance/a1' };

async function setUp(
  more: Parameters<typeof openReaderBench>[1] = {},
): Promise<{ reader: ReaderBench; source: FhirServer }> {
  const label = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }] };
  const source = await openFhirServer([
    person('p1', NHS_NUMBER),
    allergy('a1'),
    allergy('other', { patient: { reference: 'Patient/p2' } }),
    allergy('sealed', { meta: label }),
  ]);
  const reader = await openReaderBench({ a: source.base }, more);
  open.push(source, reader);
  return { reader, source };
}

const chart: NonNullable<Parameters<typeof openReaderBench>[1]>['chart'] = (_source, { patientId, type, id }) =>
  `https://epr.example/${patientId}/${type}/${id}`;
const ask = (reader: ReaderBench, body: unknown = ITEM, bearer?: string) =>
  askDocument(reader, body, bearer, '/api/item');
const codeOf = async (answer: Response) => ((await answer.json()) as { error: string }).error;

describe('the way to an item in its own EPR', () => {
  it('is for nobody without a session, and for no address that a page makes up', async () => {
    const { reader, source } = await setUp({ chart });
    expect((await ask(reader, ITEM, 'other')).status).toBe(401);
    for (const reference of ['AllergyIntolerance/../Patient/p2', 'https://evil.example/x', 'a1', 7])
      expect((await ask(reader, { source: 'a', reference })).status).toBe(400);
    expect(source.seen).toEqual([]);
  });

  it('is refused for another person’s item, for one above the clearance, and for a section not allowed', async () => {
    const { reader } = await setUp({ chart });
    expect(await codeOf(await ask(reader, { ...ITEM, reference: 'AllergyIntolerance/other' }))).toBe(
      'source.wrong_patient',
    );
    expect(await codeOf(await ask(reader, { ...ITEM, reference: 'AllergyIntolerance/sealed' }))).toBe('access.refused');
    const decide: NonNullable<Parameters<typeof openReaderBench>[1]>['decide'] = (_session, about) =>
      Promise.resolve(permittedOf({ sources: ['a'], ask: about, sections: ['documents'] }));
    const narrow = await setUp({ chart, decide });
    expect(await codeOf(await ask(narrow.reader))).toBe('access.refused');
    expect(narrow.reader.events.some(({ type }) => type === 'document.viewed')).toBe(false);
  });

  it('is refused where the person’s whereabouts are restricted, and where the EPR leads nobody to an item', async () => {
    const restricted = await setUp({ chart, ruleOf: () => ({ ...RULE, restrictedPatient: true }) });
    expect(await codeOf(await ask(restricted.reader))).toBe('access.refused');
    const plain = await setUp();
    expect(await codeOf(await ask(plain.reader))).toBe('document.not_found');
  });

  it('is found anew at each asking, and closes when the agreement ends', async () => {
    let agreed = true;
    const { reader } = await setUp({
      chart,
      decide: (_session, about) =>
        Promise.resolve(
          agreed
            ? permittedOf({ sources: ['a'], ask: about, sections: ['allergies'] })
            : { refused: true, rule: 'agreement.none', code: 'access.refused' },
        ),
    });
    expect(await (await ask(reader)).json()).toEqual({ address: 'https://epr.example/p1/AllergyIntolerance/a1' });
    agreed = false;
    expect(await codeOf(await ask(reader))).toBe('access.refused');
    expect(reader.events.at(-1)).toMatchObject({ type: 'record.refused', code: 'agreement.none' });
  });

  it('is audited as an opening at the source, with whom, what and by which rule', async () => {
    const { reader } = await setUp({ chart });
    const answer = await ask(reader);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    await answer.text();
    expect(reader.events.map(({ type }) => type)).toEqual(['source.asked', 'source.settled', 'document.viewed']);
    expect(reader.events.at(-1)).toMatchObject({
      source: 'a',
      outcome: 'success',
      detail: { reference: 'AllergyIntolerance/a1', opened: 'at-source' },
    });
  });
});
