// Proves src/record/sections/investigation-results.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, readBy } from '../../support/section.ts';

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';

function report(change: object = {}): Resource {
  return {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Full blood count' },
    effectiveDateTime: '2026-11-02',
    ...change,
  };
}

const read = (change: object = {}): InvestigationEntry => entryFrom<InvestigationEntry>(report(change));

describe('investigations', () => {
  it('have their heading, and a window of a year', () => {
    expect(investigationResults).toMatchObject({
      id: 'investigation-results',
      heading: 'Investigation results',
      groupedBy: 'test',
      window: { months: 12 },
    });
    expect(investigationResults.conflicts([])).toEqual([]);
  });

  it('are not what is measured at the bedside, what is asked for besides tests, nor why social care supports', () => {
    const observation = (change: object): Resource => ({ resourceType: 'Observation', id: '1', ...change });
    const pulse = observation({ category: [{ text: 'vital-signs' }], code: { text: 'Pulse' } });
    const support = observation({ category: [{ text: 'laboratory' }], code: { text: 'Primary support reason' } });
    const referral: Resource = { resourceType: 'ServiceRequest', id: '1', code: { text: 'Referral to cardiology' } };
    for (const other of [pulse, support, referral]) {
      expect(readBy(investigationResults, other)).toBeNull();
      expect(entriesFrom('gp', other)[0]?.section).not.toBe('investigation-results');
    }
  });

  it.each([
    ['registered', 'planned', []],
    ['partial', 'current', ['preliminary']],
    ['preliminary', 'current', ['preliminary']],
    ['final', 'current', []],
    ['amended', 'current', ['amended']],
    ['corrected', 'current', ['amended']],
    ['appended', 'current', ['amended']],
    ['cancelled', 'negated', ['cancelled']],
    ['entered-in-error', 'in-error', []],
  ])('that are %s stand as %s, with their doubts', (status, state, cautions) => {
    expect(read({ status })).toMatchObject({ state, cautions, statusAsRecorded: status });
  });

  it('that were revoked are said to be cancelled', () => {
    const study: Resource = { resourceType: 'ImagingStudy', id: '1', status: 'revoked', description: 'CT head' };
    expect(entryFrom(study)).toMatchObject({ cautions: expect.arrayContaining(['cancelled']) as unknown });
  });

  it('keep when they were released, and lead to their images and the visit they belong to', () => {
    const issued = '2026-11-03T10:00:00Z';
    const imagingStudy = [{ reference: 'ImagingStudy/i1' }];
    expect(read({ issued, imagingStudy, encounter: { reference: 'Encounter/7' } })).toMatchObject({
      date: '2026-11-02',
      issued,
      links: [
        { rel: 'encounter', to: 'Encounter/7' },
        { rel: 'result', to: 'ImagingStudy/i1' },
      ],
    });
    expect(read()).not.toHaveProperty('issued');
  });

  it('have the disciplines that their source names, each once', () => {
    const category = [{ text: 'Haematology' }, { coding: [{ code: 'LAB' }] }, { text: 'Haematology' }];
    expect(read({ category }).discipline).toBe('Haematology, LAB');
    expect(read()).not.toHaveProperty('discipline');
  });
});

describe('what was seen in tissue or cells', () => {
  it.each([
    'Histology report',
    'Histological examination',
    'Histopathological examination',
    'Cytological examination',
    'Cytopathological examination',
    'Histopathology',
    'Cytology',
    'Cytopathology of sputum',
    'Skin biopsy',
    'Biopsies of colon',
    'Cervical smear',
    'LBC smear',
  ])('has no window, told by the words of the test: %s', (text) => {
    expect(read({ code: { text } }).lasting).toBe('tissue');
  });

  it.each(['SP', 'CP', 'PAT'])('has none, told by the department among others: %s', (code) => {
    const category = [{ text: 'Laboratory' }, { coding: [{ code: 'LAB' }, { code }] }];
    expect(read({ category }).lasting).toBe('tissue');
  });

  it('has none, told by the words of the department', () => {
    expect(read({ category: [{ text: 'Laboratory' }, { text: 'Histopathology' }] }).lasting).toBe('tissue');
  });

  it.each([
    ['blood', {}],
    ['a smear of blood', { code: { text: 'Blood smear' } }],
    ['a department of other things', { category: [{ coding: [{ code: 'HM' }, { display: 'Blood sciences' }] }] }],
  ])('is not %s', (_what, change) => {
    expect(read(change)).not.toHaveProperty('lasting');
  });
});

