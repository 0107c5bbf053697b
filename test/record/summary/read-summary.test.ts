import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import { asObjects, type Json, type Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { readSummary } from '../../../src/record/summary/read-summary.ts';

const ALLERGIES = '48765-2';
const PROBLEMS = '11450-4';
const A = 'https://a.example/fhir';
const B = 'https://b.example/fhir';
const patient = { resourceType: 'Patient', id: 'p' };
const codeOf = (code: string, system = 'http://loinc.org'): Json => ({ coding: [{ system, code }] });

/** A document of these entries about one person; what of its Composition and itself is changed. */
function documentOf(entries: readonly Json[], composition: object = {}, bundle: object = {}): Resource {
  const head = {
    resourceType: 'Composition',
    status: 'final',
    subject: { reference: 'urn:uuid:p' },
    date: '2026-11-22',
    author: [{ display: 'Dr Ada' }],
    ...composition,
  };
  return {
    resourceType: 'Bundle',
    type: 'document',
    entry: [{ fullUrl: 'urn:uuid:c', resource: head }, { fullUrl: 'urn:uuid:p', resource: patient }, ...entries],
    ...bundle,
  };
}

const condition = (id: string, more: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'urn:uuid:p' },
  code: { text: `Problem ${id}` },
  ...more,
});

describe('a document that is not read', () => {
  it.each<readonly [string, unknown]>([
    ['is withdrawn', documentOf([], { status: 'entered-in-error' })],
    ['turns its meaning by an extension', documentOf([], { modifierExtension: [{ url: 'x', valueBoolean: true }] })],
    [
      'turns the meaning of a section',
      documentOf([], { section: [{ modifierExtension: [{ url: 'x', valueBoolean: true }] }] }),
    ],
    ['follows rules of its own', documentOf([], {}, { implicitRules: 'https://x.example' })],
    ['stands in a way that nobody knows', documentOf([], { status: 'odd' })],
    ['is a message', documentOf([], {}, { type: 'message' })],
    ['is no Bundle', documentOf([], {}, { resourceType: 'List' })],
    ['begins with something else', { ...documentOf([]), entry: [{ resource: patient }] }],
    [
      'begins with a form about her',
      {
        ...documentOf([]),
        entry: [
          { resource: { resourceType: 'Basic', status: 'final', subject: { reference: 'Patient/p' } } },
          { resource: patient },
        ],
      },
    ],
    ['holds nothing', { ...documentOf([]), entry: [] }],
    ['is about nobody', documentOf([], { subject: undefined })],
    ['is about somebody who is not in it', documentOf([], { subject: { reference: 'urn:uuid:q' } })],
    ['is about no person', documentOf([], { subject: { reference: 'urn:uuid:c' } })],
  ])('%s', (_why, value) => {
    expect(readSummary(value)).toBeUndefined();
  });

  it('is another than one that stands, final or first', () => {
    for (const status of ['final', 'preliminary', 'amended', undefined])
      expect(readSummary(documentOf([], { status }))).toBeDefined();
  });
});

