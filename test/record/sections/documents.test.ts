import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { documents, type DocumentEntry } from '../../../src/record/sections/documents.ts';
import { entryFrom } from '../../support/record.ts';

function letter(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    type: { text: 'Discharge letter' },
    date: '2026-11-03T10:00:00Z',
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          url: 'https://evil.example/x?patient=1',
          title: 'Discharge from ward 5',
          size: 2048,
          creation: '2026-11-02',
        },
      },
    ],
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}, source = 'gp'): DocumentEntry =>
  entryFrom<DocumentEntry>(letter(change), source, 'documents');

describe('a document', () => {
  it('with neither title nor type is unread', () => {
    expect(readResources([letter({ type: undefined, content: [] })], 'gp' as SourceId).unread[0]?.element).toBe(
      'DocumentReference.type',
    );
  });

  it('never shows the address its payload chose', () => {
    const text = JSON.stringify(read());
    expect(text).not.toContain('evil.example');
    expect(text).not.toContain('url');
  });

  it('is opened by its own type and id', () => {
    expect(read()).toMatchObject({
      reference: 'DocumentReference/d1',
      title: 'Discharge from ward 5',
      type: 'Discharge letter',
      attachments: [{ contentType: 'application/pdf', sizeBytes: 2048 }],
    });
  });

  it('is dated by when it was written, not by when it was registered', () => {
    expect(read()).toMatchObject({ date: '2026-11-02', registered: '2026-11-03T10:00:00Z' });
    expect(read({ date: undefined, content: [{ attachment: { title: 'x' } }] }).date).toBeUndefined();
  });

  it('says when all it knows is the date of registering', () => {
    expect(read({ content: [{ attachment: { title: 'x' } }] })).toMatchObject({
      date: '2026-11-03T10:00:00Z',
      dateIs: 'recorded',
    });
  });

  it('that was superseded is past; one without a status is unknown', () => {
    expect(read({ status: 'superseded' }).state).toBe('past');
    expect(read({ status: undefined }).state).toBe('unknown');
  });

  it('that is preliminary says so, and one withdrawn is in error', () => {
    expect(read({ docStatus: 'preliminary' }).cautions).toEqual(['preliminary']);
    expect(read({ docStatus: 'entered-in-error' }).state).toBe('in-error');
  });

  it('carries the labels of the document itself, so that they can be obeyed', () => {
    const securityLabel = [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    ];
    expect(read({ securityLabel }).labels).toEqual(['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R']);
    const composition = {
      resourceType: 'Composition',
      id: 'c',
      status: 'final',
      title: 'Letter',
      confidentiality: 'V',
    };
    expect(entryFrom<DocumentEntry>(composition).labels).toEqual([
      'http://terminology.hl7.org/CodeSystem/v3-Confidentiality|V',
    ]);
  });

  it('with a lying size keeps no size', () => {
    expect(read({ content: [{ attachment: { title: 'x', size: -4 } }] }).attachments[0]).toEqual({ title: 'x' });
  });

  describe('held at two places', () => {
    const masterIdentifier = { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' };
    const HASH = '2jmj7l5rSw0yVb/vlWAYkK/YBwk=';
    const file = (change: object): object => ({
      content: [{ attachment: { title: 'Discharge from ward 5', creation: '2026-11-02', ...change } }],
    });
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      documents.factKey(read(change, source));

    it.each([
      ['nothing but its title and day', file({}), file({})],
      ['another size', {}, { ...file({ size: 2049, contentType: 'application/pdf' }) }],
      ['an empty file', file({ size: 0 }), file({ size: 0 })],
      ['another hash', file({ hash: HASH }), file({ hash: `A${HASH.slice(1)}` })],
      ['a superseded copy', { masterIdentifier }, { masterIdentifier, status: 'superseded' }],
      [
        'another title under one number',
        { ...file({}), masterIdentifier },
        { ...file({ title: 'x' }), masterIdentifier },
      ],
    ])('is two by %s', (_what, here, there) => {
      expect(key(here as never, 'a')).not.toBe(key(there as never, 'b'));
    });

    it('is one by the same bytes, whatever its title, by size, title and day, or by its number', () => {
      expect(key(file({ hash: HASH }) as never, 'a')).toBe(key(file({ hash: HASH, title: 'Ward 5' }) as never, 'b'));
      expect(key({}, 'a')).toBe(key({}, 'b'));
      expect(key({ ...file({}), masterIdentifier }, 'a')).toBe(key({ ...file({}), masterIdentifier }, 'b'));
    });
  });
});

describe('a composition', () => {
  const composition = {
    resourceType: 'Composition',
    id: 'c1',
    status: 'amended',
    title: 'Discharge summary',
    date: '2026-11-02',
    section: [{ title: 'Allergies', text: { div: '<script>alert(1)</script>' } }],
  };

  it('lists its headings and never its markup', () => {
    const entry = entryFrom<DocumentEntry>(composition);
    expect(entry).toMatchObject({
      kind: 'composition',
      reference: 'Composition/c1',
      headings: ['Allergies'],
      cautions: ['amended'],
    });
    expect(JSON.stringify(entry)).not.toContain('script');
  });
});
