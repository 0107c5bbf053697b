// Proves src/record/contained-observations.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { InvestigationEntry } from '../../../src/record/sections/investigation-entry.ts';
import type { SourceId } from '../../../src/record/source.ts';

function read(change: object = {}): Reading<InvestigationEntry> {
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Full blood count' },
    effectiveDateTime: '2026-11-02',
    ...change,
  };
  return readResources([report], 'lab' as SourceId) as Reading<InvestigationEntry>;
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
    const { entries } = read(inside([result, specimen], 'hb'));
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
