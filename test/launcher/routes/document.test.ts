import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { sniffDocument } from '../../../launcher/routes/sniff-document.ts';
import { openFhirServer, person, type FhirServer } from '../../support/fhir-server.ts';
import { NHS_NUMBER, permittedOf, RULE } from '../../support/federation.ts';
import { askDocument, openReaderBench, type ReaderBench } from '../../support/reader.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const PDF = Buffer.from('%PDF-1.7\n%test\n');

function letter(id: string, attachment: object, more: object = {}): Resource {
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    type: { text: 'Discharge letter' },
    subject: { reference: 'Patient/p1' },
    content: [{ attachment }],
    ...more,
  };
}

async function setUp(
  references: readonly Resource[],
  more: Parameters<typeof openReaderBench>[1] = {},
): Promise<{ reader: ReaderBench; source: FhirServer }> {
  const source = await openFhirServer([person('p1', NHS_NUMBER), ...references]);
  const reader = await openReaderBench({ a: source.base }, more);
  open.push(source, reader);
  return { reader, source };
}

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { error: string }).error;
}

describe('POST /api/document refuses', () => {
  it('a request without its bearer, or one that is not well formed', async () => {
    const { reader, source } = await setUp([letter('d1', { data: PDF.toString('base64') })]);
    expect((await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' }, 'other')).status).toBe(401);
    for (const reference of [
      'Patient/p1',
      'DocumentReference/../Patient/p1',
      'https://evil.example/x',
      `DocumentReference/${'x'.repeat(65)}`,
      7,
    ]) {
      expect((await askDocument(reader, { source: 'a', reference })).status).toBe(400);
    }
    expect((await askDocument(reader, [])).status).toBe(400);
    expect(source.seen).toEqual([]);
  });

  it('a reference about somebody else, with a label above the clearance, or of a section not allowed', async () => {
    const label = {
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    };
    const data = PDF.toString('base64');
    const references = [
      letter('other', { data }, { subject: { reference: 'Patient/p2' } }),
      letter('sealed', { data }, label),
      letter('plain', { data }),
    ];
    const { reader } = await setUp(references);
    expect(await codeOf(await askDocument(reader, { source: 'a', reference: 'DocumentReference/other' }))).toBe(
      'source.wrong_patient',
    );
    expect(await codeOf(await askDocument(reader, { source: 'a', reference: 'DocumentReference/sealed' }))).toBe(
      'access.refused',
    );
    expect(reader.events.filter(({ type }) => type === 'source.wrong_patient')).toHaveLength(1);
    expect(reader.events.some(({ type }) => type === 'document.viewed')).toBe(false);
    const narrow = await setUp(references, {
      decide: (_session, ask) => Promise.resolve(permittedOf({ sources: ['a'], ask, sections: ['allergies'] })),
    });
    expect(await codeOf(await askDocument(narrow.reader, { source: 'a', reference: 'DocumentReference/plain' }))).toBe(
      'access.refused',
    );
  });

  it('letters of a person whose whereabouts are restricted, unless the role is cleared', async () => {
    const { reader, source } = await setUp([letter('d1', { data: PDF.toString('base64') })], {
      ruleOf: () => ({ ...RULE, restrictedPatient: true }),
    });
    expect(await codeOf(await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' }))).toBe(
      'access.refused',
    );
    expect(reader.events).toMatchObject([{ type: 'record.refused' }]);
    expect(source.seen).toEqual([]);
  });

  it('to fetch from any address but a Binary of the source itself', async () => {
    const trap = await openFhirServer([]);
    open.push(trap);
    for (const url of [
      `${trap.base}/Binary/b1`,
      'file:///etc/passwd',
      'Binary/../Patient/p1',
      'Binary/b1?x=1',
      'Patient/p1',
      'Binary/..',
    ]) {
      const { reader, source } = await setUp([letter('d1', { url })]);
      expect(await codeOf(await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' }))).toBe(
        'document.not_found',
      );
      expect(source.seen.some(({ method }) => method === 'GET')).toBe(false);
    }
    expect(trap.seen).toEqual([]);
  });

  it('bytes it can’t name, whatever they are declared to be', async () => {
    const { reader } = await setUp([
      letter('d1', { contentType: 'application/pdf', data: Buffer.from([0, 1, 2, 3]).toString('base64') }),
    ]);
    expect(await codeOf(await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' }))).toBe(
      'document.refused',
    );
  });

  it('to send anything while the audit can’t be written', async () => {
    const { CorridorError } = await import('../../../launcher/errors.ts');
    const audit = {
      record: () => Promise.reject(new CorridorError('audit.unavailable')),
      recordAll: () => Promise.resolve(),
    };
    const { reader } = await setUp([letter('d1', { data: PDF.toString('base64') })], { audit });
    expect((await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' })).status).toBe(503);
  });
});

describe('POST /api/document', () => {
  it('sends the bytes, inert, as what they are and not as what they claim', async () => {
    const { reader } = await setUp([letter('d1', { contentType: 'text/html', data: PDF.toString('base64') })]);
    const answer = await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' });
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PDF);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="document.pdf"');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox;/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reader.events.map(({ type }) => type)).toEqual(['source.asked', 'source.settled', 'document.viewed']);
  });

  it('fetches a Binary, as bytes or wrapped in its resource', async () => {
    const wrapped = { resourceType: 'Binary', id: 'b1', contentType: 'application/pdf', data: PDF.toString('base64') };
    const { reader, source } = await setUp([letter('d1', { url: 'Binary/b1' }), wrapped]);
    const first = await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' });
    expect(Buffer.from(await first.arrayBuffer())).toEqual(PDF);
    source.script(
      'Binary',
      (_seen, response) => void response.writeHead(200, { 'content-type': 'application/pdf' }).end(PDF),
    );
    const second = await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' });
    expect(Buffer.from(await second.arrayBuffer())).toEqual(PDF);
  });
});

describe('what bytes are', () => {
  it.each([
    ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['application/pdf', PDF],
    ['application/rtf', Buffer.from('{\\rtf1 hello}')],
    ['text/html; charset=utf-8', Buffer.from('\ufeff <!-- x --> <!DOCTYPE html><p>')],
    ['text/html; charset=utf-8', Buffer.from('<html lang="en">')],
    ['text/plain; charset=utf-8', Buffer.from('<svg onload="alert(1)">')],
    ['text/plain; charset=utf-8', Buffer.from('Dear Dr Ashdown, a note on %PDF-1.7 and naïve letters')],
    ['application/octet-stream', Buffer.from('na\u00efve', 'latin1')],
  ])('%s', (type, bytes) => {
    expect(sniffDocument(bytes)?.contentType).toBe(type);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0x00])],
    ['HTML in an unknown character set', Buffer.from('<html>na\u00efve', 'latin1')],
  ])('unnamed, and so not sent: %s', (_what, bytes) => {
    expect(sniffDocument(bytes)).toBeUndefined();
  });
});
