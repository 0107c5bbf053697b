// Proves src/record/sections/investigation-results.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { readResult } from '../../../src/record/sections/observation-result.ts';
import type { InvestigationEntry } from '../../../src/record/sections/investigation-entry.ts';
import type { SourceId } from '../../../src/record/source.ts';

const COUNT = { text: 'Full blood count' };

function result(change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: COUNT,
    effectiveDateTime: '2026-11-02',
    valueString: 'Normal',
    ...change,
  };
}

function read(change: object = {}, others: readonly Resource[] = []): InvestigationEntry {
  const context = {
    source: 'lab' as SourceId,
    resolve: (reference: unknown) =>
      others.find(
        ({ resourceType, id }) => `${resourceType}/${String(id)}` === (reference as { reference?: string }).reference,
      ),
  };
  const entry = readResult(result(change), context);
  if (!entry) throw new Error('not read');
  return entry;
}

describe('a result', () => {
  it('that does not say of which test is none', () => {
    expect(readResult(result({ code: undefined }), { source: 'lab' as SourceId, resolve: () => undefined })).toBe(
      undefined,
    );
  });

  it('is read whole', () => {
    expect(
      read({
        method: { text: 'Flow cytometry' },
        bodySite: { text: 'Left arm' },
        specimen: { display: 'Blood' },
        hasMember: [{ reference: 'Observation/2' }],
      }),
    ).toEqual({
      id: 'lab/Observation/1',
      section: 'investigation-results',
      origin: { source: 'lab', resource: 'Observation/1' },
      kind: 'result',
      title: 'Full blood count',
      code: { text: 'Full blood count', codings: [] },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-11-02',
      value: 'Normal',
      flags: [],
      ranges: [],
      parts: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [{ rel: 'result', to: 'Observation/2' }],
      attachments: [],
      bodySite: 'Left arm',
      method: 'Flow cytometry',
      specimen: 'Blood',
    });
  });

  it('names no site and no method where its source names none', () => {
    const entry = read();
    expect(entry).not.toHaveProperty('bodySite');
    expect(entry).not.toHaveProperty('method');
  });

  it('names the device as its method where no method is named', () => {
    const device = { display: 'Pocket analyser' };
    expect(read({ device })).toMatchObject({ method: 'Pocket analyser' });
    expect(read({ device, method: { text: 'Strip' } })).toMatchObject({ method: 'Strip' });
  });

  it('whose test is kept back is called so, not by a code', () => {
    const masked = (display?: string): object => ({
      code: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
            code: 'masked',
            ...(display && { display }),
          },
        ],
        text: 'XXXX',
      },
    });
    expect(read(masked('Masked')).title).toBe('Masked');
    expect(read(masked()).title).toBe('masked');
    const unknown = {
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'unknown',
      display: 'Unknown',
    };
    expect(read({ code: { coding: [unknown], text: 'Name not given' } }).title).toBe('Name not given');
    expect(read({ code: { coding: [{ code: 'masked', display: 'Masked' }], text: 'Iron' } }).title).toBe('Iron');
  });
});

describe('a result without a value', () => {
  const bare = { valueString: undefined };

  it.each(['registered', 'cancelled'])('is expected to have none while it is %s', (status) => {
    expect(read({ ...bare, status }).cautions).not.toContain('value-missing');
  });

  it.each(['final', 'preliminary', undefined])('says that it has none: %s', (status) => {
    expect(read({ ...bare, status }).cautions).toContain('value-missing');
  });

  it('says nothing of it where its parts or its members have them', () => {
    const component = [{ code: { text: 'Haemoglobin' }, valueString: '120' }];
    expect(read({ ...bare, component }).cautions).toEqual([]);
    expect(read({ ...bare, hasMember: [{ reference: 'Observation/2' }] }).cautions).toEqual([]);
    expect(read().cautions).toEqual([]);
  });
});

describe('a result from a spoilt sample', () => {
  const quantity = { value: 5.1, unit: 'mmol/L' };

  it.each<[string, object, (readonly Resource[])?]>([
    ['its comment', { note: [{ text: 'Sample haemolysed' }] }],
    ['its own words', { valueString: 'Clotted' }],
    ['the words of a part', { component: [{ code: { text: 'Potassium' }, valueString: 'Haemolysed' }] }],
    [
      'the specimen',
      { specimen: { reference: 'Specimen/1' } },
      [{ resourceType: 'Specimen', id: '1', status: 'unsatisfactory' }],
    ],
  ])('says so by %s', (_where, change, others) => {
    expect(read(change, others).cautions).toEqual(['value-unsuitable']);
  });

  it('is not told by the unit of a number, its own or a part’s', () => {
    const clotted = { value: 5, unit: 'clotted' };
    expect(read({ valueString: undefined, valueQuantity: clotted }).cautions).toEqual([]);
    expect(read({ component: [{ code: { text: 'Clots' }, valueQuantity: clotted }] }).cautions).toEqual([]);
  });

  it('is none without such words', () => {
    expect(
      read({ note: [{ text: 'Not haemolysed' }], component: [{ code: { text: 'K' }, valueQuantity: quantity }] })
        .cautions,
    ).toEqual([]);
  });

  it('of somebody else is said to be theirs', () => {
    expect(read({ focus: [{ reference: 'RelatedPerson/1' }] }).cautions).toEqual(['about-somebody-else']);
  });
});
