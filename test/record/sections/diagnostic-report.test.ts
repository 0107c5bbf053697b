// Proves src/record/sections/investigation-results.ts, with the tests of that name.
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
