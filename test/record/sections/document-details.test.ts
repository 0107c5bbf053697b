// Proves src/record/sections/documents.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import { documents } from '../../../src/record/sections/documents.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { composition, files, HASH, letter, NUMBER, readDocument as read } from '../../support/letter.ts';
import { readBy } from '../../support/section.ts';

const NOTHING_ELSE = {
  section: 'documents',
  categories: [],
  authors: [],
  attachments: [],
  events: [],
  headings: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

describe('a document, in full', () => {
  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '823691000000103', display: 'Clinical letter' }];
    const recorded = letter({
      ...NUMBER,
      docStatus: 'final',
      type: { coding },
      category: [{ text: 'Correspondence' }, {}],
      author: [{ display: 'Dr Ada' }, { display: 'Dr Sam' }],
      custodian: { display: 'Royal Infirmary' },
      description: 'Cardiology clinic',
      date: '2026-11-03T10:00:00Z',
      relatesTo: [
        { code: 'replaces', target: { reference: 'DocumentReference/old' } },
        { code: 'appends', target: { reference: 'DocumentReference/first' } },
      ],
      context: {
        period: { start: '2026-10-01', end: '2026-10-02' },
        practiceSetting: { text: 'Cardiology' },
        event: [{ text: 'Outpatient visit' }, {}],
      },
      ...files({ contentType: 'application/pdf', title: 'Scan', size: 2048, creation: '2026-11-02', hash: HASH }),
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/DocumentReference/d1',
      origin: { source: 'gp', resource: 'DocumentReference/d1', by: 'Dr Ada' },
      kind: 'document',
      reference: 'DocumentReference/d1',
      title: 'Cardiology clinic',
      code: { text: 'Clinical letter', codings: coding },
      type: 'Clinical letter',
      state: 'current',
      statusAsRecorded: 'current, final',
      date: '2026-11-02',
      registered: '2026-11-03T10:00:00Z',
      covers: { start: '2026-10-01', end: '2026-10-02' },
      setting: 'Cardiology',
      events: ['Outpatient visit'],
      categories: ['Correspondence'],
      authors: ['Dr Ada', 'Dr Sam'],
      custodian: 'Royal Infirmary',
      attachments: [
        { contentType: 'application/pdf', title: 'Scan', sizeBytes: 2048, created: '2026-11-02', hash: HASH },
      ],
      businessId: 'urn:ietf:rfc:3986|urn:oid:1.2.3',
      links: [
        { rel: 'replaces', to: 'DocumentReference/old' },
        { rel: 'document', to: 'DocumentReference/old' },
        { rel: 'document', to: 'DocumentReference/first' },
      ],
    });
  });

  it('of which only the description is recorded says nothing else', () => {
    expect(read({ resourceType: 'DocumentReference', id: 'd1', description: 'Clinic letter' })).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/DocumentReference/d1',
      origin: { source: 'gp', resource: 'DocumentReference/d1' },
      kind: 'document',
      reference: 'DocumentReference/d1',
      title: 'Clinic letter',
      state: 'unknown',
    });
  });

  it('is called by its description, else by the first file with a title, else by its type', () => {
    const titled = files({ contentType: 'text/plain' }, { title: 'Page 1' }, { title: 'Page 2' });
    expect(read(letter({ ...titled, description: 'Cardiology clinic' })).title).toBe('Cardiology clinic');
    expect(read(letter(titled)).title).toBe('Page 1');
    expect(read(letter(files({ contentType: 'text/plain' }))).title).toBe('Clinic letter');
  });

  it('is dated by the first file that tells when it was written', () => {
    const written = files({ title: 'Page 1' }, { creation: '2026-11-02' }, { creation: '2026-11-04' });
    expect(read(letter({ ...written, date: '2026-11-03' })).date).toBe('2026-11-02');
    expect(read(letter({ ...written, date: '2026-11-03' }))).not.toHaveProperty('dateIs');
    expect(read(letter(written))).not.toHaveProperty('registered');
  });

  it.each([
    ['current', undefined, 'current', 'current', []],
    ['superseded', 'final', 'past', 'superseded, final', []],
    ['entered-in-error', undefined, 'in-error', 'entered-in-error', []],
    [undefined, 'preliminary', 'unknown', 'preliminary', ['preliminary']],
    ['current', 'amended', 'current', 'current, amended', ['amended']],
    ['current', 'entered-in-error', 'in-error', 'current, entered-in-error', []],
  ])('with status %s, as a text %s, is %s', (status, docStatus, state, statusAsRecorded, cautions) => {
    expect(read(letter({ status, docStatus }))).toMatchObject({ state, statusAsRecorded, cautions });
  });

  it('says where the words and the code of its type differ', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Discharge summary' }];
    expect(read(letter({ type: { text: 'Clinic letter', coding } })).cautions).toEqual(['text-differs']);
    expect(read(composition({ type: { text: 'Clinic letter', coding } })).cautions).toEqual(['text-differs']);
  });

  it('in which somebody says what matters to them is no letter', () => {
    expect(readBy(documents, letter({ type: { text: 'About me' } }))).toBeNull();
  });
});

