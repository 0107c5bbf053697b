import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../src/record/resource.ts';
import { NHS_NUMBER } from '../support/federation.ts';
import { openFhirServer, person, type FhirServer } from '../support/fhir-server.ts';
import { askDocument, openReaderBench, type ReaderBench } from '../support/reader.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const letter = (attachment: object): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { text: 'Discharge letter' },
  subject: { reference: 'Patient/p1' },
  content: [{ attachment }],
});

async function holding(attachment: object): Promise<{ readonly source: FhirServer; readonly reader: ReaderBench }> {
  const source = await openFhirServer([person('p1', NHS_NUMBER), letter(attachment)]);
  const reader = await openReaderBench({ a: source.base }, { bench: { limits_: { documentBytes: 100_000 } } });
  open.push(source, reader);
  return { source, reader };
}
const ask = (reader: ReaderBench): Promise<Response> =>
  askDocument(reader, { source: 'a', reference: 'DocumentReference/d1' });
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { error: string }).error;

describe('a document that would act', () => {
  it.each([
    [
      '76 a page that says it is a PDF',
      'application/pdf',
      '<!DOCTYPE html><script>alert(1)</script>',
      'text/html; charset=utf-8',
    ],
    ['76 a drawing with a script', 'image/svg+xml', '<svg onload="alert(1)">', 'text/plain; charset=utf-8'],
    ['76 a PDF with a script', 'text/html', '%PDF-1.7\n/JS (app.alert(1))', 'application/pdf'],
  ])('%s is sent as what it is: a file, sandboxed, never sniffed again', async (_title, contentType, text, sentAs) => {
    const { reader } = await holding({ contentType, data: Buffer.from(text).toString('base64') });
    const answer = await ask(reader);
    expect(answer.headers.get('content-type')).toBe(sentAs);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });
});

describe('a document that is elsewhere', () => {
  it.each([
    'http://127.0.0.1:9/Binary/b1',
    'https://evil.example/Binary/b1',
    'file:///etc/passwd',
    'data:text/html,<script>',
    '//evil.example/Binary/b1',
  ])('77 at %s is held there: nothing is fetched', async (url) => {
    const { reader, source } = await holding({ url });
    expect(await codeOf(await ask(reader))).toBe('document.not_found');
    expect(source.seen.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it.each(['Binary/../Patient/p1', 'Binary/..%2fPatient', 'Binary/b1/extra', 'Binary/'])(
    '78 under a path that climbs is not fetched: %s',
    async (url) => {
      const { reader, source } = await holding({ url });
      expect(await codeOf(await ask(reader))).toBe('document.not_found');
      expect(source.seen.filter(({ method }) => method === 'GET')).toEqual([]);
    },
  );
});

it('78 a document without end is cut at the limit, and nothing of it is sent', async () => {
  const { reader, source } = await holding({ url: 'Binary/b1' });
  let sent = 0;
  source.script('Binary', (_seen, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf' });
    const pour = (): void => {
      while (!response.destroyed && sent < 50_000_000) {
        sent += 65_536;
        if (!response.write(Buffer.alloc(65_536, 0x20))) return void response.once('drain', pour);
      }
    };
    pour();
  });
  expect(await codeOf(await ask(reader))).toBe('source.too_large');
  expect(sent).toBeLessThan(20_000_000);
});
