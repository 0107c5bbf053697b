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

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
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

  it('has the very bytes sealed before anything is audited or sent, and their hash in the event of the opening', async () => {
    const order: string[] = [];
    const { reader } = await setUp([letter('d1', { data: PDF.toString('base64') })], {
      seenDocuments: {
        document: ({ viewId, bytes, contentType, reference }) => {
          order.push(
            `${viewId} ${reference} ${contentType} ${Buffer.from(bytes).equals(PDF) ? 'the bytes' : 'others'}`,
          );
          expect(reader.events.some(({ type }) => type === 'document.viewed')).toBe(false);
          return Promise.resolve({ manifest: 'hash-of-it', copy: true });
        },
      },
    });
    await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' });
    expect(order).toEqual(['view-1 DocumentReference/d1 application/pdf the bytes']);
    const detail = { reference: 'DocumentReference/d1', manifest: 'hash-of-it', copy: true };
    expect(reader.events.at(-1)).toMatchObject({ type: 'document.viewed', viewId: 'view-1', detail });
  });

  it('keeps nothing of what is refused', async () => {
    const kept: unknown[] = [];
    const seenDocuments = { document: (one: unknown) => Promise.resolve(void kept.push(one)) };
    const data = Buffer.from([0, 1, 2, 3]).toString('base64');
    const { reader } = await setUp([letter('d1', { data })], { seenDocuments });
    expect((await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' })).status).not.toBe(200);
    expect(kept).toEqual([]);
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

describe('POST /api/document of several parts', () => {
  const parts = letter(
    'd1',
    {},
    {
      content: [PDF, Buffer.from('Results sheet')].map((bytes) => ({ attachment: { data: bytes.toString('base64') } })),
    },
  );

  it('refuses a part that is no number, and says that one past the last is not held', async () => {
    const { reader } = await setUp([parts]);
    const ask = { source: 'a', reference: 'DocumentReference/d1' };
    expect((await askDocument(reader, { ...ask, part: '1' })).status).toBe(400);
    expect((await askDocument(reader, { ...ask, part: -1 })).status).toBe(400);
    expect(await codeOf(await askDocument(reader, { ...ask, part: 2 }))).toBe('document.not_found');
  });

  it('sends the part that was asked for', async () => {
    const { reader } = await setUp([parts]);
    const answer = await askDocument(reader, { source: 'a', reference: 'DocumentReference/d1', part: 1 });
    expect(await answer.text()).toBe('Results sheet');
  });

  it('sends a composition as its own document', async () => {
    const composition = {
      resourceType: 'Composition',
      id: 'c1',
      status: 'final',
      title: 'Transfer of care',
      subject: { reference: 'Patient/p1' },
      section: [{ title: 'Plan', text: { div: '<div>Review</div>' } }],
    };
    const { reader } = await setUp([composition]);
    const answer = await askDocument(reader, { source: 'a', reference: 'Composition/c1' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(JSON.parse(await answer.text())).toMatchObject({ section: [{ title: 'Plan' }] });
  });
});

describe('what bytes are', () => {
  it.each([
    ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['application/pdf', PDF],
    ['application/rtf', Buffer.from('{\\rtf1 hello}')],
    ['image/gif', Buffer.from('GIF89a....')],
    ['image/webp', Buffer.from('RIFF1234WEBPVP8 ')],
    ['image/tiff', Buffer.from('II*\0....')],
    ['text/plain; charset=utf-16le', Buffer.from('\ufeffDear Dr', 'utf16le')],
    ['text/html; charset=windows-1252', Buffer.from('<html><meta charset="windows-1252">na\u00efve', 'latin1')],
    ['application/msword', Buffer.concat([OLE, Buffer.from('WordDocument', 'utf16le')])],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      Buffer.from('PK\u0003\u0004....word/document.xml'),
    ],
    ['text/html; charset=utf-8', Buffer.from('\ufeff <!-- x --> <!DOCTYPE html><p>')],
    ['text/html; charset=utf-8', Buffer.from('<html lang="en">')],
    ['text/plain; charset=utf-8', Buffer.from('<svg onload="alert(1)">')],
    ['text/plain; charset=utf-8', Buffer.from('Dear Dr Ashdown, a note on %PDF-1.7 and naïve letters')],
    ['application/octet-stream', Buffer.from('na\u00efve', 'latin1')],
  ])('%s', (type, bytes) => {
    expect(sniffDocument(bytes)?.contentType).toBe(type);
  });

  it('are read in the older character set their source names, when they are text and no other', () => {
    const older = Buffer.from('na\u00efve', 'latin1');
    expect(sniffDocument(older, 'text/plain; charset=ISO-8859-1')?.contentType).toBe('text/plain; charset=iso-8859-1');
    expect(sniffDocument(older, 'text/plain; charset=utf-7')?.contentType).toBe('application/octet-stream');
    expect(sniffDocument(PDF, 'text/html; charset=iso-8859-1')?.contentType).toBe('application/pdf');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0x00])],
    ['another archive', Buffer.from('PK\u0003\u0004....evil.exe')],
    ['an installer in the same wrapping as Word', Buffer.concat([OLE, Buffer.from('Installer', 'utf16le')])],
    ['Word with a place for macros', Buffer.from('PK\u0003\u0004..word/document.xml..word/vbaProject.bin')],
    [
      'older Word with a place for macros',
      Buffer.concat([OLE, Buffer.from('WordDocument', 'utf16le'), Buffer.from('_VBA_PROJECT', 'utf16le')]),
    ],
    ['HTML in an unknown character set', Buffer.from('<html>na\u00efve', 'latin1')],
  ])('unnamed, and so not sent: %s', (_what, bytes) => {
    expect(sniffDocument(bytes)).toBeUndefined();
  });
});