describe('what a document holds', () => {
  it('is all but its Composition and its Provenances, and who it is about', () => {
    const provenance = { resourceType: 'Provenance', id: 'x', target: [], agent: [] };
    const read = readSummary(
      documentOf([{ fullUrl: 'urn:uuid:1', resource: condition('1') }, { resource: provenance }, {}, { resource: 7 }]),
    );
    expect(read?.resources).toEqual([patient, condition('1', { subject: { reference: 'Patient/p' } })]);
    expect(read?.patient).toEqual(patient);
    expect(read?.date).toBe('2026-11-22');
    expect(readSummary(documentOf([], { date: 'soon' }))).not.toHaveProperty('date');
  });

  it('takes the last part of its address for an id where it has none', () => {
    const nameless = (fullUrl: string): unknown =>
      readSummary(documentOf([{ fullUrl, resource: { ...condition('1'), id: undefined } }]))?.resources[1]?.id;
    expect(nameless('urn:uuid:1f-2')).toBe('1f-2');
    expect(nameless(`${A}/Condition/7`)).toBe('7');
    expect(nameless(`${A}/Condition/`)).toBeUndefined();
    const { id: _id, ...bare } = condition('1');
    const [, unnamed] = readSummary(documentOf([{ resource: bare }]))?.resources ?? [];
    expect(unnamed?.resourceType).toBe('Condition');
    expect(unnamed).not.toHaveProperty('id');
  });

  it('is two statements where two servers call theirs by one name', () => {
    const read = readSummary(
      documentOf([
        { fullUrl: `${A}/Condition/1`, resource: condition('1', { code: { text: 'Asthma' } }) },
        { fullUrl: `${B}/Condition/1`, resource: condition('1', { code: { text: 'Epilepsy' } }) },
        {
          fullUrl: `${A}/Procedure/1`,
          resource: { resourceType: 'Procedure', id: '1', reasonReference: [{ reference: 'Condition/1' }] },
        },
        {
          fullUrl: `${B}/Procedure/2`,
          resource: { resourceType: 'Procedure', id: '2', reasonReference: [{ reference: 'Condition/1' }] },
        },
      ]),
    );
    const [, asthma, epilepsy, ofA, ofB] = read?.resources ?? [];
    expect(asthma?.id).not.toBe(epilepsy?.id);
    expect(ofA?.['reasonReference']).toEqual([{ reference: `Condition/${String(asthma?.id)}` }]);
    expect(ofB?.['reasonReference']).toEqual([{ reference: `Condition/${String(epilepsy?.id)}` }]);
    const entries = readResources(read?.resources ?? [], 'x' as SourceId).entries.filter(
      ({ section }) => section === 'problems',
    );
    expect(entries.map(({ title }) => title)).toEqual(['Asthma', 'Epilepsy']);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
  });

  it('is one where one comes twice, and where nobody says whence', () => {
    const twice = { fullUrl: `${A}/Condition/1`, resource: condition('1') };
    const ids = (...entries: readonly Json[]): readonly unknown[] =>
      readSummary(documentOf(entries))
        ?.resources.slice(1)
        .map(({ id }) => id) ?? [];
    expect(ids(twice, twice)).toEqual(['1', '1']);
    expect(ids({ resource: condition('1') }, { resource: condition('1') })).toEqual(['1', '1']);
    expect(ids(twice, { resource: condition('1') })).toEqual(['1', '1']);
  });

  it('refers by what stands in it, however the reference is written, and to nothing else', () => {
    const refers = (reference: string): unknown => {
      const read = readSummary(
        documentOf([
          { fullUrl: `${A}/Condition/1`, resource: condition('1') },
          {
            fullUrl: `${A}/Procedure/2`,
            resource: { resourceType: 'Procedure', id: '2', contained: [{ list: [{ part: { reference } }] }] },
          },
        ]),
      );
      return JSON.stringify(read?.resources[2]?.['contained']);
    };
    for (const reference of [`${A}/Condition/1`, 'Condition/1'])
      expect(refers(reference)).toBe('[{"list":[{"part":{"reference":"Condition/1"}}]}]');
    for (const reference of [`${B}/Condition/1`, '#1', 'urn:uuid:q']) expect(refers(reference)).toContain(reference);
  });
});

describe('what is no reference', () => {
  it('stays as it is, and what is one is found inside what only has its name', () => {
    const resource = {
      resourceType: 'CarePlan',
      id: '2',
      instantiatesUri: ['urn:uuid:1'],
      source: 'urn:uuid:1',
      activity: [{ reference: { reference: 'urn:uuid:1' } }],
    };
    const read = readSummary(
      documentOf([
        { fullUrl: 'urn:uuid:1', resource: condition('1') },
        { fullUrl: 'urn:uuid:2', resource },
      ]),
    );
    expect(read?.resources[2]).toEqual({ ...resource, activity: [{ reference: { reference: 'Condition/1' } }] });
  });
});

