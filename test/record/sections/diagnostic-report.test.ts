// Proves src/record/sections/investigation-results.ts, src/record/sections/contained-results.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { readReport } from '../../../src/record/sections/diagnostic-report.ts';
import type { InvestigationEntry } from '../../../src/record/sections/investigation-entry.ts';
import type { SourceId } from '../../../src/record/source.ts';

function read(change: object = {}): ReturnType<typeof readReport> {
  const report: Resource = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Full blood count' },
    effectiveDateTime: '2026-11-02',
    ...change,
  };
  return readReport(report, { source: 'lab' as SourceId, resolve: () => undefined });
}

function reportOf(change: object = {}): InvestigationEntry {
  const [report] = read(change).entries;
  if (!report) throw new Error('not read');
  return report;
}

const HAEMOGLOBIN = {
  resourceType: 'Observation',
  id: 'hb',
  status: 'final',
  code: { text: 'Haemoglobin' },
  valueQuantity: { value: 120, unit: 'g/L' },
};
const inside = (contained: unknown, ...ids: readonly string[]): object => ({
  contained,
  result: ids.map((id) => ({ reference: `#${id}` })),
});

describe('a report', () => {
  it('that does not say of what is counted as unread', () => {
    expect(read({ code: undefined })).toMatchObject({
      entries: [],
      unread: [{ reason: 'must-have-missing', element: 'DiagnosticReport.code' }],
    });
  });

  it('is called by its category where it has no name', () => {
    const category = [{ text: 'Haematology' }, { text: 'Other' }];
    expect(reportOf({ code: undefined, category }).title).toBe('Haematology');
    expect(reportOf({ category }).title).toBe('Full blood count');
  });

  it('is read whole', () => {
    const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note';
    expect(
      reportOf({
        identifier: [{ system: 'https://lab.example/report', value: '7' }],
        conclusion: 'Normal',
        conclusionCode: [{ text: 'No anaemia' }, { coding: [] }, { text: 'Normal' }],
        specimen: [{ display: 'Blood' }],
        imagingStudy: [{ reference: 'ImagingStudy/1' }],
        presentedForm: [{ contentType: 'application/pdf', title: 'Report' }],
        extension: [{ url, valueAnnotation: { text: 'Telephoned' } }],
      }),
    ).toEqual({
      id: 'lab/DiagnosticReport/r1',
      section: 'investigation-results',
      origin: { source: 'lab', resource: 'DiagnosticReport/r1' },
      kind: 'report',
      title: 'Full blood count',
      code: { text: 'Full blood count', codings: [] },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-11-02',
      businessId: 'https://lab.example/report|7',
      conclusion: 'Normal\nNo anaemia',
      specimen: 'Blood',
      flags: [],
      ranges: [],
      parts: [],
      cautions: [],
      labels: [],
      notes: ['Telephoned'],
      links: [{ rel: 'result', to: 'ImagingStudy/1' }],
      attachments: [{ contentType: 'application/pdf', title: 'Report' }],
    });
  });

  it('has its own comments before those that stand in an extension', () => {
    const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note';
    const extension = [
      { url, valueAnnotation: { text: 'second' } },
      { url: 'https://lab.example/other', valueAnnotation: { text: 'never' } },
    ];
    expect(reportOf({ note: [{ text: 'first' }], extension }).notes).toEqual(['first', 'second']);
  });

  it('has no conclusion where its source gives none', () => {
    expect(reportOf()).not.toHaveProperty('conclusion');
    expect(reportOf()).not.toHaveProperty('businessId');
  });

  it('on a spoilt sample says so', () => {
    expect(reportOf({ conclusion: 'Sample clotted' }).cautions).toEqual(['value-unsuitable']);
    expect(reportOf({ conclusion: 'No clots seen' }).cautions).toEqual([]);
    const spoilt = { resourceType: 'Specimen', id: 's', status: 'unsatisfactory' };
    const report: Resource = {
      resourceType: 'DiagnosticReport',
      code: { text: 'Count' },
      specimen: [{ reference: 'Specimen/s' }],
    };
    const { entries } = readReport(report, { source: 'lab' as SourceId, resolve: () => spoilt });
    expect(entries[0]?.cautions).toEqual(['value-unsuitable']);
  });
});