describe('an imaging study', () => {
  const study = (change: object = {}): Resource => ({ resourceType: 'ImagingStudy', id: 'i1', ...change });

  it('shows all that is recorded of it, and nothing besides', () => {
    const recorded = study({
      status: 'available',
      started: '2026-01-24T10:00:00Z',
      description: 'CT head with contrast',
      modality: [{ system: DCM, code: 'CT' }],
      procedureCode: [{ coding: [{ system: 'http://loinc.org', code: '24727-0', display: 'CT Head' }] }],
      series: [
        { modality: { system: DCM, code: 'SR' }, bodySite: { system: 'http://snomed.info/sct', display: 'Head' } },
      ],
    });
    expect(entryFrom(recorded)).toEqual({
      id: 'gp/ImagingStudy/i1',
      section: 'investigation-results',
      origin: { source: 'gp', resource: 'ImagingStudy/i1' },
      kind: 'study',
      title: 'CT head with contrast',
      code: {
        text: 'CT head with contrast',
        codings: [{ system: 'http://loinc.org', code: '24727-0', display: 'CT Head' }],
      },
      state: 'current',
      statusAsRecorded: 'available',
      date: '2026-01-24T10:00:00Z',
      method: 'CT, SR, Head',
      flags: [],
      ranges: [],
      parts: [],
      attachments: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('is called by its procedure, for want of that by how it was made, and is unread with none of these', () => {
    const procedureCode = [{ text: 'Chest X-ray' }];
    expect(entryFrom(study({ procedureCode, modality: [{ system: DCM, code: 'CR' }] })).title).toBe('Chest X-ray');
    expect(entryFrom(study({ series: [{ modality: { system: DCM, code: 'CR' } }] })).title).toBe('CR');
    expect(readResources([study()], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'ImagingStudy.description' }],
    });
  });

  it('of which only the description is recorded has no codes and no method', () => {
    const entry = entryFrom(study({ description: 'CT head' }));
    expect(entry.code).toEqual({ text: 'CT head', codings: [] });
    expect(entry).not.toHaveProperty('method');
  });
});

describe('a test that was asked for', () => {
  const request = (change: object = {}): Resource => ({
    resourceType: 'ServiceRequest',
    id: 'q1',
    status: 'active',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '108252007' }] }],
    code: { text: 'Full blood count' },
    authoredOn: '2026-11-01',
    ...change,
  });

  it('shows all that is recorded of it, and has no result', () => {
    expect(entryFrom(request({ category: [{ text: 'Laboratory' }] }))).toEqual({
      id: 'gp/ServiceRequest/q1',
      section: 'investigation-results',
      origin: { source: 'gp', resource: 'ServiceRequest/q1' },
      kind: 'request',
      title: 'Full blood count',
      code: { text: 'Full blood count', codings: [] },
      state: 'planned',
      statusAsRecorded: 'active',
      date: '2026-11-01',
      dateIs: 'recorded',
      discipline: 'Laboratory',
      flags: [],
      ranges: [],
      parts: [],
      attachments: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('has the day it is wanted for, which is no day of recording', () => {
    const entry = entryFrom(request({ occurrenceDateTime: '2026-12-01' }));
    expect(entry.date).toBe('2026-12-01');
    expect(entry).not.toHaveProperty('dateIs');
  });

  it('has no date where it gives none', () => {
    const entry = entryFrom(request({ authoredOn: undefined }));
    expect(entry).not.toHaveProperty('date');
    expect(entry).not.toHaveProperty('dateIs');
  });

  it('not to be done is negated, unless it was withdrawn', () => {
    expect(entryFrom(request({ doNotPerform: true })).state).toBe('negated');
    expect(entryFrom(request({ doNotPerform: true, status: 'entered-in-error' })).state).toBe('in-error');
  });

  it('without a test is unread', () => {
    expect(readResources([request({ code: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'ServiceRequest.code' }],
    });
  });

  it('is never one line with another request of the same test', () => {
    expect(linesOf(investigationResults, [request()], [request()])).toHaveLength(2);
  });
});

describe('one line for two copies', () => {
  const identifier = [{ system: 'https://lab.example/accession', value: 'C-1' }];
  const result = (change: object = {}): Resource => ({
    resourceType: 'Observation',
    id: 'k1',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Serum potassium' },
    effectiveDateTime: '2026-11-02T09:15:00Z',
    valueQuantity: { value: 4.1, unit: 'mmol/L' },
    ...change,
  });

  const sample = (change: object = {}): object => ({
    specimen: [{ reference: '#s' }],
    contained: [{ resourceType: 'Specimen', id: 's', type: { text: 'Blood' }, ...change }],
  });

  it('is made of a result of a time and the practice’s of that day', () => {
    const filed = result({ id: 'k2', effectiveDateTime: '2026-11-02' });
    expect(linesOf(investigationResults, [filed], [result()])).toEqual([
      ['gp/Observation/k2', 'hospital/Observation/k1'],
    ]);
  });

  it('is not made of two results by a number of their own alone, nor of a report and a result', () => {
    const other = result({ identifier, valueQuantity: { value: 4.2, unit: 'mmol/L' } });
    expect(linesOf(investigationResults, [result({ identifier })], [other])).toHaveLength(2);
    expect(linesOf(investigationResults, [result({ identifier })], [report({ identifier })])).toHaveLength(2);
  });

  it('is made of two reports of one number that say the same, doubts included', () => {
    const doubted = { identifier, status: 'amended', conclusion: 'Sample haemolysed' };
    expect(linesOf(investigationResults, [report(doubted)], [report(doubted)])).toHaveLength(1);
  });

  it.each([
    ['no number', {}, {}],
    ['no date', { identifier, effectiveDateTime: undefined }, { identifier, effectiveDateTime: undefined }],
    [
      'no date but that of its issue',
      { identifier, effectiveDateTime: undefined, issued: '2026-11-03T10:00:00Z' },
      { identifier, effectiveDateTime: undefined, issued: '2026-11-03T10:00:00Z' },
    ],
    [
      'another specimen',
      { identifier, specimen: { display: 'Blood' } },
      { identifier, specimen: { display: 'Urine' } },
    ],
    [
      'a spoilt sample',
      { identifier, ...sample() },
      { identifier, ...sample({ condition: [{ coding: [{ code: 'HEM' }] }] }) },
    ],
    ['a comment', { identifier }, { identifier, note: [{ text: 'Repeat in a week' }] }],
    [
      'a doubt',
      { identifier },
      { identifier, modifierExtension: [{ url: 'https://x.example/odd', valueBoolean: true }] },
    ],
  ])('is not made of two reports with %s', (_what, one, other) => {
    expect(linesOf(investigationResults, [report(one)], [report(other)])).toHaveLength(2);
  });

  it('is not made of studies with one number, which may be two of one request', () => {
    const study = (id: string): Resource => ({
      resourceType: 'ImagingStudy',
      id,
      identifier,
      started: '2026-01-24',
      description: 'CT head',
    });
    expect(linesOf(investigationResults, [study('1')], [study('2')])).toHaveLength(2);
  });
});