describe('the sections of a document', () => {
  const standing = (section: readonly Json[], entries: readonly Json[] = []): unknown =>
    readSummary(documentOf(entries, { section }))?.sections.get(ALLERGIES);
  const asthma = { fullUrl: 'urn:uuid:1', resource: condition('1') };
  const held = { code: codeOf(ALLERGIES), entry: [{ reference: 'urn:uuid:1' }] };
  const empty = (code: string): Json => ({ code: codeOf(ALLERGIES), emptyReason: { coding: [{ code }] } });

  const recorded = {
    code: codeOf(ALLERGIES),
    emptyReason: {
      extension: [{ url: 'https://corridor.invalid/StructureDefinition/absence', valueCode: 'nothing-recorded' }],
    },
  };

  it('are given where what they name is there, and incomplete where it is not', () => {
    expect(standing([held], [asthma])).toBe('given');
    expect(standing([held])).toBe('unavailable');
    expect(standing([{ ...held, entry: [...held.entry, { display: 'On paper' }] }], [asthma])).toBe('unavailable');
  });

  it('are known by LOINC alone', () => {
    expect(standing([{ ...held, code: codeOf(ALLERGIES, 'https://x.example') }], [asthma])).toBeUndefined();
    expect(standing([{ ...held, code: undefined }], [asthma])).toBeUndefined();
    expect(readSummary(documentOf([], { section: [{}] }))?.sections.size).toBe(0);
  });

  it('are found within each other, and no deeper than any document goes', () => {
    const within = (depth: number): Json => (depth === 0 ? held : { section: [within(depth - 1)] });
    expect(standing([within(5)], [asthma])).toBe('given');
    expect(standing([within(6)], [asthma])).toBeUndefined();
  });

  it.each<readonly [string, readonly Json[], string]>([
    ['unavailable before given', [held, empty('unavailable')], 'unavailable'],
    ['given after unavailable', [empty('unavailable'), held], 'unavailable'],
    ['withheld', [held, empty('withheld')], 'withheld'],
    ['not asked', [held, empty('notasked')], 'notasked'],
    ['nil known', [held, empty('nilknown')], 'given'],
    ['not asked beside nil known', [empty('nilknown'), empty('notasked')], 'notasked'],
    ['nothing recorded beside nil known', [empty('nilknown'), recorded], 'nothing-recorded'],
    ['nothing recorded after nil known', [recorded, empty('nilknown')], 'nothing-recorded'],
    ['nil known twice', [empty('nilknown'), empty('nilknown')], 'nil-known'],
  ])('that stand twice are the worse of the two: %s', (_what, sections, expected) => {
    expect(standing(sections, [asthma])).toBe(expected);
  });
});