describe('a composition, in full', () => {
  it('shows all that is recorded of it, and nothing besides', () => {
    const coding = [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary' }];
    const recorded = composition({
      identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:9' },
      status: 'preliminary',
      type: { coding },
      category: [{ text: 'Summary' }],
      author: [{ display: 'Dr Ada' }],
      custodian: { display: 'Royal Infirmary' },
      date: '2026-11-02',
      event: [{ code: [{ text: 'Discharge' }, {}] }, {}],
      section: [{ title: 'Allergies' }, { code: { text: 'Problems' } }, {}],
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Composition/c1',
      origin: { source: 'gp', resource: 'Composition/c1', by: 'Dr Ada' },
      kind: 'composition',
      reference: 'Composition/c1',
      title: 'Clinic letter',
      code: { text: 'Patient summary', codings: coding },
      type: 'Patient summary',
      state: 'current',
      statusAsRecorded: 'preliminary',
      cautions: ['preliminary'],
      date: '2026-11-02',
      categories: ['Summary'],
      authors: ['Dr Ada'],
      custodian: 'Royal Infirmary',
      events: ['Discharge'],
      headings: ['Allergies', 'Problems'],
      businessId: 'urn:ietf:rfc:3986|urn:uuid:9',
    });
  });

  it('of which only the title or only the type is recorded says nothing else', () => {
    const bare = { resourceType: 'Composition', id: 'c1' };
    const nothing = {
      ...NOTHING_ELSE,
      id: 'gp/Composition/c1',
      origin: { source: 'gp', resource: 'Composition/c1' },
      kind: 'composition',
      reference: 'Composition/c1',
      state: 'unknown',
    };
    expect(read({ ...bare, title: 'Letter' })).toEqual({ ...nothing, title: 'Letter' });
    const type = { text: 'Letter' };
    expect(read({ ...bare, type })).toEqual({
      ...nothing,
      title: 'Letter',
      type: 'Letter',
      code: { ...type, codings: [] },
    });
  });

  it.each([
    ['preliminary', 'current', ['preliminary']],
    ['final', 'current', []],
    ['amended', 'current', ['amended']],
    ['entered-in-error', 'in-error', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(read(composition({ status }))).toMatchObject({ state, cautions });
  });

  it('with neither title nor type is unread', () => {
    expect(readResources([{ resourceType: 'Composition', id: 'c1' }], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Composition.title' }],
    });
  });
});

describe('documents', () => {
  it('are shown whatever their age, and one that another source does not hold is everyday', () => {
    expect(documents).toMatchObject({
      id: 'documents',
      heading: 'Documents',
      groupedBy: 'identifier',
      reads: ['DocumentReference', 'Composition'],
      window: null,
    });
    expect(documents.conflicts([])).toEqual([]);
  });
});