describe('a result that a report carries inside itself', () => {
  it('is a line of its own, with its report’s day, and leads to it', () => {
    const { entries, unread } = read(inside([HAEMOGLOBIN], 'hb'));
    expect(unread).toEqual([]);
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      id: 'lab/DiagnosticReport/r1#hb',
      origin: { source: 'lab', resource: 'DiagnosticReport/r1' },
      kind: 'result',
      title: 'Haemoglobin',
      value: '120 g/L',
      state: 'current',
      date: '2026-11-02',
      links: [{ rel: 'report', to: 'DiagnosticReport/r1' }],
    });
  });

  it('has its own day where it has one, and none where neither has', () => {
    const dated = { ...HAEMOGLOBIN, effectiveDateTime: '2026-11-01' };
    expect(read(inside([dated], 'hb')).entries[1]?.date).toBe('2026-11-01');
    const undated = read({ ...inside([HAEMOGLOBIN], 'hb'), effectiveDateTime: undefined });
    expect(undated.entries[1]).not.toHaveProperty('date');
  });

  it('is in error with its report, and otherwise stands by its own status', () => {
    const state = (report: string, result: string) =>
      read({ ...inside([{ ...HAEMOGLOBIN, status: result }], 'hb'), status: report }).entries[1]?.state;
    expect(state('entered-in-error', 'final')).toBe('in-error');
    expect(state('final', 'entered-in-error')).toBe('in-error');
    expect(state('final', 'cancelled')).toBe('negated');
    expect(state('cancelled', 'final')).toBe('current');
  });

  it('has the labels and the doubts of its report before its own, each once', () => {
    const label = (code: string): object => ({ meta: { security: [{ system: 'https://labels.example', code }] } });
    const [, result] = read({
      ...inside([{ ...HAEMOGLOBIN, ...label('B'), status: 'amended', note: [{ text: 'Clotted' }] }], 'hb'),
      ...label('A'),
      status: 'preliminary',
      conclusion: 'Clotted',
    }).entries;
    expect(result?.labels).toEqual(['https://labels.example|A', 'https://labels.example|B']);
    expect(result?.cautions).toEqual(['preliminary', 'value-unsuitable', 'amended']);
  });

  it('is found by the specimen that lies beside it in the report', () => {
    const specimen = { resourceType: 'Specimen', id: 'sp', type: { text: 'Venous blood' } };
    const result = { ...HAEMOGLOBIN, specimen: { reference: '#sp' } };
    const report: Resource = {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      code: { text: 'Count' },
      ...inside([result, specimen], 'hb'),
    };
    const { entries } = readReport(report, {
      source: 'lab' as SourceId,
      resolve: (_reference, within) =>
        (within['contained'] as readonly Resource[] | undefined)?.find(({ id }) => id === 'sp'),
    });
    expect(entries[1]?.specimen).toBe('Venous blood');
  });

  it.each<[string, object]>([
    ['it is no observation', inside([{ ...HAEMOGLOBIN, resourceType: 'Specimen' }], 'hb')],
    ['what is inside is no list', inside(HAEMOGLOBIN, 'hb')],
    ['what is inside is no resource', inside([{ id: 'hb', code: { text: 'Haemoglobin' } }, 'hb', null], 'hb')],
  ])('is left alone where %s', (_why, change) => {
    expect(read(change)).toMatchObject({ entries: [{ kind: 'report' }], unread: [] });
    expect(read(change).entries).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['nothing refers to it', inside([HAEMOGLOBIN], 'other')],
    ['it is referred to as one of the server’s own', { contained: [HAEMOGLOBIN], result: [{ reference: 'hb' }] }],
    ['a reference says nothing', { contained: [HAEMOGLOBIN], result: [{ display: 'Haemoglobin' }] }],
    ['it has no id', inside([{ ...HAEMOGLOBIN, id: undefined }], 'hb')],
  ])('is never lost where %s', (_why, change) => {
    expect(read(change).entries.map(({ title, value }) => [title, value])).toEqual([
      ['Full blood count', undefined],
      ['Haemoglobin', '120 g/L'],
    ]);
  });

  it('is never lost where it is a member of a panel beside it', () => {
    const panel = { ...HAEMOGLOBIN, id: 'p', valueQuantity: undefined, hasMember: [{ reference: '#hb' }] };
    const { entries } = read(inside([panel, HAEMOGLOBIN], 'p'));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
    expect(entries.map(({ value }) => value)).toEqual([undefined, undefined, '120 g/L']);
  });

  it('is not dated by when its report was issued as if it were when it was so', () => {
    const dated = (report: object, result: object = {}) => {
      const [, entry] = read({ ...inside([{ ...HAEMOGLOBIN, ...result }], 'hb'), ...report }).entries;
      return [entry?.date, entry?.dateIs];
    };
    const issued = { effectiveDateTime: undefined, issued: '2026-11-05T09:00:00Z' };
    expect(dated(issued)).toEqual(['2026-11-05T09:00:00Z', 'recorded']);
    expect(dated({}, { issued: '2026-11-05T09:00:00Z' })).toEqual(['2026-11-02', undefined]);
    expect(dated(issued, { effectiveDateTime: '2026-11-01' })).toEqual(['2026-11-01', undefined]);
    expect(dated(issued, { issued: '2026-11-04T09:00:00Z' })).toEqual(['2026-11-04T09:00:00Z', 'recorded']);
  });

  it('says that it is about somebody else where its subject is', () => {
    const subject = { reference: 'Patient/1' };
    const cautions = (of: object) =>
      read({ ...inside([{ ...HAEMOGLOBIN, ...of }], 'hb'), subject }).entries[1]?.cautions;
    expect(cautions({ subject: { reference: 'Patient/2' } })).toEqual(['about-somebody-else']);
    expect(cautions({ subject })).toEqual([]);
    expect(cautions({})).toEqual([]);
  });

  it('that does not say of which test is counted as unread', () => {
    const { entries, unread } = read(
      inside(
        [
          { ...HAEMOGLOBIN, code: undefined },
          { ...HAEMOGLOBIN, id: 'b' },
        ],
        'hb',
        'b',
      ),
    );
    expect(entries.map(({ title }) => title)).toEqual(['Full blood count', 'Haemoglobin']);
    expect(unread).toMatchObject([{ reason: 'must-have-missing', element: 'DiagnosticReport.contained' }]);
    expect(unread).toHaveLength(1);
  });
});
