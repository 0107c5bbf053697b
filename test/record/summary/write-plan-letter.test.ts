import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { asObject, asObjects, type Json } from '../../../src/record/resource.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { buildSummary } from '../../../src/record/summary.ts';
import { aPatient, aSource, entriesFrom } from '../../support/record.ts';
import { recordOf, summaryOf } from '../../support/summary-of.ts';

const AT = '2026-11-22T09:00:00Z';
const FACTS = {
  at: AT,
  documentId: 'view-1',
  author: { ods: 'XB001' as OdsCode, name: 'Northcliffe Surgery', kind: 'gp' as const },
  title: 'Patient summary',
};

describe('a letter that is a plan', () => {
  const letterOf = (change: object): Json | undefined => {
    const entries = entriesFrom('gp', {
      resourceType: 'DocumentReference',
      id: 'd1',
      identifier: [{ system: 'https://letters.example', value: '7|b' }],
      status: 'current',
      docStatus: 'preliminary',
      type: { text: 'Crisis plan' },
      category: [{ text: 'Mental health' }],
      description: 'Crisis plan of the spring',
      date: '2026-05-01T09:00:00Z',
      author: [{ display: 'Dr Ada' }],
      content: [{ attachment: { url: 'https://evil.example/x', contentType: 'application/pdf' } }],
      ...change,
    });
    const record = buildRecord({
      patient: aPatient(),
      sources: [aSource('gp')],
      statuses: new Map(),
      entries,
      unread: [],
      nowMs: Date.parse(AT),
    });
    const all = asObjects(buildSummary(record, FACTS).bundle['entry']).map(({ resource }) => asObject(resource));
    return all.find((resource) => resource?.['resourceType'] === 'DocumentReference');
  };

  it('says what it is called and who keeps it, and leads to no address that a source chose', () => {
    expect(letterOf({})).toMatchObject({
      identifier: [{ system: 'https://letters.example', value: '7|b' }],
      status: 'current',
      docStatus: 'preliminary',
      type: { text: 'Crisis plan' },
      category: [{ text: 'Mental health' }],
      date: '2026-05-01T09:00:00Z',
      author: [{ display: 'Dr Ada' }],
      description: 'Crisis plan of the spring',
      content: [{ attachment: { title: 'Crisis plan of the spring' } }],
    });
    expect(JSON.stringify(letterOf({}))).not.toMatch(/evil|url/);
  });

  it('has the day on which it was written, and no time of ours where only a day was filed', () => {
    const written = letterOf({ content: [{ attachment: { creation: '2026-04-30' } }] });
    expect(written).toMatchObject({ content: [{ attachment: { creation: '2026-04-30' } }] });
    expect(written).not.toHaveProperty('date');
    const filed = letterOf({ date: '2026-05-01' });
    expect(filed).not.toHaveProperty('date');
    expect(filed).toMatchObject({ _date: { extension: [{ valueCode: 'unknown' }] } });
    expect(letterOf({ date: undefined })).not.toHaveProperty('_date');
  });

  it('that says nothing of its standing, number or kind is not given any', () => {
    const bare = letterOf({
      identifier: undefined,
      status: undefined,
      docStatus: undefined,
      type: undefined,
      category: undefined,
      author: undefined,
    });
    expect(bare).toMatchObject({ _status: { extension: [{ valueCode: 'unknown' }] } });
    for (const name of ['identifier', 'status', 'docStatus', 'type', 'category', 'author'])
      expect(bare).not.toHaveProperty(name);
  });

  it('has its time to the moment, and no time where seconds or the zone are left out', () => {
    for (const date of ['2026-05-01T09:00:00.125Z', '2026-05-01T09:00:00+01:00', '2026-05-01T09:00:00.5-12:00'])
      expect(letterOf({ date })).toMatchObject({ date });
    for (const date of ['2026-05-01T09:00', '2026-05-01T09:00:00', '2026-05-01T09:00+01:00', '2026-05', '2026']) {
      expect(letterOf({ date })).not.toHaveProperty('date');
      expect(letterOf({ date })).toHaveProperty('_date');
    }
  });

  it('has the day of its writing and no day of filing, or the other way round', () => {
    expect(letterOf({})?.['content']).toEqual([{ attachment: { title: 'Crisis plan of the spring' } }]);
    expect(letterOf({ note: [{ text: 'x' }] })).not.toHaveProperty('note');
  });

  it('names the letter that it replaces, where the document holds it', () => {
    const older = {
      resourceType: 'DocumentReference',
      id: 'd0',
      status: 'current',
      type: { text: 'Crisis plan' },
      description: 'Old',
    };
    const newer = {
      ...older,
      id: 'd1',
      description: 'New',
      relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/d0' } }],
    };
    const { resources } = summaryOf(recordOf({ gp: [older, newer] }));
    const letters = resources.filter(({ resourceType }) => resourceType === 'DocumentReference');
    const [old, fresh] = ['Old', 'New'].map((words) => letters.find(({ description }) => description === words));
    expect(fresh?.['relatesTo']).toEqual([{ code: 'replaces', target: { reference: `urn:uuid:${String(old?.id)}` } }]);
    expect(old).not.toHaveProperty('relatesTo');
  });
});