describe('who a document says it is by', () => {
  const entries = [
    { fullUrl: 'urn:uuid:org', resource: { resourceType: 'Organization', id: 'org', name: 'The Hospital' } },
    {
      fullUrl: 'urn:uuid:dr',
      resource: { resourceType: 'Practitioner', id: 'dr', name: [{ given: ['Ada', 'B'], family: 'Lovelace' }] },
    },
    {
      fullUrl: 'urn:uuid:drt',
      resource: { resourceType: 'Practitioner', id: 'drt', name: [{ text: 'Dr Text', family: 'No' }] },
    },
    { fullUrl: 'urn:uuid:dev', resource: { resourceType: 'Device', id: 'dev', deviceName: [{ name: 'Machine' }] } },
    { fullUrl: 'urn:uuid:bare', resource: { resourceType: 'Practitioner', id: 'bare' } },
    {
      fullUrl: 'urn:uuid:role',
      resource: {
        resourceType: 'PractitionerRole',
        id: 'role',
        practitioner: { reference: 'urn:uuid:dr' },
        organization: { reference: 'urn:uuid:org' },
      },
    },
    {
      fullUrl: 'urn:uuid:half',
      resource: {
        resourceType: 'PractitionerRole',
        id: 'half',
        practitioner: { reference: 'urn:uuid:half' },
        organization: { display: 'The Clinic' },
      },
    },
  ];
  it.each<readonly [string, Json, readonly string[]]>([
    ['an organisation', { reference: 'urn:uuid:org', display: 'Other' }, ['The Hospital']],
    ['a person', { reference: 'urn:uuid:dr' }, ['Ada B Lovelace']],
    ['a person in words', { reference: 'urn:uuid:drt' }, ['Dr Text']],
    ['a person by the words of the reference', { reference: 'urn:uuid:drt', display: 'Dr Display' }, ['Dr Display']],
    ['a machine', { reference: 'urn:uuid:dev' }, ['Machine']],
    ['a role, by who has it and where', { reference: 'urn:uuid:role' }, ['Ada B Lovelace', 'The Hospital']],
    ['a role that leads to itself', { reference: 'urn:uuid:half' }, ['The Clinic']],
    ['nobody who is named', { reference: 'urn:uuid:bare' }, []],
    ['nobody in it', { reference: 'urn:uuid:gone' }, []],
  ])('is %s', (_who, author, names) => {
    expect(readSummary(documentOf(entries, { author: [author] }))?.authors).toEqual(names);
    const agents = [{ who: author }, { type: { coding: [{ code: 'assembler' }] }, who: { display: 'Us' } }];
    const target = [{ reference: 'urn:uuid:1' }];
    const provenance = { resourceType: 'Provenance', id: 'x', target, agent: agents };
    const said = { fullUrl: 'urn:uuid:1', resource: condition('1') };
    const read = readSummary(documentOf([...entries, said, { resource: provenance }]));
    expect(read?.recordedBy.get('Condition/1')).toEqual(names);
  });

  it('is for a statement the organisation behind a person, each once, of every Provenance', () => {
    const provenance = (id: string, ...agent: readonly Json[]): Json => ({
      resource: { resourceType: 'Provenance', id, target: [{ reference: 'urn:uuid:1' }, {}], agent },
    });
    const org = { reference: 'urn:uuid:org' };
    const read = readSummary(
      documentOf([
        ...entries,
        { fullUrl: 'urn:uuid:1', resource: condition('1') },
        provenance('x', { who: { display: 'Dr Ada' }, onBehalfOf: org }, { who: org }),
        provenance('y', { who: { display: 'The Clinic' } }, {}),
        {
          resource: {
            resourceType: 'Basic',
            target: [{ reference: 'urn:uuid:1' }],
            agent: [{ who: { display: 'Nobody' } }],
          },
        },
      ]),
    );
    expect(read?.recordedBy.get('Condition/1')).toEqual(['The Hospital', 'The Clinic']);
    expect(read?.recordedBy.get('Condition/2')).toBeUndefined();
  });
});

const DATA = resolve(import.meta.dirname, '../../../../shared/data/hl7-ips');

describe.skipIf(!existsSync(DATA))('every example of the IPS', () => {
  const files = existsSync(DATA) ? readdirSync(DATA).filter((file) => /\.json(\.gz)?$/.test(file)) : [];
  const load = (file: string): Resource => {
    const bytes = readFileSync(join(DATA, file));
    return parseFhirJson((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Resource;
  };

  it.each(files)('%s is read: every resource that says something is an entry, and none is left unread', (file) => {
    const resource = load(file);
    const resources = resource.resourceType === 'Bundle' ? readSummary(resource)?.resources : [resource];
    const { entries, unread } = readResources(resources ?? [], 'ips' as SourceId);
    expect(unread).toEqual([]);
    const silent = ['PractitionerRole', 'Practitioner', 'Organization', 'Medication', 'Specimen', 'Device'];
    for (const { resourceType, id } of resources ?? [])
      if (!silent.includes(resourceType))
        expect(entries.some(({ origin }) => origin.resource === `${resourceType}/${String(id)}`)).toBe(true);
  });

  it('gives each section of a document as its writer gave it', () => {
    const read = readSummary(load('Bundle-IPS-examples-Bundle-01.json.gz'));
    // A plan that is words alone is not read: nobody may take its place for empty.
    expect(Object.fromEntries(read?.sections ?? [])).toEqual({
      [PROBLEMS]: 'given',
      [ALLERGIES]: 'given',
      '10160-0': 'given',
      '11348-0': 'given',
      '30954-2': 'given',
      '18776-5': 'unavailable',
    });
    expect(asObjects(load('Bundle-IPS-examples-Bundle-01.json.gz')['entry']).length).toBeGreaterThan(15);
  });
});
